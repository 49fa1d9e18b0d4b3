"""Review meetings: list, one with agenda, attendance and decisions, its papers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.contracts.clock import local_day
from prahari.desks.common.actor import Actor, actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.reports import agenda, minutes, printing
from prahari.desks.reports import meeting_actions as actions
from prahari.desks.reports import meeting_selectors as selectors
from prahari.desks.reports import schemas_meetings as s
from prahari.desks.reports.api.daily import file_answer
from prahari.desks.reports.models import Decision
from prahari.desks.reports.schemas_daily import Language

router = Router(tags=["reports"])


@router.get("/review-meetings", response=responses(s.ReviewMeetings))
def list_review_meetings(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(selectors.meeting_page(actor_of(request), limit, cursor))


@router.post("/review-meetings", response=responses(s.ReviewMeeting, 201))
def create_review_meeting(request: HttpRequest, payload: s.ReviewMeetingIn) -> HttpResponse:
    actor = actor_of(request)
    return _meeting(actor, actions.create(actor=actor, form=payload).id, 201)


@router.get("/review-meetings/{meeting_id}", response=responses(s.ReviewMeeting))
def get_review_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    return reply(selectors.detail(actor_of(request), meeting_id))


@router.patch("/review-meetings/{meeting_id}", response=responses(s.ReviewMeeting))
def edit_review_meeting(request: HttpRequest, meeting_id: UUID, payload: s.ReviewMeetingEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit(actor=actor, meeting_id=meeting_id, form=payload)
    return _meeting(actor, meeting_id)


@router.post("/review-meetings/{meeting_id}/begin", response=responses(s.ReviewMeeting))
def begin_review_meeting(request: HttpRequest, meeting_id: UUID, payload: s.ReviewStepIn) -> HttpResponse:
    actor = actor_of(request)
    actions.begin(actor=actor, meeting_id=meeting_id, form=payload)
    return _meeting(actor, meeting_id)


@router.post("/review-meetings/{meeting_id}/end", response=responses(s.ReviewMeeting))
def end_review_meeting(request: HttpRequest, meeting_id: UUID, payload: s.ReviewStepIn) -> HttpResponse:
    actor = actor_of(request)
    actions.end(actor=actor, meeting_id=meeting_id, form=payload)
    return _meeting(actor, meeting_id)


@router.post("/review-meetings/{meeting_id}/sign", response=responses(s.ReviewMeeting))
def sign_review_minutes(request: HttpRequest, meeting_id: UUID, payload: s.ReviewStepIn) -> HttpResponse:
    actor = actor_of(request)
    actions.sign(actor=actor, meeting_id=meeting_id, form=payload)
    return _meeting(actor, meeting_id)


@router.post("/review-meetings/{meeting_id}/cancel", response=responses(s.ReviewMeeting))
def cancel_review_meeting(request: HttpRequest, meeting_id: UUID, payload: s.ReviewCancelIn) -> HttpResponse:
    actor = actor_of(request)
    actions.cancel(actor=actor, meeting_id=meeting_id, reason=payload.reason)
    return _meeting(actor, meeting_id)


@router.get("/review-meetings/{meeting_id}/document", response=responses(None))
def print_review_meeting(
    request: HttpRequest, meeting_id: UUID, paper: s.ReviewPaper = "minutes", language: Language = "hi"
) -> HttpResponse:
    meeting = selectors.meeting(actor_of(request), meeting_id)
    name = minutes.file_name(meeting, paper, language)
    return file_answer(minutes.on_paper(meeting, paper, language), printing.PDF, name)


@router.post("/review-meetings/{meeting_id}/invitations", response=responses(s.ReviewInvitation, 201))
def add_review_invitation(request: HttpRequest, meeting_id: UUID, payload: s.ReviewInvitationIn) -> HttpResponse:
    one = actions.invite(actor=actor_of(request), meeting_id=meeting_id, form=payload)
    return reply(selectors.invitation_row(one), 201)


@router.patch("/review-invitations/{invitation_id}", response=responses(s.ReviewInvitation))
def edit_review_invitation(request: HttpRequest, invitation_id: UUID, payload: s.ReviewInvitationEdit) -> HttpResponse:
    one = actions.mark(actor=actor_of(request), invitation_id=invitation_id, form=payload)
    return reply(selectors.invitation_row(one))


@router.delete("/review-invitations/{invitation_id}", response=responses(None, 204))
def remove_review_invitation(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    actions.uninvite(actor=actor_of(request), invitation_id=invitation_id)
    return HttpResponse(status=204)


@router.post("/review-meetings/{meeting_id}/decisions", response=responses(s.ReviewDecision, 201))
def add_review_decision(request: HttpRequest, meeting_id: UUID, payload: s.ReviewDecisionIn) -> HttpResponse:
    return _decision(actions.decide(actor=actor_of(request), meeting_id=meeting_id, form=payload), 201)


@router.patch("/review-decisions/{decision_id}", response=responses(s.ReviewDecision))
def edit_review_decision(request: HttpRequest, decision_id: UUID, payload: s.ReviewDecisionEdit) -> HttpResponse:
    return _decision(actions.edit_decision(actor=actor_of(request), decision_id=decision_id, form=payload))


@router.post("/review-decisions/{decision_id}/progress", response=responses(s.ReviewDecision))
def progress_review_decision(request: HttpRequest, decision_id: UUID, payload: s.ReviewProgressIn) -> HttpResponse:
    return _decision(actions.progress(actor=actor_of(request), decision_id=decision_id, form=payload))


@router.delete("/review-decisions/{decision_id}", response=responses(None, 204))
def drop_review_decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    actions.drop_decision(actor=actor_of(request), decision_id=decision_id)
    return HttpResponse(status=204)


def _meeting(actor: Actor, meeting_id: UUID, status: int = 200) -> HttpResponse:
    return reply(selectors.detail(actor, meeting_id, selectors.MANAGE), status)


def _decision(one: Decision, status: int = 200) -> HttpResponse:
    return reply(agenda.decision_row(one, local_day()), status)
