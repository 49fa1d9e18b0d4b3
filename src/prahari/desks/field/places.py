"""A place that was on no list, entered on a phone: into the register and into the programme, once."""

from __future__ import annotations

import dataclasses
from uuid import UUID

from django.db.models import Count

from prahari.contracts.events import now_ms
from prahari.core.scope import Grant, Scope
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Bilingual, Problem, invalid, text
from prahari.desks.field.models import FoundPlace
from prahari.desks.field.schemas import FieldPlace
from prahari.desks.linking import ladder
from prahari.desks.linking.steps import Via
from prahari.desks.registry import premises_actions, references
from prahari.desks.registry.models import Department, Premises
from prahari.desks.registry.schemas import BothNames, ContactIn, PremisesIn

SOURCE_LIST = "field"


def enter(*, actor: Actor, place: FieldPlace, lat: float | None, lon: float | None) -> UUID:
    """Premises of a found place, inside the caller's action; made when its number is new. Raises Problem 403, 422."""
    known = FoundPlace.objects.filter(id=place.id, by_id=actor.id).values_list("premises_id", flat=True).first()
    if known is not None:
        return known
    where = references.jurisdiction(place.jurisdiction)
    department = _department(place, where.path)
    actor.require_in(ladder.WORK, where.path, department.agency_id)
    # Who may work here may enter what they find here, and no more: the right to edit the register is lent for this.
    lent = Grant(where.path, department.agency_id, frozenset({premises_actions.EDIT}))
    entering = dataclasses.replace(actor, scope=Scope((*actor.scope.grants, lent)))
    position = {"lat": lat, "lon": lon} if lat is not None and lon is not None else {}
    premises_id = premises_actions.create_premises(
        actor=entering,
        form=PremisesIn(
            name=BothNames(en=place.name, hi=place.name),
            address=Bilingual(en=place.address, hi=place.address),
            owner_class=place.owner_class,
            department=department.code,
            jurisdiction=where.path,
            contacts=_contacts(place),
            source_list=SOURCE_LIST,
            **position,
        ),
    )
    ladder.list_premises(actor=actor, listings=[ladder.Listing(premises_id, place.cameras, SOURCE_LIST)], via=Via.FIELD)
    FoundPlace.objects.create(id=place.id, premises_id=premises_id, by_id=actor.id, created_ms=now_ms())
    return premises_id


def _contacts(place: FieldPlace) -> list[ContactIn]:
    if place.contact_mobile and not place.contact_name:
        raise invalid(contact_name=text("Whose number is this?", "यह किसका नंबर है?"))
    return [ContactIn(name=place.contact_name, mobile=place.contact_mobile)] if place.contact_name else []


def _department(place: FieldPlace, path: str) -> Department:
    """The one that premises of this class belong to here, else in the whole city."""
    of_class = Premises.objects.filter(owner_class__code=place.owner_class)
    if not of_class.exists():
        references.owner_class(place.owner_class)  # says so when there is no such class
    for premises in (of_class.filter(jurisdiction__path=path), of_class):
        most = premises.order_by().values("department_id").annotate(n=Count("id")).order_by("-n").first()
        if most is not None:
            return Department.objects.get(pk=most["department_id"])
    raise Problem(
        422, "no_department",
        "No premises of this class are in the register yet, so its department is not known. Tell the nodal officer.",
        "इस श्रेणी का कोई प्रतिष्ठान पंजिका में नहीं है, इसलिए विभाग ज्ञात नहीं है। नोडल अधिकारी को बताएँ।",
    )  # fmt: skip
