"""A whole centre as a newcomer starts it, and real Chromium in front of it."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

import servers
from prahari.runtime import ports

RECORDED = 6
START_TIMEOUT_S = 150
PASSWORD = "दीया-और-नदी-27"
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


def until(condition: Callable[[], Any], what: str, within_s: float = 30) -> Any:
    """What `condition` gives once it is true."""
    deadline = time.monotonic() + within_s
    while not (value := condition()):
        assert time.monotonic() < deadline, f"{what} did not come true within {within_s:.0f} s"
        time.sleep(0.05)
    return value


@dataclass
class Centre:
    """A running centre. `username`, `password`: the first administrator's, the latter one-time."""

    home: Path
    port: int
    process: subprocess.Popen[str]
    address: str = ""
    username: str = ""
    password: str = ""
    said: list[str] = field(default_factory=list)

    def pid(self, name: str) -> int:
        rows = json.loads((self.home / "run" / "processes.json").read_text())["processes"]
        return next(row["pid"] for row in rows if row["name"] == name and row["state"] == "ready")

    def fault(self, path: str, **faults: Any) -> None:
        """Make a simulated camera (or "*") misbehave; without faults it is healed."""
        control = f"http://127.0.0.1:{self.port + 5}"
        if faults:
            httpx.put(f"{control}/faults", json={"path": path, **faults}).raise_for_status()
        else:
            httpx.delete(f"{control}/faults", params={"path": path}).raise_for_status()

    def drop(self, path: str) -> None:
        """Cut a simulated camera's connections once."""
        httpx.post(f"http://127.0.0.1:{self.port + 5}/drop", json={"path": path}).raise_for_status()


@pytest.fixture(scope="session")
def centre() -> Iterator[Centre]:
    """`up --demo` in a home of its own, stopped as by Ctrl-C."""
    home = Path(tempfile.mkdtemp(prefix="prahari-e2e-"))
    home.chmod(0o711)
    port = ports.free_run(ports.OF_A_CENTRE)
    command = [sys.executable, "-m", "prahari.cli", "up", "--demo", "--record", str(RECORDED)]
    process = subprocess.Popen(
        [*command, "--home", str(home), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=servers.plain_environment(),
    )
    running = Centre(home, port, process)
    try:
        _read_until_open(running)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(40) == 0
        finally:
            process.kill()
            process.communicate()
            shutil.rmtree(home, ignore_errors=True)


def _read_until_open(centre: Centre) -> None:
    assert centre.process.stdout
    deadline = time.monotonic() + START_TIMEOUT_S
    for line in centre.process.stdout:
        centre.said.append(line)
        if found := re.search(r"open at (http\S+)", line):
            centre.address = found[1]
        if found := re.search(r"user name +(\S+)", line):
            centre.username = found[1]
        if found := re.search(r"one-time password +(\S+)", line):
            centre.password = found[1]
        if "Ctrl-C stops" in line:
            return
        assert time.monotonic() < deadline, centre.said
    raise AssertionError(f"the centre did not open:\n{''.join(centre.said)}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is missing: apt-get install chromium"
    launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def signed_in(browser: Browser, centre: Centre) -> dict[str, Any]:
    """Cookies of the first administrator, who signed in with the one-time password and chose another."""
    context = browser.new_context(locale="en-IN")
    page = context.new_page()
    page.goto(centre.address)
    page.locator("input[name=username]").fill(centre.username)
    page.locator("input[name=password]").fill(centre.password)
    page.locator("button[type=submit]").click()
    current = page.locator("input[autocomplete=current-password]")
    current.wait_for()
    fresh = page.locator("input[autocomplete=new-password]")
    fresh.first.wait_for()
    current.fill(centre.password)
    for number in range(2):
        fresh.nth(number).fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.locator("canvas.maplibregl-canvas").wait_for(timeout=30_000)
    state = context.storage_state()
    context.close()
    return dict(state)


@pytest.fixture
def context(browser: Browser, signed_in: dict[str, Any]) -> Iterator[BrowserContext]:
    opened = browser.new_context(storage_state=signed_in, locale="en-IN", viewport={"width": 1600, "height": 900})  # type: ignore[arg-type]
    yield opened
    opened.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What the page said when a test failed: a locator that timed out tells only what was not there."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.failed and isinstance(page, Page) and not page.is_closed():
        report.sections.append((f"Page {page.url}", page.locator("body").aria_snapshot()))
    return report


@pytest.fixture
def page(context: BrowserContext, centre: Centre) -> Iterator[Page]:
    """A tab of the signed-in administrator. A script error or a refused resource fails the test."""
    tab = context.new_page()
    troubles: list[str] = []
    tab.on("pageerror", lambda error: troubles.append(f"script error: {error}"))
    tab.on(
        "console",
        lambda message: troubles.append(message.text) if "Content Security Policy" in message.text else None,
    )
    tab.goto(centre.address)
    yield tab
    assert troubles == []


@pytest.fixture
def api(context: BrowserContext, centre: Centre) -> Callable[[str], Any]:
    """Answers of the API to the signed-in administrator."""

    def get(path: str) -> Any:
        answer = context.request.get(f"{centre.address}/api/v1{path}")
        assert answer.ok, answer.text()
        return answer.json()

    return get
