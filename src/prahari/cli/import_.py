"""`./prahari import FILE`: a list of premises into a running centre, as the wizard does: understand, show, take over.

The rows that could not be taken lie afterwards beside the file as a workbook, with the reason in each.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from prahari.cli.running import environment_of
from prahari.cli.stop import home_of

TITLE = "take a list of premises (XLSX, XLS, ODS, CSV) into a running centre"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the list")
    parser.add_argument("--sender", default="", help="who sent it; corrections are remembered for each sender")
    parser.add_argument("--home", help="folder of all state (default: PRAHARI_HOME, else var)")
    parser.add_argument("--yes", action="store_true", help="take over without asking")
    parser.add_argument(
        "--json", action="store_true", help="the outcome as one JSON object on the last line; implies --yes"
    )


def run(arguments: argparse.Namespace) -> int:
    from prahari.runtime.errors import CentreError

    if not arguments.file.is_file():
        raise CentreError(f"There is no file {arguments.file}.")
    environment = environment_of(home_of(arguments), "import")
    command = [sys.executable, "-m", "prahari.desks.manage", "import_list", str(arguments.file.resolve()),
               "--sender", arguments.sender]  # fmt: skip
    command += ["--yes"] * (arguments.yes or arguments.json) + ["--json"] * arguments.json
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode not in (0, 3):
        raise CentreError("The list was not taken over.")
    return 0
