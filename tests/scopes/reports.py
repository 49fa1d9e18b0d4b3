"""Endpoints of the reports desk."""

from __future__ import annotations

from typing import Any

import reports_rig as rig
from prahari.desks.reports.models import DailyReport
from scope import Endpoint, World

VIEW, SIGN, MANAGE = "report.view", "report.sign", "meeting.manage"


def report(world: World) -> dict[str, str]:
    return {"report_id": str(rig.report(world, person=world.person()).pk)}


def signature(world: World) -> dict[str, Any]:
    version = rig.version(DailyReport.objects.get())
    return {"version": version.version, "sha256": version.sha256}


def changed(world: World) -> dict[str, str]:
    """A report whose day has more to tell by now."""
    made = report(world)
    rig.house(world)
    return made


def recipient(world: World) -> dict[str, str]:
    return {"recipient_id": str(rig.recipient(world).pk)}


def meeting(state: str = "planned") -> Any:
    return lambda world: {"meeting_id": str(rig.meeting(world, state).pk)}


def invitation(world: World) -> dict[str, str]:
    return {"invitation_id": str(rig.invitation(world, rig.meeting(world, "begun")).pk)}


def decision(world: World) -> dict[str, str]:
    return {"decision_id": str(rig.decision(world, rig.meeting(world, "begun")).pk)}


STEP = {"edited_ms": 1}
NEW_RECIPIENT = {
    "jurisdiction": World.HOME, "agency": World.AGENCY, "name": "ADM", "address": "adm@kanpur.example",
}  # fmt: skip
NEW_MEETING = {
    "jurisdiction": World.HOME, "agency": World.AGENCY, "title": {"en": "Review", "hi": "समीक्षा"},
    "starts_ms": 1_800_000_000_000, "chair_name": "Divisional Commissioner",
}  # fmt: skip

ENDPOINTS = [
    Endpoint("GET", "/daily-reports", VIEW, row=report, lists=True),
    Endpoint("GET", "/daily-reports/{report_id}", VIEW, row=report),
    Endpoint("GET", "/daily-reports/{report_id}/document", VIEW, row=report, query="format=xlsx"),
    Endpoint("POST", "/daily-reports/{report_id}/sign", SIGN, row=report, body=signature),
    Endpoint("POST", "/daily-reports/{report_id}/correct", SIGN, row=changed, body={"reason": "two more shops"}),
    Endpoint("GET", "/report-recipients", SIGN, row=recipient, lists=True),
    Endpoint("POST", "/report-recipients", SIGN, body=NEW_RECIPIENT, success=201, elsewhere=403),
    Endpoint("PATCH", "/report-recipients/{recipient_id}", SIGN, row=recipient, body={"name": "DM", "edited_ms": 1}),
    Endpoint("DELETE", "/report-recipients/{recipient_id}", SIGN, row=recipient, success=204),
    Endpoint("GET", "/review-meetings", VIEW, row=meeting(), lists=True),
    Endpoint("POST", "/review-meetings", MANAGE, body=NEW_MEETING, success=201, elsewhere=403),
    Endpoint("GET", "/review-meetings/{meeting_id}", VIEW, row=meeting()),
    Endpoint("PATCH", "/review-meetings/{meeting_id}", MANAGE, row=meeting(), body={"place": "Hall", "edited_ms": 1}),
    Endpoint("POST", "/review-meetings/{meeting_id}/begin", MANAGE, row=meeting(), body=STEP),
    Endpoint("POST", "/review-meetings/{meeting_id}/end", MANAGE, row=meeting("begun"), body=STEP),
    Endpoint("POST", "/review-meetings/{meeting_id}/sign", MANAGE, row=meeting("ended"), body=STEP),
    Endpoint("POST", "/review-meetings/{meeting_id}/cancel", MANAGE, row=meeting(), body={"reason": "festival"}),
    Endpoint("GET", "/review-meetings/{meeting_id}/document", VIEW, row=meeting("begun")),
    Endpoint(
        "POST", "/review-meetings/{meeting_id}/invitations", MANAGE, row=meeting(), body={"name": {"en": "Excise"}},
        success=201,
    ),
    Endpoint("PATCH", "/review-invitations/{invitation_id}", MANAGE, row=invitation, body={"attendance": "present"}),
    Endpoint("DELETE", "/review-invitations/{invitation_id}", MANAGE, row=invitation, success=204),
    Endpoint(
        "POST", "/review-meetings/{meeting_id}/decisions", MANAGE, row=meeting("begun"), body={"text": {"en": "Link"}},
        success=201,
    ),
    Endpoint("PATCH", "/review-decisions/{decision_id}", MANAGE, row=decision, body={"due_on": "2027-01-31", **STEP}),
    Endpoint(
        "POST", "/review-decisions/{decision_id}/progress", MANAGE, row=decision,
        body={"state": "done", "done_note": "all linked", **STEP},
    ),
    Endpoint("DELETE", "/review-decisions/{decision_id}", MANAGE, row=decision, success=204),
]  # fmt: skip
