"""`python -m prahari.desks.manage COMMAND`: migrations, the tasks process, the first administrator."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError

from prahari.contracts.config import ConfigError


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prahari.desks.settings")
    if len(sys.argv) > 1 and sys.argv[1] == "procrastinate":
        os.environ.setdefault("PRAHARI_PROCESS", "tasks")
    from django.core.management import execute_from_command_line

    if sys.argv[1:2] == ["migrate"]:
        from prahari.desks.common.migrating import render_only_what_changed

        render_only_what_changed()
    try:
        execute_from_command_line(["manage", *sys.argv[1:]])
    except (ConfigError, ImproperlyConfigured) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OperationalError as error:
        sys.stderr.write(f"The database does not answer: {str(error).strip()}\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
