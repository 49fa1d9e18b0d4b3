"""What a source says, read strictly: CloudEvents 1.0 with our data, and positions. Pure: bytes in, values out."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

from prahari.engines.intake.refusals import malformed

Line = Annotated[str, msgspec.Meta(max_length=200)]
Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90)]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]
NESTED_DEEPEST = 8
_MS_FROM = 100_000_000_000
"""Unix times above this are milliseconds: as seconds they would lie beyond the year 5000."""


class SaidData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Data of an event from a device. Whatever else it has to tell goes into `parameters`."""

    text: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    camera_id: Annotated[str, msgspec.Meta(max_length=64)] = ""
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    severity: Literal["", "low", "medium", "high", "critical"] = ""
    phone: Annotated[str, msgspec.Meta(max_length=20)] = ""
    parameters: dict[str, Any] = {}


class Said(msgspec.Struct, frozen=True):
    """One CloudEvent. `at_ms`: of its `time`. Attributes that we do not know (extensions) change nothing."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    type: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    specversion: Literal["1.0"]
    source: Line = ""
    subject: Line = ""
    time: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    data: SaidData = SaidData()

    @property
    def at_ms(self) -> int | None:
        """Raises Refusal."""
        return None if self.time is None else instant_ms(self.time)


class SaidPosition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a unit is. `unit`: as the tracker calls it. `at`: RFC 3339, or Unix seconds or milliseconds."""

    unit: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    lat: Latitude
    lon: Longitude
    at: str | int | float | None = None
    accuracy_m: Annotated[float, msgspec.Meta(ge=0, le=1e6)] | None = None
    speed_kmh: Annotated[float, msgspec.Meta(ge=0, le=2000)] | None = None
    heading_deg: Annotated[float, msgspec.Meta(ge=0, le=360)] | None = None
    battery_pct: Annotated[float, msgspec.Meta(ge=0, le=100)] | None = None


_parts = msgspec.json.Decoder(list[msgspec.Raw])
_anything = msgspec.json.Decoder(msgspec.Raw)
_said = msgspec.json.Decoder(Said)
_position = msgspec.json.Decoder(SaidPosition)
_SECRETIVE = re.compile(rb"\\u0000|\x00")


def parts_of(body: bytes) -> list[bytes]:
    """The JSON objects in a body, which is one or an array of them, each still to be read.

    Raises ValueError: it is no JSON.
    """
    stripped = body.lstrip()
    if stripped.startswith(b"["):
        try:
            return [bytes(part) for part in _parts.decode(stripped)]
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
    if not stripped.startswith(b"{"):
        raise ValueError("neither an object nor an array")
    return [stripped]


def read_event(part: bytes) -> Said:
    """Raises Refusal."""
    said: Said = _read(_said, part)
    if _depth(said.data.parameters) > NESTED_DEEPEST:
        raise malformed(f"parameters are nested more than {NESTED_DEEPEST} deep")
    if (said.data.lat is None) != (said.data.lon is None):
        raise malformed("lat and lon belong together")
    return said


def read_position(part: bytes) -> SaidPosition:
    """Raises Refusal."""
    found: SaidPosition = _read(_position, part)
    return found


def from_headers(headers: Mapping[str, str], body: bytes) -> bytes:
    """A CloudEvent in binary mode (attributes in ce-* headers, data alone in the body) as a structured one.

    Raises Refusal.
    """
    fields = {name[3:].lower(): value for name, value in headers.items() if name.lower().startswith("ce-")}
    attributes = {name: fields[name] for name in ("id", "type", "specversion", "source", "subject", "time")
                  if name in fields}  # fmt: skip
    head = msgspec.json.encode(attributes)
    if not body.strip():
        return head
    data = bytes(_read(_anything, body))  # one whole value: nothing of it may reach out of `data`
    return (head[:-1] + b"," if attributes else b"{") + b'"data":' + data + b"}"


def from_osmand(query: Mapping[str, str]) -> SaidPosition:
    """A position as OsmAnd and Traccar's telephones send it: speed in knots, time in seconds. Raises Refusal."""

    def number(*names: str) -> float | None:
        text = next((query[name] for name in names if query.get(name)), None)
        if text is None:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise malformed(f"{names[0]} is no number")
        return value

    speed_knots = number("speed")
    fields = {
        "unit": query.get("id") or query.get("deviceid", ""), "lat": number("lat"), "lon": number("lon"),
        "at": query.get("timestamp") or None, "accuracy_m": number("accuracy"),
        "speed_kmh": None if speed_knots is None else round(speed_knots * 1.852, 2),
        "heading_deg": number("bearing", "heading"), "battery_pct": number("batt"),
    }  # fmt: skip
    try:
        return msgspec.convert(fields, SaidPosition)
    except msgspec.ValidationError as error:
        raise malformed(str(error)) from error


def instant_ms(said: str | float) -> int:
    """Unix milliseconds of RFC 3339 or of a Unix time in seconds or milliseconds. Raises Refusal."""
    try:
        value = float(said)
    except ValueError:
        return _rfc3339_ms(str(said))
    if not math.isfinite(value) or not 0 <= value < 1e15:
        raise malformed("the time is no point in time")
    return round(value if value >= _MS_FROM else value * 1000)


def _rfc3339_ms(said: str) -> int:
    try:
        when = dt.datetime.fromisoformat(said)
    except ValueError as error:
        raise malformed("the time is not as in 2026-11-22T18:30:00+05:30") from error
    if when.tzinfo is None:
        raise malformed("the time lacks its zone, as in 2026-11-22T18:30:00+05:30")
    try:
        return round(when.timestamp() * 1000)
    except (OverflowError, ValueError) as error:
        raise malformed("the time is no point in time") from error


def _read(decoder: msgspec.json.Decoder[Any], part: bytes) -> Any:
    if _SECRETIVE.search(part):
        raise malformed("it holds a NUL character")
    try:
        return decoder.decode(part)
    except RecursionError as error:
        raise malformed("it is nested too deeply") from error
    except ValueError as error:  # msgspec's and wrong UTF-8
        raise malformed(str(error)[:200]) from error


def _depth(value: Any, at: int = 1) -> int:
    """How deeply `value` is nested; looks no further than what is too deep anyway."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((_depth(one, at + 1) for one in inner), default=at) if at <= NESTED_DEEPEST else at
