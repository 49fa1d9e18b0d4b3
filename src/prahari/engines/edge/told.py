"""The way of the site's events to the centre's log: what an outbox and a status board need of NATS, over the link."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import msgspec

from prahari.engines.edge.link import Link

_numbers = itertools.count(1)


class Batch(msgspec.Struct, frozen=True):
    """Payload of an EVENTS frame. `message_id`: the log takes a batch of one id once; empty: nothing hangs on it."""

    message_id: str
    batch: msgspec.Raw


class EventWay:
    """Stands where the outbox expects JetStream and the board a NATS client: events, and whether they arrived."""

    def __init__(self) -> None:
        self._link: Link | None = None
        self._waiting: dict[int, asyncio.Future[None]] = {}

    @property
    def is_connected(self) -> bool:
        return self._link is not None and not self._link.closed

    def jetstream(self, **_options: Any) -> EventWay:
        return self

    def connected(self, link: Link | None) -> None:
        """None: the link is lost; what was under way is sent again over the next."""
        self._link = link
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(TimeoutError("the link was lost"))
                waiting.exception()
        self._waiting.clear()

    def taken(self, channel: int) -> None:
        waiting = self._waiting.pop(channel, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    async def publish(
        self,
        subject: str,
        payload: bytes,
        *,
        timeout: float,  # noqa: ASYNC109 - as JetStream calls it
        headers: dict[str, str] | None = None,
    ) -> None:
        """Returns when the centre's log has it. Raises TimeoutError. Only events may be told, whatever the subject."""
        if self._link is None or self._link.closed:
            raise TimeoutError("no link")
        channel = next(_numbers) & 0xFFFFFFFF
        waiting = self._waiting[channel] = asyncio.get_running_loop().create_future()
        body = Batch((headers or {}).get("Nats-Msg-Id", ""), msgspec.Raw(payload))
        self._link.events(channel, msgspec.json.encode(body))
        try:
            async with asyncio.timeout(max(timeout, 15.0)):
                await waiting
        finally:
            self._waiting.pop(channel, None)
