"""Rows of the outreach desk for tests, in World.HOME for World.AGENCY."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from typing import Any
from uuid import UUID

import files_rig
import registry_rig
from prahari.contracts.clock import start_of_day_ms
from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.desks.files import vault
from prahari.desks.linking.models import LadderEntry, Linkage
from prahari.desks.outreach import actions, models
from prahari.desks.outreach.schemas import outreach as s
from prahari.desks.outreach.schemas.letters import LetterRunIn
from prahari.desks.registry.models import Premises
from scope import World

_numbers = itertools.count(1)


def video_file(world: World, **more: Any) -> UUID:
    """A video that the centre's own actor has handed in."""
    stream = io.BytesIO(files_rig.video(**more))
    return vault.store(actor=world.system, stream=stream, name="speech.mp4", kinds=("video",)).id


def testimonial(world: World, *, video: bool = False, **more: Any) -> UUID:
    premises = more.pop("premises", None) or registry_rig.premises(world)
    consent = {"uses": ["presentation", "meeting"], "how": "signed"} | more.pop("consent", {})
    return actions.receive_testimonial(
        actor=world.system, premises_id=premises.id, speaker=f"Owner {next(_numbers)}",
        text=more.pop("text", "It helped after the theft."), file_id=video_file(world) if video else None,
        consent=consent, key=uuid7(), **more,
    )  # fmt: skip


def association(world: World, **more: Any) -> models.Association:
    fields: dict[str, Any] = {
        "kind": "traders", "name": {"en": f"Traders {next(_numbers)}", "hi": "व्यापार मण्डल"}, "agency": World.AGENCY,
        "jurisdiction": World.HOME,
    } | more  # fmt: skip
    made = actions.create_association(actor=world.system, form=s.AssociationIn(**fields))
    return models.Association.objects.get(id=made)


def meeting(world: World, of: models.Association, held_on: dt.date, **more: Any) -> UUID:
    form = s.MeetingIn(key=uuid7(), held_on=held_on, place="Town hall", **more)
    return actions.record_meeting(actor=world.system, association_id=of.id, form=form)


def campaign(world: World, first: dt.date, last: dt.date, **more: Any) -> UUID:
    fields: dict[str, Any] = {
        "key": uuid7(), "channel": "street_play", "title": {"en": f"Play {next(_numbers)}", "hi": "नाटक"},
        "first_day": first, "last_day": last, "agency": World.AGENCY, "jurisdiction": World.HOME,
    } | more  # fmt: skip
    return actions.record_campaign(actor=world.system, form=s.CampaignIn(**fields))


def visit(world: World) -> UUID:
    form = s.RepresentativeVisitIn(
        key=uuid7(), visitor="Hon. Member", came_ms=now_ms() - 1000, host="SP", agency=World.AGENCY,
        jurisdiction=World.HOME,
    )  # fmt: skip
    return actions.record_visit(actor=world.system, form=form)


def listed(premises: Premises, step: str = "listed", **more: Any) -> Linkage:
    fields: dict[str, Any] = {"step": step, "listed_ms": now_ms() - 10**9, "cameras_reported": 2} | more
    return Linkage.objects.create(premises=premises, **fields)


def consented(premises: Premises, day: dt.date, **more: Any) -> None:
    """What the ladder would have written on that day."""
    at_ms = start_of_day_ms(day) + 3_600_000
    fields: dict[str, Any] = {"step": "consented", "before": "asked", "via": "console"} | more
    LadderEntry.objects.create(premises=premises, at_ms=at_ms, entered_ms=now_ms(), **fields)


def letter(world: World, **more: Any) -> models.Letter:
    premises = registry_rig.premises(world)
    fields: dict[str, Any] = {"run_id": uuid7(), "template": "consent_request", "premises": [premises.id]} | more
    [made] = actions.write_letters(actor=world.system, form=LetterRunIn(**fields))
    return made
