"""`./prahari admin reset-password NAME`: a new one-time password, for when nobody can sign in any more."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from prahari.cli.running import environment_of
from prahari.cli.stop import home_of

TITLE = "repair accounts while the centre is running"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    reset = actions.add_parser("reset-password", help="give a person a new one-time password")
    reset.add_argument("name", help="user name")
    reset.add_argument("--home", help="folder of all state (default: PRAHARI_HOME, else var)")


def run(arguments: argparse.Namespace) -> int:
    from prahari.runtime.errors import CentreError

    environment = environment_of(home_of(arguments), "admin")
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
