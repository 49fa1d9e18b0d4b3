"""Lays the demonstration city into the registry: run by the centre as `python -m prahari.runtime.demo`.

Does nothing the second time with the same wishes. Prints the demonstration's accounts as one JSON line.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib import import_module
from importlib.util import find_spec

from prahari.contracts.config import load
from prahari.runtime import keys


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m prahari.runtime.demo")
    parser.add_argument("--rtsp", required=True, help="address of the simulated cameras, without path")
    parser.add_argument("--record", type=int, required=True, help="how many cameras are recorded without a break")
    arguments = parser.parse_args()
    home = load().home
    stamp, accounts = home / "demo.json", home / "keys" / "demo-accounts.json"
    wishes = {"rtsp": arguments.rtsp, "record": arguments.record}
    if not (stamp.exists() and json.loads(stamp.read_text()) == wishes):
        made = _load(arguments.rtsp, arguments.record)
        if made:
            keys.write_private(accounts, json.dumps(made).encode())
        stamp.write_text(json.dumps(wishes))
    sys.stdout.write((accounts.read_text() if accounts.exists() else "[]") + "\n")


def _load(rtsp: str, record: int) -> list[dict[str, str]] | None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prahari.desks.settings")
    os.environ.setdefault("PRAHARI_PROCESS", "demo")
    import django

    django.setup()
    from django.conf import settings

    from prahari.desks.common.outbox import publisher
    from prahari.desks.registry import demo as registry
    from prahari.simcity.city import plan

    username, password = os.environ["SIMCITY_USERNAME"], os.environ["SIMCITY_PASSWORD"]
    try:
        city = plan()
        accounts = registry.load(city, rtsp, username, password, record=record)
        for desk in settings.DESKS:  # in this order: later desks stand on the rows of earlier ones
            if desk != registry.__package__ and find_spec(f"{desk}.demo"):
                import_module(f"{desk}.demo").load(city)
        return accounts
    finally:
        publisher.stop()  # the tasks process sends what is left


if __name__ == "__main__":
    main()
