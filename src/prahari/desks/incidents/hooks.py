"""What higher rooms do with an incident: they register here, nothing below imports them.

hooks.opened.append(start_default_run)       # inside the action that opens it; called with (actor, incident)
hooks.closed.append(release_units)           # inside the action that closes it; called with (actor, incident)
hooks.merged.append(release_twice_sent)      # inside the action that merges; (actor, merged, into), both held
hooks.unfinished.append(open_steps)          # sentences about what is not done, told before it is closed
hooks.sections.append(procedure_section)     # parts of the after-action report
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text
from prahari.desks.incidents.models import Incident

opened: list[Callable[[Actor, Incident], None]] = []
closed: list[Callable[[Actor, Incident], None]] = []
merged: list[Callable[[Actor, Incident, Incident], None]] = []
unfinished: list[Callable[[Incident], list[Text]]] = []
sections: list[Callable[[Incident], list[dict[str, Any]]]] = []
"""Each gives sections {"title": {en, hi}, "columns": [{en, hi, "share": of the width}], "rows": [[value]]}: tables of
the report. A value is text, a number, {en, hi} or {"moment_ms"}."""


def was_opened(actor: Actor, incident: Incident) -> None:
    for call in opened:
        call(actor, incident)


def was_closed(actor: Actor, incident: Incident) -> None:
    for call in closed:
        call(actor, incident)


def was_merged(actor: Actor, part: Incident, into: Incident) -> None:
    for call in merged:
        call(actor, part, into)


def open_items(incident: Incident) -> list[Text]:
    return [one for call in unfinished for one in call(incident)]


def report_sections(incident: Incident) -> list[dict[str, Any]]:
    return [one for call in sections for one in call(incident)]
