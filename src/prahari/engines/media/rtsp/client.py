"""The handshake with a camera: from an address to a playing stream on an own non-blocking socket (TCP interleaved)."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
from dataclasses import dataclass, field
from pathlib import Path

from prahari.contracts.media import Reason
from prahari.engines.media.rtsp.address import Address, parse_address
from prahari.engines.media.rtsp.auth import Authenticator
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.rtsp.message import MAX_BODY_BYTES, MAX_HEAD_BYTES, Message, take_message
from prahari.engines.media.rtsp.replaying import REQUIRED, ReplayRange, begin_of, check
from prahari.engines.media.rtsp.sdp import Session, parse_sdp
from prahari.engines.media.rtsp.tls import encrypted
from prahari.engines.media.rtsp.tracks import AudioTrack, VideoTrack, choose_tracks

CONNECT_TIMEOUT_S = 4.0
HANDSHAKE_TIMEOUT_S = 10.0
MAX_REDIRECTS = 3
DEFAULT_SESSION_S = 60
MAX_EARLY_BYTES = 4 * 1024 * 1024
USER_AGENT = "Prahari/0.1"
# Room for what a camera sends between two gulps, the burst of a keyframe included.
RECEIVE_BUFFER_BYTES = 1024 * 1024

_NOT_FOUND = {404, 410, 451, 454}
_TURNED_AWAY = {401, 403}


@dataclass
class Playing:
    """A stream that plays. `leftover` came after the answer to PLAY; it is the beginning of the stream.

    `begins_ms`: where a replay begins by the device's clock, if it tells; Unix milliseconds.
    """

    sock: socket.socket
    address: Address
    video: VideoTrack | None
    audio: AudioTrack | None
    leftover: bytes
    session_s: int
    requests: Requests
    keepalive_method: str
    begins_ms: int | None = None

    def keepalive(self) -> bytes:
        return self.requests.build(self.keepalive_method, self.requests.play_url)

    def teardown(self) -> bytes:
        return self.requests.build("TEARDOWN", self.requests.play_url)


@dataclass
class Requests:
    """Numbers, signs and writes the requests of one connection."""

    authenticator: Authenticator | None
    sequence: int = 0
    session: str = ""
    play_url: str = ""
    public: set[str] = field(default_factory=set)

    def build(self, method: str, url: str, **headers: str) -> bytes:
        self.sequence += 1
        lines = [f"{method} {url} RTSP/1.0", f"CSeq: {self.sequence}", f"User-Agent: {USER_AGENT}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if self.session:
            lines.append(f"Session: {self.session}")
        if self.authenticator and (value := self.authenticator.header(method, url)):
            lines.append(f"Authorization: {value}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def play(url: str, credentials: tuple[str, str] | None, replay: ReplayRange | None = None) -> Playing:
    """Connect, describe, set up, play. Raises StreamError; never takes longer than connect and handshake timeout.

    `replay`: pictures of this time from the device's own disk, without sound, as fast as they are read.
    Closes the socket when it fails or is cancelled.
    """
    address, written = parse_address(url)
    credentials = credentials or written
    # Credentials are for the host that they were given for, not for one that it points to.
    home = address.host
    for _ in range(MAX_REDIRECTS + 1):
        known = credentials if address.host == home else None
        sock = await connect(address)
        if address.encrypted:
            sock = await _encrypted(sock, address)
        handshake = _Handshake(sock, address, Authenticator(*known) if known else None, replay)
        try:
            async with asyncio.timeout(HANDSHAKE_TIMEOUT_S):
                outcome = await handshake.run()
        except TimeoutError:
            sock.close()
            raise StreamError(Reason.TIMEOUT, f"The camera connects but {handshake.waiting_for} in time.") from None
        except OSError as error:
            sock.close()
            text = error.strerror or type(error).__name__
            raise StreamError(Reason.CONNECTION_LOST, f"The camera cut the connection: {text}.") from error
        except BaseException:
            sock.close()
            raise
        if isinstance(outcome, Playing):
            return outcome
        sock.close()
        was_encrypted = address.encrypted
        address, _ = parse_address(outcome)
        if was_encrypted and not address.encrypted:
            raise StreamError(Reason.REFUSED, "The camera redirects to an address that is not encrypted.")
    raise StreamError(Reason.REFUSED, f"The camera redirects more than {MAX_REDIRECTS} times.")


async def connect(address: Address) -> socket.socket:
    """A connected non-blocking socket. Raises StreamError (UNREACHABLE, TIMEOUT)."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT_S):
            found = await _resolve(address)
            family, kind, protocol, _, where = found
            sock = socket.socket(family, kind | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC, protocol)
            try:
                _widen(sock)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
                await loop.sock_connect(sock, where)
            except BaseException:
                sock.close()
                raise
            return sock
    except TimeoutError:
        raise StreamError(
            Reason.UNREACHABLE, f"Nothing answers at {address.host} port {address.port}; check power and network."
        ) from None
    except OSError as error:
        text = error.strerror or str(error)
        raise StreamError(
            Reason.UNREACHABLE, f"No connection to {address.host} port {address.port}: {text}."
        ) from error


