"""Requests to cameras and their devices that come over the link, answered by what answers them at a media worker."""

from __future__ import annotations

import msgspec

from prahari.contracts.health import ReferenceReply, ReferenceRequest
from prahari.contracts.media import Reason
from prahari.engines.edge.link import Link
from prahari.engines.edge.wire import CALLS_SERVED, MOST_CALL_BYTES, Call, Called, refused
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.cameras.roster import Roster
from prahari.engines.media.health.watch import HealthWatch
from prahari.engines.media.onvif.desk import DeviceDesk

MOST_AT_ONCE = 32
LONGEST_S = 12.0


class Calls:
    """Whether it may be is decided here, by the camera's permit and the person's token; nothing raises for what comes
    in."""

    def __init__(self, roster: Roster, desk: DeviceDesk, health: HealthWatch) -> None:
        self._roster = roster
        self._desk = desk
        self._health = health
        self._serving = 0

    async def serve(self, link: Link, call: Call) -> None:
        if self._serving >= MOST_AT_ONCE:
            link.say(Called(call.channel, msgspec.Raw(refused(Reason.TIMEOUT, "Too much is asked for at once."))))
            return
        self._serving += 1
        try:
            link.say(Called(call.channel, await self._answer(call)))
        finally:
            self._serving -= 1

    async def _answer(self, call: Call) -> msgspec.Raw:
        camera = self._roster.get(call.camera_id)
        payload = bytes(call.body)
        if camera is None or call.what not in CALLS_SERVED or len(payload) > MOST_CALL_BYTES:
            return msgspec.Raw(refused(Reason.NOT_FOUND, "The site serves no such camera, or cannot do this."))
        if call.what == "reference":
            reply = await self._reference(camera, payload)
        else:
            reply = await self._desk.answer(camera, call.what, payload)
        return msgspec.Raw(msgspec.json.encode(reply))

    async def _reference(self, camera: Camera, payload: bytes) -> msgspec.Struct | None:
        try:
            request = msgspec.json.decode(payload, type=ReferenceRequest)
        except ValueError as error:
            return ReferenceReply(False, Reason.REFUSED, f"The request cannot be read: {error}")
        return await self._health.take_reference(camera.plan.camera_id, min(request.timeout_s, LONGEST_S))
