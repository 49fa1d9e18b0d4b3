"""Public alerts in the Common Alerting Protocol 1.2 (OASIS), and the Atom and RSS feeds that name them.

Pure: text in, values out. XML comes from outside: entities, external references and document types are refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from prahari.contracts.events import Event
from prahari.contracts.happenings import SourceRecord, event_id
from prahari.core.areas import Corner, holds, middle
from prahari.engines.intake.claims import instant_ms
from prahari.engines.intake.judging import event_of
from prahari.engines.intake.refusals import malformed

PUBLIC_ALERT = "public.alert"
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ATOM = "{http://www.w3.org/2005/Atom}"
MOST_ENTRIES = 200
MOST_CORNERS = 2000
MOST_TEXT = 4000

SEVERITIES = {"Extreme": "critical", "Severe": "high", "Moderate": "medium", "Minor": "low"}
_KINDS = frozenset({"Alert", "Update", "Cancel"})
_STATES = frozenset({"Actual", "Exercise", "Test"})


@dataclass(frozen=True)
class Area:
    """Rings of (longitude, latitude); circles as (latitude, longitude, radius in metres)."""

    name: str = ""
    polygons: list[list[Corner]] = field(default_factory=list)
    circles: list[tuple[float, float, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Alert:
    """`references`: identifiers of the alerts that this one updates or cancels. Texts by language, `hi` and `en`."""

    identifier: str
    sender: str
    sent_ms: int
    status: str
    kind: str
    references: list[str]
    event: dict[str, str]
    headline: dict[str, str]
    text: dict[str, str]
    severity: str
    urgency: str
    expires_ms: int | None
    areas: list[Area]


@dataclass(frozen=True)
class Entry:
    """One entry of a feed: what it is called there, when it changed (as told), and where the alert itself is."""

    name: str
    changed: str
    link: str


def read_feed(document: bytes, feed_url: str) -> list[Entry]:
    """Entries of an Atom or RSS feed, those on the feed's own host alone: nobody may send us elsewhere.

    Raises Refusal: it is no feed.
    """
    root = _parse(document)
    found = []
    for node in [*root.iter(f"{ATOM}entry"), *root.iter("item")][:MOST_ENTRIES]:
        link = _link(node)
        if not link:
            continue
        url = urljoin(feed_url, link)
        name = _text(node, f"{ATOM}id") or _text(node, "guid") or url
        changed = _text(node, f"{ATOM}updated") or _text(node, "pubDate")
        if _place(url) == _place(feed_url):
            found.append(Entry(name, changed, url))
    if root.tag not in (f"{ATOM}feed", "rss", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"):
        raise malformed("it is neither an Atom nor an RSS feed")
    return found


def read_alert(document: bytes) -> Alert:
    """Raises Refusal."""
    root = _parse(document)
    if root.tag != f"{CAP}alert":
        raise malformed("it is no CAP 1.2 alert")
    kind, status = _text(root, f"{CAP}msgType"), _text(root, f"{CAP}status")
    identifier, sender = _text(root, f"{CAP}identifier"), _text(root, f"{CAP}sender")
    if not identifier or len(identifier) > 200 or any(char in identifier for char in " ,<&"):
        raise malformed("the alert's identifier is missing or not as CAP wants it")
    infos = root.findall(f"{CAP}info")
    first = infos[0] if infos else Element(f"{CAP}info")
    expires = _text(first, f"{CAP}expires")
    return Alert(
        identifier, sender[:200], instant_ms(_text(root, f"{CAP}sent") or "no time"), status, kind,
        _references(_text(root, f"{CAP}references")), _by_language(infos, "event"), _by_language(infos, "headline"),
        _by_language(infos, "description"), SEVERITIES.get(_text(first, f"{CAP}severity"), ""),
        _text(first, f"{CAP}urgency")[:20], instant_ms(expires) if expires else None,
        [_area(node) for node in first.findall(f"{CAP}area")],
    )  # fmt: skip


def event_from(record: SourceRecord, alert: Alert, came_ms: int) -> Event | None:
    """The event; None for what the public is not meant to hear (drafts, acknowledgements of other systems)."""
    if alert.kind not in _KINDS or alert.status not in _STATES:
        return None
    lat, lon = place_of(record, alert)
    shown = alert.headline or alert.event
    text = " / ".join(filter(None, (shown.get("hi"), shown.get("en"))))
    parameters: dict[str, object] = {
        "message": alert.kind.lower(), "sender": alert.sender, "event": alert.event, "headline": alert.headline,
        "description": alert.text, "urgency": alert.urgency,
        "areas": [{"name": area.name, "polygons": area.polygons, "circles": area.circles} for area in alert.areas],
    }  # fmt: skip
    if alert.references:
        parameters["supersedes"] = [event_id(record.source_id, one) for one in alert.references]
    if alert.expires_ms is not None:
        parameters["expires_ms"] = alert.expires_ms
    if alert.status != "Actual":
        parameters["test"] = True
    return event_of(
        record, kind=PUBLIC_ALERT, external_id=alert.identifier, subject=alert.identifier, said_ms=alert.sent_ms,
        came_ms=came_ms, text=text[:MOST_TEXT], lat=lat, lon=lon, severity=alert.severity, parameters=parameters,
    )  # fmt: skip


def place_of(record: SourceRecord, alert: Alert) -> tuple[float | None, float | None]:
    """The middle of the first of its areas that lies (or whose middle lies) in the source's; else its first one.

    An alert for a whole state has its middle elsewhere: that holds for our city all the same, so the source's place
    stands for it.
    """
    places = [middle(ring) for area in alert.areas for ring in area.polygons]
    places += [(lat, lon) for area in alert.areas for lat, lon, _ in area.circles]
    inside = [place for place in places if not record.boundary or holds(record.boundary, *place)]
    return inside[0] if inside else (None, None)


def _parse(document: bytes) -> Element:
    try:
        root: Element = fromstring(document, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise malformed(f"it is no XML that we read: {type(error).__name__}") from error
    return root


def _text(node: Element, name: str) -> str:
    return (node.findtext(name) or "").strip().replace("\x00", "")


def _link(node: Element) -> str:
    links = node.findall(f"{ATOM}link")
    chosen = next((one for one in links if one.get("type") == "application/cap+xml"), links[0] if links else None)
    return (chosen.get("href") or "") if chosen is not None else _text(node, "link")


def _place(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port
    except ValueError:
        return "", url, None


def _references(told: str) -> list[str]:
    """`sender,identifier,sent` of each, blanks between."""
    return [parts[1] for one in told.split()[:50] if len(parts := one.split(",")) == 3 and parts[1]]


def _by_language(infos: list[Element], name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for info in infos:
        language = "hi" if _text(info, f"{CAP}language").lower().startswith("hi") else "en"
        text = _text(info, CAP + name)[:MOST_TEXT]
        if text:
            found.setdefault(language, text)
    return found


def _area(node: Element) -> Area:
    polygons = [_ring(one.text or "") for one in node.findall(f"{CAP}polygon")]
    circles = [_circle(one.text or "") for one in node.findall(f"{CAP}circle")]
    return Area(_text(node, f"{CAP}areaDesc")[:500], polygons, circles)


def _ring(told: str) -> list[Corner]:
    """`lat,lon` of each corner, the first again as the last."""
    pairs = told.split()
    corners = [tuple(_numbers(one, 2)) for one in pairs]
    if not 4 <= len(corners) <= MOST_CORNERS or corners[0] != corners[-1]:
        raise malformed("a polygon is not closed or has too few or too many corners")
    return [(lon, lat) for lat, lon in corners]


def _circle(told: str) -> tuple[float, float, float]:
    """`lat,lon radius`, the radius in kilometres."""
    centre, _, radius = told.strip().partition(" ")
    lat, lon = _numbers(centre, 2)
    (radius_km,) = _numbers(radius, 1, most=20_000)
    return lat, lon, radius_km * 1000


def _numbers(told: str, count: int, most: float = 180) -> Iterator[float]:
    try:
        numbers = [float(one) for one in told.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count or not all(math.isfinite(one) and abs(one) <= most for one in numbers):
        raise malformed("an area's coordinates cannot be read")
    return iter(numbers)
