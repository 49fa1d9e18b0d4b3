"""Both gateways and their control, on loopback only.

GET    /healthz                        {"ok": true}
GET    /inbox?to=9876543210&channel=   what came, newest first: {"items": [...]}
DELETE /inbox
GET    /faults                         {channel: {"mode", "count", "delay_s"}}
PUT    /faults   {"channel": "sms", "mode": "500", "count": 2}     replaces that channel's fault
DELETE /faults?channel=sms             heals one; without `channel` both
POST   /send                           the SMS gateway itself (sms.py); mail comes by SMTP on the other port
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, Self

import msgspec
from aiohttp import web

from prahari.simcity.messages.faults import FaultError, Faults
from prahari.simcity.messages.inbox import Inbox
from prahari.simcity.messages.mail import MailSink
from prahari.simcity.messages.sms import SmsGateway

HOST = "127.0.0.1"
_LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}


class SimPost:
    """Use as an async context manager; `sms_port` and `smtp_port` are real ones then, also when 0 was asked for.

    key: what the SMS gateway wants to hear. username, password: what the mail server does; empty: nobody signs in."""

    def __init__(
        self, sms_port: int = 0, smtp_port: int = 0, *, key: str, username: str = "", password: str = ""
    ) -> None:
        self.sms_port = sms_port
        self.smtp_port = smtp_port
        self.inbox = Inbox()
        self.faults = Faults()
        self._sms = SmsGateway(self.inbox, self.faults, key)
        self._mail = MailSink(self.inbox, self.faults, username, password)
        self._runner: web.AppRunner | None = None
        self._smtp: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[_local_only])
        app.add_routes(
            [
                web.get("/healthz", self._healthz),
                web.get("/inbox", self._get_inbox),
                web.delete("/inbox", self._delete_inbox),
                web.get("/faults", self._get_faults),
                web.put("/faults", self._put_faults),
                web.delete("/faults", self._delete_faults),
                web.post("/send", self._sms.send),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.sms_port).start()
        self.sms_port = self._runner.addresses[0][1]
        loop = asyncio.get_running_loop()
        self._smtp = await loop.create_server(self._mail.protocol, HOST, self.smtp_port)
        self.smtp_port = self._smtp.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._smtp is not None:
            self._smtp.close()
            await self._smtp.wait_closed()
        await self._sms.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def _get_inbox(self, request: web.Request) -> web.Response:
        query = request.query
        try:
            since_ms = int(query.get("since_ms", "0"))
        except ValueError:
            return _wrong("since_ms must be a whole number")
        found = self.inbox.find(query.get("to", ""), query.get("channel", ""), since_ms)
        return web.json_response({"items": [msgspec.to_builtins(one) for one in found]})

    async def _delete_inbox(self, _: web.Request) -> web.Response:
        self.inbox.clear()
        return web.json_response({"items": []})

    async def _get_faults(self, _: web.Request) -> web.Response:
        return web.json_response(self.faults.shown())

    async def _put_faults(self, request: web.Request) -> web.Response:
        try:
            body: Any = await request.json()
            self.faults.command(**body)
        except (json.JSONDecodeError, UnicodeDecodeError, TypeError) as error:
            return _wrong(f"the body must be a JSON object with channel and mode: {type(error).__name__}")
        except FaultError as error:
            return _wrong(str(error))
        return web.json_response(self.faults.shown())

    async def _delete_faults(self, request: web.Request) -> web.Response:
        self.faults.heal(request.query.get("channel"))
        return web.json_response(self.faults.shown())


def _wrong(message: str) -> web.Response:
    return web.json_response({"code": "bad_request", "message": message}, status=400)


@web.middleware
async def _local_only(request: web.Request, handler: Any) -> web.StreamResponse:
    """No web page may read codes or command faults: a browser names its page in Origin, and a rebound name in Host."""
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if host not in _LOOPBACK or "Origin" in request.headers:
        return web.json_response({"code": "not_local", "message": "only from this machine"}, status=403)
    answer: web.StreamResponse = await handler(request)
    return answer
