"""./prahari audit verify: whether every audit entry is still as it was written."""

from __future__ import annotations

import argparse
import subprocess
import sys

from prahari.cli.running import environment_of
from prahari.cli.stop import home_of

TITLE = "audit: look whether it was tampered with"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="audit_command", metavar="COMMAND", required=True)
    verify = commands.add_parser(
        "verify",
        help=TITLE,
        description="Compares every audit entry in the database with the chain, and the chain with the signed files "
        "in HOME/audit. The database must run. Far away, verify_audit.py checks the files alone.",
    )
    verify.add_argument("--home", help="folder of all state (default: PRAHARI_HOME, else var)")
    verify.add_argument("--json", action="store_true", help="print what was found as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    environment = environment_of(home_of(arguments), "audit")
    command = [sys.executable, "-m", "prahari.desks.manage", "verify_audit", *["--json"] * arguments.json]
    return subprocess.run(command, env=environment, check=False).returncode
