"""From understood rows to premises in the register, with their contacts and the first step of the ladder; in bulk.

`prepare` makes what is to be written and asks the database nothing, so that it may run in a thread beside the writing
of rows before; `enter` writes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings

from prahari.contracts import sealing
from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7s
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """Premises as they are to be written. premises: values of PREMISES; contacts: values of CONTACT."""

    id: UUID
    premises: tuple[Any, ...]
    contacts: list[tuple[Any, ...]]
    listing: ladder.Listing


PREMISES = (
    "id", "name_en", "name_hi", "address_en", "address_hi", "owner_class_id", "department_id", "agency_id",
    "jurisdiction_id", "ward_id", "lat", "lon", "source_list", "source_row", "search", "created_ms", "edited_ms",
)  # fmt: skip
CONTACT = ("id", "premises_id", "name", "sort", "sealed_mobile", "mobile_key")


def prepare(register: Register, list_name: str, rows: Sequence[Fresh]) -> list[Prepared]:
    """Of each row, in order. Asks the database nothing."""
    now = now_ms()
    name = list_name[:200]
    return [
        Prepared(id_, _premises(register, id_, name, one, now), _contacts(id_, one.said),
                 listing_of(id_, one.cameras, name, one.row))
        for id_, one in zip(uuid7s(len(rows)), rows, strict=True)
    ]  # fmt: skip


def enter(actor: Actor, prepared: Sequence[Prepared]) -> None:
    """Write them, inside the caller's action."""
    copy_in(Premises, PREMISES, (one.premises for one in prepared))
    copy_in(Contact, CONTACT, (contact for one in prepared for contact in one.contacts))
    ladder.list_premises(actor=actor, listings=[one.listing for one in prepared])


def _premises(register: Register, id_: UUID, list_name: str, one: Fresh, now: int) -> tuple[Any, ...]:
    said = one.said
    department, agency = register.departments[said["department"]]
    en, hi = _both(said["name"], said.get("name_more", ""))
    address = _sides(said.get("address", ""), said.get("address_more", ""))
    station = register.areas[said.get("post", said["station"])]
    ward = register.areas.get(said["ward"]) if "ward" in said else None  # "" would be the whole centre
    return (
        id_, en, hi, *address, register.classes[said["class"]], department, agency, station, ward,
        said.get("lat"), said.get("lon"), list_name, one.row, key_of(*dict.fromkeys((en, hi, *address))), now, now,
    )  # fmt: skip


def _contacts(premises_id: UUID, said: Understood) -> list[tuple[Any, ...]]:
    numbers = said.get("mobiles") or ([said["phone"]] if "phone" in said else [])
    name = said.get("owner", "")
    if not name and not numbers:
        return []
    name = name or _both(said["name"], said.get("name_more", ""))[0][:120]
    contacts = []
    for sort, (id_, number) in enumerate(zip(uuid7s(max(1, len(numbers))), numbers or [""], strict=True)):
        sealed = sealing.seal(number, _key(), registry.sealing_context(id_)) if number else ""
        key = registry.mobile_key(number) if number and said.get("mobiles") else ""
        contacts.append((id_, premises_id, name, sort, sealed, key))
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
