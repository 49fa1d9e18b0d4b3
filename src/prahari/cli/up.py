"""`./prahari up`: a whole centre in the foreground until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
import time
from pathlib import Path

from prahari.contracts.logs import JsonFormatter

TITLE = "start the centre and keep it running (Ctrl-C stops it)"
CLIPS = {".mp4", ".mkv", ".mov", ".avi", ".ts", ".webm", ".m4v"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, help="folder of all state (default: PRAHARI_HOME, else var)")
    parser.add_argument("--bind", help="address to listen on (default: PRAHARI_BIND, else 127.0.0.1)")
    parser.add_argument("--port", type=int, help="first port (default: PRAHARI_PORT, else 8400; 8401 to 8440 follow)")
    parser.add_argument("--demo", action="store_true", help="with a simulated Kanpur of 1,720 cameras")
    parser.add_argument("--record", type=int, metavar="N", help="cameras of the demo recorded without a break (48)")
    parser.add_argument("--video", type=Path, metavar="DIR", help="play these clips on the demo's cameras")


def run(arguments: argparse.Namespace) -> int:
    from prahari.runtime.centre import RECORDED_IN_DEMO, Centre, Options
    from prahari.runtime.errors import CentreError

    if arguments.port is not None and not 1 <= arguments.port <= 65_000:
        raise CentreError("--port must be between 1 and 65000.")
    if (arguments.video or arguments.record is not None) and not arguments.demo:
        raise CentreError("--video and --record belong to the demonstration: add --demo.")
    if arguments.record is not None and arguments.record < 0:
        raise CentreError("--record must be 0 or more.")
    if arguments.video and not (
        arguments.video.is_dir() and any(path.suffix.lower() in CLIPS for path in arguments.video.iterdir())
    ):
        raise CentreError(f"--video {arguments.video}: no folder with video clips ({', '.join(sorted(CLIPS))}).")
    options = Options(
        home=arguments.home.resolve() if arguments.home else None,
        bind=arguments.bind,
        port=arguments.port,
        demo=arguments.demo,
        record=RECORDED_IN_DEMO if arguments.record is None else arguments.record,
        video=arguments.video.resolve() if arguments.video else None,
    )
    screen = Screen()
    return asyncio.run(_run(Centre(options, screen.step), screen))


async def _run(centre: object, screen: Screen) -> int:
    from prahari.runtime import home
    from prahari.runtime.centre import Centre

    assert isinstance(centre, Centre)
    home.prepare(centre.config.home)
    with home.held(centre.config.home):
        _log_to(centre.config.home / "logs")
        asked = asyncio.Event()
        loop = asyncio.get_running_loop()

        def stop() -> None:
            if asked.is_set():  # a second time: at once
                centre.kill()
            asked.set()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, stop)
        try:
            await asyncio.to_thread(centre.prepare)
            opening = asyncio.create_task(centre.run_until_open())
            waiting = asyncio.create_task(asked.wait())
            await asyncio.wait({opening, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if opening.done():
                screen.opened(opening.result(), centre.config.home)
                await waiting
            else:
                opening.cancel()
                await asyncio.gather(opening, return_exceptions=True)
            waiting.cancel()
            screen.step("Stopping")
        finally:
            await centre.stop()
    screen.done()
    return 0


def _log_to(folder: Path) -> None:
    """The supervisor's own log, as JSON lines like everybody's."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = logging.FileHandler(folder / "centre.log")
    handler.setFormatter(JsonFormatter("centre"))
    level = os.environ.get("PRAHARI_LOG", "info").upper()
    logging.basicConfig(level=level if level in logging.getLevelNamesMapping() else "INFO", handlers=[handler])


class Screen:
    """What the person sees: a spinner with the present step on a terminal, else a line a step."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(highlight=False, soft_wrap=True)
        self._started_s = time.monotonic()
        self._status = self._console.status("") if self._console.is_terminal else None

    def step(self, text: str) -> None:
        if self._status:
            self._status.update(f"{text} ...")
            self._status.start()
        else:
            print(f"[{time.monotonic() - self._started_s:5.1f} s] {text}", flush=True)

    def opened(self, opened: object, home: Path) -> None:
        from prahari.runtime.centre import Opened

        assert isinstance(opened, Opened)
        self.done()
        show = self._console.print
        show(f"\nPrahari is open at [bold]{opened.address}[/bold]  (after {time.monotonic() - self._started_s:.1f} s)")
        if opened.administrator:
            show("Sign in as the first administrator; you will be asked for a password of your own:")
            show(f"  user name          [bold]{opened.administrator['username']}[/bold]")
            show(f"  one-time password  [bold]{opened.administrator['password']}[/bold]", markup=True)
        else:
            show("A lost password is replaced with ./prahari admin reset-password NAME")
        if opened.demo_accounts:
            show("Accounts of the demonstration:")
            for account in opened.demo_accounts:
                show(f"  {account['username']:<18} {account['password']}   {account.get('name', '')}", markup=False)
        for trouble in opened.troubles:
            show(f"! {trouble}. It is started again and again; see its log.", markup=False)
        show(f"State and logs are in {home}. Ctrl-C stops the centre.\n")
        sys.stdout.flush()

    def done(self) -> None:
        if self._status:
            self._status.stop()
