"""`manage import_list FILE`: the wizard on the command line; called by `./prahari import`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from prahari.desks.common.actor import Actor, system
from prahari.desks.common.errors import Problem
from prahari.desks.common.outbox import publisher
from prahari.desks.lists import actions, badrows, selectors, tasks
from prahari.desks.lists.who import COMMAND

_NOT_TAKEN_OVER = 3


class Command(BaseCommand):
    help = "Take a list of premises into the register."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--sender", default="")
        parser.add_argument("--yes", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(options["file"], options["sender"], yes=options["yes"], as_json=options["json"])
        except Problem as problem:
            raise CommandError(f"{problem.message['en']}\n{problem.message['hi']}") from None
        finally:
            publisher.stop()

    def _import(self, path: Path, sender: str, *, yes: bool, as_json: bool) -> None:
        actor = system(COMMAND)
        console = Console(file=sys.stderr if as_json else sys.stdout)
        list_id = actions.take_in(actor=actor, path=path, file_name=path.name, sender=sender, understand_now=False)
        tasks.work(list_id)
        seen = selectors.detail(actor, list_id)
        _show(console, seen)
        if not yes and not _agreed(console, seen):
            actions.discard(actor=actor, list_id=list_id, reason="not taken over on the command line")
            console.print("Nothing was taken over.")
            raise SystemExit(_NOT_TAKEN_OVER)
        actions.start_commit(actor=actor, list_id=list_id, queue=False)
        tasks.work(list_id)
        outcome = _outcome(actor, list_id, path)
        if as_json:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
        else:
            _tell(console, outcome)


def _show(console: Console, seen: dict[str, Any]) -> None:
    for sheet in seen["sheets"]:
        title = f"{sheet['name'] or seen['file_name']}: {sheet['rows']} rows" + ("" if sheet["use"] else " (left out)")
        table = Table("", "header", "is", "sure", "for example", title=title, title_justify="left", box=None)
        for column in sheet["columns"]:
            example = next((one["read"] for one in column["samples"]), "")
            sure = f"{column['confidence']:.0%}" if column["field"] else ""
            table.add_row(column["letter"], column["header"], column["field"] or "-", sure, example[:40])
        for default in sheet["defaults"]:
            table.add_row("", "(all rows)", default["lexicon"], "", default["name"]["en"])
        console.print(table)
    counts = seen["counts"]
    words = (("new premises", "premises"), ("cameras on them", "cameras"), ("rows known already", "same"),
             ("rows to decide", "decide"), ("rows that cannot be taken", "bad"))  # fmt: skip
    table = Table("", "", box=None, show_header=False)
    for label, name in words:
        table.add_row(label, f"{counts[name]:,}")
    console.print(table)
    for word in seen["unknown"][:10]:
        console.print(f"not known: {word['lexicon']} “{word['text']}” in {word['rows']} rows")


def _agreed(console: Console, seen: dict[str, Any]) -> bool:
    if not sys.stdin.isatty():
        console.print("Add --yes to take the list over without being asked.")
        return False
    return input(f"Take over {seen['counts']['premises']} premises? [y/N] ").strip().lower() in {"y", "yes", "ह", "हाँ"}


def _outcome(actor: Actor, list_id: UUID, path: Path) -> dict[str, Any]:
    done = selectors.detail(actor, list_id)
    outcome = {"list": str(list_id), "state": done["state"], **done["counts"], "bad_rows": ""}
    if done["counts"]["bad"]:
        target = path.with_name(f"{path.stem} - bad rows.xlsx")
        target.write_bytes(badrows.bad_rows(selectors.one_list(actor, list_id)))
        outcome["bad_rows"] = str(target)
    return outcome


def _tell(console: Console, outcome: dict[str, Any]) -> None:
    console.print(f"{outcome['premises']:,} premises with {outcome['cameras']:,} cameras are listed now.")
    if outcome["decide"]:
        console.print(f"{outcome['decide']:,} rows wait to be decided in the console, under Lists.")
    if outcome["bad_rows"]:
        console.print(
            f"{outcome['bad']:,} rows could not be taken. They lie, with the reasons, in {outcome['bad_rows']}"
        )
