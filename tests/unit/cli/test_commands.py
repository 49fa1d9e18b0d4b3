"""The commands as a person runs them: sentences and exit codes, never a traceback."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import servers
from prahari.cli import bench
from prahari.cli.test import counts
from prahari.runtime import home, ports


def prahari(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "prahari.cli", *arguments],
        env={**servers.plain_environment(), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port", "70000"], "--port must be between 1 and 65000"),
        (["--record", "5"], "--video and --record belong to the demonstration: add --demo"),
        (["--demo", "--record", "-1"], "--record must be 0 or more"),
        (["--demo", "--video", "/does/not/exist"], "no folder with video clips"),
        (["--home", "/proc/nothing"], "cannot be written"),
    ],
)
def test_wrong_options_are_sentences(arguments: list[str], sentence: str) -> None:
    done = prahari("up", *arguments)
    assert done.returncode == 1
    assert sentence in done.stderr


def test_wrong_environment_is_a_sentence(tmp_path: Path) -> None:
    done = prahari("up", "--home", str(tmp_path), PRAHARI_PORT="eighty")
    assert (done.returncode, done.stderr) == (1, "PRAHARI_PORT must be a whole number, not 'eighty'.\n")
    done = prahari("up", "--home", str(tmp_path), DATABASE_URL="postgresql://nobody:hidden@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "The database of DATABASE_URL does not answer" in done.stderr
    assert "hidden" not in done.stderr


def test_taken_port_names_who_has_it_and_the_option(tmp_path: Path) -> None:
    first = ports.free_run(ports.OF_A_CENTRE)
    with socket.create_server(("127.0.0.1", first)):
        done = prahari("up", "--home", str(tmp_path), "--port", str(first))
    assert done.returncode == 1
    assert f"Port {first} for the console is taken by process" in done.stderr
    assert "--port" in done.stderr


def test_second_centre_is_refused(tmp_path: Path) -> None:
    home.prepare(tmp_path)
    with home.held(tmp_path):
        done = prahari("up", "--home", str(tmp_path))
        assert done.returncode == 1
        assert "A centre is running in" in done.stderr


def test_stop_and_status_without_a_centre(tmp_path: Path) -> None:
    assert prahari("stop", "--home", str(tmp_path)).stdout == f"No centre is running in {tmp_path}.\n"
    assert prahari("status", "--home", str(tmp_path)).returncode == 1


def test_reset_password_needs_a_running_centre(tmp_path: Path) -> None:
    done = prahari("admin", "reset-password", "somebody", "--home", str(tmp_path))
    assert done.returncode == 1
    assert "Start it with ./prahari up" in done.stderr


def test_doctor_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "seal.key").write_bytes(b"x")
    (tmp_path / "keys" / "seal.key").chmod(0o644)
    first = ports.free_run(ports.OF_A_CENTRE)
    with socket.create_server(("127.0.0.1", first + 1)):
        done = prahari("doctor", "--json", "--home", str(tmp_path), "--port", str(first))
    answer = json.loads(done.stdout.splitlines()[-1])
    checks = {check["name"]: check for check in answer["checks"]}
    assert done.returncode == 1
    assert not answer["ok"]
    assert f"chmod 600 {tmp_path / 'keys' / 'seal.key'}" in checks["keys"]["advice"]
    assert str(first + 1) in checks["ports"]["found"]
    assert checks["python"]["ok"]
    assert checks["database"] == {"name": "database", "ok": True, "found": "stopped", "advice": ""}
    assert all(check["advice"].endswith(".") for check in checks.values() if not check["ok"])


def test_bench_prints_json_last_and_a_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Toy:
        TITLE = "a toy"
        GOALS = {"speed": ">= 10", "size": "<= 1"}  # noqa: RUF012 - a module in disguise

        @staticmethod
        def add_arguments(parser: object) -> None:
            parser.add_argument("--speed", type=float, default=9.5)  # type: ignore[attr-defined]

        @staticmethod
        def run(arguments: object) -> dict[str, object]:
            return {"speed": arguments.speed, "size": 1}  # type: ignore[attr-defined]

    class Arguments:
        name = "toy"
        options: list[str]

    monkeypatch.setattr(bench.importlib, "import_module", lambda name: Toy)
    arguments = Arguments()
    arguments.options = ["--json", "--speed", "12"]
    assert bench.run(arguments) == 0  # type: ignore[arg-type]
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"speed": 12.0, "size": 1}
    arguments.options = []
    bench.run(arguments)  # type: ignore[arg-type]
    table = capsys.readouterr().out
    assert "missed" in table
    assert "reached" in table


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("12 passed in 3.1s\n", (12, 0)),
        ("1 failed, 12 passed, 2 skipped, 1 error in 3.1s\n", (12, 2)),
        ("no tests ran in 0.1s\n", (0, 0)),
    ],
)
def test_pytests_closing_line_is_read(line: str, expected: tuple[int, int]) -> None:
    assert counts(["something 3 passed earlier\n", line] if "passed" in line else [line]) == expected
