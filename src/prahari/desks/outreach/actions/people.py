"""Associations, their members, and the meetings with them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings

from prahari.contracts import sealing
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, forbidden, invalid, required, text
from prahari.desks.outreach import originals, scopes
from prahari.desks.outreach.choices import LeadAnswer
from prahari.desks.outreach.models import (
    Association,
    AssociationKind,
    AssociationMeeting,
    AssociationMember,
    Channel,
    MeetingLead,
    OfficeBearer,
)
from prahari.desks.outreach.schemas import outreach as s
from prahari.desks.outreach.scopes import EDIT, VIEW
from prahari.desks.registry.actions import CONFLICT
from prahari.desks.registry.models import Premises
from prahari.desks.registry.schemas import ContactIn
from prahari.desks.registry.search import key_of


def save_code(*, actor: Actor, model: type[AssociationKind | Channel], code: str, form: s.OutreachCodeIn) -> None:
    """Make or change a kind of association or a channel. The list is the whole centre's. Raises Problem 403."""
    actor.require(EDIT)
    if not actor.may(EDIT, "", ""):
        raise forbidden(EDIT)
    with action(f"{model._meta.model_name}.save", actor=actor, reason=form.reason) as act:
        row = model.objects.select_for_update().filter(code=code).first() or model(code=code)
        row.name_en, row.name_hi, row.sort, row.active = form.name.en, form.name.hi, form.sort, form.active
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        row.save()
        act.about(str(model._meta.verbose_name), code, row.name_en)


def bearer_context(bearer_id: UUID) -> str:
    return f"bearer:{bearer_id}"


def create_association(*, actor: Actor, form: s.AssociationIn) -> UUID:
    """Raises Problem 403, 422."""
    with action("association.create", actor=actor, reason=form.reason) as act:
        made = Association(agency=scopes.agency(form.agency), jurisdiction=scopes.place(form.jurisdiction))
        made.created_ms = now_ms()
        _fill(actor, made, form)
        _about(act, made)
    return made.id


def edit_association(*, actor: Actor, association_id: UUID, form: s.AssociationEdit) -> None:
    """Raises Problem 403, 404, 409 (edited meanwhile), 422."""
    with action("association.edit", actor=actor, reason=form.reason) as act:
        found = scopes.one(actor, Association, association_id, permission=EDIT, lock=True)
        if found.edited_ms != form.edited_ms:
            raise conflict(*CONFLICT)
        if form.jurisdiction is not None:
            found.jurisdiction = scopes.place(form.jurisdiction)
        _fill(actor, found, form)
        _about(act, found)


def _fill(actor: Actor, row: Association, form: s.AssociationIn | s.AssociationEdit) -> None:
    if form.kind is not None:
        kind = AssociationKind.objects.filter(code=form.kind).first()
        if kind is None:
            raise invalid(kind=text("There is no such kind in the list.", "सूची में ऐसा कोई प्रकार नहीं है।"))
        row.kind = kind
    if form.name is not None:
        row.name_en, row.name_hi = form.name.en, form.name.hi
    sent = form.dict(exclude_unset=True)
    for name in ("address", "members_claimed", "note", "active"):
        if name in sent:
            setattr(row, name, sent[name])
    actor.require_in(EDIT, row.jurisdiction.path, row.agency_id)
    row.search = key_of(row.name_en, row.name_hi, row.address)
    row.edited_ms = max(now_ms(), (row.edited_ms or 0) + 1)
    row.save()
    if form.bearers is not None:
        _set_bearers(row, form.bearers)


def _set_bearers(row: Association, bearers: list[ContactIn]) -> None:
    row.bearers.all().delete()
    key = settings.CONFIG.sealing_key()
    for sort, given in enumerate(bearers):
        if not given.name:
            raise invalid(bearers=text("Every office bearer needs a name.", "हर पदाधिकारी का नाम चाहिए।"))
        bearer = OfficeBearer(association=row, name=given.name, role=given.role, sort=sort)
        if given.mobile:
            bearer.sealed_mobile = sealing.seal(given.mobile, key, bearer_context(bearer.id))
        bearer.save(force_insert=True)


def add_members(*, actor: Actor, association_id: UUID, premises_ids: list[UUID], reason: str = "") -> int:
    """Premises that belong to it; who does already stays. How many are new. Raises Problem 404, 422."""
    with action("association.add_members", actor=actor, reason=reason) as act:
        found = scopes.one(actor, Association, association_id, permission=EDIT, lock=True)
        premises = scopes.premises_of(actor, premises_ids, "premises")
        known = set(found.members.filter(premises_id__in=premises).values_list("premises_id", flat=True))
        at = now_ms()
        made = AssociationMember.objects.bulk_create(
            [AssociationMember(association=found, premises=one, created_ms=at)
             for one in premises.values() if one.id not in known],
            ignore_conflicts=True,
        )  # fmt: skip
        act.details(members=len(made))
        _about(act, found)
    return len(made)


def remove_members(*, actor: Actor, association_id: UUID, premises_ids: list[UUID], reason: str) -> int:
    """Raises Problem 404, 422."""
    if not reason.strip():
        raise invalid(reason=required())
    with action("association.remove_members", actor=actor, reason=reason) as act:
        found = scopes.one(actor, Association, association_id, permission=EDIT, lock=True)
        premises = scopes.premises_of(actor, premises_ids, "premises")
        gone = found.members.filter(premises_id__in=premises).delete()[0]
        act.details(members=gone)
        _about(act, found)
    return gone


