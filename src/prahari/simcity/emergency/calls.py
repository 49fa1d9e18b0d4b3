"""A 112 centre: GET /112/calls?after=CURSOR&limit=N, with repeats, calls that come late, and faults on command."""

from __future__ import annotations

import asyncio
import hmac
import random
from typing import Any

from aiohttp import web

from prahari.contracts.events import now_ms

MODES = frozenset({"500", "denied", "slow", "garbage", "reset"})

SAMPLES = [
    ("accident", 2, "दो बाइकों की टक्कर, एक व्यक्ति घायल"),
    ("fight", 3, "दुकान के बाहर झगड़ा हो रहा है"),
    ("theft", 3, "मोबाइल छीनकर भाग गए, काली मोटरसाइकिल"),
    ("fire", 1, "गोदाम से धुआँ निकल रहा है"),
    ("women_safety", 1, "ऑटो में बैठी हूँ, चालक रास्ता बदल रहा है"),
    ("medical", 2, "बुज़ुर्ग सड़क पर गिर गए हैं"),
    ("missing_child", 2, "मेले में बच्ची नहीं मिल रही, उम्र छह साल"),
]


class SimCallCentre:
    """Changes are numbered; the cursor is the number of the last one given out."""

    def __init__(self, token: str, *, seed: int = 112) -> None:
        self._token = token
        self._changes: list[dict[str, Any]] = []
        self._chance = random.Random(seed)  # noqa: S311 - a simulation
        self._fault: tuple[str, int] = ("", 0)
        self.asked = 0

    def add(
        self, number: str, lat: float, lon: float, *, text: str = "", category: str = "", priority: int = 3,
        at_ms: int | None = None, **more: Any,
    ) -> None:  # fmt: skip
        """A new call, or a change of one: then it comes again under its number."""
        self._changes.append(
            {"number": number, "at": now_ms() if at_ms is None else at_ms, "category": category, "text": text,
             "lat": lat, "lon": lon, "priority": priority, **more}
        )  # fmt: skip

    def add_raw(self, call: Any) -> None:
        self._changes.append(call)

    def add_some(self, lat: float, lon: float) -> None:
        """One made-up call near a place; now and then the one before once more, or one that took minutes to arrive."""
        if self._changes and self._chance.random() < 0.2:
            self._changes.append({**self._changes[-1], "state": "assigned"})
            return
        category, priority, text = self._chance.choice(SAMPLES)
        late_ms = 300_000 if self._chance.random() < 0.1 else 0
        self.add(
            f"UP112-{now_ms() // 1000}-{len(self._changes) + 1:04d}", lat, lon, text=text, category=category,
            priority=priority, at_ms=now_ms() - late_ms, phone="+9199999" + f"{self._chance.randrange(100_000):05d}",
        )  # fmt: skip

    def fail(self, mode: str, count: int) -> None:
        """The next `count` answers. Raises ValueError."""
        if mode not in MODES:
            raise ValueError(f"mode must be one of {', '.join(sorted(MODES))}")
        self._fault = (mode, count)

    async def calls(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        mode, left = self._fault
        if left:
            self._fault = (mode, left - 1)
            if mode == "slow":
                await asyncio.sleep(30)
            if mode == "reset" and request.transport is not None:
                request.transport.abort()
            if mode == "garbage":
                return web.Response(text="<html>maintenance</html>")
            return web.json_response({"error": "try later"}, status=403 if mode == "denied" else 500)
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return web.json_response({"error": "unknown token"}, status=401)
        try:
            after, limit = int(request.query.get("after") or 0), int(request.query.get("limit") or 100)
        except ValueError:
            return web.json_response({"error": "after and limit are numbers"}, status=400)
        some = self._changes[after : after + max(0, min(limit, 100))]
        return web.json_response({"calls": some, "next": str(after + len(some))})
