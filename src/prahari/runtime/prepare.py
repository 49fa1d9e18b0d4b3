"""Brings the database up to this code and makes the first administrator: run once a start by the centre.

One process for both: loading the desks costs more than either. Prints {"username", "password"} or {} as its last line.
"""

from __future__ import annotations

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prahari.desks.settings")
    os.environ.setdefault("PRAHARI_PROCESS", "prepare")
    import django
    from django.core.management import CommandError, call_command
    from django.db.utils import OperationalError

    django.setup()
    from prahari.desks.common.migrating import render_only_what_changed
    from prahari.desks.common.outbox import publisher

    render_only_what_changed()
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("first_administrator")
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OperationalError as error:
        sys.stderr.write(f"The database does not answer: {str(error).strip()}\n")
        return 3
    finally:
        publisher.stop()  # the tasks process sends what is left
    return 0


if __name__ == "__main__":
    sys.exit(main())
