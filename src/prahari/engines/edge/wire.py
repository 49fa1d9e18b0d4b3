"""What goes over the link: frames in WebSocket messages, control messages in JSON.

A frame is one binary message: kind (1 byte), flags (1 byte), channel (4 bytes, big endian), payload of PIECE_BYTES at
most. What is longer goes in several, MORE set on all but the last, so that something more urgent can go in between.
Both sides treat what comes as hostile: anything not as described here ends the connection.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

import msgspec

from prahari.contracts.edge import EdgeCamera, EdgeLimits, EdgeRelease, UpdateState
from prahari.contracts.media import CameraPlan, Reason
from prahari.contracts.mediasettings import MediaSettings

PROTOCOL = 1
UPDATES, CALLS, SETTINGS = "updates", "calls", "settings"
FEATURES = [UPDATES, CALLS, SETTINGS]
"""What has come to this protocol since its first version, and is only said to a site that knows of it."""

MOST_CALL_BYTES = 64_000
CALLS_SERVED = ("move", "imaging", "relay", "trigger", "reference")
"""What may be asked of an edge camera: the last word of subjects.media_camera."""
PIECE_BYTES = 16_384
HEAD = struct.Struct("!BBI")
MORE = 1
MOST_MESSAGE_BYTES = PIECE_BYTES + HEAD.size
MOST_WHOLE_BYTES = {0: 1_000_000, 1: 2_000_000, 2: 8_000_000, 3: PIECE_BYTES, 4: PIECE_BYTES, 5: PIECE_BYTES}
"""Longest whole payload by Kind. Live: a cached group of pictures."""

MOST_CHANNELS = 256
WINDOW_BYTES = 262_144
"""Bytes of a reply or clip that may be on their way before the reader asks for more."""


class Kind(IntEnum):
    """Also the order in which they go out, and what bytes are counted for (contracts.edge.TRAFFIC_PURPOSES)."""

    CONTROL = 0
    EVENTS = 1
    LIVE = 2
    REPLY = 3
    CLIP = 4
    UPDATE = 5


class WireError(Exception):
    """The other side does not keep to the protocol; the message says how."""


@dataclass(frozen=True, slots=True)
class Frame:
    kind: Kind
    channel: int
    payload: bytes
    more: bool = False

    def encode(self) -> bytes:
        return HEAD.pack(self.kind, MORE if self.more else 0, self.channel) + self.payload


def decode(data: bytes) -> Frame:
    """Raises WireError."""
    if not HEAD.size <= len(data) <= MOST_MESSAGE_BYTES:
        raise WireError(f"a frame of {len(data)} bytes")
    kind, flags, channel = HEAD.unpack_from(data)
    if kind > Kind.UPDATE or flags & ~MORE:
        raise WireError(f"a frame of kind {kind} with flags {flags}")
    return Frame(Kind(kind), channel, data[HEAD.size :], bool(flags & MORE))


def pieces(kind: Kind, channel: int, payload: bytes) -> list[Frame]:
    """`payload` as frames; an empty one is one frame."""
    if len(payload) <= PIECE_BYTES:
        return [Frame(kind, channel, payload)]
    starts = range(0, len(payload), PIECE_BYTES)
    return [Frame(kind, channel, payload[at : at + PIECE_BYTES], at + PIECE_BYTES < len(payload)) for at in starts]


class Joiner:
    """Puts pieces together again, bounded: a channel's, and all channels' together."""

    def __init__(self) -> None:
        self._parts: dict[tuple[Kind, int], bytearray] = {}
        self._held = 0

    def take(self, frame: Frame) -> bytes | None:
        """The whole payload when `frame` was its last piece. Raises WireError."""
        key = (frame.kind, frame.channel)
        part = self._parts.get(key)
        if part is None:
            if not frame.more:
                return frame.payload
            if len(self._parts) >= MOST_CHANNELS:
                raise WireError("too many unfinished messages")
            part = self._parts[key] = bytearray()
        part += frame.payload
        self._held += len(frame.payload)
        if len(part) > MOST_WHOLE_BYTES[frame.kind] or self._held > 4 * MOST_WHOLE_BYTES[Kind.LIVE]:
            raise WireError(f"a message of kind {frame.kind.name} that is too long")
        if frame.more:
            return None
        del self._parts[key]
        self._held -= len(part)
        return bytes(part)

    def drop(self, channel: int) -> None:
        """The channel has ended: what came of an unfinished message is of no use."""
        for key in [one for one in self._parts if one[1] == channel]:
            self._held -= len(self._parts.pop(key))


# Handshake: text messages, one each, in this order.


class Hello(msgspec.Struct, tag="hello", frozen=True):
    """Site -> centre. `nonce`: 32 bytes, base64. `features`: what the site understands beyond the first version of this
    protocol, of FEATURES; nothing else is said to it."""

    protocol: int
    site_id: str
    nonce: str
    version: str = ""
    features: list[str] = []


class Challenge(msgspec.Struct, tag="challenge", frozen=True):
    """Centre -> site."""

    nonce: str


class Proof(msgspec.Struct, tag="proof", frozen=True):
    """Site -> centre. `signature`: contracts.edgekeys.link. `clock_ms`: the site's own clock, for the record only."""

    certificate: str
    signature: str
    pin: str = ""
    clock_ms: int = 0


