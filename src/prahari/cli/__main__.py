"""Finds the command's module and runs it; every failure that a person can mend is one sentence."""

from __future__ import annotations

import argparse
import errno
import importlib
import keyword
import sys

COMMANDS = ("up", "stop", "status", "doctor", "admin", "audit", "edge", "import", "media", "node", "test", "bench")


def main() -> int:
    parser = argparse.ArgumentParser(prog="./prahari", description="Prahari, an open city command and control centre.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = importlib.import_module(f"prahari.cli.{name}{'_' * keyword.iskeyword(name)}")
        sub = commands.add_parser(name, help=module.TITLE, description=module.TITLE)
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    arguments = parser.parse_args()

    from prahari.runtime.errors import CentreError

    try:
        return int(arguments.run(arguments))
    except CentreError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        if error.errno == errno.ENOSPC:
            sys.stderr.write(
                f"The disk is full ({error.filename or 'writing state'}). Free some space and start again.\n"
            )
            return 1
        raise
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
