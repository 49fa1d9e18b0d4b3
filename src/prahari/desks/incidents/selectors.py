"""Every read of incidents, and the only door to their rows: an incident is seen by the agencies that take part."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.alarms import contacts
from prahari.desks.common import paging, rules
from prahari.desks.common.actor import Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import Problem, conflict, not_found
from prahari.desks.common.scoping import areas_q
from prahari.desks.files import selectors as files
from prahari.desks.files.models import StoredFile
from prahari.desks.incidents import clocks, hooks, linked, rows, timeline, words
from prahari.desks.incidents.models import (
    Handover,
    Incident,
    IncidentAgency,
    IncidentFile,
    IncidentPerson,
    Merge,
    TimelineEntry,
)
from prahari.desks.incidents.rules import BEFORE_S

VIEW = "incident.view"
WORK = "incident.work"
SUPERVISE = "incident.supervise"


def incidents_in(actor: Actor, permission: str = VIEW) -> QuerySet[Incident]:
    """Those in which an agency takes part for which, and where, the actor holds `permission`."""
    actor.require(permission)
    areas = list(actor.scope.areas(permission))
    if ("", None) in areas:
        return Incident.objects.all()
    mine = IncidentAgency.objects.filter(areas_q(areas), incident=OuterRef("pk"), left_ms__isnull=True)
    return Incident.objects.filter(Q(Exists(mine)))


def incident(actor: Actor, incident_id: UUID, permission: str = VIEW) -> Incident:
    """Raises Problem 403, 404."""
    found = incidents_in(actor, permission).select_related("kind").filter(id=incident_id).first()
    if found is None:
        raise not_found("There is no such incident in your area.", "आपके क्षेत्र में ऐसी कोई घटना नहीं है।")
    return found


def for_writing(actor: Actor, incident_id: UUID, version: int | None, permission: str = WORK) -> Incident:
    """The same, held until the end of the action. version: what the writer saw; None for what only adds to it.

    Raises Problem 403, 404, 409 (`changed` with the present state; part of another incident now).
    """
    incident(actor, incident_id, permission)
    held = Incident.objects.select_for_update(of=("self",), no_key=True).select_related("kind").get(id=incident_id)
    if held.merged_into_id is not None:
        into = Incident.objects.get(id=held.merged_into_id)
        raise conflict("merged", f"This has become part of incident {into.number}. Go on there.",
                       f"यह घटना {into.number} का भाग बन चुकी है। आगे का कार्य वहाँ करें।")  # fmt: skip
    if version is not None and held.version != version:
        raise Changed(detail(actor, incident_id, permission))
    return held


def require_lead(actor: Actor, held: Incident, permission: str = WORK) -> None:
    """What decides over the incident is up to who leads it. Raises Problem 403."""
    if not actor.may(permission, held.jurisdiction_path, held.agency_code):
        name = words.agency_name(held.agency_code)
        raise Problem(
            403, "not_lead",
            f"{name['en']} leads this incident and decides this. Write a note, or ask them to hand it over.",
            f"इस घटना का नेतृत्व {name['hi']} के पास है, यह निर्णय वही करेगा। टिप्पणी लिखें, या कार्यभार सौंपने को कहें।",
        )  # fmt: skip


def detail(actor: Actor, incident_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    """An IncidentDetail."""
    found = rows.with_relations(incidents_in(actor, permission)).filter(id=incident_id).first()
    if found is None:
        raise not_found("There is no such incident in your area.", "आपके क्षेत्र में ऐसी कोई घटना नहीं है।")
    at = now_ms()
    handovers = list(Handover.objects.filter(incident=found).select_related("offered_by", "answered_by")
                     .order_by("-offered_ms"))  # fmt: skip
    parts = [one for one in found.agencies.all() if one.left_ms is None]
    names = words.agency_names([*(one.agency_code for one in parts),
                                *(code for one in handovers for code in (one.from_agency, one.to_agency))])  # fmt: skip
    works = any(actor.may(WORK, found.jurisdiction_path, one.agency_code) for one in parts)
    asked = next((one.to_agency for one in handovers if one.state == "offered"), None)
    merges = {one.merged_id: one.id for one in Merge.objects.filter(into=found, undone_ms__isnull=True)}
    parts_of_it = rows.part_ids(found)
    kept = StoredFile.objects.filter(
        id__in=IncidentFile.objects.filter(incident_id__in=parts_of_it).values("file_id")
    ).order_by("created_ms")
    into = found.merged_into
    return rows.row(found, rows.Names.load([found]), at) | {
        "description": found.description,
        "channel": found.channel,
        "reporter_name": found.reporter_name,
        "reporter_phone": found.reporter_phone if works else "",
        "in_hand_ms": found.in_hand_ms,
        "arrived_ms": found.arrived_ms,
        "resolved_ms": found.resolved_ms,
        "outcome": found.outcome,
        "lessons": found.lessons,
        "procedure": found.kind.procedure,
        "opened_by": found.opened_by_name,
        "clocks": clocks.rows_of(found, at),
        "parts": [_part(one, names) for one in sorted(parts, key=lambda one: (one.part != "lead", one.since_ms))],
        "handovers": [_handover(one, names) for one in handovers],
        "people": [_at_work(one, names) for one in found.people.all() if one.until_ms is None],
        "alarms": linked.rows_of(parts_of_it),
        "files": [files.row(one) for one in kept],
        "merged": [_other(one, merges.get(one.id)) for one in found.merged.order_by("number")],
        "merged_into_number": into.number if into else None,
        "split_off": [_other(one) for one in found.split_off.order_by("number")],
        "split_from": _other(found.split_from) if found.split_from else None,
        "open_items": hooks.open_items(found),
        "before_s": rules.value(BEFORE_S),
        "may": {
            "work": works and into is None,
            "lead": actor.may(WORK, found.jurisdiction_path, found.agency_code) and into is None,
            "supervise": actor.may(SUPERVISE, found.jurisdiction_path, found.agency_code),
            "answer_handover": asked is not None and actor.may(WORK, found.jurisdiction_path, asked),
        },
        "now_ms": at,
    }


def _part(one: IncidentAgency, names: dict[str, Any]) -> dict[str, Any]:
    return {"code": one.agency_code, "name": names[one.agency_code], "part": one.part, "since_ms": one.since_ms}


def _handover(one: Handover, names: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "from_agency": {"code": one.from_agency, "name": names[one.from_agency]},
        "to_agency": {"code": one.to_agency, "name": names[one.to_agency]},
        "state": one.state,
        "note": one.note,
        "answer": one.answer,
        "offered_by": one.offered_by.name if one.offered_by else "",
        "offered_ms": one.offered_ms,
        "answered_by": one.answered_by.name if one.answered_by else "",
        "answered_ms": one.answered_ms,
    }


def _at_work(one: IncidentPerson, names: dict[str, Any]) -> dict[str, Any]:
    return person_row(one.person) | {"in_charge": one.in_charge, "since_ms": one.since_ms}


def person_row(person: User) -> dict[str, Any]:
    agency = {"code": person.agency.code, "name": person.agency.name} if person.agency else None
    return {"id": str(person.id), "name": person.name, "agency": agency}


def _other(one: Incident, merge_id: UUID | None = None) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "number": one.number,
        "title": one.title,
        "state": one.state,
        "merge": str(merge_id) if merge_id else None,
    }


def timeline_page(actor: Actor, incident_id: UUID, limit: int, cursor: str | None) -> dict[str, Any]:
    """EntryPage, newest first."""
    found = incident(actor, incident_id)
    entries = timeline.entries_of(found).select_related("incident")
    page = paging.page(entries, ("-happened_ms", "-id"), limit, cursor, lambda one: one)
    page["items"] = entry_rows(page["items"], found)
    return page


def entry_rows(entries: list[TimelineEntry], of: Incident) -> list[dict[str, Any]]:
    wanted = {file_id for one in entries for file_id in one.file_ids}
    kept = {str(one.id): one for one in StoredFile.objects.filter(id__in=wanted)} if wanted else {}
    return [
        {
            "id": str(one.id),
            "kind": one.kind,
            "said": one.said,
            "text": one.text,
            "data": one.data,
            "files": [files.row(kept[file_id]) for file_id in one.file_ids if file_id in kept],
            "happened_ms": one.happened_ms,
            "entered_ms": one.entered_ms,
            "by": one.by_name,
            "number": one.incident.number if one.incident_id != of.id else None,
        }
        for one in entries
    ]


def file_of(actor: Actor, incident_id: UUID, file_id: UUID) -> StoredFile:
    """A file kept with the incident, for whoever sees the incident. Raises Problem 403, 404."""
    found = incident(actor, incident_id)
    kept = IncidentFile.objects.filter(incident_id__in=rows.part_ids(found), file_id=file_id)
    one = kept.select_related("file").first()
    if one is None:
        raise not_found("There is no such file.", "ऐसी कोई फ़ाइल नहीं है।")
    return one.file


def workers(actor: Actor, incident_id: UUID) -> dict[str, Any]:
    """Who could be put to work on it: holders of incident.work in one of the agencies that take part."""
    found = incident(actor, incident_id, WORK)
    return {"items": [person_row(one) for one in may_work_on(found).select_related("agency").order_by("name", "id")]}


def may_work_on(found: Incident) -> QuerySet[User]:
    codes = found.agencies.filter(left_ms__isnull=True).values_list("agency_code", flat=True)
    people = [contacts.may_work_on(found.jurisdiction_path, code, WORK).values("id") for code in codes]
    return User.objects.filter(reduce(or_, (Q(id__in=some) for some in people)))
