"""Everything that changes premises, their contacts, sites, and the short lists."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from prahari.contracts import sealing
from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, forbidden, invalid, not_found, text
from prahari.desks.registry import premises as reads
from prahari.desks.registry import references, totals
from prahari.desks.registry import schemas as s
from prahari.desks.registry.actions import CONFLICT, search_key
from prahari.desks.registry.models import (
    Camera,
    Contact,
    Department,
    OwnerClass,
    PlaceClass,
    Premises,
    RetentionClass,
    Site,
)
from prahari.desks.registry.search import key_of

EDIT = reads.EDIT
Lookup = OwnerClass | PlaceClass | Department | RetentionClass


def create_premises(*, actor: Actor, form: s.PremisesIn) -> UUID:
    with action("premises.create", actor=actor, reason=form.reason) as act:
        premises = Premises(created_ms=now_ms(), code=form.code or None)
        _fill(premises, form, form.dict())
        _save(actor, act, premises, form)
    return premises.id


def edit_premises(*, actor: Actor, premises_id: UUID, form: s.PremisesEdit) -> None:
    with action("premises.edit", actor=actor, reason=form.reason) as act:
        reads.one_premises(actor, premises_id, EDIT)
        premises = Premises.objects.select_for_update().get(id=premises_id)
        if form.edited_ms is not None and form.edited_ms != premises.edited_ms:
            raise conflict(*CONFLICT)
        fields = form.dict(exclude_unset=True)
        if "code" in fields:
            premises.code = form.code or None
        _fill(premises, form, fields)
        _save(actor, act, premises, form)
        for camera in premises.cameras.all():
            key = search_key(camera, premises)
            if key != camera.search:
                Camera.objects.filter(id=camera.id).update(search=key)


def _fill(premises: Premises, form: s.PremisesIn | s.PremisesEdit, fields: dict[str, Any]) -> None:
    if form.name is not None:
        premises.name_en, premises.name_hi = form.name.en, form.name.hi
    if form.address is not None:
        premises.address_en, premises.address_hi = form.address.en[:400], form.address.hi[:400]
    if form.owner_class is not None:
        premises.owner_class = references.owner_class(form.owner_class)
    if "place_class" in fields:
        premises.place_class = references.place_class(form.place_class)
    if form.department is not None:
        premises.department = references.department(form.department)
        premises.agency_id = premises.department.agency_id
    if form.jurisdiction is not None:
        premises.jurisdiction = references.jurisdiction(form.jurisdiction)
    if "ward" in fields:
        premises.ward = references.ward(form.ward)
    if "lat" in fields or "lon" in fields:
        premises.lat = fields.get("lat", premises.lat)
        premises.lon = fields.get("lon", premises.lon)
        references.position(premises.lat, premises.lon)
    for name, value in references.given(fields, "testimonial", "source_list", "source_row").items():
        setattr(premises, name, value)


def _save(actor: Actor, act: Action, premises: Premises, form: s.PremisesIn | s.PremisesEdit) -> None:
    actor.require_in(EDIT, premises.jurisdiction.path, premises.agency_id)
    premises.search = key_of(
        premises.name_en, premises.name_hi, premises.code or "", premises.address_en, premises.address_hi
    )
    premises.edited_ms = max(now_ms(), premises.edited_ms + 1)
    taken = Premises.objects.filter(code=premises.code).exclude(id=premises.id) if premises.code else None
    if taken is not None and taken.exists():
        raise conflict("code_taken", "These premises are in the register already.", "यह प्रतिष्ठान पंजिका में पहले से है।")
    premises.save()
    if form.contacts is not None:
        _set_contacts(premises, form.contacts)
        act.details(contacts="changed")
    act.about("premises", premises.id, premises.name_en,
              jurisdiction=premises.jurisdiction.path, agency=premises.agency_id)  # fmt: skip


def _set_contacts(premises: Premises, contacts: list[s.ContactIn]) -> None:
    premises.contacts.all().delete()
    key = settings.CONFIG.sealing_key()
    for sort, given in enumerate(contacts):
        if not given.name:
            raise invalid(contacts=text("Every contact needs a name.", "हर सम्पर्क व्यक्ति का नाम चाहिए।"))
        contact = Contact(premises=premises, name=given.name, role=given.role, sort=sort)
        if given.mobile:
            contact.sealed_mobile = sealing.seal(given.mobile, key, reads.sealing_context(contact.id))
            contact.mobile_key = reads.mobile_key(given.mobile)
        contact.save(force_insert=True)


def create_site(*, actor: Actor, form: s.SiteIn) -> UUID:
    with action("site.create", actor=actor, reason=form.reason) as act:
        site = Site(name_en=form.name.en, name_hi=form.name.hi, agency=references.agency(form.agency))
        site.jurisdiction = references.jurisdiction(form.jurisdiction)
        _save_site(actor, act, site, form.dict())
    return site.id


def edit_site(*, actor: Actor, site_id: UUID, form: s.SiteEdit) -> None:
    with action("site.edit", actor=actor, reason=form.reason) as act:
        reads.one_site(actor, site_id, EDIT)
        site = Site.objects.select_for_update().get(id=site_id)
        if form.name is not None:
            site.name_en, site.name_hi = form.name.en, form.name.hi
        if form.jurisdiction is not None:
            site.jurisdiction = references.jurisdiction(form.jurisdiction)
        _save_site(actor, act, site, form.dict(exclude_unset=True))


def _save_site(actor: Actor, act: Action, site: Site, fields: dict[str, Any]) -> None:
    for name, value in references.given(fields, "project", "planned_cameras", "lat", "lon").items():
        setattr(site, name, value)
    references.position(site.lat, site.lon)
    actor.require_in(EDIT, site.jurisdiction.path, site.agency_id)
    site.edited_ms = max(now_ms(), site.edited_ms + 1)
    site.save()
    act.about("site", site.id, site.name_en, jurisdiction=site.jurisdiction.path, agency=site.agency_id)


def save_lookup(
    *, actor: Actor, model: type[Lookup], code: str, fields: dict[str, Any], new: bool, reason: str
) -> None:
    """Make or change an entry of a short list. Lists are the whole centre's: so must the permission be.

    Raises Problem: 403, 404, 409 (code taken), 422.
    """
    kind = model._meta.model_name or ""
    actor.require(EDIT)
    if not actor.may(EDIT, "", ""):
        raise forbidden(EDIT)
    with action(f"{kind}.{'create' if new else 'edit'}", actor=actor, reason=reason) as act:
        row: Any = model.objects.select_for_update().filter(code=code).first()
        if new and row is not None:
            raise conflict("code_taken", f"{code!r} is in this list already.", f"{code!r} इस सूची में पहले से है।")
        if not new and row is None:
            raise not_found()
        row = row or model(code=code)
        was_public = getattr(row, "public", None)
        for name, value in fields.items():
            if name == "name":
                if value is not None:
                    row.name_en, row.name_hi = value["en"], value["hi"]
            elif name == "agency":
                if value is not None:
                    row.agency = references.agency(value)
            elif name == "retention_class":
                row.retention = references.retention_class(value)
            elif value is not None:
                setattr(row, name, value)
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            raise Problem(
                409, "code_taken", f"{code!r} is in this list already.", f"{code!r} इस सूची में पहले से है।"
            ) from None
        if isinstance(row, Department) and not new and "agency" in fields:
            _move_to_agency(row)
        act.about(kind, code, row.name_en)
        if not new and (was_public != getattr(row, "public", None) or isinstance(row, PlaceClass | Department)):
            _send_plans(act, row)
    totals.remembered.forget()


def _move_to_agency(department: Department) -> None:
    """Premises and cameras follow their department."""
    department.premises.exclude(agency_id=department.agency_id).update(agency_id=department.agency_id)
    department.cameras.exclude(agency_id=department.agency_id).update(agency_id=department.agency_id)


def _send_plans(act: Action, row: Lookup) -> None:
    """What the engine knows of cameras depends on this row: send all plans anew, in the background."""
    from prahari.desks.linking.tasks import request_reconciliation

    act.after_commit(request_reconciliation)
