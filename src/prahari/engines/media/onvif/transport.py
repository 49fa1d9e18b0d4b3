"""onveef's client with what a city needs added: bounded and checked answers, and the password never in the clear.

Imported only when a device is first spoken to: the library and its HTTP client cost a worker 30 MB.
"""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Awaitable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from onveef import envelopes, parsers
from onveef.aclient import AsyncOnvifClient
from onveef.exceptions import OnvifAuthError, OnvifError
from onveef.transport import OnvifEndpoint

from prahari.engines.media.onvif.reading import Reader, UnreadError, is_small
from prahari.engines.media.onvif.sound import MOST_BYTES, sound

CALL_S = 6.0
CLOCK_SET_S = 5.0
"""Less is the clock's own drift and whole seconds."""

_LEFT_TO_LIBRARY = {400, 401, 415}
_CLOCK = ("year", "month", "day", "hour", "minute", "second")

log = logging.getLogger(__name__)
logging.getLogger("httpx").setLevel(logging.WARNING)  # it would tell of each request, with its address
"""Longest wait for one answer."""


# The library's types are not followed, hence the remarks to the type checker.
class TooLargeError(OnvifError):  # type: ignore[misc]
    pass


class UnsoundError(OnvifError):  # type: ignore[misc]
    pass


class StatusError(OnvifError):  # type: ignore[misc]
    """An HTTP error without a reason. The library would take some of them for answers."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class RedirectedError(OnvifError):  # type: ignore[misc]
    pass


@dataclass(slots=True)
class _Elsewhere:
    """Which reader an answer is for, should it be too large for the event loop; what that reader made of it."""

    parser: str
    result: Any = None


_elsewhere: ContextVar[_Elsewhere | None] = ContextVar("elsewhere", default=None)
_STANDS_FOR_IT = "<Envelope><Body/></Envelope>"
"""What the library gets to read in the place of an answer that was read elsewhere."""


def unverified() -> ssl.SSLContext:
    """Cameras have certificates of their own making. What is at stake is small: the password is never sent as it is."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class CheckedClient(AsyncOnvifClient):  # type: ignore[misc]
    """One device. HTTP digest and WS-UsernameToken digest only: whoever answers for a camera learns no password."""

    def __init__(self, url: str, username: str, password: str, reader: Reader) -> None:
        super().__init__(
            url,
            username=username,
            password=password,
            timeout_s=CALL_S,
            verify_tls=unverified(),
            http_auth="digest",
            retries=1,
            auto_discover=False,
            max_response_bytes=MOST_BYTES,
        )
        self._digest = httpx.DigestAuth(username, password) if username else None
        self._asks_digest = False
        self._reader = reader

    async def _read(self, parser: str, asked: Awaitable[Any]) -> Any:
        """The library's own operation `asked`, its answer read by the helper process when it is a large one."""
        elsewhere = _Elsewhere(parser)
        before = _elsewhere.set(elsewhere)
        try:
            read_here = await asked
        finally:
            _elsewhere.reset(before)
        return read_here if elsewhere.result is None else elsewhere.result

    # What may well be large. Everything else is refused when it is.

    async def get_profiles(self) -> Any:
        return await self._read("parse_profiles", super().get_profiles())

    async def media2_get_profiles(self, **what: Any) -> Any:
        return await self._read("parse_profiles", super().media2_get_profiles(**what))

    async def get_recordings(self) -> Any:
        return await self._read("parse_recordings", super().get_recordings())

    async def ptz_get_presets(self, **what: Any) -> Any:
        return await self._read("parse_ptz_presets", super().ptz_get_presets(**what))

    async def events_pull_messages(self, **what: Any) -> Any:
        return await self._read("parse_pull_messages", super().events_pull_messages(**what))

    async def get_event_search_results(self, **what: Any) -> Any:
        return await self._read("parse_event_search_results", super().get_event_search_results(**what))

    async def get_recording_search_results(self, **what: Any) -> Any:
        return await self._read("parse_recording_search_results", super().get_recording_search_results(**what))

    async def find_services(self) -> dict[str, str]:
        """Service -> address, all at the address that we know. The library's own search hides why it failed, and
        never asks again."""
        services: dict[str, str] = await self.discover_services()
        if not services:
            raise UnsoundError
        self.set_endpoint(OnvifEndpoint(self.endpoint.device_xaddr, services=services))
        return services

    async def read_clock(self) -> float | None:
        """How much the device's clock leads ours, in seconds; None when it does not tell. Tokens are dated by it from
        now on. Half the round trip is taken off; devices tell whole seconds."""
        begun_s = time.time()
        body = envelopes.device_get_system_date_time()
        before = _elsewhere.set(None)  # it may be asked in the midst of another question, which has its own reader
        try:
            said = await super().call(service="device", operation="GetSystemDateAndTime", body_inner=body)
        finally:
            _elsewhere.reset(before)
        now_s = (begun_s + time.time()) / 2
        utc = parsers.parse_system_datetime(said).get("UTCDateTime")
        self._clock_synced = True  # the library would do it again at each refusal
        if not isinstance(utc, dict):
            return None
        year, month, day, hour, minute, second = (int(utc.get(name, 0)) for name in _CLOCK)
        there_s = datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()
        self._clock_offset_s = round(there_s + 0.5 - now_s, 1)
        return float(self._clock_offset_s)

    async def _clock_was_set(self) -> bool:
        """Whether somebody has set the device's clock since it was read: its tokens were dated wrong then."""
        before_s = self._clock_offset_s
        after_s = await self.read_clock()
        return after_s is not None and abs(after_s - before_s) > CLOCK_SET_S

    async def call(self, **what: Any) -> str:
        try:
            return str(await super().call(**what))
        except OnvifAuthError:
            if not self._credentials.configured or not await self._clock_was_set():
                raise
        return str(await super().call(**what))

    async def _post_subscription(self, **what: Any) -> str:
        try:
            return str(await super()._post_subscription(**what))
        except OnvifAuthError:
            if not self._credentials.configured or not await self._clock_was_set():
                raise
        return str(await super()._post_subscription(**what))

    def _http_auth_for(self, challenge: str) -> httpx.Auth | None:
        if self._digest is None or "digest" not in challenge.lower():
            return None
        self._asks_digest = True
        return self._digest

    async def _raw_post(
        self, *, url: str, content_type: str, envelope: str, auth: httpx.Auth | None, read_timeout_s: float | None
    ) -> tuple[int, str, str]:
        if (elsewhere := _elsewhere.get()) is not None:
            elsewhere.result = None  # of an answer before, that was not the last word
        # The library's own builds its timeout in a way that httpx refuses, and unpacks what is compressed unbounded.
        timeout = httpx.Timeout(CALL_S, read=CALL_S if read_timeout_s is None else read_timeout_s)
        headers = {"Content-Type": content_type, "Accept-Encoding": "identity"}
        if auth is None and self._asks_digest:
            auth = self._digest  # it asked before: no need to be turned away each time
        options: dict[str, Any] = {"content": envelope, "headers": headers, "timeout": timeout, "auth": auth}
        async with self._client.stream("POST", url, **options) as response:
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise TooLargeError
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise UnsoundError
            if 300 <= response.status_code < 400:
                raise RedirectedError
            status = response.status_code
            if status == 200 and not is_small(body):
                await self._read_elsewhere(bytes(body))
                return status, _STANDS_FOR_IT, ""
            whole = sound(bytes(body)) if is_small(body) else None
            if whole is None and status < 300:
                raise UnsoundError
            answer = whole or b""  # an error page that is no XML: its status says enough
            if status >= 400 and status not in _LEFT_TO_LIBRARY and not parsers.has_soap_fault(answer):
                raise StatusError(status)
            text = answer.decode("utf-8")
            return status, text, response.headers.get("WWW-Authenticate", "")

    async def _read_elsewhere(self, body: bytes) -> None:
        elsewhere = _elsewhere.get()
        if elsewhere is None:
            raise UnsoundError  # nothing sound is as large, to this question
        try:
            reply = await self._reader.read(elsewhere.parser, body)
        except UnreadError as error:
            log.warning("a large answer of a device was not read: %s", error)
            raise UnsoundError from error
        if not reply.is_sound:
            raise UnsoundError
        elsewhere.result = reply.result
