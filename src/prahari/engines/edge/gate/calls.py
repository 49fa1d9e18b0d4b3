"""What desks ask of cameras over NATS, passed on to the site that serves them, and its answer back.

The site judges it by the camera's permit and the person's token; the gate asks the permit as well, and gives an answer
when the site cannot.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

import msgspec
import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from prahari.contracts import subjects
from prahari.contracts.media import Reason
from prahari.contracts.stopping import end_tasks
from prahari.engines.edge.gate.book import Book
from prahari.engines.edge.gate.session import Session
from prahari.engines.edge.link import LinkLost
from prahari.engines.edge.wire import CALLS, CALLS_SERVED, MOST_CALL_BYTES, refused
from prahari.engines.media.gate.problems import NO_PERMIT, Problem

log = logging.getLogger(__name__)

LOOK_S = 0.5
ANSWER_S = 14.0
MOST_WAITING = 256


class Calls:
    """`session_of(site id)`: its link, None while there is none."""

    def __init__(self, book: Book, session_of: Callable[[str], Session | None]) -> None:
        self._book = book
        self._session_of = session_of
        self._heard: dict[str, Subscription] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def run(self, client: Client) -> None:
        """Until cancelled: one subscription for each camera of a site, as long as it is one."""
        self._heard.clear()
        while True:
            for camera_id in self._heard.keys() - self._book.plans.keys():
                try:
                    await self._heard.pop(camera_id).unsubscribe()
                except nats.errors.Error as error:
                    log.debug("unsubscribing: %s", error)
            for camera_id in self._book.plans.keys() - self._heard.keys():
                subject = subjects.media_camera(camera_id, "*")
                self._heard[camera_id] = await client.subscribe(subject, cb=self._on_message)
            await asyncio.sleep(LOOK_S)

    async def close(self) -> None:
        await end_tasks(self._running)

    async def _on_message(self, message: Msg) -> None:
        *_, camera_id, what = message.subject.split(".")
        if what in CALLS_SERVED and len(self._running) < MOST_WAITING:  # else who asked hears nothing, and asks again
            task = asyncio.get_running_loop().create_task(self._respond(message, camera_id, what))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _respond(self, message: Msg, camera_id: str, what: str) -> None:
        reply = await self._answer(camera_id, what, message.data)
        try:
            await message.respond(reply)
        except nats.errors.Error as error:
            log.debug("an answer came too late: %s", error)

    async def _answer(self, camera_id: str, what: str, payload: bytes) -> bytes:
        plan = self._book.plans.get(camera_id)
        leave = self._book.leave(camera_id, time.time())
        if plan is None or not leave.anything:
            return refused(leave.reason or Reason.NO_PERMIT, NO_PERMIT.en)
        session = self._session_of(plan.edge)
        if session is None or session.renewing or session.link.closed:
            return refused(Reason.UNREACHABLE, "The site of this camera has no link to the centre at the moment.")
        if CALLS not in session.admitted.features:
            return refused(Reason.UNSUPPORTED, "The box at the site is of a version that cannot do this: update it.")
        try:
            if len(payload) > MOST_CALL_BYTES:
                raise ValueError("too large")
            msgspec.json.decode(payload)  # what is no JSON would end the link
            reply = await session.call(camera_id, what, msgspec.Raw(payload), ANSWER_S)
        except (ValueError, RecursionError) as error:
            return refused(Reason.REFUSED, f"The request cannot be read: {error}")
        except (TimeoutError, LinkLost, Problem):
            return refused(Reason.TIMEOUT, "The site of this camera did not answer in time.")
        if len(reply) > MOST_CALL_BYTES or not reply.startswith(b"{"):
            return refused(Reason.BAD_STREAM, "The site's answer cannot be read.")
        return reply
