"""Reads of associations, meetings, campaigns and visits, with the consents that followed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from prahari.contracts import sealing
from prahari.contracts.clock import local_day
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.scoping import restrict, within
from prahari.desks.linking import linkages
from prahari.desks.linking.models import Linkage
from prahari.desks.linking.steps import Step
from prahari.desks.outreach import followed, scopes
from prahari.desks.outreach.actions.people import bearer_context
from prahari.desks.outreach.models import (
    Association,
    AssociationKind,
    AssociationMeeting,
    AssociationMember,
    Campaign,
    Channel,
    RepresentativeVisit,
)
from prahari.desks.registry.filters import needles

MEMBERS_SHOWN = 500
_OF_ASSOCIATION = ("association__jurisdiction__path", "association__agency_id")
_CONSENTED = Q(members__premises__linkage__step__in=(Step.CONSENTED, Step.SURVEYED))


def codes(model: type[AssociationKind | Channel]) -> dict[str, Any]:
    return {
        "items": [
            {"code": row.code, "name": _name(row), "sort": row.sort, "active": row.active}
            for row in model.objects.all()
        ]
    }


def _associations(actor: Actor, permission: str) -> QuerySet[Association]:
    found = scopes.rows(actor, Association, permission=permission).select_related("kind", "jurisdiction")
    return found.defer("jurisdiction__boundary").annotate(
        count=Count("members", distinct=True),
        consented=Count("members", filter=_CONSENTED, distinct=True),
        met=Count("meetings", distinct=True),
        last_met=Max("meetings__held_on"),
    )


def association_page(actor: Actor, q: str, kind: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """AssociationPage, by English name."""
    found = _associations(actor, scopes.VIEW)
    for needle in needles(q):
        found = found.filter(search__contains=needle)
    if kind:
        found = found.filter(kind__code__in=kind.split(","))
    return paging.page(found, ("name_en", "id"), limit, cursor, _association)


def association_detail(actor: Actor, association_id: UUID, permission: str = scopes.VIEW) -> dict[str, Any]:
    """With its office bearers' mobile numbers: for those who hold outreach.edit here. Raises Problem 403, 404."""
    scopes.one(actor, Association, association_id, permission=permission)
    found: Any = _associations(actor, permission).get(id=association_id)
    shows_numbers = actor.may(scopes.EDIT, found.jurisdiction.path, found.agency_id)
    key = settings.CONFIG.sealing_key()
    seen = restrict(AssociationMember.objects.all(), actor.scope, permission, *scopes.OF_PREMISES)
    members = seen.filter(association=found).select_related("premises__owner_class", "premises__jurisdiction")
    members = members.defer("premises__jurisdiction__boundary")
    rows = list(members.order_by("premises__name_en", "id")[:MEMBERS_SHOWN])
    steps = _steps(one.premises_id for one in rows)
    return {
        **_association(found),
        "note": found.note,
        "bearers": [
            {
                "id": one.id,
                "name": one.name,
                "role": one.role,
                "mobile": sealing.unseal(one.sealed_mobile, key, bearer_context(one.id))
                if one.sealed_mobile and shows_numbers
                else "",
            }
            for one in found.bearers.all()
        ],
        "member_rows": [
            {
                "id": one.premises_id,
                "name": _name(one.premises),
                "owner_class": {"code": one.premises.owner_class.code, "name": _name(one.premises.owner_class)},
                "jurisdiction": scopes.area(one.premises.jurisdiction),
                "step": steps.get(one.premises_id, ""),
            }
            for one in rows
        ],
    }


def _steps(premises_ids: Any) -> dict[UUID, str]:
    return dict(Linkage.objects.filter(premises_id__in=list(premises_ids)).values_list("premises_id", "step"))


def _association(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": {"code": row.kind.code, "name": _name(row.kind)},
        "name": _name(row),
        "agency": row.agency_id,
        "jurisdiction": scopes.area(row.jurisdiction),
        "address": row.address,
        "members_claimed": row.members_claimed,
        "members": row.count,
        "consented": row.consented,
        "meetings": row.met,
        "last_met_on": row.last_met,
        "active": row.active,
        "edited_ms": row.edited_ms,
    }