def record_meeting(*, actor: Actor, association_id: UUID, form: s.MeetingIn) -> UUID:
    """A meeting that was held, with the premises that said yes, maybe or no. Yes and maybe become visits to be made and
    make the premises members. The same key records once. Raises Problem 404, 409, 422."""
    with action("meeting.record", actor=actor) as act:
        association = scopes.one(actor, Association, association_id, permission=EDIT, lock=True)
        _about(act, association)
        known = AssociationMeeting.objects.filter(key=form.key).first()
        if known is not None:
            if known.association_id != association.id:
                raise conflict("key_used", "This form was sent for another association. Begin it anew.",
                               "यह फ़ॉर्म दूसरे संघ के लिए भेजा गया था। नया फ़ॉर्म शुरू करें।")  # fmt: skip
            return known.id
        meeting = AssociationMeeting(key=form.key, association=association, created_ms=now_ms(), edited_ms=0)
        meeting.recorded_by_id = actor.id
        _fill_meeting(actor, meeting, form, form.photo_ids)
        act.details(meeting=str(meeting.id), leads=len(form.leads))
    return meeting.id


def edit_meeting(*, actor: Actor, meeting_id: UUID, form: s.MeetingEdit) -> UUID:
    """Raises Problem 404, 409 (edited meanwhile), 422."""
    with action("meeting.edit", actor=actor, reason=form.reason) as act:
        columns = ("association__jurisdiction__path", "association__agency_id")
        meeting = scopes.one(actor, AssociationMeeting, meeting_id, columns, EDIT, lock=True)
        if meeting.edited_ms != form.edited_ms:
            raise conflict(*CONFLICT)
        _fill_meeting(actor, meeting, form, form.photo_ids)
        _about(act, meeting.association)
        act.details(meeting=str(meeting.id))
    return meeting.id


def _fill_meeting(actor: Actor, meeting: AssociationMeeting, form: s.MeetingFields, photo_ids: list[UUID]) -> None:
    if form.held_on > local_day():
        raise invalid(held_on=text("This day has not come yet.", "यह दिन अभी आया नहीं है।"))
    association = meeting.association
    meeting.held_on, meeting.place, meeting.attended = form.held_on, form.place, form.attended
    meeting.led_by, meeting.note = form.led_by, form.note
    meeting.photo_ids = attach_new(actor, association, meeting.photo_ids, photo_ids)
    meeting.edited_ms = max(now_ms(), meeting.edited_ms + 1)
    meeting.save()
    _set_leads(actor, meeting, form.leads)


def attach_new(actor: Actor, row: Any, before: list[str], ids: list[UUID]) -> list[str]:
    """File ids of a row with a place and an agency; those that it had already stay as they are."""
    fresh = [one for one in ids if str(one) not in before]
    if fresh:
        originals.attach(actor, fresh, row.jurisdiction.path, row.agency_id, ("image", "pdf", "video"), VIEW)
    return [str(one) for one in dict.fromkeys(ids)]


def _set_leads(actor: Actor, meeting: AssociationMeeting, given: list[s.LeadIn]) -> None:
    wanted = {one.premises: one for one in given}
    if len(wanted) != len(given):
        raise invalid(leads=text("Premises are named twice.", "कोई प्रतिष्ठान दो बार लिखा है।"))
    premises = scopes.premises_of(actor, list(wanted), "leads")
    known = {lead.premises_id: lead for lead in meeting.leads.all()}
    for premises_id, lead in known.items():
        if premises_id not in wanted:
            lead.delete()
    at = now_ms()
    for premises_id, told in wanted.items():
        lead = known.get(premises_id) or MeetingLead(meeting=meeting, premises_id=premises_id, created_ms=at)
        lead.answer, lead.note = told.answer, told.note
        if told.answer != LeadAnswer.NO:
            lead.task_id = _visit(actor, lead, premises[premises_id], meeting)
            AssociationMember.objects.get_or_create(
                association_id=meeting.association_id, premises_id=premises_id, defaults={"created_ms": at}
            )
        lead.save()


def _visit(actor: Actor, lead: MeetingLead, premises: Premises, meeting: AssociationMeeting) -> UUID | None:
    """The task to visit premises, where the programme desk is installed: one a lead, however often it is saved."""
    if lead.task_id is not None or not apps.is_installed("prahari.desks.programme"):
        return lead.task_id
    from prahari.desks.programme.tasks_actions import ensure_task

    association = meeting.association
    word = {"yes": ("agreed", "सहमत"), "maybe": ("undecided", "विचाराधीन")}[lead.answer]
    task = ensure_task(
        actor=actor, key=f"outreach-lead:{lead.id}", kind="visit",
        title_en=f"Visit {premises.name_en}: {word[0]} at the meeting with {association.name_en}"[:300],
        title_hi=f"{premises.name_hi} का भ्रमण: {association.name_hi} की बैठक में {word[1]}"[:300],
        jurisdiction=premises.jurisdiction.path, agency=premises.agency_id, premises_id=premises.id,
        about=("association meeting", str(meeting.id)),
    )  # fmt: skip
    return task.id


def _about(act: Action, row: Association) -> None:
    act.about("association", row.id, row.name_en, jurisdiction=row.jurisdiction.path, agency=row.agency_id)
