"""`./prahari admin reset-password NAME`: a new one-time password, for when nobody can sign in any more."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys

from prahari.cli.stop import home_of

TITLE = "repair accounts while the centre is running"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    reset = actions.add_parser("reset-password", help="give a person a new one-time password")
    reset.add_argument("name", help="user name")
    reset.add_argument("--home", help="folder of all state (default: PRAHARI_HOME, else var)")


def run(arguments: argparse.Namespace) -> int:
    from prahari.runtime import home
    from prahari.runtime.errors import CentreError
    from prahari.runtime.postgres import Postgres

    folder = home_of(arguments)
    environment = {**os.environ, "PRAHARI_HOME": str(folder), "PRAHARI_LOG": "error"}
    if not environment.get("DATABASE_URL"):
        if not home.holder(folder):
            raise CentreError(f"No centre is running in {folder}. Start it with ./prahari up, then try again.")
        port = int(environment.get("PRAHARI_PORT") or 8400)
        environment["DATABASE_URL"] = Postgres(folder, port + 3).url
    done = subprocess.run(
        [sys.executable, "-m", "prahari.desks.manage", "first_administrator", "--reset", arguments.name],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CentreError("The password was not changed.")
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    print(f"One-time password of {answer['username']}: {answer['password']}")
    return 0
