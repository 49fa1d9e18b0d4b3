"""Owners in tests: browsers that have proved a number, codes read from the queue, premises with a contact."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.test import Client

import registry_rig
from prahari.contracts import sealing
from prahari.desks.common.actor import system
from prahari.desks.messages import queue
from prahari.desks.messages.models import Message
from prahari.desks.owners import sessions
from prahari.desks.registry.models import Contact, Premises
from prahari.desks.registry.premises import mobile_key, sealing_context
from scope import World

MOBILE, OTHER = "+919876543210", "+919123456789"
API = "/api/v1/owner"
JSON = "application/json"


def cookie(mobile: str = MOBILE) -> dict[str, str]:
    """The cookie of a browser that has proved `mobile`."""
    _, token = sessions.begin(actor=system("owner page"), mobile=mobile, earlier=None)
    return {sessions.COOKIE: token}


def browser(mobile: str | None = MOBILE, **more: Any) -> Client:
    """A browser; `mobile` None: one that has proved nothing yet."""
    client = Client(raise_request_exception=False, **more)
    for name, value in (cookie(mobile) if mobile else {}).items():
        client.cookies[name] = value
    return client


def premises(world: World, mobile: str = MOBILE, **more: Any) -> Premises:
    """Premises whose contact has `mobile`."""
    made = registry_rig.premises(world, **more)
    contact = Contact(premises=made, name="R. Gupta", role="owner", mobile_key=mobile_key(mobile))
    contact.sealed_mobile = sealing.seal(mobile, settings.CONFIG.sealing_key(), sealing_context(contact.id))
    contact.save(force_insert=True)
    return made


def last_code() -> str:
    """The newest one-time code, as its SMS says it."""
    message = Message.objects.filter(template_code="one_time_code").order_by("-id").first()
    assert message is not None, "no code was sent"
    found = re.search(r"\d{6}", queue.content(message)["body"])
    assert found is not None
    return found[0]


def post(client: Client, path: str, body: Any = None, **more: Any) -> Any:
    return client.post(API + path, {} if body is None else body, content_type=JSON, **more)
