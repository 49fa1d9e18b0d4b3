"""One RTSP connection (RFC 2326): requests in, answers and packets out, faults where they were asked for."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import secrets
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, urlsplit

from prahari.simcity.rtsp.disk import REQUIRED, Replay, asked, told
from prahari.simcity.rtsp.faults import Faults, Mutator, split_packets
from prahari.simcity.rtsp.feed import Feed, Source
from prahari.simcity.rtsp.loop import TICKS, Track

if TYPE_CHECKING:
    from prahari.simcity.rtsp.server import SimServer

logger = logging.getLogger(__name__)

METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN"
REQUEST_LIMIT_BYTES = 65_536
LAG_LIMIT_BYTES = 4_000_000
_STATUS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 405: "Method Not Allowed",
           454: "Session Not Found", 455: "Method Not Valid in This State", 461: "Unsupported Transport",
           457: "Invalid Range", 500: "Internal Server Error", 503: "Service Unavailable",
           551: "Option Not Supported"}  # fmt: skip


@dataclass
class _Way:
    """How one track goes out: on an interleaved channel, or by UDP to the client's port pair."""

    channel: int
    client_ports: tuple[int, int] | None = None
    sockets: tuple[socket.socket, socket.socket] | None = None


@dataclass(eq=False)
class _Arrival:
    """Waits in a connection's stead for the keyframe with which it goes over to another source."""

    connection: Connection
    source: Source

    def deliver(self, data: bytes) -> None:
        self.connection.arrived(self, data)


