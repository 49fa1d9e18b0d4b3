"""`./prahari test`: everything that must hold before a change may land.

Tests of desks keep the processors busy. Those that kill and cut mostly wait, but hold others to their times: the checks
run beside them, on what they leave of the processors. Tests in a browser have the machine to themselves.

Every stage runs even when an earlier one failed. Tests that failed are then run once more, alone: many hold a program
to its times while others take the processors. One that passes alone is named at the end as unsteady, to be mended, and
does not hold a change up. The last line says how many passed and failed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

TITLE = "run every test, installing what they need"
ROOT = Path(__file__).resolve().parents[3]

DEBIAN_PACKAGES = {
    "chromium": "chromium",
    "ffmpeg": "ffmpeg",
    "fc-list": "fontconfig",
    "gst-inspect-1.0": "gstreamer1.0-tools",
}
"""Program looked for -> Debian package."""
GSTREAMER = (
    "gir1.2-gst-rtsp-server-1.0",
    "gstreamer1.0-plugins-base",
    "gstreamer1.0-plugins-good",
    "gstreamer1.0-plugins-bad",
    "gstreamer1.0-plugins-ugly",
    "gstreamer1.0-libav",
    "python3-gi",
)
GSTREAMER_CHECK = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer"


DESKS, FAILURE, BROWSER = "tests/unit/desks", "tests/failure", "tests/e2e"
ONE_BY_ONE = "--maxschedchunk=1"
"""Given out one at a time: nobody ends up with a queue of long ones."""
CACHE = ".pytest_cache"
NICELY = ("nice", "-n", "15")
MOST_UNSTEADY = 5
"""More than these do not fail by chance."""


@dataclass
class Result:
    name: str
    passed: int
    failed: int
    seconds: float
    names: set[str] = field(default_factory=set)
    """Of the tests that failed, as pytest keeps them."""
    unsteady: list[str] = field(default_factory=list)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fast", action="store_true", help="only checks and unit tests, no browser")
    parser.add_argument("-k", metavar="EXPRESSION", help="only tests that match (pytest); nothing else is run")
    parser.add_argument("-n", metavar="N", type=int, default=2, help="tests side by side (2)")
    parser.add_argument("paths", nargs="*", help="only these test files or folders; nothing else is run")


def run(arguments: argparse.Namespace) -> int:
    if not arguments.fast:
        install_missing()
    marks = ["-m", "not failure and not e2e"] if arguments.fast else []
    if arguments.k or arguments.paths:
        selection = [*(["-k", arguments.k] if arguments.k else []), *arguments.paths]
        results = [pytest("tests", ["-n", str(arguments.n), *marks, *selection])]
    else:
        results = everything(arguments.fast, arguments.n, marks)
    print()
    for result in results:
        verdict = f"{result.failed} failed" if result.failed else "ok"
        print(f"  {result.name:<24} {result.passed:>5} passed   {verdict:<12} {result.seconds:6.1f} s")
    for name in (name for each in results for name in each.unsteady):
        print(f"unsteady: {name}")
    passed, failed = sum(each.passed for each in results), sum(each.failed for each in results)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def everything(fast: bool, side_by_side: int, marks: list[str]) -> list[Result]:
    shutil.rmtree(ROOT / CACHE, ignore_errors=True)
    desks = ("tests of desks", ["-n", str(side_by_side), *marks, DESKS])
    rest = [f"--ignore={folder}" for folder in (DESKS, FAILURE, BROWSER)]
    others = ("other tests", ["-n", str(side_by_side + 3), ONE_BY_ONE, *marks, *rest])
    if fast:
        return once_more([*(check(*one) for one in checks()), pytest(*desks), pytest(*others)], marks)
    with ThreadPoolExecutor(max_workers=1) as beside:
        running = [beside.submit(check, *one, NICELY) for one in (*checks(), *web_checks())]
        results = [pytest("failure tests", ["-n", str(side_by_side + 1), ONE_BY_ONE, FAILURE])]
        results += [each.result() for each in running]
    results += [pytest(*desks), pytest(*others), pytest("browser tests", ["-n", "0", BROWSER])]
    return once_more(results, marks)


def once_more(results: list[Result], marks: list[str]) -> list[Result]:
    """Those that failed beside others, alone. What passes now is unsteady instead of failed."""
    failed = [each for each in results if each.names]
    names = set().union(*(each.names for each in failed))
    # A stage that broke, or a file that could not be read, is no unsteady test.
    if not failed or sum(each.failed for each in failed) != len(names) or len(names) > MOST_UNSTEADY:
        return results
    again = _alone(names, marks)
    if again.passed + again.failed == len(names) and again.failed == len(again.names):
        for each in failed:
            each.failed = 0
        again.unsteady = sorted(names - again.names)
    return [*results, again]


def _alone(names: set[str], marks: list[str]) -> Result:
    """Those of a browser in a run of their own: what drives it keeps an event loop running in the process."""
    again = Result("once more, alone", 0, 0, 0.0)
    in_browser = {name for name in names if name.startswith(f"{BROWSER}/")}
    for some, where in ((names - in_browser, ["tests", f"--ignore={BROWSER}"]), (in_browser, [BROWSER])):
        if some:
            _failed_before(again.name).parent.mkdir(parents=True, exist_ok=True)
            _failed_before(again.name).write_text(json.dumps(dict.fromkeys(sorted(some), True)))
            options = ["-n", "0", "--last-failed", "--last-failed-no-failures=none", *marks, *where]
            done = pytest(again.name, options)
            again.passed, again.failed = again.passed + done.passed, again.failed + done.failed
            again.names |= done.names
            again.seconds += done.seconds
    return again


def _failed_before(stage: str) -> Path:
    """Where pytest writes down, for each stage by itself: {name of a test that failed: true}."""
    return ROOT / CACHE / stage.replace(" ", "-") / "v" / "cache" / "lastfailed"


def checks() -> list[tuple[str, list[str], Path]]:
    tool = Path(sys.prefix) / "bin"
    return [
        ("ruff", [str(tool / "ruff"), "check", "--quiet", "."], ROOT),
        ("format", [str(tool / "ruff"), "format", "--check", "--quiet", "."], ROOT),
        ("mypy", [str(tool / "mypy")], ROOT),
        ("import contracts", [str(tool / "lint-imports")], ROOT),
    ]


def web_checks() -> list[tuple[str, list[str], Path]]:
    tools = {
        "types": ("tsc", "--noEmit"),
        "lint": ("eslint", "."),
        "format": ("prettier", "--check", "."),
        "tests": ("vitest", "run", "--testTimeout=60000"),
    }
    return [(f"web {name}", ["npx", "--no-install", *tool], ROOT / "web") for name, tool in tools.items()]


def check(name: str, command: list[str], cwd: Path, before: Sequence[str] = ()) -> Result:
    """One tool; its output is shown only when it fails, in one piece: others may be speaking."""
    say(f"== {name}\n")
    started_s = time.monotonic()
    done = subprocess.run(
        [*before, *command], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0:
        say(f"== {name} failed\n{done.stdout}\n")
    return Result(name, int(done.returncode == 0), int(done.returncode != 0), time.monotonic() - started_s)


def pytest(name: str, options: list[str]) -> Result:
    say(f"== {name}\n")
    started_s = time.monotonic()
    cache = ["-o", f"cache_dir={_failed_before(name).parents[2]}"]
    command = [sys.executable, "-m", "pytest", "-q", "--durations=8", "--durations-min=5", *cache, *options]
    lines: list[str] = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            say(line)
            lines = [*lines[-50:], line]
    passed, failed = counts(lines)
    if process.returncode not in {0, 5} and failed == 0:  # 5: nothing was selected
        failed = 1
    noted = _failed_before(name)
    names = set(json.loads(noted.read_text())) if failed and noted.exists() else set()
    return Result(name, passed, failed, time.monotonic() - started_s, names)


def say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def counts(lines: list[str]) -> tuple[int, int]:
    """(passed, failed or in error) from pytest's closing line."""
    for line in reversed(lines):
        found = {kind: int(number) for number, kind in re.findall(r"(\d+) (passed|failed|errors?)\b", line)}
        if found:
            return found.get("passed", 0), found.get("failed", 0) + found.get("error", 0) + found.get("errors", 0)
    return 0, 0


def install_missing() -> None:
    """Debian packages that the tests use: installed when we are root, else named."""
    packages = [package for program, package in DEBIAN_PACKAGES.items() if not shutil.which(program)]
    system_python = shutil.which("python3", path="/usr/bin") or "python3"
    probe = subprocess.run([system_python, "-c", GSTREAMER_CHECK], capture_output=True, check=False)
    if probe.returncode != 0:
        packages += GSTREAMER
    if shutil.which("fc-list"):
        fonts = subprocess.run(["fc-list", ":lang=hi"], capture_output=True, text=True, check=False)
        if not fonts.stdout.strip():
            packages.append("fonts-noto-core")
    else:
        packages.append("fonts-noto-core")
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"Missing for some tests, which will be skipped or fail: sudo {' '.join(command)}", flush=True)
        return
    print(f"== installing {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-q"], command):
        done = subprocess.run(step, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"{' '.join(step[:2])} failed: {(done.stderr.strip() or done.stdout.strip())[-400:]}", flush=True)
            return
