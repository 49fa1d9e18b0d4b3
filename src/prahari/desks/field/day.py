"""What a constable takes along for a day: premises to visit near them, with all that is needed there."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections import defaultdict
from typing import Any
from uuid import UUID

import orjson
from django.apps import apps
from django.conf import settings
from django.db.models import Case, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from prahari.contracts import sealing
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common import rules
from prahari.desks.common.actor import Actor
from prahari.desks.common.scoping import within
from prahari.desks.field.models import Visit
from prahari.desks.linking import linkages
from prahari.desks.linking.models import LadderEntry, Linkage, RefusalReason
from prahari.desks.linking.steps import Step
from prahari.desks.registry.models import Contact, OwnerClass
from prahari.desks.registry.premises import sealing_context

PREMISES_MAX = rules.declare(
    "field_day_premises", 300, "Premises that a phone takes along for a day at the most",
    "एक दिन के लिए फ़ोन में रखे जाने वाले अधिकतम प्रतिष्ठान", rules.whole(10, 300),
)  # fmt: skip
HISTORY = 4
_FAR = 1e9
_TO_VISIT = (Step.LISTED, Step.ASKED, Step.INSTALLED, Step.CONSENTED)
_COLUMNS = (
    "premises_id", "step", "cameras_reported", "cameras_found", "times_asked", "promised_for", "come_again_on",
    "refusal__code", "refusal__name_en", "refusal__name_hi", "premises__name_en", "premises__name_hi",
    "premises__address_en", "premises__address_hi", "premises__lat", "premises__lon", "premises__owner_class__code",
    "premises__owner_class__name_en", "premises__owner_class__name_hi", "premises__owner_class__public",
    "premises__jurisdiction__path", "premises__jurisdiction__name_en", "premises__jurisdiction__name_hi",
)  # fmt: skip


def day(actor: Actor, lat: float | None, lon: float | None, jurisdiction: str) -> dict[str, Any]:
    """A Day. lat, lon: where the phone is; the nearest come first, what is set as a task before all.

    Raises Problem 403. Mobile numbers are opened for who holds linking.work, and of what they are to visit today."""
    as_of_ms, today = now_ms(), local_day()
    most: int = rules.value(PREMISES_MAX)
    tasks = _tasks(actor)
    rows = linkages.linkages_in(actor, linkages.WORK)
    if jurisdiction:
        rows = rows.filter(within(jurisdiction, "premises__jurisdiction__path"))
    rows = _to_visit(rows, today, list(tasks))
    total = rows.count()
    found = list(_nearest(rows, lat, lon, list(tasks)).values(*_COLUMNS)[:most])
    ids = [row["premises_id"] for row in found]
    contacts, history = _contacts(ids), _history(ids)
    premises = [
        _row(row, contacts[row["premises_id"]], history[row["premises_id"]], tasks.get(row["premises_id"]))
        for row in found
    ]
    return {
        "version": hashlib.sha256(orjson.dumps(premises, default=str)).hexdigest()[:16],
        "as_of_ms": as_of_ms,
        "day": today,
        "premises": premises,
        "more": max(0, total - len(premises)),
        "refusal_reasons": _short_list(RefusalReason),
        "owner_classes": _short_list(OwnerClass),
        "stations": stations(actor),
    }


def _short_list(model: type[OwnerClass] | type[RefusalReason]) -> list[dict[str, Any]]:
    rows = model.objects.filter(active=True).values_list("code", "name_en", "name_hi")
    return [{"code": code, "name": {"en": en, "hi": hi}} for code, en, hi in rows]


def stations(actor: Actor) -> list[dict[str, Any]]:
    """Police stations in which the actor works; a city without stations in its tree: the areas of their grants."""
    areas = [path for path, _ in actor.scope.areas(linkages.WORK)]
    places = Q(pk__in=[])
    for path in areas:
        places |= within(path, "path")
    found = Jurisdiction.objects.filter(places, level="police_station")
    if not found.exists():
        found = Jurisdiction.objects.filter(path__in=areas)
    return [
        {"path": path, "name": {"en": en, "hi": hi}}
        for path, en, hi in found.order_by("path").values_list("path", "name_en", "name_hi")[:500]
    ]


def _to_visit(rows: QuerySet[Linkage], today: dt.date, tasked: list[UUID]) -> QuerySet[Linkage]:
    due = Q(step__in=_TO_VISIT) | Q(step=Step.PROMISED, promised_for__lte=today)
    later = Visit.objects.filter(come_again_on__gt=today).values("premises_id")
    waiting = Q(come_again_on__gt=today) | Q(premises_id__in=later)
    return rows.filter((due & ~waiting) | Q(premises_id__in=tasked))


def _nearest(rows: QuerySet[Linkage], lat: float | None, lon: float | None, tasked: list[UUID]) -> QuerySet[Linkage]:
    # Without tasks no such order: Django would write "ORDER BY 1", which means the first column.
    first = [Case(When(premises_id__in=tasked, then=0), default=1, output_field=IntegerField())] if tasked else []
    if lat is None or lon is None:
        return rows.order_by(*first, F("come_again_on").asc(nulls_last=True), "premises__name_en", "premises_id")
    shrink = math.cos(math.radians(lat)) ** 2
    d_lat, d_lon = F("premises__lat") - Value(lat), F("premises__lon") - Value(lon)
    squared = Coalesce(d_lat * d_lat + d_lon * d_lon * Value(shrink), Value(_FAR), output_field=FloatField())
    return rows.order_by(*first, squared, "premises_id")


def _contacts(ids: list[UUID]) -> dict[UUID, list[dict[str, str]]]:
    key = settings.CONFIG.sealing_key()
    found: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    for contact in Contact.objects.filter(premises_id__in=ids):
        mobile = (
            sealing.unseal(contact.sealed_mobile, key, sealing_context(contact.id)) if contact.sealed_mobile else ""
        )
        found[contact.premises_id].append({"name": contact.name, "role": contact.role, "mobile": mobile})
    return found


def _history(ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    entries = LadderEntry.objects.filter(premises_id__in=ids, camera__isnull=True).exclude(step=Step.LISTED)
    for entry in entries.select_related("by").order_by("premises_id", "-entered_ms", "-id").iterator():
        if len(found[entry.premises_id]) < HISTORY:
            found[entry.premises_id].append({
                "step": entry.step, "at_ms": entry.at_ms, "by": entry.by.name if entry.by else entry.by_name,
                "note": entry.note,
            })  # fmt: skip
    return found


def _tasks(actor: Actor) -> dict[UUID, dict[str, Any]]:
    """Premises -> the task that is set to the actor there, where the programme desk is in this centre."""
    if actor.id is None or not apps.is_installed("prahari.desks.programme"):
        return {}
    from prahari.desks.programme import officers, tasks_selectors
    from prahari.desks.programme.choices import STANDING, TaskKind

    held = officers.held_by(actor.id)
    mine = (
        tasks_selectors.tasks_in(actor, linkages.WORK)
        .filter(tasks_selectors.mine_q(actor, held), premises__isnull=False, state__in=STANDING)
        .filter(kind__in=(TaskKind.VISIT, TaskKind.SURVEY))
        .order_by("due_day", "id")
    )
    found: dict[UUID, dict[str, Any]] = {}
    for task in mine[: rules.value(PREMISES_MAX)]:
        if task.premises_id is not None:
            found.setdefault(
                task.premises_id, {"title": {"en": task.title_en, "hi": task.title_hi}, "due_day": task.due_day}
            )
    return found


def _row(
    row: dict[str, Any], contacts: list[dict[str, str]], history: list[dict[str, Any]], task: dict[str, Any] | None
) -> dict[str, Any]:
    def named(name: str, key: str) -> dict[str, Any] | None:
        code = row[f"{name}__{key}"]
        return code and {key: code, "name": {"en": row[f"{name}__name_en"], "hi": row[f"{name}__name_hi"]}}

    return {
        "id": row["premises_id"],
        "name": {"en": row["premises__name_en"], "hi": row["premises__name_hi"]},
        "address": {"en": row["premises__address_en"], "hi": row["premises__address_hi"]},
        "owner_class": named("premises__owner_class", "code"),
        "public": row["premises__owner_class__public"],
        "jurisdiction": named("premises__jurisdiction", "path"),
        "lat": row["premises__lat"],
        "lon": row["premises__lon"],
        "step": row["step"],
        "cameras": max(row["cameras_reported"], row["cameras_found"] or 0),
        "times_asked": row["times_asked"],
        "promised_for": row["promised_for"],
        "come_again_on": row["come_again_on"],
        "refusal": named("refusal", "code"),
        "contacts": contacts,
        "history": history,
        "task": task,
    }
