"""Intake by HTTP: CloudEvents, positions, and positions as trackers in OsmAnd's form send them."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

from prahari.contracts.events import Event
from prahari.contracts.happenings import SourceRecord
from prahari.engines.intake import claims, judging
from prahari.engines.intake.desk import Desk, Judge, Outcome, judge_event, judge_position
from prahari.engines.intake.refusals import AGAIN_S, AWAY, NO_KEY, TOO_LARGE, UNREADABLE, AwayError
from prahari.engines.intake.sources import Sources
from prahari.engines.media.gate.problems import Problem

MOST_BODY_BYTES = 1_000_000
MOST_AT_ONCE = 1000


class Doors:
    def __init__(self, sources: Sources, desk: Desk) -> None:
        self._sources = sources
        self._desk = desk

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/v1/events", self.events),
            web.post("/v1/positions", self.positions),
            web.get("/", self.osmand, allow_head=False),
            web.post("/", self.osmand),
        ]

    async def events(self, request: web.Request) -> web.Response:
        record = self._source(request)
        body = await _body(request)
        if "ce-id" in request.headers or "ce-specversion" in request.headers:
            return await self._answer(record, [body], _from_headers(dict(request.headers)))
        return await self._answer(record, _parts(body), judge_event)

    async def positions(self, request: web.Request) -> web.Response:
        record = self._source(request)
        return await self._answer(record, _parts(await _body(request)), judge_position)

    async def osmand(self, request: web.Request) -> web.Response:
        """Fields in the query, or in the body as a form; the key as `key`, since these trackers send no headers."""
        fields = dict(request.query)
        if request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
            fields |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        record = self._source(request, fields.get("key", ""))

        def judge(source: SourceRecord, _part: bytes, came_ms: int) -> Event:
            return judging.position(source, claims.from_osmand(fields), came_ms)

        return await self._answer(record, [b""], judge)

    def _source(self, request: web.Request, key: str = "") -> SourceRecord:
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        record = self._sources.of_key(bearer.strip() if scheme.lower() == "bearer" else key)
        if record is None:
            raise Problem(NO_KEY)
        return record

    async def _answer(self, record: SourceRecord, parts: list[bytes], judge: Judge) -> web.Response:
        try:
            outcome = await self._desk.take(record, parts, judge)
        except AwayError:
            response = AWAY.response()
            response.headers["Retry-After"] = str(AGAIN_S)
            return response
        return _response(outcome)


def _from_headers(headers: dict[str, str]) -> Judge:
    def judge(record: SourceRecord, part: bytes, came_ms: int) -> Event:
        return judge_event(record, claims.from_headers(headers, part), came_ms)

    return judge


async def _body(request: web.Request) -> bytes:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Problem(TOO_LARGE) from None


def _parts(body: bytes) -> list[bytes]:
    try:
        parts = claims.parts_of(body)
    except ValueError as error:
        raise Problem(UNREADABLE) from error
    if len(parts) > MOST_AT_ONCE:
        raise Problem(TOO_LARGE)
    return parts


def _response(outcome: Outcome) -> web.Response:
    """202 when something was taken (or nothing was sent); else the first refusal's status. Always each one's fate."""
    body: dict[str, Any] = {
        "accepted": [{"index": index, "id": event_id} for index, event_id in outcome.taken],
        "refused": [
            {"index": index, "code": why.code, "message": {"en": why.en, "hi": why.hi}}
            for index, why in outcome.refused
        ],
    }
    status, headers = 202, {}
    if outcome.refused and not outcome.taken:
        first = outcome.refused[0][1]
        status = 429 if first.code == "rate" else 422
        body |= {"code": first.code, "message": {"en": first.en, "hi": first.hi}}
    again_s = max((why.again_s for _, why in outcome.refused), default=0)
    if again_s:
        headers["Retry-After"] = str(again_s)
    return web.Response(body=msgspec.json.encode(body), status=status, headers=headers, content_type="application/json")
