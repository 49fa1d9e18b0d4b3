"""The simulated SMS gateway's wire.

POST /send  {"to", "text", "sender", "template_id", "reference", "report_url"}   Authorization: Bearer KEY
    200 {"status": "accepted", "data": {"id": "SIM000001"}}
    400, 401, 422, 500 {"status": "error", "message": ...}; in mode error_body 200 with the same body
Then it posts {"reference", "id", "status": "delivered" | "failed"} to report_url.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
from typing import Any

import aiohttp
from aiohttp import web

from prahari.simcity.messages.faults import Faults
from prahari.simcity.messages.inbox import Inbox, Received

log = logging.getLogger(__name__)

REPORT_AFTER_S = 0.3
REPORT_TRIES = 5


class SmsGateway:
    def __init__(self, inbox: Inbox, faults: Faults, key: str) -> None:
        self._inbox = inbox
        self._faults = faults
        self._key = key
        self._reports: set[asyncio.Task[None]] = set()

    async def send(self, request: web.Request) -> web.StreamResponse:
        mode, delay_s = self._faults.take("sms")
        if mode == "slow":
            await asyncio.sleep(delay_s)
        if mode == "reset":
            return _broken(request)
        if mode == "500":
            return _error(500, "internal error")
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if mode == "denied" or not hmac.compare_digest(given.encode(), self._key.encode()):
            return _error(401, "unknown key")
        if mode == "error_body":
            return _error(200, "insufficient balance")
        try:
            body: dict[str, Any] = await request.json()
            to, text = str(body["to"]), str(body["text"])
        except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError):
            return _error(400, "to and text are needed")
        if mode == "refused" or not re.fullmatch(r"\+91[6-9]\d{9}", to) or not text:
            return _error(422, "invalid number or text")
        received = self._inbox.put(
            Received("sms", to, text, str(body.get("reference", "")), str(body.get("sender", "")),
                     str(body.get("template_id", "")))
        )  # fmt: skip
        if mode != "no_report" and (url := str(body.get("report_url") or "")):
            outcome = "failed" if mode == "undelivered" else "delivered"
            times = 3 if mode == "duplicate_report" else 1
            task = asyncio.ensure_future(self._report(url, received, outcome, times))
            self._reports.add(task)
            task.add_done_callback(self._reports.discard)
        if mode == "lost_answer":
            return _broken(request)
        return web.json_response({"status": "accepted", "data": {"id": received.id}})

    async def _report(self, url: str, received: Received, outcome: str, times: int) -> None:
        body = {"reference": received.reference, "id": received.id, "status": outcome}
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
            for _ in range(times):
                for attempt in range(REPORT_TRIES):
                    await asyncio.sleep(REPORT_AFTER_S * (attempt + 1))
                    try:
                        # The centre's certificate is its own: nothing secret is in a report.
                        async with session.post(url, json=body, ssl=False) as answer:
                            if answer.status < 300:
                                break
                            log.warning("the delivery report was answered with %d", answer.status)
                    except (TimeoutError, aiohttp.ClientError) as error:
                        log.warning("the delivery report did not get through: %s", type(error).__name__)

    async def stop(self) -> None:
        for task in self._reports:
            task.cancel()
        await asyncio.gather(*self._reports, return_exceptions=True)


def _error(status: int, message: str) -> web.Response:
    return web.json_response({"status": "error", "message": message}, status=status)


def _broken(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
