"""Campaigns and visits of representatives."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, invalid, text
from prahari.desks.outreach import scopes
from prahari.desks.outreach.actions.people import attach_new
from prahari.desks.outreach.models import Campaign, Channel, RepresentativeVisit
from prahari.desks.outreach.schemas import outreach as s
from prahari.desks.outreach.scopes import EDIT
from prahari.desks.registry.actions import CONFLICT
from prahari.desks.registry.models import OwnerClass


def record_campaign(*, actor: Actor, form: s.CampaignIn) -> UUID:
    """The same key records once. Raises Problem 403, 422."""
    with action("campaign.record", actor=actor, reason=form.reason) as act:
        place, agency = scopes.place(form.jurisdiction), scopes.agency(form.agency)
        actor.require_in(EDIT, place.path, agency.pk)
        row = _known(actor, Campaign, form.key)
        if row is None:
            row = Campaign(key=form.key, jurisdiction=place, agency=agency, created_ms=now_ms(), edited_ms=0)
            _fill_campaign(actor, row, form)
        _about(act, "campaign", row, row.title_en)
    return row.id


def edit_campaign(*, actor: Actor, campaign_id: UUID, form: s.CampaignEdit) -> None:
    """Raises Problem 404, 409 (edited meanwhile), 422."""
    with action("campaign.edit", actor=actor, reason=form.reason) as act:
        row = scopes.one(actor, Campaign, campaign_id, permission=EDIT, lock=True)
        if row.edited_ms != form.edited_ms:
            raise conflict(*CONFLICT)
        _fill_campaign(actor, row, form)
        _about(act, "campaign", row, row.title_en)


def _fill_campaign(actor: Actor, row: Campaign, form: s.CampaignIn | s.CampaignEdit) -> None:
    sent = form.dict(exclude_unset=True)
    if form.channel is not None:
        channel = Channel.objects.filter(code=form.channel).first()
        if channel is None:
            raise invalid(channel=text("There is no such channel in the list.", "सूची में ऐसा कोई माध्यम नहीं है।"))
        row.channel = channel
    if form.title is not None:
        row.title_en, row.title_hi = form.title.en, form.title.hi
    for name in ("place", "owner_classes", "audience", "reach", "reach_how", "cost_paise", "note"):
        if name in sent:
            setattr(row, name, sent[name])
    for name in ("first_day", "last_day"):
        if sent.get(name) is not None:
            setattr(row, name, sent[name])
    unknown = set(row.owner_classes) - set(OwnerClass.objects.values_list("code", flat=True))
    if unknown:
        raise invalid(owner_classes=text(f"There is no {', '.join(sorted(unknown))} in this list.",
                                         f"इस सूची में {', '.join(sorted(unknown))} नहीं है।"))  # fmt: skip
    if row.last_day < row.first_day:
        raise invalid(last_day=text("It cannot end before it begins.", "अंत आरम्भ से पहले नहीं हो सकता।"))
    if row.reach is not None and not row.reach_how:
        raise invalid(reach_how=text("Say how the reach was counted.", "पहुँच कैसे गिनी गई, लिखें।"))
    if "media_ids" in sent:
        row.media_ids = attach_new(actor, row, row.media_ids, form.media_ids)
    row.edited_ms = max(now_ms(), row.edited_ms + 1)
    row.save()


def record_visit(*, actor: Actor, form: s.RepresentativeVisitIn) -> UUID:
    """A representative came. The same key records once. Raises Problem 403, 422."""
    with action("representative_visit.record", actor=actor) as act:
        place, agency = scopes.place(form.jurisdiction), scopes.agency(form.agency)
        actor.require_in(EDIT, place.path, agency.pk)
        row = _known(actor, RepresentativeVisit, form.key)
        if row is None:
            row = RepresentativeVisit(key=form.key, jurisdiction=place, agency=agency, created_ms=now_ms(), edited_ms=0)
            row.recorded_by_id = actor.id
            _fill_visit(actor, row, form)
        _about(act, "representative visit", row, row.visitor)
    return row.id


def edit_visit(*, actor: Actor, visit_id: UUID, form: s.RepresentativeVisitEdit) -> None:
    """Raises Problem 404, 409 (edited meanwhile), 422."""
    with action("representative_visit.edit", actor=actor, reason=form.reason) as act:
        row = scopes.one(actor, RepresentativeVisit, visit_id, permission=EDIT, lock=True)
        if row.edited_ms != form.edited_ms:
            raise conflict(*CONFLICT)
        _fill_visit(actor, row, form)
        _about(act, "representative visit", row, row.visitor)


def _fill_visit(actor: Actor, row: RepresentativeVisit, form: s.VisitFields) -> None:
    if form.came_ms > now_ms():
        raise invalid(came_ms=text("This moment has not come yet.", "यह समय अभी आया नहीं है।"))
    for name in ("visitor", "office", "party", "came_ms", "host", "shown", "remarks"):
        setattr(row, name, getattr(form, name))
    row.photo_ids = attach_new(actor, row, row.photo_ids, form.photo_ids)
    row.edited_ms = max(now_ms(), row.edited_ms + 1)
    row.save()


def _known(actor: Actor, model: Any, key: UUID) -> Any:
    """What the same form has made before, if this actor may see it. Raises Problem 409 when not."""
    row = model.objects.filter(key=key).first()
    if row is not None and not actor.may(EDIT, row.jurisdiction.path, row.agency_id):
        raise conflict("key_used", "This form was sent before. Begin it anew.",
                       "यह फ़ॉर्म पहले भेजा जा चुका है। नया फ़ॉर्म शुरू करें।")  # fmt: skip
    return row


def _about(act: Action, what: str, row: Any, name: str) -> None:
    act.about(what, row.id, name, jurisdiction=row.jurisdiction.path, agency=row.agency_id)