def meeting_page(actor: Actor, association: UUID | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """MeetingPage, newest first."""
    found = _meetings(actor, scopes.VIEW)
    if association is not None:
        found = found.filter(association_id=association)
    body = paging.page(found, ("-held_on", "-id"), limit, cursor, lambda row: row)
    body["items"] = _meeting_rows(body["items"])
    return body


def meeting_row(actor: Actor, meeting_id: UUID, permission: str = scopes.VIEW) -> dict[str, Any]:
    scopes.one(actor, AssociationMeeting, meeting_id, _OF_ASSOCIATION, permission)
    return _meeting_rows([_meetings(actor, permission).get(id=meeting_id)])[0]


def _meetings(actor: Actor, permission: str) -> QuerySet[AssociationMeeting]:
    found = scopes.rows(actor, AssociationMeeting, _OF_ASSOCIATION, permission)
    return found.select_related("association").prefetch_related("leads__premises")


def _meeting_rows(rows: list[AssociationMeeting]) -> list[dict[str, Any]]:
    window = followed.window_days()
    steps = _steps(lead.premises_id for row in rows for lead in row.leads.all())
    return [_meeting(row, window, steps) for row in rows]


def _meeting(row: AssociationMeeting, window: int, steps: dict[UUID, str]) -> dict[str, Any]:
    last = row.held_on + dt.timedelta(days=window)
    members = AssociationMember.objects.filter(association_id=row.association_id).values("premises_id")
    return {
        "id": row.id,
        "association": {"id": row.association_id, "name": _name(row.association)},
        "held_on": row.held_on,
        "place": row.place,
        "attended": row.attended,
        "led_by": row.led_by,
        "note": row.note,
        "photo_ids": row.photo_ids,
        "leads": [
            {
                "premises": {"id": lead.premises_id, "name": _name(lead.premises)},
                "answer": lead.answer,
                "note": lead.note,
                "task_id": lead.task_id,
                "step": steps.get(lead.premises_id, ""),
            }
            for lead in sorted(row.leads.all(), key=lambda lead: (lead.answer != "yes", lead.premises.name_en))
        ],
        "followed": sum(followed.by_day(followed.consents(members, row.held_on, last)).values()),
        "followed_days": window,
        "window_open": local_day() <= last,
        "edited_ms": row.edited_ms,
    }


def campaign_page(actor: Actor, channel: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """CampaignPage, newest first."""
    found = _campaigns(actor, scopes.VIEW)
    if channel:
        found = found.filter(channel__code__in=channel.split(","))
    return paging.page(found, ("-first_day", "-id"), limit, cursor, _campaign)


def campaign_detail(actor: Actor, campaign_id: UUID, permission: str = scopes.VIEW) -> dict[str, Any]:
    scopes.one(actor, Campaign, campaign_id, permission=permission)
    row = _campaigns(actor, permission).get(id=campaign_id)
    return {**_campaign(row), "followed": _followed(actor, row, permission)}


def _campaigns(actor: Actor, permission: str) -> QuerySet[Campaign]:
    found = scopes.rows(actor, Campaign, permission=permission).select_related("channel", "jurisdiction")
    return found.defer("jurisdiction__boundary")


def _campaign(row: Campaign) -> dict[str, Any]:
    return {
        "id": row.id,
        "channel": {"code": row.channel.code, "name": _name(row.channel)},
        "title": {"en": row.title_en, "hi": row.title_hi},
        "first_day": row.first_day,
        "last_day": row.last_day,
        "agency": row.agency_id,
        "jurisdiction": scopes.area(row.jurisdiction),
        "place": row.place,
        "owner_classes": row.owner_classes,
        "audience": row.audience,
        "reach": row.reach,
        "reach_how": row.reach_how,
        "cost_paise": row.cost_paise,
        "media_ids": row.media_ids,
        "note": row.note,
        "edited_ms": row.edited_ms,
    }


def _followed(actor: Actor, row: Campaign, permission: str) -> dict[str, Any]:
    """FollowedOut: from the first day until the window after the last one ends (or today), and as many days before."""
    place = row.jurisdiction
    filters = linkages.Filters(
        owner_class=",".join(row.owner_classes),
        **({"ward": place.path} if place.level == "ward" else {"jurisdiction": place.path}),
    )
    premises = linkages.narrowed(actor, filters, permission).values("premises_id")
    end = row.last_day + dt.timedelta(days=followed.window_days())
    last = max(min(end, local_day()), row.first_day)
    days = (last - row.first_day).days + 1
    first = row.first_day - dt.timedelta(days=days)
    counts = followed.by_day(followed.consents(premises, first, last))
    before = sum(number for day, number in counts.items() if day < row.first_day)
    above = [".".join(place.path.split(".")[:length]) for length in range(1, len(place.path.split(".")))]
    others = Campaign.objects.filter(within(place.path, "jurisdiction__path") | Q(jurisdiction__path__in=["", *above]))
    return {
        "days": days,
        "before": before,
        "after": sum(counts.values()) - before,
        "first": first,
        "last": last,
        "window_open": local_day() <= end,
        "at_the_same_time": others.filter(first_day__lte=last, last_day__gte=first).exclude(id=row.id).count(),
        "by_day": [
            {"day": day, "consents": counts.get(day, 0)}
            for day in (first + dt.timedelta(days=step) for step in range(2 * days))
        ],
    }


def visit_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    """RepresentativeVisitPage, newest first."""
    return paging.page(_visits(actor, scopes.VIEW), ("-came_ms", "-id"), limit, cursor, _visit)


def visit_row(actor: Actor, visit_id: UUID, permission: str = scopes.VIEW) -> dict[str, Any]:
    scopes.one(actor, RepresentativeVisit, visit_id, permission=permission)
    return _visit(_visits(actor, permission).get(id=visit_id))


def _visits(actor: Actor, permission: str) -> QuerySet[RepresentativeVisit]:
    found = scopes.rows(actor, RepresentativeVisit, permission=permission)
    return found.select_related("jurisdiction", "recorded_by").defer("jurisdiction__boundary")


def _visit(row: RepresentativeVisit) -> dict[str, Any]:
    return {
        "id": row.id,
        "visitor": row.visitor,
        "office": row.office,
        "party": row.party,
        "came_ms": row.came_ms,
        "host": row.host,
        "shown": row.shown,
        "remarks": row.remarks,
        "photo_ids": row.photo_ids,
        "agency": row.agency_id,
        "jurisdiction": scopes.area(row.jurisdiction),
        "recorded_by": row.recorded_by.name if row.recorded_by else "",
        "edited_ms": row.edited_ms,
    }


def _name(row: Any) -> dict[str, str]:
    return {"en": row.name_en, "hi": row.name_hi}