class Connection(asyncio.Protocol):
    """A client. Made by SimServer for each accepted connection."""

    def __init__(self, server: SimServer) -> None:
        self._server = server
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._nonce = secrets.token_hex(16)
        self._session = ""
        self._ways: dict[int, _Way] = {}
        self._tracks: tuple[Track, ...] = ()
        self._source: Source | None = None
        self._query: dict[str, list[str]] = {}
        self._faults = Faults()
        self._still = b""
        self._mutator: Mutator | None = None
        self._last = b""
        self._lagging = False
        self._arrival: _Arrival | None = None
        self._replay: Replay | None = None
        self._slow: asyncio.Task[None] | None = None
        self.path = ""
        self.seen_s = time.monotonic()

    @property
    def sources(self) -> list[Source]:
        """What it plays from, and what it is about to go over to."""
        coming = self._arrival.source if self._arrival is not None else None
        return [source for source in (self._source, coming) if source is not None]

    @property
    def playing(self) -> bool:
        return self._source is not None or self._replay is not None

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass
        self._server.opened(self)
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def connection_lost(self, error: Exception | None) -> None:
        self._server.closed(self)
        self._stop()
        if self._slow is not None:
            self._slow.cancel()
        for way in self._ways.values():
            for each in way.sockets or ():
                each.close()
        self._ways = {}

    def data_received(self, data: bytes) -> None:
        self.seen_s = time.monotonic()
        self._buffer += data
        while self._buffer:
            if self._buffer[0] == 0x24:  # "$": the client's RTCP
                if len(self._buffer) < 4:
                    return
                end = 4 + int.from_bytes(self._buffer[2:4], "big")
                if len(self._buffer) < end:
                    return
                del self._buffer[:end]
                continue
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(self._buffer) > REQUEST_LIMIT_BYTES:
                    self.abort()
                return
            head = self._buffer[:end].decode("utf-8", "replace").lstrip("\r\n")
            del self._buffer[: end + 4]
            lines = head.split("\r\n")
            headers = {name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in lines[1:])}
            length = headers.get("content-length", "0")
            if length.isdigit():
                del self._buffer[: int(length)]
            self._request(lines[0], headers)

    # requests

    def _request(self, line: str, headers: dict[str, str]) -> None:
        sequence = headers.get("cseq", "0")
        parts = line.split(" ")
        if len(parts) != 3 or not parts[2].startswith("RTSP/"):
            self._answer(sequence, 400)
            return
        method, url = parts[0], parts[1]
        track = re.search(r"/track(\d+)/?$", url)
        if track:
            url = url[: track.start()]
        if url != "*":
            address = urlsplit(url)
            self.path = address.path.rstrip("/") or "/"
            self._query = parse_qs(address.query) or self._query
            self._faults = self._server.faults_of(self.path)
        if self._faults.refuse:
            self.abort()
        elif method == "OPTIONS":
            self._answer(sequence, 200, [f"Public: {METHODS}"])
        elif self._faults.status:
            challenge = self._challenge() if self._faults.status == 401 else []
            self._answer(sequence, self._faults.status, challenge)
        elif self._server.auth is not None and not self._server.auth.accepts(
            headers.get("authorization", ""), method, self._nonce
        ):
            self._answer(sequence, 401, self._challenge())
        else:
            self._allowed(method, url, int(track[1]) if track else 0, headers, sequence)

    def _challenge(self) -> list[str]:
        auth = self._server.auth
        challenges = auth.challenges(self._nonce) if auth else [f'Digest realm="simcity", nonce="{self._nonce}"']
        return [f"WWW-Authenticate: {challenge}" for challenge in challenges]

    def _allowed(self, method: str, url: str, track: int, headers: dict[str, str], sequence: str) -> None:
        if method == "DESCRIBE":
            self._describe(url, sequence)
            return
        wants_disk = REQUIRED in headers.get("require", "") and not self._faults.ignores_replay
        if wants_disk and self._server.disk(self.path) is None:
            self._answer(sequence, 551, [f"Unsupported: {REQUIRED}"])
            return
        if method == "SETUP":
            self._setup(track, headers.get("transport", ""), sequence)
            return
        if method in {"GET_PARAMETER", "SET_PARAMETER"}:
            self._answer(sequence, 200, [f"Session: {self._session}"] if self._session else [])
            return
        if method not in {"PLAY", "PAUSE", "TEARDOWN"}:
            self._answer(sequence, 405, [f"Allow: {METHODS}"])
            return
        if not self._session or headers.get("session", "").split(";")[0] != self._session:
            self._answer(sequence, 454)
        elif method == "PLAY" and wants_disk:
            self._play_disk(headers, sequence)
        elif method == "PLAY":
            self._play(url, sequence)
        else:
            self._stop()
            self._answer(sequence, 200, [f"Session: {self._session}"])
            if method == "TEARDOWN" and self._transport:
                self._transport.close()

    def _describe(self, url: str, sequence: str) -> None:
        playable = self._server.playable(self.path)
        if playable is None:
            self._answer(sequence, 404)
            return
        body = playable.sdp(self._server.host)
        self._answer(
            sequence, 200, [f"Content-Base: {url.rstrip('/')}/", "Content-Type: application/sdp"], body, describing=True
        )

    def _setup(self, track: int, transport: str, sequence: str) -> None:
        playable = self._server.playable(self.path)
        if playable is None or track >= len(playable.tracks):
            self._answer(sequence, 404)
            return
        if self.playing:
            self._answer(sequence, 455)
            return
        self._tracks = playable.tracks
        offered = transport.split(",")[0]
        if "TCP" in offered:
            pair = re.search(r"interleaved=(\d+)-(\d+)", offered)
            channel = int(pair[1]) if pair else 2 * track
            if channel > 254 or channel % 2:
                self._answer(sequence, 461)
                return
            self._ways[track] = _Way(channel)
            chosen = f"RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1};ssrc=50524148"
        else:
            ports = re.search(r"client_port=(\d+)-(\d+)", offered)
            if ports is None or "multicast" in offered:
                self._answer(sequence, 461)
                return
            sockets = self._server.udp_pair()
            first, second = int(ports[1]), int(ports[2])
            self._ways[track] = _Way(2 * track, (first, second), sockets)
            mine = f"{sockets[0].getsockname()[1]}-{sockets[1].getsockname()[1]}"
            chosen = f"RTP/AVP;unicast;client_port={first}-{second};server_port={mine};ssrc=50524148"
        self._session = self._session or secrets.token_hex(8)
        timeout = round(self._server.session_timeout_s)
        self._answer(sequence, 200, [f"Session: {self._session};timeout={timeout}", f"Transport: {chosen}"])

    def _play(self, url: str, sequence: str) -> None:
        if self.playing:
            self._answer(sequence, 200, [f"Session: {self._session}"])
            return
        if not self._ways:
            self._answer(sequence, 455)
            return
        source = self._open()
        if source is None:
            self._answer(sequence, 404)
            return
        positions = source.position()
        info = ",".join(
            f"url={url.rstrip('/')}/track{track};seq={positions[track][0]};rtptime={positions[track][1]}"
            for track in sorted(self._ways)
            if positions
        )
        headers = [f"Session: {self._session}", "Range: npt=now-"]
        self._answer(sequence, 200, [*headers, f"RTP-Info: {info}"] if info else headers)
        self._source = source
        self._begin()

    def _play_disk(self, headers: dict[str, str], sequence: str) -> None:
        disk, window, source = self._server.disk(self.path), asked(headers.get("range", "")), self._open()
        if self.playing or not self._ways or disk is None or self._transport is None:
            self._answer(sequence, 455)
            return
        if window is None or not isinstance(source, Feed):
            self._answer(sequence, 457)
            return
        from_s, to_s = (moment_s - disk.clock_off_s for moment_s in window)
        stretch = disk.stretch_at(from_s)
        if stretch is None:
            self._answer(sequence, 457)
            return
        to_s = min(to_s, stretch[1], self._server.clock.ticks() / TICKS)
        is_paced = headers.get("rate-control", "").lower() != "no"
        self._replay = Replay(source, disk, from_s, to_s, is_paced=is_paced)
        begins, ends = told(self._replay.begins_s), told(to_s + disk.clock_off_s)
        self._answer(sequence, 200, [f"Session: {self._session}", f"Range: clock={begins}-{ends}"])
        self._replay.start(self._transport, self._end_disk)

    def _end_disk(self) -> None:
        """A BYE on the channel of the pictures: that was all."""
        way = next(iter(self._ways.values()))
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(b"$" + bytes([way.channel + 1]) + b"\x00\x08\x81\xcb\x00\x01PRAH")

    def _open(self) -> Source | None:
        ways = self._ways
        channels = tuple(ways[i].channel if i in ways else None for i in range(len(self._tracks)))
        faults = self._faults
        return self._server.source(self.path, channels, self._query, other=faults.other_resolution, view=faults.view)

    def _answer(
        self,
        sequence: str,
        status: int,
        headers: list[str] | None = None,
        body: bytes = b"",
        *,
        describing: bool = False,
    ) -> None:
        lines = [f"RTSP/1.0 {status} {_STATUS.get(status, 'Error')}", f"CSeq: {sequence}", "Server: simcity"]
        lines += headers or []
        if describing and self._faults.huge_header_bytes:
            lines.append("X-Huge: " + "x" * self._faults.huge_header_bytes)
        if body:
            lines.append(f"Content-Length: {len(body)}")
        data = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
        if describing and self._faults.garbage:
            data = os.urandom(4096)
        if self._transport is None:
            return
        if self._faults.loris_s:
            self._slow = asyncio.get_running_loop().create_task(self._trickle(data, self._faults.loris_s))
        else:
            self._transport.write(data)

    async def _trickle(self, data: bytes, period_s: float) -> None:
        for byte in data:
            if self._transport is None or self._transport.is_closing():
                return
            self._transport.write(bytes([byte]))
            await asyncio.sleep(period_s)

    # the stream

    def _begin(self) -> None:
        """Join the source and send what it starts with."""
        assert self._source is not None
        if self._faults.touches_packets and self._mutator is None:
            self._make_mutator()
        data = self._source.join(self)
        if data:
            self.deliver(data)

    def _stop(self) -> None:
        if self._source is not None:
            self._source.leave(self)
            self._source = None
        if self._arrival is not None:
            self._arrival.source.leave(self._arrival)
            self._arrival = None
        if self._replay is not None:
            self._replay.stop()
            self._replay = None

    def _make_mutator(self) -> None:
        rates = {way.channel: self._tracks[track].rate_hz for track, way in self._ways.items()}
        self._mutator = Mutator(rates)
        self._mutator.adopt(self._last)

    def deliver(self, data: bytes) -> None:
        """Packets that are due now. Called by the source."""
        transport = self._transport
        if transport is None or self._faults.stall:
            return
        if self._lagging or transport.get_write_buffer_size() > LAG_LIMIT_BYTES:
            self._catch_up(transport)
            return
        if self._mutator is not None:
            data = self._mutator.mutate(data, self._faults, self._keyframe())
        else:
            self._last = data
        if next(iter(self._ways.values())).sockets is None:
            transport.write(data)
        else:
            self._send_datagrams(transport, data)

    def _keyframe(self) -> bytes:
        """What the mutator needs one for: a frozen camera repeats the one at which it froze."""
        if not self._faults.freeze:
            self._still = b""
            return self._source.keyframe() if self._faults.one_in and self._source else b""
        if not self._still and self._source:
            self._still = self._source.keyframe()
        return self._still

    def _catch_up(self, transport: asyncio.Transport) -> None:
        """The client reads too slowly: send nothing until it has read all, then go on from a keyframe."""
        self._lagging = True
        if transport.get_write_buffer_size() == 0 and self._source is not None:
            self._lagging = False
            self._source.leave(self)
            self._begin()

    def _send_datagrams(self, transport: asyncio.Transport, data: bytes) -> None:
        host = transport.get_extra_info("peername")[0]
        ways = {way.channel: way for way in self._ways.values()}
        for packet in split_packets(data):
            way = ways[packet[1] & 0xFE]
            if way.sockets and way.client_ports:
                kind = packet[1] & 1
                try:
                    way.sockets[kind].sendto(packet[4:], (host, way.client_ports[kind]))
                except OSError as error:  # the client's port is closed or the buffer is full: UDP loses packets
                    logger.debug("datagram to %s lost: %s", host, error.strerror)

    # what the server tells the connection

    def faults_changed(self, faults: Faults) -> None:
        before, self._faults = self._faults, faults
        if faults.refuse:
            self.abort()
            return
        if self._source is None:
            return
        if faults.touches_packets and self._mutator is None:
            self._make_mutator()
        if (before.other_resolution, before.view) != (faults.other_resolution, faults.view):
            self._go_over()

    def playable_changed(self) -> None:
        if self._source is not None:
            self._go_over()

    def _go_over(self) -> None:
        """From its next keyframe on play what the path plays now; sequence numbers go on where the old source stops."""
        if self._arrival is not None:
            self._arrival.source.leave(self._arrival)
            self._arrival = None
        source = self._open()
        if source is None or source is self._source:
            return
        if self._mutator is None:
            self._make_mutator()
        self._arrival = _Arrival(self, source)
        source.join(self._arrival, at_keyframe=True)

    def arrived(self, arrival: _Arrival, data: bytes) -> None:
        """The keyframe of the source to go over to has come."""
        self._arrival = None
        if self._source is None:
            arrival.source.leave(arrival)
            return
        arrival.source.follow(self)
        arrival.source.leave(arrival)
        self._source.leave(self)
        self._source = arrival.source
        self.deliver(data)

    def abort(self) -> None:
        """Cut the connection without a word, as a camera that loses its power."""
        if self._transport is not None:
            self._transport.abort()

    def status(self) -> dict[str, Any]:
        peer = self._transport.get_extra_info("peername") if self._transport else None
        return {"path": self.path, "playing": self.playing, "peer": f"{peer[0]}:{peer[1]}" if peer else ""}