class Welcome(msgspec.Struct, tag="welcome", frozen=True):
    """Centre -> site. `certificate`: a newer one than was shown, else empty."""

    now_ms: int
    name: str
    limits: EdgeLimits
    certificate: str = ""


class Refused(msgspec.Struct, tag="refused", frozen=True):
    """Centre -> site. reason: unknown, revoked, expired, proof, protocol, busy."""

    reason: str
    detail: str = ""


Handshake = Hello | Challenge | Proof | Welcome | Refused

# Control, centre -> site.


class Plan(msgspec.Struct, tag="plan", frozen=True):
    plan: CameraPlan


class Retire(msgspec.Struct, tag="retire", frozen=True):
    camera_id: str


class AllPlans(msgspec.Struct, tag="all_plans", frozen=True):
    """All plans have been sent: cameras that are not among these are the site's no more."""

    camera_ids: list[str]


class Taken(msgspec.Struct, tag="taken", frozen=True):
    """The event log has stored the batch that came on this channel."""

    channel: int


class Renewed(msgspec.Struct, tag="renewed", frozen=True):
    certificate: str


class NewLimits(msgspec.Struct, tag="limits", frozen=True):
    limits: EdgeLimits


class Bye(msgspec.Struct, tag="bye", frozen=True):
    """The connection ends. reason: as Refused, or replaced, restarting."""

    reason: str
    detail: str = ""


class Show(msgspec.Struct, tag="show", frozen=True):
    """Show a camera on this channel. `token`: leave of the person who looks; whoever joins later brings another."""

    channel: int
    camera_id: str
    token: str
    stream: str = "sub"
    plays_h265: bool = True


class Look(msgspec.Struct, tag="look", frozen=True):
    """Another person looks on at a channel: their token, whose ground then counts too."""

    channel: int
    token: str


class Ask(msgspec.Struct, tag="ask", frozen=True):
    """A request for recordings: path as at a media worker's door (`/playback/{id}?...`), answered by Answer."""

    channel: int
    path: str
    token: str


class ClipWant(msgspec.Struct, tag="clip_want", frozen=True):
    """A clip from `offset` on. The token counts when the site hears of the clip first; a site that has taken an order
    goes on with it for a day, through cuts and restarts."""

    channel: int
    clip_id: str
    camera_id: str
    from_ms: int
    to_ms: int
    token: str
    offset: int = 0


class Offer(msgspec.Struct, tag="offer", frozen=True):
    """The package that the site is to run, to be fetched on this channel; None: none any more."""

    channel: int
    release: EdgeRelease | None = None


