"""Crews with telephones: they sign in as people do and answer what their unit is called to, by the same doors of the
centre. What is next follows from what the centre says each time, so a crew may be killed at any moment.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import Any, Literal

import aiohttp
import yarl

from prahari.contracts.events import now_ms
from prahari.contracts.happenings import demo_crew
from prahari.simcity.emergency.patrol import SimPatrol

log = logging.getLogger(__name__)

LOOK_S = 8.0
RETRY_S, RETRY_MOST_S = 20.0, 600.0
"""Pauses after the centre did not let it in: it may not be open, or have no such account, yet."""

ANSWERS_AFTER_S, LEAVES_AFTER_S, STAYS_S, SEARCHES_S = 6, 12, 90, 60

Deed = Literal["acknowledge", "en_route", "arrive", "clear"]


class NotLetInError(Exception):
    """The centre refused: no such account, or the session has ended."""


def due(assignment: dict[str, Any], now: int, *, there: bool) -> Deed | None:
    """What a crew does next about an assignment, when it is time for it. there: at the place of the incident."""

    def waited(since: str, seconds: int) -> bool:
        return now - int(assignment[since]) >= seconds * 1000

    match assignment["state"]:
        case "offered" if waited("offered_ms", ANSWERS_AFTER_S):
            return "acknowledge"
        case "acknowledged" if waited("acknowledged_ms", LEAVES_AFTER_S):
            return "en_route"
        case "en_route":
            has_place = assignment["incident"]["lat"] is not None
            return "arrive" if (there if has_place else waited("en_route_ms", SEARCHES_S)) else None
        case "arrived" if waited("arrived_ms", STAYS_S):
            return "clear"
    return None


class SimCrew:
    """On board of the unit whose tracker is `patrol`, which it drives to incidents and back to its street."""

    def __init__(self, centre: str, patrol: SimPatrol, password: str) -> None:
        self._centre, self._patrol = centre, patrol
        self._username, self._password = demo_crew(password, patrol.unit)

    async def run(self) -> None:
        pause_s = RETRY_S
        while True:
            # Cookies of a bare address (127.0.0.1) count too; the centre's certificate is its own.
            jar, timeout = aiohttp.CookieJar(unsafe=True), aiohttp.ClientTimeout(total=20)
            try:
                async with aiohttp.ClientSession(cookie_jar=jar, timeout=timeout) as http:
                    await self._sign_in(http)
                    pause_s = RETRY_S
                    while True:
                        await self.look(http)
                        await asyncio.sleep(LOOK_S)
            except (NotLetInError, TimeoutError, aiohttp.ClientError) as error:
                log.debug("the crew of %s: %s", self._patrol.unit, str(error) or type(error).__name__)
            await asyncio.sleep(pause_s)
            pause_s = min(RETRY_MOST_S, pause_s * 2)

    async def _sign_in(self, http: aiohttp.ClientSession) -> None:
        await self._ask(http, "GET", "/_allauth/browser/v1/config")
        given = {"username": self._username, "password": self._password}
        await self._ask(http, "POST", "/_allauth/browser/v1/auth/login", given)

    async def look(self, http: aiohttp.ClientSession) -> None:
        """See what the unit has to do, and do the next of it. Raises NotLetInError, ClientError, TimeoutError."""
        day = await self._ask(http, "GET", "/api/v1/unit")
        if day["unit"] is None:
            await self._sign_on(http, day["units"])
            return
        first = next(iter(day["assignments"]), None)
        self._drive(first)
        deed = due(first, day["now_ms"], there=self._patrol.is_there) if first else None
        if first and deed:
            await self._do(http, day["unit"]["id"], deed, first["id"])

    async def _sign_on(self, http: aiohttp.ClientSession, offered: list[dict[str, Any]]) -> None:
        ours = next((one["id"] for one in offered if one["call_sign"] == self._patrol.unit), None)
        if ours is not None:
            await self._ask(http, "POST", "/api/v1/unit/sign-on", {"unit": ours})

    def _drive(self, assignment: dict[str, Any] | None) -> None:
        under_way = assignment is not None and assignment["state"] in {"en_route", "arrived"}
        place = assignment["incident"] if assignment and under_way else {"lat": None}
        self._patrol.go_to(None if place["lat"] is None else (place["lon"], place["lat"]))

    async def _do(self, http: aiohttp.ClientSession, unit_id: str, deed: Deed, assignment_id: str) -> None:
        made = {"id": str(uuid.uuid4()), "deed": deed, "unit": unit_id, "made_at_ms": now_ms(),
                "assignment": assignment_id}  # fmt: skip
        if deed == "clear":
            made["text"] = "प्रदर्शन: कार्य पूर्ण / Demonstration: done"
        await self._ask(http, "POST", "/api/v1/unit/sync", {"sent_at_ms": now_ms(), "deeds": [made]})

    async def _ask(self, http: aiohttp.ClientSession, method: str, path: str, body: Any = None) -> Any:
        """The JSON answer, None when it is not JSON. Raises NotLetInError."""
        cookies = http.cookie_jar.filter_cookies(yarl.URL(self._centre))
        headers = {"Origin": self._centre}
        if "csrftoken" in cookies:
            headers["X-CSRFToken"] = cookies["csrftoken"].value
        async with http.request(method, self._centre + path, json=body, headers=headers, ssl=False) as answer:
            if answer.status >= 400:
                raise NotLetInError(f"{method} {path}: {answer.status} {(await answer.text())[:200]}")
            return await answer.json() if answer.content_type == "application/json" else None
