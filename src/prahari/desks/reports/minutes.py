"""A review meeting on paper: agenda, minutes, action-taken report."""

from __future__ import annotations

from typing import Any, Literal

from prahari.contracts.clock import local_day
from prahari.desks.accounts.models import Agency
from prahari.desks.common.documents import centre_name, pdf
from prahari.desks.common.errors import text
from prahari.desks.reports import agenda, wording
from prahari.desks.reports.models import Meeting

Paper = Literal["agenda", "minutes", "action_taken"]
TITLES = {
    "agenda": text("Agenda of the review meeting", "समीक्षा बैठक की कार्यसूची"),
    "minutes": text("Minutes of the review meeting", "समीक्षा बैठक का कार्यवृत्त"),
    "action_taken": text("Action-taken report", "अनुपालन आख्या"),
}


def content(meeting: Meeting) -> dict[str, Any]:
    """What the papers hold, as plain JSON; this is what the chair signs."""
    today = local_day()
    agency = Agency.objects.filter(code=meeting.agency_code).first() if meeting.agency_code else None
    return {
        "centre": centre_name(),
        "number": meeting.number,
        "title": text(meeting.title_en, meeting.title_hi),
        "area": {"name": meeting.jurisdiction.name, "agency": agency.name if agency else None},
        "starts_ms": meeting.starts_ms,
        "began_ms": meeting.began_ms,
        "ended_ms": meeting.ended_ms,
        "place": meeting.place,
        "chair": {"name": meeting.chair_name, "post": text(meeting.chair_post_en, meeting.chair_post_hi)},
        "attendance": [
            {"name": text(one.name_en, one.name_hi), "attendance": one.attendance, "person": one.person}
            for one in meeting.invitations.all()
        ],
        "agenda": meeting.agenda if meeting.agenda is not None else agenda.build(meeting),
        "decisions": [
            agenda.decision_row(one, today)
            for one in meeting.decisions.select_related("meeting", "department").order_by("number")
        ],
        "remarks": text(meeting.remarks_en, meeting.remarks_hi),
        "next_on": meeting.next_on.isoformat() if meeting.next_on else None,
        "signed_ms": meeting.signed_ms,
        "signed_by": meeting.signed_by.name if meeting.signed_by else "",
    }


def on_paper(meeting: Meeting, paper: Paper, language: Literal["hi", "en"]) -> bytes:
    """PDF; of signed minutes from what was signed. The action-taken report says how things are today."""
    kept = meeting.minutes if meeting.minutes is not None else content(meeting)
    if paper == "action_taken":
        today = local_day()
        kept = kept | {"follow_up": [agenda.decision_row(one, today) for one in agenda.follow_up(meeting)]}
    down = kept["agenda"]["down"]
    ordered = sorted(down["reasons"].items(), key=lambda one: (-one[1], one[0]))
    return pdf("reports/meeting", kept | {
        "paper": paper,
        "heading": TITLES[paper],
        "draft": paper == "minutes" and meeting.minutes is None,
        "down_reasons": [[wording.reason(code), count] for code, count in ordered],
        "down_count": down["count"],
        "sha256": meeting.minutes_sha256 if paper == "minutes" else "",
    }, language)  # fmt: skip


def file_name(meeting: Meeting, paper: Paper, language: str) -> str:
    return f"{meeting.number.lower()}-{paper.replace('_', '-')}-{language}.pdf"
