"""Machines from the command line (./prahari node): prints one JSON object."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from prahari.desks.common.actor import system
from prahari.desks.common.errors import Problem
from prahari.desks.linking import nodes


class Command(BaseCommand):
    help = "Invite, join, drain or take away a machine of the centre, with an audit entry."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("do", choices=["invite", "join", "drain", "undrain", "leave"])
        parser.add_argument("name")
        parser.add_argument("--number", type=int, default=0)
        parser.add_argument("--address", default="")
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--media-port", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        actor, name = system("command line"), options["name"]
        answer: dict[str, Any] = {}
        try:
            if options["do"] == "invite":
                answer["number"] = nodes.invite(actor=actor, name=name)
            elif options["do"] == "join":
                nodes.join(
                    actor=actor, name=name, number=options["number"], address=options["address"],
                    workers=options["workers"], media_port=options["media_port"],
                )  # fmt: skip
            elif options["do"] == "leave":
                nodes.leave(actor=actor, name=name)
            else:
                nodes.drain(actor=actor, name=name, on=options["do"] == "drain")
        except Problem as problem:
            raise CommandError(problem.message["en"]) from None
        self.stdout.write(json.dumps(answer))
