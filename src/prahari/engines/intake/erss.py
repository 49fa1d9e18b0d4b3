"""112 (Emergency Response Support System): its calls, as a port and a client that speaks JSON over HTTP.

States' 112 centres have no common open interface; this is the smallest that any of them can offer, and a converter on
their side needs one table: `GET {url}/calls?after=CURSOR&limit=N` answers `{"calls": [Call, ...], "next": CURSOR}`, the
oldest change first. A call that changes comes again under its number.
"""

from __future__ import annotations

from typing import Annotated, Literal, Protocol
from urllib.parse import urlencode

import msgspec

from prahari.contracts.events import Event
from prahari.contracts.happenings import SourceRecord
from prahari.engines.intake.claims import Latitude, Longitude, instant_ms
from prahari.engines.intake.fetching import Fetcher, TroubleError
from prahari.engines.intake.judging import event_of
from prahari.engines.intake.refusals import malformed

ERSS_CALL = "erss.call"
PAGE = 100


class Call(msgspec.Struct, frozen=True):
    """`number`: 112's own. `at`: when the call came in. `priority`: 1 (life in danger) to 4."""

    number: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    at: str | int | float
    category: Annotated[str, msgspec.Meta(max_length=100)] = ""
    text: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    phone: Annotated[str, msgspec.Meta(max_length=20)] = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    address: Annotated[str, msgspec.Meta(max_length=500)] = ""
    priority: Annotated[int, msgspec.Meta(ge=1, le=4)] | None = None
    state: Annotated[str, msgspec.Meta(max_length=40)] = ""


class Page(msgspec.Struct, frozen=True):
    calls: Annotated[list[msgspec.Raw], msgspec.Meta(max_length=PAGE)]
    next: Annotated[str, msgspec.Meta(max_length=200)]


class CallCentre(Protocol):
    async def calls(self, after: str) -> Page:
        """What has changed since `after` (empty: since the beginning). Raises TroubleError."""


class HttpCallCentre:
    def __init__(self, fetcher: Fetcher, url: str, credentials: str) -> None:
        self._fetcher = fetcher
        self._url = url.rstrip("/")
        self._credentials = credentials

    async def calls(self, after: str) -> Page:
        query = urlencode({"after": after, "limit": PAGE})
        body = await self._fetcher.get(f"{self._url}/calls?{query}", self._credentials)
        try:
            return msgspec.json.decode(body, type=Page)
        except (ValueError, RecursionError) as error:
            raise TroubleError("unreadable", f"the answer is not as expected: {str(error)[:200]}") from error


SEVERITIES: dict[int | None, Literal["", "low", "medium", "high", "critical"]] = {
    None: "", 1: "critical", 2: "high", 3: "medium", 4: "low",
}  # fmt: skip


def judge_call(record: SourceRecord, part: bytes, came_ms: int) -> Event:
    """Raises Refusal."""
    try:
        call = msgspec.json.decode(part, type=Call)
    except (ValueError, RecursionError) as error:
        raise malformed(str(error)[:200]) from error
    if b"\\u0000" in part:
        raise malformed("it holds a NUL character")
    told = {"category": call.category, "address": call.address, "state": call.state}
    return event_of(
        record, kind=ERSS_CALL, external_id=call.number, subject=call.number, said_ms=instant_ms(call.at),
        came_ms=came_ms, text=call.text, lat=call.lat, lon=call.lon,
        severity=SEVERITIES[call.priority], phone=call.phone,
        parameters={name: value for name, value in told.items() if value},
    )  # fmt: skip
