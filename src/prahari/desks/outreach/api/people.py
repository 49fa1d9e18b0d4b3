"""Associations, meetings, campaigns, visits of representatives."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.outreach import actions
from prahari.desks.outreach.models import AssociationKind, Channel
from prahari.desks.outreach.schemas import outreach as s
from prahari.desks.outreach.scopes import EDIT
from prahari.desks.outreach.selectors import outreach as reads
from prahari.desks.registry.schemas import Code, Long

router = Router(tags=["outreach"])


@router.get("/outreach/association-kinds", response=responses(s.OutreachCodes))
def list_association_kinds(request: HttpRequest) -> HttpResponse:
    return reply(reads.codes(AssociationKind))


@router.put("/outreach/association-kinds/{code}", response=responses(s.OutreachCodes))
def save_association_kind(request: HttpRequest, code: Code, payload: s.OutreachCodeIn) -> HttpResponse:
    actions.save_code(actor=actor_of(request), model=AssociationKind, code=code, form=payload)
    return reply(reads.codes(AssociationKind))


@router.get("/outreach/channels", response=responses(s.OutreachCodes))
def list_channels(request: HttpRequest) -> HttpResponse:
    return reply(reads.codes(Channel))


@router.put("/outreach/channels/{code}", response=responses(s.OutreachCodes))
def save_channel(request: HttpRequest, code: Code, payload: s.OutreachCodeIn) -> HttpResponse:
    actions.save_code(actor=actor_of(request), model=Channel, code=code, form=payload)
    return reply(reads.codes(Channel))


@router.get("/outreach/associations", response=responses(s.AssociationPage))
def list_associations(
    request: HttpRequest, q: Long = "", kind: Long = "", limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(reads.association_page(actor_of(request), q, kind, limit, cursor))


@router.post("/outreach/associations", response=responses(s.AssociationDetail, 201))
def create_association(request: HttpRequest, payload: s.AssociationIn) -> HttpResponse:
    actor = actor_of(request)
    made = actions.create_association(actor=actor, form=payload)
    return reply(reads.association_detail(actor, made, EDIT), 201)


@router.get("/outreach/associations/{association_id}", response=responses(s.AssociationDetail))
def get_association(request: HttpRequest, association_id: UUID) -> HttpResponse:
    return reply(reads.association_detail(actor_of(request), association_id))


@router.patch("/outreach/associations/{association_id}", response=responses(s.AssociationDetail))
def edit_association(request: HttpRequest, association_id: UUID, payload: s.AssociationEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_association(actor=actor, association_id=association_id, form=payload)
    return reply(reads.association_detail(actor, association_id, EDIT))


@router.post("/outreach/associations/{association_id}/members", response=responses(s.AssociationDetail))
def add_members(request: HttpRequest, association_id: UUID, payload: s.MembersIn) -> HttpResponse:
    actor = actor_of(request)
    actions.add_members(
        actor=actor, association_id=association_id, premises_ids=payload.premises, reason=payload.reason
    )
    return reply(reads.association_detail(actor, association_id, EDIT))


@router.post("/outreach/associations/{association_id}/members/remove", response=responses(s.AssociationDetail))
def remove_members(request: HttpRequest, association_id: UUID, payload: s.MembersIn) -> HttpResponse:
    actor = actor_of(request)
    actions.remove_members(
        actor=actor, association_id=association_id, premises_ids=payload.premises, reason=payload.reason
    )
    return reply(reads.association_detail(actor, association_id, EDIT))


@router.get("/outreach/meetings", response=responses(s.MeetingPage))
def list_association_meetings(
    request: HttpRequest, association: UUID | None = None, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(reads.meeting_page(actor_of(request), association, limit, cursor))


@router.post("/outreach/associations/{association_id}/meetings", response=responses(s.MeetingRow, 201))
def record_association_meeting(request: HttpRequest, association_id: UUID, payload: s.MeetingIn) -> HttpResponse:
    actor = actor_of(request)
    made = actions.record_meeting(actor=actor, association_id=association_id, form=payload)
    return reply(reads.meeting_row(actor, made, EDIT), 201)


@router.patch("/outreach/meetings/{meeting_id}", response=responses(s.MeetingRow))
def edit_association_meeting(request: HttpRequest, meeting_id: UUID, payload: s.MeetingEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_meeting(actor=actor, meeting_id=meeting_id, form=payload)
    return reply(reads.meeting_row(actor, meeting_id, EDIT))


@router.get("/outreach/campaigns", response=responses(s.CampaignPage))
def list_campaigns(
    request: HttpRequest, channel: Long = "", limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(reads.campaign_page(actor_of(request), channel, limit, cursor))


@router.post("/outreach/campaigns", response=responses(s.CampaignDetail, 201))
def record_campaign(request: HttpRequest, payload: s.CampaignIn) -> HttpResponse:
    actor = actor_of(request)
    return reply(reads.campaign_detail(actor, actions.record_campaign(actor=actor, form=payload), EDIT), 201)


@router.get("/outreach/campaigns/{campaign_id}", response=responses(s.CampaignDetail))
def get_campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    return reply(reads.campaign_detail(actor_of(request), campaign_id))


@router.patch("/outreach/campaigns/{campaign_id}", response=responses(s.CampaignDetail))
def edit_campaign(request: HttpRequest, campaign_id: UUID, payload: s.CampaignEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_campaign(actor=actor, campaign_id=campaign_id, form=payload)
    return reply(reads.campaign_detail(actor, campaign_id, EDIT))


@router.get("/outreach/visits", response=responses(s.RepresentativeVisitPage))
def list_representative_visits(
    request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(reads.visit_page(actor_of(request), limit, cursor))


@router.post("/outreach/visits", response=responses(s.RepresentativeVisitRow, 201))
def record_representative_visit(request: HttpRequest, payload: s.RepresentativeVisitIn) -> HttpResponse:
    actor = actor_of(request)
    return reply(reads.visit_row(actor, actions.record_visit(actor=actor, form=payload), EDIT), 201)


@router.patch("/outreach/visits/{visit_id}", response=responses(s.RepresentativeVisitRow))
def edit_representative_visit(request: HttpRequest, visit_id: UUID, payload: s.RepresentativeVisitEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_visit(actor=actor, visit_id=visit_id, form=payload)
    return reply(reads.visit_row(actor, visit_id, EDIT))
