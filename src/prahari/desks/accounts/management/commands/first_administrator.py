"""Make the first administrator, or with --reset NAME give somebody a new one-time password. Prints one JSON object."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from prahari.desks.accounts import actions
from prahari.desks.common.actor import system
from prahari.desks.common.errors import Problem


class Command(BaseCommand):
    help = "Make the first administrator and print the one-time password as JSON; {} when there is one already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", metavar="NAME", help="new one-time password for this user; unlocks it as well")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = actions.first_administrator(actor=system("command line"), reset=options["reset"])
        except Problem as problem:
            raise CommandError(problem.message["en"]) from None
        self.stdout.write(json.dumps(made))
