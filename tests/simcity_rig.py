"""A small RTSP client for tests: speaks the protocol by hand, so that the bytes can be looked at."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import struct
import time
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit


@dataclass
class Packet:
    """One interleaved packet. RTCP has odd channels."""

    channel: int
    body: bytes
    at_s: float

    @property
    def sequence(self) -> int:
        return struct.unpack_from(">H", self.body, 2)[0]

    @property
    def stamp(self) -> int:
        return struct.unpack_from(">I", self.body, 4)[0]

    @property
    def marker(self) -> bool:
        return bool(self.body[1] & 0x80)

    @property
    def payload(self) -> bytes:
        return self.body[12:]

    @property
    def ntp_s(self) -> float:
        """Unix seconds of a sender report."""
        high, low = struct.unpack_from(">II", self.body, 8)
        return high - 2_208_988_800 + low / 2**32

    @property
    def report_stamp(self) -> int:
        return struct.unpack_from(">I", self.body, 16)[0]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Client:
    """`async with Client(url) as client: await client.play(); packets = await client.packets(1.0)`"""

    url: str
    nonce_algorithm: str = "md5"
    session: str = ""
    _sequence: int = 0
    _challenge: str = ""
    _reader: asyncio.StreamReader = field(init=False)
    _writer: asyncio.StreamWriter = field(init=False)

    async def __aenter__(self) -> Client:
        parts = urlsplit(self.url)
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.plain = f"rtsp://{parts.hostname}:{parts.port}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        self._reader, self._writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 22)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def request(self, method: str, url: str = "", **headers: str) -> Answer:
        answer = await self._request(method, url or self.plain, headers)
        if answer.status == 401 and self.user and not self._challenge:
            self._challenge = answer.headers["www-authenticate"]
            answer = await self._request(method, url or self.plain, headers)
        return answer

    async def _request(self, method: str, url: str, headers: dict[str, str]) -> Answer:
        self._sequence += 1
        lines = [f"{method} {url} RTSP/1.0", f"CSeq: {self._sequence}"]
        if self.session:
            lines.append(f"Session: {self.session}")
        if self._challenge:
            lines.append(f"Authorization: {self._authorization(method, url)}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.send(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = (await asyncio.wait_for(self._reader.readuntil(b"\r\n\r\n"), 10)).decode()
        first, *rest = head.strip().split("\r\n")
        found = {n.strip().lower(): v.strip() for n, _, v in (line.partition(":") for line in rest)}
        body = await self._reader.readexactly(int(found.get("content-length", 0)))
        if "session" in found:
            self.session = found["session"].split(";")[0]
        return Answer(int(first.split(" ")[1]), found, body)

    def _authorization(self, method: str, url: str) -> str:
        if self._challenge.startswith("Basic"):
            return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        fields = dict(re.findall(r'(\w+)="?([^",]+)"?', self._challenge))
        algorithm = hashlib.sha256 if fields.get("algorithm") == "SHA-256" else hashlib.md5

        def h(text: str) -> str:
            return algorithm(text.encode()).hexdigest()

        secret = h(f"{self.user}:{fields['realm']}:{self.password}")
        base = f'Digest username="{self.user}", realm="{fields["realm"]}", nonce="{fields["nonce"]}", uri="{url}"'
        if "qop" in fields:
            proof = h(":".join((secret, fields["nonce"], "00000001:abcd:auth", h(f"{method}:{url}"))))
            return f'{base}, algorithm=SHA-256, qop=auth, nc=00000001, cnonce="abcd", response="{proof}"'
        proof = h(":".join((secret, fields["nonce"], h(f"{method}:{url}"))))
        return f'{base}, response="{proof}"'

    async def play(self, tracks: tuple[int, ...] = (0,)) -> Answer:
        assert (await self.request("DESCRIBE")).status == 200
        for index, track in enumerate(tracks):
            transport = f"RTP/AVP/TCP;unicast;interleaved={2 * index}-{2 * index + 1}"
            answer = await self.request("SETUP", f"{self.plain}/track{track}", Transport=transport)
            assert answer.status == 200
        return await self.request("PLAY")

    async def packet(self, timeout_s: float = 5.0) -> Packet:
        """The next packet. Raises TimeoutError, or IncompleteReadError when the connection is gone."""
        head = await asyncio.wait_for(self._reader.readexactly(4), timeout_s)
        assert head[0] == 0x24, f"not an interleaved packet: {head!r}"
        return Packet(head[1], await self._reader.readexactly(int.from_bytes(head[2:], "big")), time.time())

    async def packets(self, seconds: float) -> list[Packet]:
        """All packets that come within a time."""
        out = []
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                out.append(await self.packet(left))
            except TimeoutError:
                break
        return out

    async def raw(self, size: int, timeout_s: float = 5.0) -> bytes:
        return await asyncio.wait_for(self._reader.read(size), timeout_s)