async def _encrypted(sock: socket.socket, address: Address) -> socket.socket:
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT_S):
            return await encrypted(sock, address.host, address.port, address.pinned)
    except TimeoutError:
        raise StreamError(Reason.TIMEOUT, "The camera connects but does not agree on encryption in time.") from None
    except OSError as error:
        text = error.strerror or type(error).__name__
        raise StreamError(Reason.CONNECTION_LOST, f"The camera cut the connection: {text}.") from error


def _widen(sock: socket.socket) -> None:
    """A wide receive window, unless the system's limit is lower than what the kernel reaches by itself."""
    try:
        limit = int(Path("/proc/sys/net/core/rmem_max").read_text())
    except (OSError, ValueError):
        limit = 0
    if limit >= RECEIVE_BUFFER_BYTES:
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)


async def _resolve(
    address: Address,
) -> tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]:
    """The first address of the host. A literal one is not sent to the resolver's threads."""
    try:
        found = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        )
    except (socket.gaierror, UnicodeError):
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        except UnicodeError:
            raise OSError(0, "the host name is not a valid one") from None
    if not found:
        raise OSError(0, "the host name has no address")
    return found[0]


class _Handshake:
    def __init__(
        self,
        sock: socket.socket,
        address: Address,
        authenticator: Authenticator | None,
        replay: ReplayRange | None = None,
    ) -> None:
        self._replay = replay
        self._sock = sock
        self._address = address
        self._requests = Requests(authenticator)
        self._buffer = bytearray()
        self._early = bytearray()
        self.waiting_for = "does not answer"

    async def run(self) -> Playing | str:
        """The playing stream, or the address that it is redirected to."""
        url = self._address.url
        options = await self._ask("OPTIONS", url)
        if 200 <= options.status < 300:
            self._requests.public = {word.strip().upper() for word in options.get("public").split(",")}
        described = await self._ask("DESCRIBE", url, Accept="application/sdp")
        if described.status in (301, 302, 303, 305, 307, 308):
            location = described.get("location")
            if not location:
                raise StreamError(Reason.REFUSED, "The camera redirects without saying where to.")
            return location
        self._check(described)
        session = parse_sdp(described.body)
        video, audio = choose_tracks(session)
        if self._replay is not None:
            audio = None
            if video is None:
                raise StreamError(Reason.UNSUPPORTED, "The recording has no pictures.")
        base = described.get("content-base") or described.get("content-location") or url
        try:
            base = parse_address(base)[0].url
        except StreamError:
            base = url
        session_s = DEFAULT_SESSION_S
        for index, track in enumerate(track for track in (video, audio) if track):
            session_s = await self._setup(track, base, 2 * index)
        self._requests.play_url = _aggregate(session, base)
        playing = await self._play()
        _take_rtp_info(playing.get("rtp-info"), video, audio)
        public = self._requests.public
        method = "GET_PARAMETER" if "GET_PARAMETER" in public else "OPTIONS"
        leftover = bytes(self._early + self._buffer)
        return Playing(self._sock, self._address, video, audio, leftover, session_s, self._requests, method,
                       begin_of(playing.get("range")) if self._replay is not None else None)  # fmt: skip

    async def _play(self) -> Message:
        url, replay = self._requests.play_url, self._replay
        if replay is None:
            answer = await self._ask("PLAY", url, Range="npt=0.000-")
        else:
            answer = await self._ask("PLAY", url, Require=REQUIRED, Range=replay.header, Rate_Control="no")
            check(answer.status)
        self._check(answer)
        return answer

    async def _setup(self, track: VideoTrack | AudioTrack, base: str, channel: int) -> int:
        url = control_url(base, track.media.control)
        transport = f"RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1}"
        # A device that does not know the word refuses: better than to be shown live pictures as recorded ones.
        required = {"Require": REQUIRED} if self._replay is not None else {}
        answer = await self._ask("SETUP", url, Transport=transport, **required)
        if self._replay is not None:
            check(answer.status)
        if answer.status == 461:
            raise StreamError(Reason.UNSUPPORTED, "The camera does not send over TCP; switch RTP over RTSP on in it.")
        self._check(answer)
        chosen = answer.get("transport").lower()
        if chosen and "tcp" not in chosen and "interleaved" not in chosen:
            raise StreamError(Reason.UNSUPPORTED, "The camera insists on sending over UDP.")
        pair = re.search(r"interleaved\s*=\s*(\d{1,3})", chosen)
        track.channel = int(pair[1]) if pair and int(pair[1]) < 255 else channel
        identity, _, rest = answer.get("session").partition(";")
        if identity:
            if len(identity) > 512:
                raise StreamError(Reason.TOO_LARGE, "The camera gave a session identifier of impossible length.")
            self._requests.session = identity.strip()
        seconds = re.search(r"timeout\s*=\s*(\d{1,5})", rest, re.IGNORECASE)
        return max(5, min(int(seconds[1]), 3600)) if seconds else DEFAULT_SESSION_S

    async def _ask(self, method: str, url: str, **headers: str) -> Message:
        """Send a request, authenticated as the server wants it, and wait for its answer."""
        loop = asyncio.get_running_loop()
        while True:
            self.waiting_for = f"does not answer {method}"
            await loop.sock_sendall(self._sock, self._requests.build(method, url, **headers))
            answer = await self._answer(self._requests.sequence)
            if answer.status != 401:
                return answer
            authenticator = self._requests.authenticator
            if authenticator is None:
                raise StreamError(Reason.WRONG_PASSWORD, "The camera asks for a user name and a password.")
            if not authenticator.challenged(answer.all("www-authenticate")):
                raise StreamError(Reason.WRONG_PASSWORD, "The camera does not accept the user name and password.")

    async def _answer(self, sequence: int) -> Message:
        loop = asyncio.get_running_loop()
        while True:
            message = self._take()
            if message is None:
                data = await loop.sock_recv(self._sock, 65_536)
                if not data:
                    raise StreamError(Reason.CONNECTION_LOST, "The camera closed the connection during the handshake.")
                self._buffer += data
            elif message.method:
                reply = f"RTSP/1.0 200 OK\r\nCSeq: {message.sequence or 0}\r\n\r\n"
                await loop.sock_sendall(self._sock, reply.encode())
            elif message.sequence is None or message.sequence == sequence:
                return message

    def _take(self) -> Message | None:
        """The next whole message. Pictures that came before it are kept: they may begin the stream."""
        buffer = self._buffer
        while buffer:
            if buffer[0] == 0x24:
                if len(buffer) < 4:
                    return None
                end = 4 + int.from_bytes(buffer[2:4], "big")
                if len(buffer) < end:
                    return None
                self._early += buffer[:end]
                del buffer[:end]
                if len(self._early) > MAX_EARLY_BYTES:
                    raise StreamError(Reason.TOO_LARGE, "The camera sends pictures but does not answer PLAY.")
            elif buffer[0] in b"\r\n":
                del buffer[0]
            else:
                found = take_message(buffer, 0, len(buffer))
                if found is None:
                    if len(buffer) > MAX_HEAD_BYTES + MAX_BODY_BYTES:
                        raise StreamError(Reason.TOO_LARGE, "The camera sent a message that is too long.")
                    return None
                message, end = found
                del buffer[:end]
                return message
        return None

    def _check(self, answer: Message) -> None:
        status = answer.status
        if 200 <= status < 300:
            return
        if status in _TURNED_AWAY:
            raise StreamError(Reason.WRONG_PASSWORD, f"The camera refuses this user ({status}).")
        if status in _NOT_FOUND:
            raise StreamError(Reason.NOT_FOUND, f"The camera has no stream at this address ({status}).")
        phrase = "".join(letter for letter in answer.phrase if letter.isprintable())
        raise StreamError(Reason.REFUSED, f"The camera refuses: {status} {phrase}.".replace(" .", "."))