class Call(msgspec.Struct, tag="call", frozen=True):
    """A request to a camera or its device, as a media worker gets it over NATS: `what` of CALLS_SERVED."""

    channel: int
    camera_id: str
    what: str
    body: msgspec.Raw


class CitySettings(msgspec.Struct, tag="settings", frozen=True):
    """What the desks decided for all cameras."""

    settings: MediaSettings


# Both ways.


class Ping(msgspec.Struct, tag="ping", frozen=True):
    number: int


class Pong(msgspec.Struct, tag="pong", frozen=True):
    """`now_ms`: the clock of who answers."""

    number: int
    now_ms: int


class More(msgspec.Struct, tag="more", frozen=True):
    """So many bytes more of a reply, clip or package may be sent."""

    channel: int
    bytes: int


class End(msgspec.Struct, tag="end", frozen=True):
    """A channel ends. `code`: WebSocket close code or HTTP status for the viewer; 0: all is well."""

    channel: int
    code: int = 0
    reason: str = ""


# Control, site -> centre.


class Report(msgspec.Struct, tag="report", frozen=True):
    """What the site is and has: when it changes, and each minute. `clock_ms`: its own clock."""

    cameras: list[EdgeCamera]
    clock_ms: int
    version: str = ""
    certificate_until_s: int = 0
    disk_free_bytes: int = 0
    events_waiting: int = 0
    month_bytes: int = 0
    updating: UpdateState = UpdateState()


class Fetch(msgspec.Struct, tag="fetch", frozen=True):
    """The package that was offered on this channel, from `offset` on, as UPDATE frames."""

    channel: int
    offset: int = 0


class Answer(msgspec.Struct, tag="answer", frozen=True):
    """Head of the answer to Ask; its body follows as REPLY frames, then End."""

    channel: int
    status: int
    headers: dict[str, str]


class Called(msgspec.Struct, tag="called", frozen=True):
    """The answer to Call, as the media worker's."""

    channel: int
    body: msgspec.Raw


class ClipAbout(msgspec.Struct, tag="clip_about", frozen=True):
    """The clip is cut out and whole at the site: `size` bytes with this SHA-256. CLIP frames follow."""

    channel: int
    size: int
    sha256: str
    start_ms: int
    end_ms: int
    damaged_ms: int = 0


ToSite = (
    Plan | Retire | AllPlans | Taken | Renewed | NewLimits | Bye | Show | Look | Ask | ClipWant | Offer | Call
    | CitySettings | Ping | Pong | More | End
)  # fmt: skip
ToCentre = Report | Answer | ClipAbout | Fetch | Called | Ping | Pong | More | End

_handshake: msgspec.json.Decoder[Handshake] = msgspec.json.Decoder(Handshake)
_to_site: msgspec.json.Decoder[ToSite] = msgspec.json.Decoder(ToSite)
_to_centre: msgspec.json.Decoder[ToCentre] = msgspec.json.Decoder(ToCentre)


def _read(decoder: msgspec.json.Decoder[object], data: bytes | str) -> object:
    try:
        return decoder.decode(data)
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        raise WireError(f"a message that cannot be read: {error}") from error


def refused(reason: Reason, detail: str) -> bytes:
    """Answer to a Call that nobody could look at: what all such answers have in common."""
    return msgspec.json.encode({"ok": False, "reason": reason, "detail": detail})


def read_handshake(data: bytes | str) -> Handshake:
    """Raises WireError."""
    return _read(_handshake, data)  # type: ignore[arg-type, return-value]


def read_to_site(data: bytes) -> ToSite:
    """Raises WireError."""
    return _read(_to_site, data)  # type: ignore[arg-type, return-value]


def read_to_centre(data: bytes) -> ToCentre:
    """Raises WireError."""
    return _read(_to_centre, data)  # type: ignore[arg-type, return-value]
