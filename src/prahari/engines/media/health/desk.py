"""Answers "this is how it should look" for the cameras of this worker; others stay silent."""

from __future__ import annotations

import asyncio
import logging

import msgspec
import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from prahari.contracts import subjects
from prahari.contracts.health import ReferenceReply, ReferenceRequest
from prahari.contracts.media import Reason
from prahari.contracts.stopping import end_tasks
from prahari.engines.media.health.watch import HealthWatch

log = logging.getLogger(__name__)

LONGEST_S = 30.0
AT_ONCE = 4


class HealthDesk:
    def __init__(self, watch: HealthWatch) -> None:
        self._watch = watch
        self._running: set[asyncio.Task[None]] = set()
        self._subscription: Subscription | None = None

    async def listen(self, client: Client) -> None:
        self._subscription = await client.subscribe(subjects.camera_reference("*"), cb=self._on_request)

    async def close(self) -> None:
        await end_tasks(self._running)

    async def _on_request(self, message: Msg) -> None:
        task = asyncio.get_running_loop().create_task(self._answer(message))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _answer(self, message: Msg) -> None:
        try:
            request = msgspec.json.decode(message.data, type=ReferenceRequest)
        except ValueError as error:
            log.warning("a request for a reference view cannot be read: %s", error)
            return
        if message.subject != subjects.camera_reference(request.camera_id):
            return
        if len(self._running) > AT_ONCE:
            reply: ReferenceReply | None = ReferenceReply(False, Reason.TIMEOUT, "Too many are asked for at once.")
        else:
            reply = await self._watch.take_reference(request.camera_id, min(request.timeout_s, LONGEST_S))
        if reply is None:
            return
        try:
            await message.respond(msgspec.json.encode(reply))
        except nats.errors.Error as error:
            log.debug("an answer was not sent: %s", str(error) or type(error).__name__)
