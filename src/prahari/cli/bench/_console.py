"""What a console does over HTTP: sign in, ask, and take live pictures. For benches."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

import aiohttp
import yarl

REQUEST_TIMEOUT_S = 30
MEDIA_FRAGMENT = 2  # first byte of a live message that holds pictures


class Console:
    """A signed-in session. Raises aiohttp.ClientError or RuntimeError with what was answered."""

    def __init__(self, address: str) -> None:
        self.address = address
        # Cookies of a bare address (127.0.0.1) count too.
        timeout = aiohttp.ClientTimeout(total=REQUEST_TIMEOUT_S)
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), timeout=timeout)

    async def __aenter__(self) -> Console:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def sign_in(self, username: str, password: str) -> str:
        """Sign in; a one-time password is replaced. The password that holds from now on."""
        await self.call("GET", "/")
        await self.call("POST", "/_allauth/browser/v1/auth/login", {"username": username, "password": password})
        me = await self.call("GET", "/api/v1/me")
        if me["must_change_password"]:
            fresh = secrets.token_urlsafe(16)
            await self.call("POST", "/api/v1/me/password", {"current": password, "new": fresh})
            return fresh
        return password

    async def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The JSON answer, None when it is not JSON."""
        cookies = self._session.cookie_jar.filter_cookies(yarl.URL(self.address))
        headers = {"X-CSRFToken": cookies["csrftoken"].value} if "csrftoken" in cookies else {}
        async with self._session.request(method, self.address + path, json=body, headers=headers) as response:
            text = await response.text()
            if response.status >= 400:
                raise RuntimeError(f"{method} {path}: {response.status} {text[:300]}")
            return json.loads(text) if "json" in response.content_type else None

    async def first_picture(self, camera_id: str, within_s: float = 30) -> float:
        """Seconds from asking for leave to the first piece of live video of a camera."""
        started_s = time.monotonic()
        leave = await self.call("POST", f"/api/v1/cameras/{camera_id}/media-token", {"uses": ["live"]})
        origin = leave["origin"].replace("http", "ws", 1)
        async with self._session.ws_connect(f"{origin}/live/{camera_id}", params={"token": leave["token"]}) as socket:
            while time.monotonic() < started_s + within_s:
                message = await socket.receive(timeout=within_s)
                if message.type is aiohttp.WSMsgType.BINARY and message.data[0] == MEDIA_FRAGMENT:
                    return time.monotonic() - started_s
                if message.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}:
                    raise RuntimeError(f"live video was closed: {message.data} {message.extra}")
        raise RuntimeError(f"no picture of camera {camera_id} within {within_s:.0f} s")
