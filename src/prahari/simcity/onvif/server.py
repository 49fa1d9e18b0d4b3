"""The HTTP side of simulated devices: many on one port, each below its own code.

``/<code>/onvif/device_service`` and ``/<code>/onvif/<service>``; ``/<code>/snapshot/<profile>`` gives a small JPEG.
"""

from __future__ import annotations

import asyncio
import io
import secrets
import time
from collections.abc import Callable
from types import TracebackType

from aiohttp import web
from PIL import Image

from prahari.simcity.onvif import core, moving, pulling, recordings
from prahari.simcity.onvif.core import WITHOUT_PASSWORD, Asked
from prahari.simcity.onvif.device import SimDevice
from prahari.simcity.onvif.soap import Fault, envelope, not_authorized, read
from prahari.simcity.rtsp.auth import Auth

OPERATIONS = core.OPERATIONS | moving.OPERATIONS | recordings.OPERATIONS
_PREFIX = {
    "media": "trt", "media2": "tr2", "ptz": "tptz", "imaging": "timg", "events": "tev", "pull": "tev",
    "recording": "trc", "search": "tse", "replay": "trp",
}  # fmt: skip
TYPE = "application/soap+xml; charset=utf-8"
STRANGE_HOST = "192.0.2.64:8899"
MOST_REQUEST_BYTES = 256_000
NONCE_S = 300.0


class SimOnvif:
    """Serves the devices that `find` knows by their codes. `port` 0: a free one."""

    def __init__(self, find: Callable[[str], SimDevice | None], *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.find = find
        self.host = host
        self.port = port
        self.requests = 0
        self._runner: web.AppRunner | None = None
        self._nonces: dict[str, float] = {}

    async def __aenter__(self) -> SimOnvif:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        app = web.Application(client_max_size=MOST_REQUEST_BYTES)
        app.router.add_post("/{code}/onvif/{service}", self._serve)
        app.router.add_post("/{code}/onvif/{service}/{name}", self._serve)
        app.router.add_get("/{code}/snapshot/{profile}", self._snapshot)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def url(self, code: str) -> str:
        """The device service's address."""
        return f"http://{self.host}:{self.port}/{code}/onvif/device_service"

    async def _serve(self, http: web.Request) -> web.StreamResponse:
        self.requests += 1
        device = self.find(http.match_info["code"])
        if device is None:
            return web.Response(status=404)
        service = http.match_info["service"].removesuffix("_service")
        try:
            request = read(await http.read())
        except Fault as fault:
            return web.Response(body=fault.xml(), status=fault.status, headers={"Content-Type": TYPE})
        faults = device.faults
        if faults.only and request.name not in faults.only:
            faults = type(faults)(clock_off_s=faults.clock_off_s)
        if faults.delay_s:
            await asyncio.sleep(faults.delay_s)
        if faults.reset and http.transport is not None:
            http.transport.abort()
            return web.Response(status=500)
        if faults.status:
            return web.Response(status=faults.status, text="failed")
        if faults.wrong_password or not self._is_known(http, device, request.name, request.header):
            return self._turned_away(device)
        host = STRANGE_HOST if faults.strange_host else http.host
        asked = Asked(device, f"http://{host}/{device.code}", request, service)
        try:
            inner = await self._answer(asked, http.match_info.get("name", ""))
            prefix = _PREFIX.get(service, "tds")
            body, status = envelope(f"<{prefix}:{request.name}Response>{inner}</{prefix}:{request.name}Response>"), 200
        except Fault as fault:
            body, status = fault.xml(), fault.status
        if faults.malformed:
            body = body[: len(body) * 2 // 3]
        if faults.bomb:
            body = _bomb()
        if faults.deep:
            body = b"<a>" * faults.deep + b"</a>" * faults.deep
        if faults.huge_bytes:
            body = body.replace(b"</s:Body>", b"<!--" + b"x" * faults.huge_bytes + b"--></s:Body>")
        return web.Response(body=body, status=status, headers={"Content-Type": TYPE})

    async def _answer(self, asked: Asked, name: str) -> str:
        if asked.service not in {*core.services_of(asked.device), "pull"}:
            raise Fault("ter:ActionNotSupported", "The service is not supported", 500)
        if asked.request.name in pulling.NAMES and asked.service in {"events", "pull"}:
            return await pulling.answer(asked, name)
        own = core.IMAGING if asked.service == "imaging" else {}
        operation = own.get(asked.request.name) or OPERATIONS.get(asked.request.name)
        if operation is None:
            raise Fault("ter:ActionNotSupported", "The requested action is not supported", 500)
        return operation(asked)

    def _is_known(self, http: web.Request, device: SimDevice, operation: str, header: object) -> bool:
        if not device.username or operation in WITHOUT_PASSWORD:
            return True
        if device.auth in {"http", "both"} and (given := http.headers.get("Authorization", "")):
            auth = Auth(device.username, device.password)
            return any(auth.accepts(given, http.method, nonce) for nonce in self._fresh_nonces())
        if device.auth in {"wsse", "both"}:
            return device.tokens.accepts(header, device.username, device.password, device.clock_s())  # type: ignore[arg-type]
        return False

    def _turned_away(self, device: SimDevice) -> web.Response:
        if device.auth == "wsse":
            fault = not_authorized()
            return web.Response(body=fault.xml(), status=fault.status, headers={"Content-Type": TYPE})
        nonce = secrets.token_hex(16)
        self._nonces[nonce] = time.monotonic() + NONCE_S
        challenge = Auth(device.username, device.password).challenges(nonce)[0]
        return web.Response(status=401, headers={"WWW-Authenticate": challenge})

    def _fresh_nonces(self) -> list[str]:
        now_s = time.monotonic()
        self._nonces = {nonce: until_s for nonce, until_s in self._nonces.items() if until_s > now_s}
        return list(self._nonces)

    async def _snapshot(self, http: web.Request) -> web.StreamResponse:
        device = self.find(http.match_info["code"])
        if device is None:
            return web.Response(status=404)
        if not self._is_known(http, device, "snapshot", None):
            return self._turned_away(device)
        picture = io.BytesIO()
        Image.new("RGB", (64, 36), (40, 60, 80)).save(picture, "JPEG")
        return web.Response(body=picture.getvalue(), content_type="image/jpeg")


def _bomb() -> bytes:
    """Ten entities, each ten times the one before: a few hundred bytes that would be gigabytes."""
    entities = '<!ENTITY e0 "boom">' + "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 11)
    )
    return f'<?xml version="1.0"?><!DOCTYPE a [{entities}]><a>&e10;</a>'.encode()
