"""Rows of the outreach desk for tests, in World.HOME for World.AGENCY."""

from __future__ import annotations

import io
import itertools
from typing import Any
from uuid import UUID

import files_rig
import registry_rig
from prahari.core.ids import uuid7
from prahari.desks.files import vault
from prahari.desks.outreach import actions
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
