"""The supervisor with real child processes: starts, restarts, health, stop, and what a killed supervisor leaves."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import psutil
import pytest

from prahari.runtime import supervisor as module
from prahari.runtime.errors import CentreError
from prahari.runtime.supervisor import Process, Supervisor, end_leftovers

SLEEPER = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).touch(); time.sleep(600)"


async def until(condition: Callable[[], bool], deadline_s: float = 30) -> None:
    async with asyncio.timeout(deadline_s):
        while not condition():
            await asyncio.sleep(0.02)


@pytest.fixture
async def supervisor(tmp_path: Path) -> AsyncIterator[Supervisor]:
    (tmp_path / "run").mkdir()
    one = Supervisor(tmp_path, dict(os.environ))
    yield one
    await one.stop()


def sleeper(tmp_path: Path, name: str = "sleeper", code: str = SLEEPER, **more: object) -> Process:
    """A process that is ready when it has made its file (removed before each start)."""
    mark = tmp_path / f"{name}.mark"

    async def ready() -> bool:
        return mark.exists()

    command = [sys.executable, "-c", code, str(mark)]
    return Process(name, lambda: command, ready, prepare=lambda: mark.unlink(missing_ok=True), **more)  # type: ignore[arg-type]


def rows(tmp_path: Path) -> dict[str, dict[str, int]]:
    return {row["name"]: row for row in json.loads((tmp_path / "run" / "processes.json").read_text())["processes"]}


async def test_killed_child_is_started_again(supervisor: Supervisor, tmp_path: Path) -> None:
    await supervisor.start(sleeper(tmp_path))
    first = rows(tmp_path)["sleeper"]["pid"]
    os.kill(first, signal.SIGKILL)
    await until(lambda: rows(tmp_path)["sleeper"]["state"] == "ready" and rows(tmp_path)["sleeper"]["pid"] != first)
    assert rows(tmp_path)["sleeper"]["restarts"] == 1


async def test_children_of_a_killed_child_are_ended(supervisor: Supervisor, tmp_path: Path) -> None:
    code = (
        "import pathlib, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "mark = pathlib.Path(sys.argv[1]); mark.with_suffix('.child').write_text(str(child.pid)); mark.touch()\n"
        "time.sleep(600)"
    )
    await supervisor.start(sleeper(tmp_path, code=code))
    grandchild = int((tmp_path / "sleeper.child").read_text())
    os.kill(rows(tmp_path)["sleeper"]["pid"], signal.SIGKILL)
    await until(lambda: not psutil.pid_exists(grandchild) or psutil.Process(grandchild).status() == "zombie")


async def test_failure_at_first_start_says_why(supervisor: Supervisor, tmp_path: Path) -> None:
    with pytest.raises(CentreError, match=r"^broken did not start: exit status 3: the reason$"):
        await supervisor.start(sleeper(tmp_path, "broken", "import sys; print('the reason'); sys.exit(3)"))


async def test_what_is_not_essential_is_tried_again(supervisor: Supervisor, tmp_path: Path) -> None:
    code = (
        "import pathlib, sys, time; mark = pathlib.Path(sys.argv[1]); once = mark.with_suffix('.once')\n"
        "if not once.exists(): once.touch(); sys.exit('not today')\n"
        "mark.touch(); time.sleep(600)"
    )
    await supervisor.start(sleeper(tmp_path, "later", code, essential=False))
    assert supervisor.troubles == ["later does not work yet: exit status 1: not today"]
    await until(lambda: rows(tmp_path)["later"]["state"] == "ready")
    assert supervisor.troubles == []


async def test_a_start_that_takes_too_long_is_a_failure(supervisor: Supervisor, tmp_path: Path) -> None:
    with pytest.raises(CentreError, match="slow did not start: not ready within 1 s"):
        await supervisor.start(sleeper(tmp_path, "slow", "import time; time.sleep(600)", start_s=1.0))


async def test_missing_program_is_a_sentence(supervisor: Supervisor) -> None:
    async def ready() -> bool:
        return True

    with pytest.raises(CentreError, match="nothing did not start: No such file"):
        await supervisor.start(Process("nothing", lambda: ["/does/not/exist"], ready))


async def test_unhealthy_process_is_restarted(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HEALTH_PERIOD_S", 0.02)
    answers: list[bool] = []

    async def healthy() -> bool:
        answers.append(True)
        return len(answers) > module.HEALTH_FAILURES_MAX  # a hung process is ill, the next one is well

    check: Callable[[], Awaitable[bool]] = healthy
    await supervisor.start(sleeper(tmp_path, healthy=check))
    await until(lambda: supervisor.restarts["sleeper"] == 1 and rows(tmp_path)["sleeper"]["state"] == "ready")


async def test_stop_ends_even_what_ignores_the_signal(supervisor: Supervisor, tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SLEEPER
    await supervisor.start(sleeper(tmp_path, "deaf", deaf, stop_s=0.3))
    await supervisor.start(sleeper(tmp_path))
    pids = [row["pid"] for row in rows(tmp_path).values()]
    await supervisor.stop()
    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert {row["state"] for row in rows(tmp_path).values()} == {"stopped"}


async def test_step_returns_its_output_or_its_last_words(supervisor: Supervisor) -> None:
    assert await supervisor.run_once("step", [sys.executable, "-c", "print('{}')"]) == "{}\n"
    with pytest.raises(CentreError, match="The step 'step' failed: no room"):
        await supervisor.run_once("step", [sys.executable, "-c", "import sys; sys.exit('no room')"])


async def test_children_end_with_a_killed_supervisor(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    code = f"""
import asyncio, os, sys
from pathlib import Path
from prahari.runtime.supervisor import Process, Supervisor

async def ready():
    return True

async def main():
    one = Supervisor(Path({str(tmp_path)!r}), dict(os.environ))
    await one.start(Process("child", lambda: [sys.executable, "-c", "import time; time.sleep(600)"], ready))
    await asyncio.sleep(600)

asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        status = tmp_path / "run" / "processes.json"
        await until(lambda: status.exists() and rows(tmp_path)["child"]["state"] == "ready")
        child = rows(tmp_path)["child"]["pid"]
        process.kill()
        process.wait()
    await until(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie")


async def test_leftovers_of_a_killed_supervisor_are_ended(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True) as left:
        row = {"name": "left", "pid": left.pid, "created_s": psutil.Process(left.pid).create_time()}
        reused = {"name": "reused", "pid": os.getpid(), "created_s": 1.0}  # a process number somebody else has now
        (tmp_path / "run" / "processes.json").write_text(json.dumps({"pid": 1, "processes": [row, reused]}))
        await end_leftovers(tmp_path, patience_s=0.1)
        assert left.wait(30) == -signal.SIGKILL
