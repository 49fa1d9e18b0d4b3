"""From understood rows to premises in the register, with their contacts and the first step of the ladder; in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Model

from prahari.contracts import sealing
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.actor import Actor
from prahari.desks.common.sql import copy_in
from prahari.desks.linking import ladder
from prahari.desks.lists.understanding import Understood
from prahari.desks.registry import premises as registry
from prahari.desks.registry.models import Contact, Department, OwnerClass, Premises
from prahari.desks.registry.search import key_of


@dataclass(frozen=True, slots=True)
class Fresh:
    """A row whose premises are to be made."""

    said: Understood
    cameras: int
    row: int


class Register:
    """What premises refer to, read once a commit."""

    def __init__(self) -> None:
        self.areas = dict(Jurisdiction.objects.values_list("path", "id"))
        self.classes = dict(OwnerClass.objects.values_list("code", "id"))
        self.departments = {
            code: (id_, agency) for code, id_, agency in Department.objects.values_list("code", "id", "agency_id")
        }


def enter(actor: Actor, register: Register, list_name: str, rows: Sequence[Fresh]) -> list[Premises]:
    """Premises of these rows, in their order, inside the caller's action, which has written something before."""
    made = [_premises(register, list_name, one) for one in rows]
    pairs = list(zip(made, rows, strict=True))
    _copy(Premises, made)
    _copy(Contact, [contact for premises, one in pairs for contact in _contacts(premises, one.said)])
    ladder.list_premises(
        actor=actor,
        listings=[ladder.Listing(premises.id, one.cameras, list_name[:200], one.row) for premises, one in pairs],
    )
    return made


def _copy(model: type[Model], rows: Sequence[Model]) -> None:
    names = [field.attname for field in model._meta.concrete_fields]
    copy_in(model, names, ([getattr(row, name) for name in names] for row in rows))


def _premises(register: Register, list_name: str, one: Fresh) -> Premises:
    said = one.said
    department, agency = register.departments[said["department"]]
    en, hi = _both(said["name"], said.get("name_more", ""))
    address = _sides(said.get("address", ""), said.get("address_more", ""))
    now = now_ms()
    return Premises(
        name_en=en, name_hi=hi, address_en=address[0], address_hi=address[1],
        owner_class_id=register.classes[said["class"]], department_id=department, agency_id=agency,
        jurisdiction_id=register.areas[said.get("post", said["station"])],
        ward_id=register.areas.get(said.get("ward", "")),
        lat=said.get("lat"), lon=said.get("lon"), source_list=list_name[:200], source_row=one.row,
        search=key_of(*dict.fromkeys((en, hi, *address))), created_ms=now, edited_ms=now,
    )  # fmt: skip


def _contacts(premises: Premises, said: Understood) -> list[Contact]:
    numbers = said.get("mobiles") or ([said["phone"]] if "phone" in said else [])
    name = said.get("owner", "")
    if not name and not numbers:
        return []
    contacts = []
    for sort, number in enumerate(numbers or [""]):
        contact = Contact(premises=premises, name=name or premises.name_en[:120], sort=sort)
        if number:
            contact.sealed_mobile = sealing.seal(number, _key(), registry.sealing_context(contact.id))
            contact.mobile_key = registry.mobile_key(number) if said.get("mobiles") else ""
        contacts.append(contact)
    return contacts


@cache
def _key() -> bytes:
    return settings.CONFIG.sealing_key()


def is_hindi(text: str) -> bool:
    return any("\u0900" <= char <= "\u097f" for char in text)


def _both(name: str, more: str) -> tuple[str, str]:
    """(English, Hindi): a register entry has both; a list mostly gives one, which then stands for the other."""
    if more and is_hindi(more) != is_hindi(name):
        return (more, name) if is_hindi(name) else (name, more)
    return name, name


def _sides(address: str, more: str) -> tuple[str, str]:
    english = next((one for one in (address, more) if one and not is_hindi(one)), "")
    hindi = next((one for one in (address, more) if one and is_hindi(one)), "")
    return english, hindi


def listing_of(premises_id: Any, cameras: int, list_name: str, row: int) -> ladder.Listing:
    return ladder.Listing(premises_id, cameras, list_name[:200], row)
