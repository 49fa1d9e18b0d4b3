"""Screens of the wall and kiosks for tests."""

from __future__ import annotations

import hashlib
import itertools
import secrets
import uuid
from typing import Any

from django.test import Client

from prahari.desks.wall import screen_schemas as s
from prahari.desks.wall import screens
from prahari.desks.wall.models import Screen
from scope import World

JSON = "application/json"
API = "/api/v1"
_numbers = itertools.count(1)


def fields(**more: Any) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "name": {"en": f"Screen {number}", "hi": f"स्क्रीन {number}"}, "place": "Hall", "jurisdiction": World.HOME,
        "agency": World.AGENCY, "columns": 2, "rows": 2, "reason": "New on the wall",
    } | more  # fmt: skip


def screen(world: World, **more: Any) -> Screen:
    return screens.create(actor=world.system, form=s.ScreenIn(**fields(**more)))


class Kiosk:
    """A browser before a screen, with a key of its own."""

    def __init__(self) -> None:
        self.key = secrets.token_urlsafe(32)
        self.client = Client(raise_request_exception=False)

    def wait(self) -> str:
        """The code that it shows."""
        answer = self.client.post(f"{API}/screen/enrolments", {"key_hash": self.key_hash}, content_type=JSON)
        assert answer.status_code == 201, answer.content
        return str(answer.json()["code"])

    @property
    def key_hash(self) -> str:
        return hashlib.sha256(self.key.encode()).hexdigest()

    def change_to(self, other: Kiosk) -> Any:
        headers = {"Authorization": f"Screen {self.key}"}
        return self.client.put(f"{API}/screen/key", {"key_hash": other.key_hash}, content_type=JSON, headers=headers)

    def ask(self, path: str = "/screen") -> Any:
        return self.client.get(f"{API}{path}", headers={"Authorization": f"Screen {self.key}"})

    def send(self, path: str, **body: Any) -> Any:
        headers = {"Authorization": f"Screen {self.key}"}
        return self.client.post(f"{API}{path}", body, content_type=JSON, headers=headers)


def enrolled(world: World, one: Screen) -> Kiosk:
    kiosk = Kiosk()
    screens.enrol(actor=world.system, screen_id=one.id, form=s.ScreenCodeIn(code=kiosk.wait(), reason="It hangs there"))
    return kiosk


def show(client: Client, one: Screen, *items: dict[str, Any], **more: Any) -> Any:
    body = {"key": str(uuid.uuid4()), "items": list(items)} | more
    return client.post(f"{API}/screens/{one.id}/show", body, content_type=JSON)
