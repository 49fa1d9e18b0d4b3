"""SOAP as devices speak it: requests read, answers and faults written, WS-UsernameToken checked."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

SOAP = "http://www.w3.org/2003/05/soap-envelope"
_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "s": SOAP,
        "tt": "http://www.onvif.org/ver10/schema",
        "tds": "http://www.onvif.org/ver10/device/wsdl",
        "trt": "http://www.onvif.org/ver10/media/wsdl",
        "tr2": "http://www.onvif.org/ver20/media/wsdl",
        "tptz": "http://www.onvif.org/ver20/ptz/wsdl",
        "timg": "http://www.onvif.org/ver20/imaging/wsdl",
        "tev": "http://www.onvif.org/ver10/events/wsdl",
        "trc": "http://www.onvif.org/ver10/recording/wsdl",
        "tse": "http://www.onvif.org/ver10/search/wsdl",
        "trp": "http://www.onvif.org/ver10/replay/wsdl",
        "ter": "http://www.onvif.org/ver10/error",
        "tns1": "http://www.onvif.org/ver10/topics",
        "wsnt": "http://docs.oasis-open.org/wsn/b-2",
        "wsa5": "http://www.w3.org/2005/08/addressing",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }.items()
)
_DURATION = re.compile(r"^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$")
TOKEN_AGE_S = 300


class Fault(Exception):  # noqa: N818 - a SOAP fault, answered as one
    """Ends a request with a SOAP fault: a subcode such as ``ter:NoProfile``, a sentence, an HTTP status."""

    def __init__(self, subcode: str, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.subcode = subcode
        self.reason = reason
        self.status = status

    def xml(self) -> bytes:
        code = "s:Receiver" if self.status >= 500 else "s:Sender"
        return envelope(
            f"<s:Fault><s:Code><s:Value>{code}</s:Value><s:Subcode><s:Value>{self.subcode}</s:Value></s:Subcode>"
            f'</s:Code><s:Reason><s:Text xml:lang="en">{escape(self.reason)}</s:Text></s:Reason></s:Fault>'
        )


def not_authorized() -> Fault:
    return Fault("ter:NotAuthorized", "Sender not Authorized", 400)


def envelope(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><s:Envelope {_SPACES}><s:Body>{body}</s:Body></s:Envelope>'.encode()


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def find(parent: Element, name: str) -> Element | None:
    """The first descendant of that local name."""
    return next((element for element in parent.iter() if local(element.tag) == name), None)


def text(parent: Element, name: str, default: str = "") -> str:
    element = find(parent, name)
    return (element.text or "").strip() if element is not None else default


def number(value: str | None, default: float = 0.0) -> float:
    try:
        return float(value) if value else default
    except ValueError:
        raise Fault("ter:InvalidArgVal", "Not a number") from None


def seconds(duration: str, default: float) -> float:
    """An ISO 8601 duration, or an absolute time seen from now, as seconds."""
    found = _DURATION.match(duration.strip())
    if found is None:
        return default
    days, hours, minutes, rest = (float(part or 0) for part in found.groups())
    return days * 86_400 + hours * 3600 + minutes * 60 + rest


def moment(unix_s: float) -> str:
    return dt.datetime.fromtimestamp(unix_s, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def unix_s(moment_text: str) -> float:
    try:
        return dt.datetime.fromisoformat(moment_text.strip()).timestamp()
    except ValueError:
        raise Fault("ter:InvalidArgVal", "Not a moment") from None


def items(**values: object) -> str:
    return "".join(f"<tt:SimpleItem Name={quoteattr(k)} Value={quoteattr(str(v))}/>" for k, v in values.items())


@dataclass(frozen=True)
class Request:
    """One operation: its element in the body, and the header."""

    name: str
    space: str
    body: Element
    header: Element | None


def read(data: bytes) -> Request:
    """Raises Fault for anything that is no SOAP request."""
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError):
        raise Fault("ter:WellFormed", "Not well-formed") from None
    body = next((part for part in root if local(part.tag) == "Body"), None)
    header = next((part for part in root if local(part.tag) == "Header"), None)
    if body is None or len(body) == 0:
        raise Fault("ter:InvalidArgs", "No operation")
    tag = body[0].tag
    return Request(local(tag), tag.partition("}")[0].lstrip("{"), body[0], header)


class UsernameTokens:
    """Checks WS-UsernameToken with a digest: the password, the age by the device's own clock, and that none is used
    twice."""

    def __init__(self) -> None:
        self._used: dict[str, float] = {}

    def accepts(self, header: Element | None, username: str, password: str, clock_s: float) -> bool:
        token = find(header, "UsernameToken") if header is not None else None
        if token is None or text(token, "Username") != username:
            return False
        nonce, created = text(token, "Nonce"), text(token, "Created")
        try:
            salt = base64.b64decode(nonce, validate=True)
            age_s = abs(clock_s - unix_s(created))
        except (binascii.Error, ValueError, Fault):
            return False
        mixed = salt + created.encode() + password.encode()
        expected = base64.b64encode(hashlib.sha1(mixed).digest()).decode()  # noqa: S324 - the standard's own
        if not hmac.compare_digest(text(token, "Password").encode(), expected.encode()) or age_s > TOKEN_AGE_S:
            return False
        self._used = {one: until_s for one, until_s in self._used.items() if until_s > clock_s}
        if nonce in self._used:
            return False
        self._used[nonce] = clock_s + 2 * TOKEN_AGE_S
        return True
