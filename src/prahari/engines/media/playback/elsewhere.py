"""Recordings that lie with another worker, on this machine or another: asked for there, passed on here.

A camera's placement says who has recorded it before, and when. The worker that serves the camera asks those for what it
does not have itself, with the viewer's own token, so consent is looked at where the files lie. One that does not
answer is told as away: its recordings are not lost, they are seen again when it is back.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

import aiohttp
import msgspec
import nats.errors
from aiohttp import web
from nats.js import JetStreamContext
from nats.js.errors import Error as JetStreamError

from prahari.contracts import subjects
from prahari.contracts.cluster import CameraPlacement, LeaseState, Stay, WorkerLease
from prahari.contracts.media import GapData
from prahari.engines.media.gate.tokens import token_of
from prahari.engines.media.recording.catalogue import Timeline

log = logging.getLogger(__name__)

HERE = "here"
"""Query parameter: answer for what lies with you, whoever serves the camera now."""

CONNECT_S = 2.0
ANSWER_S = 20.0
LOST_ANSWER_S = 2.0
"""Of a worker whose lease was taken away: its machine may stand still, or only be cut off from the event log."""
PASSED_ON = ("X-Start-Ms", "X-End-Ms", "X-Mime", "X-Damaged-Ms", "X-Picture-Ms", "Content-Type", "Content-Disposition")
CHUNK_BYTES = 256 * 1024

Stretches = list[tuple[int, int]]


class Elsewhere:
    """`placement_of` a camera; `me`: this worker; `js()`: None while NATS was never reached."""

    def __init__(
        self,
        me: int,
        placement_of: Callable[[str], CameraPlacement | None],
        js: Callable[[], JetStreamContext | None],
    ) -> None:
        self._me = me
        self._placement_of = placement_of
        self._js = js
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def stays(self, camera_id: str, from_ms: int, to_ms: int) -> dict[int, Stretches]:
        """Worker -> when it recorded the camera, cut to the stretch; this worker is left out."""
        placement = self._placement_of(camera_id)
        if placement is None:
            return {}
        found: dict[int, Stretches] = {}
        for stay in (*placement.stays, Stay(placement.worker, placement.since_ms, to_ms)):
            start, end = max(stay.from_ms, from_ms), min(stay.until_ms, to_ms)
            if stay.worker != self._me and start < end:
                found.setdefault(stay.worker, []).append((start, end))
        return found

    async def completed(
        self, request: web.Request, camera_id: str, from_ms: int, to_ms: int, own: Timeline
    ) -> Timeline:
        """`own` with what lies elsewhere."""
        stays = self.stays(camera_id, from_ms, to_ms)
        if not stays:
            return own
        answers = await asyncio.gather(*(self._timeline(request, worker) for worker in stays))
        found = [own, *(answer for answer in answers if answer is not None)]
        recordings = union(stretch for one in found for stretch in one.recordings)
        away = [
            stretch
            for (_, stretches), answer in zip(stays.items(), answers, strict=True)
            if answer is None
            for stretch in stretches
        ]
        gaps = {  # workers of one machine may both know of one
            GapData(start, end, gap.reason)
            for one in found
            for gap in one.gaps
            for start, end in without([(gap.start_ms, gap.end_ms)], recordings)
        }
        events = {mark.event_id: mark for one in found for mark in one.events}
        firsts = [one.first_ms for one in found if one.first_ms is not None]
        lasts = [one.last_ms for one in found if one.last_ms is not None]
        return replace(
            own,
            recordings=recordings,
            gaps=sorted(gaps, key=lambda gap: gap.start_ms),
            pauses=without(union(stretch for one in found for stretch in one.pauses), recordings),
            events=sorted(events.values(), key=lambda mark: mark.at_ms),
            damaged=union(stretch for one in found for stretch in one.damaged),
            away=without(union([*own.away, *away]), recordings),
            first_ms=min(firsts, default=None),
            last_ms=max(lasts, default=None),
            held=any(one.held for one in found),
        )

    async def passed_on(
        self, request: web.Request, camera_id: str, from_ms: int, to_ms: int
    ) -> web.StreamResponse | None:
        """The answer of who recorded the camera at `from_ms` or next after it, streamed; None: nobody has anything."""
        stays = self.stays(camera_id, from_ms, to_ms)
        for worker in sorted(stays, key=lambda one: stays[one][0]):
            response = await self._pass_on(request, worker)
            if response is not None:
                return response
        return None

    async def _pass_on(self, request: web.Request, worker: int) -> web.StreamResponse | None:
        response: web.StreamResponse | None = None
        try:
            async with await self._ask(request, worker) as answer:
                if answer.status != 200:
                    return None
                headers = {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}
                response = web.StreamResponse(headers={**headers, "Cache-Control": "no-store"})
                await response.prepare(request)
                async for data in answer.content.iter_chunked(CHUNK_BYTES):
                    await response.write(data)
                await response.write_eof()
                return response
        except (aiohttp.ClientError, TimeoutError, OSError, _NowhereError) as error:
            log.info("worker %d gives no recordings: %s", worker, str(error) or type(error).__name__)
            if response is not None and request.transport is not None:
                request.transport.abort()  # half an answer ends without its end
            return response

    async def _timeline(self, request: web.Request, worker: int) -> Timeline | None:
        try:
            async with await self._ask(request, worker) as answer:
                if answer.status != 200:
                    return None
                return msgspec.json.decode(await answer.read(), type=Timeline)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, _NowhereError) as error:
            log.info("worker %d tells no timeline: %s", worker, str(error) or type(error).__name__)
            return None

    async def _ask(self, request: web.Request, worker: int) -> aiohttp.ClientResponse:
        """The same question to another worker. Raises _NowhereError, ClientError."""
        lease = await self._lease(worker)
        if self._session is None:
            self._session = aiohttp.ClientSession()
        answer_s = LOST_ANSWER_S if lease.state is LeaseState.LOST else ANSWER_S
        query = {name: value for name, value in request.query.items() if name != "token"}
        return await self._session.get(
            f"{lease.origin}{request.path}",
            params={**query, HERE: "1"},
            headers={"Authorization": f"Bearer {token_of(request)}"},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S, sock_read=answer_s),
            ssl=aiohttp.Fingerprint(bytes.fromhex(lease.pin)) if lease.pin else True,
        )

    async def _lease(self, worker: int) -> WorkerLease:
        js = self._js()
        if js is None:
            raise _NowhereError("the event log is away")
        try:
            async with asyncio.timeout(CONNECT_S):
                bucket = await js.key_value(subjects.MEDIA_LEASE_BUCKET)
                entry = await bucket.get(subjects.worker_lease(worker))
                return msgspec.json.decode(entry.value or b"", type=WorkerLease)
        except (TimeoutError, nats.errors.Error, JetStreamError, ValueError) as error:
            raise _NowhereError(str(error) or type(error).__name__) from error


class _NowhereError(Exception):
    """Where the worker is cannot be found out."""


def union(stretches: Iterable[tuple[int, int]]) -> Stretches:
    """Sorted, without overlaps."""
    found: Stretches = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def without(stretches: Iterable[tuple[int, int]], taken: Stretches) -> Stretches:
    """What of `stretches` no stretch of `taken` (sorted, without overlaps) covers."""
    found: Stretches = []
    for start, end in stretches:
        at = start
        for from_ms, to_ms in taken:
            if to_ms <= at or from_ms >= end:
                continue
            if from_ms > at:
                found.append((at, from_ms))
            at = max(at, to_ms)
        if at < end:
            found.append((at, end))
    return found
