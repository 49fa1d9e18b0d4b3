"""Trying an address with the owner standing by, and looking for cameras on the network."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import msgspec

from prahari.contracts import subjects
from prahari.contracts.events import now_ms
from prahari.contracts.media import (
    DiscoverReply,
    DiscoverRequest,
    PermitClaims,
    ProbeReply,
    ProbeRequest,
    SealedAddress,
)
from prahari.core.ids import uuid7
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, text
from prahari.desks.linking import engine, ladder, permits
from prahari.desks.linking.schemas import CameraTestIn
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.actions import sealed_credentials
from prahari.desks.registry.addresses import AddressError, split_credentials

SURVEY_S = 120
PROBE_S = 12.0
DISCOVER_S = 4.0
GRACE_S = 3.0
TEST = "camera.test"


def try_address(*, actor: Actor, form: CameraTestIn) -> dict[str, Any]:
    """Connect once and show the picture. A survey permit of two minutes covers it, which is why the owner has to be
    present. Audited with the machine's name, never with credentials. Raises Problem 403, 422, 502 to 504."""
    actor.require(TEST)
    if not form.owner_present:
        raise invalid(owner_present=text("A camera may be tried only while its owner is present.",
                                         "कैमरा केवल स्वामी की उपस्थिति में जाँचा जा सकता है।"))  # fmt: skip
    try:
        address = split_credentials(form.url)
    except AddressError as error:
        raise invalid(url=text(error.en, error.hi)) from None
    camera = registry.camera(actor, form.camera_id, TEST) if form.camera_id is not None else None
    trial_id = str(uuid7())
    username, password = form.username or address.username, form.password or address.password
    sealed = sealed_credentials(trial_id, username, password) if username or password else ""
    now_s = now_ms() // 1000
    with action("camera.test", actor=actor, reason="owner present") as act:
        act.about("address", trial_id, urlsplit(address.url).netloc)
    claims = PermitClaims(trial_id, "survey", trial_id, now_s, now_s + SURVEY_S, live=True, record=False)
    request = ProbeRequest(trial_id, SealedAddress(address.url, sealed), permits.sign(claims), PROBE_S)
    reply = engine.ask(subjects.MEDIA_PROBE, request, ProbeReply, PROBE_S + GRACE_S)
    if camera is not None and reply.ok:
        with action("camera.reached", actor=actor, reason="owner present") as act:
            ladder.mark_reachable(actor=actor, camera_id=camera.id, premises=camera.premises)
            act.about("camera", camera.id, f"{camera.reg_id} {camera.name_en}",
                      jurisdiction=camera.jurisdiction_path, agency=camera.agency_id)  # fmt: skip
    body: dict[str, Any] = msgspec.to_builtins(reply)
    return body


def discover(*, actor: Actor) -> dict[str, Any]:
    """Cameras that answer ONVIF discovery on the engine's networks. Raises Problem 403, 502 to 504."""
    actor.require(TEST)
    with action("camera.discover", actor=actor) as act:
        act.about("network", "local", "ONVIF discovery")
    reply = engine.ask(subjects.MEDIA_DISCOVER, DiscoverRequest(DISCOVER_S), DiscoverReply, DISCOVER_S + GRACE_S)
    body: dict[str, Any] = msgspec.to_builtins(reply)
    return body
