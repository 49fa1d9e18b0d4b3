"""Leave for one person to watch one camera for a short time: asked for here, checked by the media engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings

from prahari.contracts.events import now_ms
from prahari.contracts.media import MediaClaims
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem
from prahari.desks.linking import permits, requests
from prahari.desks.linking.whereabouts import whereabouts
from prahari.desks.registry import selectors as registry

TOKEN_S = 120
PERMISSION = {
    "live": "camera.live",
    "playback": "camera.playback",
    "snapshot": "camera.playback",
    "clip": "camera.export",
    "presentation": "presentation.use",
}
"""A snapshot may show the past, so it counts as playback. Presentation pictures are masked in the engine."""


def media_token(*, actor: Actor, camera_id: UUID, uses: list[str], reason: str, host: str) -> dict[str, Any]:
    """{"token", "expires_ms", "origin"}. Audited without the token. Raises Problem 403, 404."""
    signed_ms = now_ms()
    with action("camera.watch", actor=actor, reason=reason) as act:
        for permission in sorted({PERMISSION[use] for use in uses}):
            camera = registry.camera(actor, camera_id, permission)
        act.about("camera", camera.id, f"{camera.reg_id} {camera.name_en}",
                  jurisdiction=camera.jurisdiction_path, agency=camera.agency_id)  # fmt: skip
        act.details(uses=sorted(set(uses)))
        expires_ms = now_ms() + TOKEN_S * 1000
        request = requests.standing(actor, camera_id)
        if request is not None:
            act.details(request=str(request.id), purpose=request.purpose)
            expires_ms = min(expires_ms, request.to_ms)
        claims = MediaClaims(
            str(actor.id), str(camera_id), sorted(set(uses)), expires_ms // 1000,
            request_id=str(request.id) if request is not None else "",
            request_until_s=request.to_ms // 1000 if request is not None else 0,
            signed_ms=signed_ms,
        )  # fmt: skip
        token = permits.sign(claims)
    return {"token": token, "expires_ms": expires_ms, "origin": origin_of(camera_id, host)}


_ways: list[Callable[[UUID], int | None]] = []


def add_way(port_of: Callable[[UUID], int | None]) -> None:
    """Let a desk above say where the pictures of cameras are to be had that no media worker serves."""
    _ways.append(port_of)


def origin_of(camera_id: UUID, host: str) -> str:
    """Where the camera's pictures are to be had, for a browser that calls us `host`."""
    port = next((port for way in _ways if (port := way(camera_id)) is not None), None)
    if port is not None:
        return str(settings.CONFIG.origin(port, host))
    return whereabouts.origin(str(camera_id), host)


def media_tokens(
    *, actor: Actor, camera_ids: Iterable[UUID], uses: list[str], reason: str, host: str
) -> dict[str, Any]:
    """{"items", "refused"}: one camera out of reach does not empty a wall. Raises Problem 403."""
    for use in uses:
        actor.require(PERMISSION[use])
    items, refused = [], []
    for camera_id in dict.fromkeys(camera_ids):
        try:
            token = media_token(actor=actor, camera_id=camera_id, uses=uses, reason=reason, host=host)
        except Problem as problem:
            refused.append({"camera_id": camera_id, "code": problem.body()["code"]})
        else:
            items.append({"camera_id": camera_id, **token})
    return {"items": items, "refused": refused}
