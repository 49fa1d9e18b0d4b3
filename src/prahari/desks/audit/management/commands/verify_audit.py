"""`manage verify_audit`: what `./prahari audit verify` runs."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from prahari.desks.audit.checking import check


class Command(BaseCommand):
    help = "Compare the audit with its chain and its files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = check()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found)))
        else:
            for fault in found.faults:
                self.stdout.write(fault)
            self.stdout.write(f"{found.entries} entries, {found.heads} signed heads, {len(found.faults)} faults.")
        sys.exit(1 if found.faults else 0)
