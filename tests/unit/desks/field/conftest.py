"""A constable with a phone, and premises in the programme."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from PIL import Image

import registry_rig as rig
from prahari.contracts.events import now_ms
from prahari.desks.linking import ladder
from prahari.desks.registry.models import Premises
from prahari.runtime import keys
from scope import World

WORK, VIEW = "linking.work", "linking.view"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The centre's home: keys and an empty vault."""
    keys.ensure(tmp_path)
    monkeypatch.setattr(settings, "CONFIG", dataclasses.replace(settings.CONFIG, home=tmp_path))
    return tmp_path


def picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(target, "JPEG")
    return target.getvalue()


class Phone:
    """A constable's phone: makes visits, hands in pictures, sends batches."""

    def __init__(self, world: World, *permissions: str, at: str = World.HOME) -> None:
        self.world = world
        self.user = world.person("", at=at)
        world.allow(self.user, *(permissions or (WORK, VIEW)), at=at)
        self.browser: Client = world.browser(self.user)
        self.device_id = str(uuid4())

    def visit(self, premises: Premises | None, outcome: str, **more: Any) -> dict[str, Any]:
        now = now_ms()
        of_premises = {"premises_id": str(premises.id), "seen_ms": now} if premises else {}
        return {"id": str(uuid4()), "made_at_ms": now, "outcome": outcome, **of_premises, **more}

    def hand_in(self, key: str | None = None) -> str:
        key = key or str(uuid4())
        answer = self.browser.generic(
            "POST", "/api/v1/files?name=form.jpg", picture(), content_type="application/octet-stream",
            headers={"Idempotency-Key": key},
        )  # fmt: skip
        assert answer.status_code == 201, answer.content
        return key

    def send(self, *visits: Any, sent_at_ms: int | None = None) -> list[dict[str, Any]]:
        answer = self.browser.post(
            "/api/v1/field/sync",
            {"device_id": self.device_id, "sent_at_ms": sent_at_ms or now_ms(), "visits": list(visits)},
            content_type="application/json",
        )
        assert answer.status_code == 200, answer.content
        return list(answer.json()["results"])

    def day(self, query: str = "") -> dict[str, Any]:
        answer = self.browser.get(f"/api/v1/field/day{query}")
        assert answer.status_code == 200, answer.content
        return dict(answer.json())


@pytest.fixture
def phone(world: World) -> Phone:
    return Phone(world)


@pytest.fixture
def new_phone(world: World) -> Any:
    return lambda *permissions, **more: Phone(world, *permissions, **more)


@pytest.fixture
def listed(world: World) -> Any:
    """Makes premises that are in the programme."""

    def make(*, cameras: int = 2, **more: Any) -> Premises:
        premises = rig.premises(world, **more)
        with transaction.atomic():
            ladder.list_premises(actor=world.system, listings=[ladder.Listing(premises.id, cameras)])
        return premises

    return make


@pytest.fixture
def new_phone_class() -> type[Phone]:
    """For tests with a world of their own."""
    return Phone
