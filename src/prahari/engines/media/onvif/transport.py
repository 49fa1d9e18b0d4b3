"""onveef's client with what a city needs added: bounded and checked answers, and the password never in the clear.

Imported only when a device is first spoken to: the library and its HTTP client cost a worker 30 MB.
"""

from __future__ import annotations

import ssl
from typing import Any

import httpx
from onveef import parsers
from onveef.aclient import AsyncOnvifClient
from onveef.exceptions import OnvifError
from onveef.transport import OnvifEndpoint

from prahari.engines.media.onvif.sound import MOST_BYTES, sound

CALL_S = 6.0
_LEFT_TO_LIBRARY = {400, 401, 415}
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


def unverified() -> ssl.SSLContext:
    """Cameras have certificates of their own making. What is at stake is small: the password is never sent as it is."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class CheckedClient(AsyncOnvifClient):  # type: ignore[misc]
    """One device. HTTP digest and WS-UsernameToken digest only: whoever answers for a camera learns no password."""

    def __init__(self, url: str, username: str, password: str) -> None:
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

    async def find_services(self) -> dict[str, str]:
        """Service -> address, all at the address that we know. The library's own search hides why it failed, and
        never asks again."""
        services: dict[str, str] = await self.discover_services()
        if not services:
            raise UnsoundError
        self.set_endpoint(OnvifEndpoint(self.endpoint.device_xaddr, services=services))
        return services

    def know_clock(self, offset_s: float) -> None:
        """Tokens are dated by the device's own clock from now on."""
        self._clock_offset_s = offset_s
        self._clock_synced = True

    def _http_auth_for(self, challenge: str) -> httpx.Auth | None:
        if self._digest is None or "digest" not in challenge.lower():
            return None
        self._asks_digest = True
        return self._digest

    async def _raw_post(
        self, *, url: str, content_type: str, envelope: str, auth: httpx.Auth | None, read_timeout_s: float | None
    ) -> tuple[int, str, str]:
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
            whole = sound(bytes(body))
            if whole is None and status < 300:
                raise UnsoundError
            answer = whole or b""  # an error page that is no XML: its status says enough
            if status >= 400 and status not in _LEFT_TO_LIBRARY and not parsers.has_soap_fault(answer):
                raise StatusError(status)
            text = answer.decode("utf-8")
            return status, text, response.headers.get("WWW-Authenticate", "")