def control_url(base: str, control: str) -> str:
    """Where SETUP of a track goes (RFC 2326, C.1.1), odd servers included: joined, not resolved."""
    if not control or control == "*":
        return base
    if control.lower().startswith(("rtsp://", "rtsps://")):
        return parse_address(control)[0].url
    if any(ord(letter) <= 32 for letter in control) or len(control) > 2048:
        raise StreamError(Reason.BAD_STREAM, "The camera's stream description has a malformed control address.")
    if control.startswith("?"):
        return base + control
    return base.rstrip("/") + "/" + control.lstrip("/")


def _aggregate(session: Session, base: str) -> str:
    """Where PLAY goes: all tracks at once."""
    if session.control.lower().startswith(("rtsp://", "rtsps://")):
        return parse_address(session.control)[0].url
    if session.control and session.control != "*":
        return control_url(base, session.control)
    return base


def _take_rtp_info(text: str, video: VideoTrack | None, audio: AudioTrack | None) -> None:
    """RTP-Info names the stamps that belong to the same instant in all tracks."""
    tracks = [track for track in (video, audio) if track]
    for part in text[:8192].split(","):
        fields = dict(item.strip().partition("=")[::2] for item in part.split(";"))
        stamp = fields.get("rtptime", "")
        if not (stamp.isascii() and stamp.isdigit()) or len(stamp) > 10 or int(stamp) >= 1 << 32:
            continue
        for track in tracks:
            control = track.media.control
            if control and fields.get("url", "").rstrip("/").endswith(control.rpartition("/")[2]):
                track.first_stamp = int(stamp)
