"""What this room hands to those below it: what becomes of units when an incident ends or becomes part of another, its
part of the report, and the automatic action "call the unit" of procedures."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, Text, conflict, text
from prahari.desks.dispatch import assigning, selectors, suggestion, units, words
from prahari.desks.dispatch.choices import ACTIVE, Progress, Status, UnitKind
from prahari.desks.dispatch.models import Assignment, Unit
from prahari.desks.dispatch.rules import WOMEN_OFFICER
from prahari.desks.dispatch.schemas import AssignmentIn
from prahari.desks.incidents import hooks
from prahari.desks.incidents.models import Incident
from prahari.desks.incidents.rows import part_ids
from prahari.desks.procedures import automatic

PER_STEP = uuid.UUID("0a4f2f5e-5f0b-4f0a-9f0e-7a2f6c1f7d11")
"""Namespace of the keys of assignments that a procedure's step made."""

_PATROL = (UnitKind.PATROL_CAR, UnitKind.MOTORCYCLE, UnitKind.QUICK_RESPONSE)


def join() -> None:
    hooks.closed.append(release)
    hooks.merged.append(release_twice_sent)
    hooks.unfinished.append(still_out)
    hooks.sections.append(sections)
    automatic.register(
        "call_unit", call_unit, "Call the nearest unit", "निकटतम इकाई को बुलाना",
        fields=[automatic.Field("kind", "Kind of unit", "इकाई का प्रकार", "choose", listed=_choices)],
    )  # fmt: skip


def release(actor: Actor, incident: Incident) -> None:
    """It is closed: nobody has to go there any more."""
    for one in _active(incident):
        _cancel(actor, one, text("The incident is closed.", "घटना बंद हुई।"))


def release_twice_sent(actor: Actor, merged: Incident, into: Incident) -> None:
    """Units of the one count for the other from now on (Assignment.incident); one that was sent to both is sent
    once."""
    there = set(Assignment.objects.filter(incident=into, state__in=ACTIVE).values_list("unit_id", flat=True))
    for one in Assignment.objects.filter(incident=merged, state__in=ACTIVE, unit_id__in=there).order_by("id"):
        _cancel(actor, one, text(f"Part of {into.number} now.", f"अब {into.number} का भाग है।"))


def _active(incident: Incident) -> QuerySet[Assignment]:
    return Assignment.objects.filter(incident_id__in=part_ids(incident), state__in=ACTIVE).order_by("unit_id", "id")


def _cancel(actor: Actor, known: Assignment, why: Text) -> None:
    with action("dispatch.cancel", actor=actor) as act:
        one, incident, unit = assigning.held(known.id)
        units.about(act, unit)
        if one.state in ACTIVE:
            assigning.end(act, one, incident, unit, Progress.CANCELLED, why["hi" if actor.language == "hi" else "en"])


def still_out(incident: Incident) -> list[Text]:
    """Units at work, told before it is closed."""
    found = []
    for one in _active(incident).select_related("unit"):
        word = words.PROGRESS[one.state]
        sign = one.unit.call_sign
        found.append(text(f"{sign}: {word['en'].lower()}", f"{sign}: {word['hi']}"))
    return found


def sections(incident: Incident) -> list[dict[str, Any]]:
    """A table of the units that were sent, with the times of each."""
    sent = Assignment.objects.filter(incident_id__in=part_ids(incident)).select_related("unit")
    table = [
        [
            one.unit.call_sign, words.KIND[one.unit.kind], {"moment_ms": one.offered_ms},
            {"moment_ms": one.acknowledged_ms}, {"moment_ms": one.arrived_ms}, {"moment_ms": one.ended_ms},
            text(*(f"{words.PROGRESS[one.state][language]}{': ' if one.reason else ''}{one.reason}"
                   for language in ("en", "hi"))),
        ]
        for one in sent.order_by("offered_ms", "id")
    ]  # fmt: skip
    columns = [
        {**name, "share": share}
        for name, share in (
            (text("Unit", "इकाई"), 1.8),
            (text("Kind", "प्रकार"), 2.2),
            (text("Called", "बुलाया"), 2.9),
            (text("Acknowledged", "स्वीकारा"), 2.9),
            (text("Arrived", "पहुँची"), 2.9),
            (text("Ended", "समाप्त"), 2.9),
            (text("How", "परिणाम"), 3),
        )
    ]
    return [{"title": text("Units", "इकाइयाँ"), "columns": columns, "rows": table}] if table else []


def _choices() -> Sequence[tuple[str, str, str]]:
    groups = [
        ("patrol", "Police unit", "पुलिस इकाई"),
        ("women", "Unit with a woman officer", "महिला अधिकारी सहित इकाई"),
    ]
    return [*groups, *((kind, words.KIND[kind]["en"], words.KIND[kind]["hi"]) for kind in UnitKind.values)]


def call_unit(*, actor: Actor, incident: Incident, values: Mapping[str, Any], key: str) -> Text:
    """Send the free unit that is there first. Raises Problem 409: there is none."""
    kinds, skill = _wish(str(values.get("kind") or ""))
    free = list(selectors.units_in(actor, selectors.WORK).filter(status=Status.AVAILABLE))
    for unit in suggestion.nearest(incident, free, kinds, skill):
        made = _try(actor, incident, unit, key)
        if made is not None:
            expected = words.minutes(made.eta_s)
            return text(f"{unit.call_sign} was called ({expected['en']}).",
                        f"{unit.call_sign} को बुलाया गया ({expected['hi']})।")  # fmt: skip
    raise conflict("no_unit", "No unit of this kind is free. Choose one by hand.",
                   "इस प्रकार की कोई इकाई खाली नहीं है। इकाई स्वयं चुनें।")  # fmt: skip


def _wish(kind: str) -> tuple[Sequence[str] | None, str | None]:
    match kind:
        case "":
            return None, None
        case "patrol":
            return _PATROL, ""
        case "women":
            return (*_PATROL, UnitKind.FOOT), WOMEN_OFFICER
        case _:
            return (kind,), None


def _try(actor: Actor, incident: Incident, unit: Unit, key: str) -> Assignment | None:
    """None: somebody has taken it in this moment; the next one, then."""
    form = AssignmentIn(key=uuid.uuid5(PER_STEP, key), unit=unit.id, version=unit.version)
    try:
        with transaction.atomic():
            return assigning.assign(actor=actor, incident_id=incident.id, form=form)
    except Problem as refused:
        if refused.status != 409:
            raise
        return None
