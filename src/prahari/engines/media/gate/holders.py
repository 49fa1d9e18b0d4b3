"""Whose leave has ended before its time: somebody signed out or lost a role, a kiosk's pairing was ended, a screen
shows other cameras now. Followed in the bucket, not kept on disk: a token lives two minutes, an open connection no
longer than this process.
"""

from __future__ import annotations

import logging

import msgspec
from aiohttp import web
from nats.js import JetStreamContext

from prahari.contracts import bus, subjects
from prahari.contracts.media import HolderState, MediaClaims

log = logging.getLogger(__name__)

_decoder = msgspec.json.Decoder(HolderState)


class Holders:
    """Asked when a connection is opened and, by way of its Asker, for as long as it stands."""

    def __init__(self) -> None:
        self._states: dict[str, HolderState] = {}

    def holds(self, claims: MediaClaims) -> bool:
        """Whether the leave in a token, good by itself, still holds."""
        state = self._states.get(claims.user_id)
        return state is None or state.holds(claims.camera_id, claims.signed_ms)

    def take(self, holder: str, payload: bytes | None) -> None:
        """`payload` None: nothing is said of this one any more."""
        if payload is None:
            self._states.pop(holder, None)
            return
        try:
            self._states[holder] = _decoder.decode(payload)
        except ValueError as error:
            log.warning("what holds of the leave of %s cannot be read: %s", holder[:64], error)

    async def follow(self, js: JetStreamContext) -> None:
        """For ever, until cancelled."""
        async for holder, payload, _ in bus.follow_bucket(js, subjects.MEDIA_HOLDERS_BUCKET):
            self.take(holder, payload)


HOLDERS: web.AppKey[Holders] = web.AppKey("holders", Holders)
"""Those of the process whose doors these are."""
