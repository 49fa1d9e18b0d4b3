"""bench events in small: whatever is killed on the way, every event is stored once and told to its console."""

from __future__ import annotations

import json
import subprocess
import sys

from servers import plain_environment


def test_nothing_is_lost_while_the_writer_is_killed_and_the_database_stopped() -> None:
    command = [sys.executable, "-m", "prahari.cli", "bench", "events", "--json", "--seconds", "4", "--cameras", "250"]
    command += ["--consoles", "5", "--database-away-s", "1"]
    done = subprocess.run(command, env=plain_environment(), capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    assert figures["sent"] == 4000
    names = ("lost", "duplicated", "not_heard", "heard_out_of_order", "alarm_matches_lost", "streams_ended")
    assert {name: figures[name] for name in names} == dict.fromkeys(names, 0)
