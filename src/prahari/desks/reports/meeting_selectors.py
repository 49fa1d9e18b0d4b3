"""Review meetings, invitations and decisions in the actor's scope."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from prahari.contracts.clock import local_day
from prahari.desks.accounts.models import Agency
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found, text
from prahari.desks.common.scoping import restrict
from prahari.desks.reports import agenda
from prahari.desks.reports.choices import MeetingState
from prahari.desks.reports.models import Decision, Invitation, Meeting

VIEW = "report.view"
MANAGE = "meeting.manage"
_PATH, _AGENCY = "meeting__jurisdiction_path", "meeting__agency_code"


def meetings_in(actor: Actor, permission: str = VIEW) -> QuerySet[Meeting]:
    actor.require(permission)
    found = restrict(Meeting.objects.all(), actor.scope, permission)
    return found.select_related("jurisdiction", "signed_by", "follows").defer("jurisdiction__boundary")


def meeting(actor: Actor, meeting_id: UUID, permission: str = VIEW) -> Meeting:
    """Raises Problem 403, 404."""
    found = meetings_in(actor, permission).filter(id=meeting_id).first()
    if found is None:
        raise not_found("There is no such meeting in your area.", "आपके क्षेत्र में ऐसी कोई बैठक नहीं है।")
    return found


def invitation(actor: Actor, invitation_id: UUID) -> Invitation:
    """For writing. Raises Problem 403, 404."""
    actor.require(MANAGE)
    found = restrict(Invitation.objects.all(), actor.scope, MANAGE, _PATH, _AGENCY).filter(id=invitation_id).first()
    if found is None:
        raise not_found("There is no such invitation in your area.", "आपके क्षेत्र में ऐसा कोई आमंत्रण नहीं है।")
    return found


def decision(actor: Actor, decision_id: UUID) -> Decision:
    """For writing. Raises Problem 403, 404."""
    actor.require(MANAGE)
    found = restrict(Decision.objects.all(), actor.scope, MANAGE, _PATH, _AGENCY).filter(id=decision_id).first()
    if found is None:
        raise not_found("There is no such decision in your area.", "आपके क्षेत्र में ऐसा कोई निर्णय नहीं है।")
    return found


def meeting_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    """ReviewMeetings, the latest first."""
    counted = meetings_in(actor).annotate(
        all_decisions=Count("decisions"), open_decisions=Count("decisions", filter=Q(decisions__state="open"))
    )
    agencies = _agencies()
    return paging.page(counted, ("-starts_ms", "-id"), limit, cursor, lambda row: _item(row, agencies))


def _agencies() -> dict[str, dict[str, str]]:
    return {row.code: row.name for row in Agency.objects.all()}


def _area(row: Meeting, agencies: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "path": row.jurisdiction_path,
        "name": row.jurisdiction.name,
        "agency": row.agency_code,
        "agency_name": agencies.get(row.agency_code),
    }


def _item(row: Any, agencies: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "number": row.number,
        "title": text(row.title_en, row.title_hi),
        "area": _area(row, agencies),
        "starts_ms": row.starts_ms,
        "place": row.place,
        "state": row.state,
        "decisions": row.all_decisions,
        "open_decisions": row.open_decisions,
        "next_on": row.next_on.isoformat() if row.next_on else None,
    }


def detail(actor: Actor, meeting_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    """ReviewMeeting. The agenda is live until the meeting begins."""
    row = meeting(actor, meeting_id, permission)
    today = local_day()
    following = Meeting.objects.filter(follows=row).values_list("id", flat=True).first()
    return {
        "id": str(row.id),
        "number": row.number,
        "title": text(row.title_en, row.title_hi),
        "area": _area(row, _agencies()),
        "starts_ms": row.starts_ms,
        "place": row.place,
        "chair": {"name": row.chair_name, "post": text(row.chair_post_en, row.chair_post_hi)},
        "state": row.state,
        "follows": str(row.follows_id) if row.follows_id else None,
        "followed_by": str(following) if following else None,
        "invitations": [invitation_row(one) for one in row.invitations.select_related("department")],
        "decisions": decisions_of(row),
        "follow_up": [agenda.decision_row(one, today) for one in agenda.follow_up(row)],
        "agenda": row.agenda if row.agenda is not None else agenda.build(row),
        "agenda_frozen": row.agenda is not None,
        "remarks": text(row.remarks_en, row.remarks_hi),
        "next_on": row.next_on.isoformat() if row.next_on else None,
        "began_ms": row.began_ms,
        "ended_ms": row.ended_ms,
        "signed_ms": row.signed_ms,
        "signed_by": row.signed_by.name if row.signed_by else "",
        "minutes_sha256": row.minutes_sha256,
        "may_manage": actor.may(MANAGE, row.jurisdiction_path, row.agency_code),
        "edited_ms": row.edited_ms,
    }


def decisions_of(row: Meeting) -> list[dict[str, Any]]:
    today = local_day()
    return [
        agenda.decision_row(one, today)
        for one in row.decisions.select_related("meeting", "department").order_by("number")
    ]


def invitation_row(one: Invitation) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "department": one.department.code if one.department else None,
        "name": text(one.name_en, one.name_hi),
        "attendance": one.attendance,
        "person": one.person,
    }


def before(path: str, agency: str) -> Meeting | None:
    """The latest meeting of an area that no other follows yet."""
    rows = Meeting.objects.filter(jurisdiction_path=path, agency_code=agency, followed_by__isnull=True)
    return rows.exclude(state=MeetingState.CANCELLED).order_by("-starts_ms", "-id").first()
