"""RTSP over TLS: encryption with a camera whose certificate nobody has signed.

A camera's certificate is of its own making, so the first one that it shows is remembered, and from then on only that
one is taken (trust on first use); ``#sha256=...`` behind an address names the one to be taken from the start. What is
read comes out of a pair of sockets, so that the rest of the client reads as it always does.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import socket
import ssl
from pathlib import Path
from typing import cast

from prahari.contracts.media import Reason
from prahari.engines.media.rtsp.errors import StreamError

log = logging.getLogger(__name__)

READ_BYTES = 65_536
MOST_WAITING_BYTES = 1_000_000
MOST_KNOWN = 20_000


class Trust:
    """Certificates that cameras showed first: ``host:port`` -> SHA-256. In memory until told where to keep them."""

    _current: Trust | None = None

    def __init__(self, kept: Path | None = None) -> None:
        self._kept = kept
        self._known: dict[str, str] = {}
        if kept is not None and kept.exists():
            try:
                read = json.loads(kept.read_text())
                self._known = {str(place): str(print_) for place, print_ in read.items()}
            except (OSError, ValueError, AttributeError) as error:
                log.warning("certificates of cameras cannot be read, the next ones shown are taken: %s", error)

    @classmethod
    def current(cls) -> Trust:
        """The process's own."""
        if cls._current is None:
            cls._current = cls()
        return cls._current

    @classmethod
    def keep_at(cls, path: Path) -> Trust:
        """The process's own from now on, kept on disk."""
        cls._current = cls(path)
        return cls._current

    def check(self, host: str, port: int, certificate: bytes, pinned: str) -> None:
        """Raises StreamError when this is not the certificate that it should be."""
        shown = hashlib.sha256(certificate).hexdigest()
        if pinned:
            if shown != pinned:
                raise StreamError(Reason.CERTIFICATE, f"Not the certificate that the address names: sha256={shown}.")
            return
        place = f"{host}:{port}"
        known = self._known.get(place)
        if known is None:
            if len(self._known) < MOST_KNOWN:
                self._known[place] = shown
                self._save()
            log.info("the certificate of %s is taken on trust from now on: sha256=%s", place, shown)
        elif known != shown:
            detail = "Another certificate than the first one."
            raise StreamError(Reason.CERTIFICATE, f"{detail} If it was renewed, add #sha256={shown} to the address.")

    def _save(self) -> None:
        if self._kept is None:
            return
        temporary = self._kept.with_suffix(".new")
        try:
            temporary.write_text(json.dumps(self._known))
            temporary.replace(self._kept)
        except OSError as error:
            log.error("certificates of cameras are not kept: %s", error.strerror)


def context() -> ssl.SSLContext:
    """Signatures are not asked for, see the module; everything older than TLS 1.2 is refused."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


async def encrypted(sock: socket.socket, host: str, port: int, pinned: str) -> socket.socket:
    """The near end of a pair of sockets: what is sent there goes out encrypted, what comes in is read there.

    Takes `sock`, connected and non-blocking, over. Raises StreamError (CERTIFICATE, BAD_STREAM), OSError.
    """
    loop = asyncio.get_running_loop()
    near, far = socket.socketpair()
    near.setblocking(False)
    far.setblocking(False)
    pipe = _Pipe(far)
    try:
        # A camera is asked by its address, seldom by a name: none is told to it.
        transport, _ = await loop.create_connection(lambda: pipe, sock=sock, ssl=context(), server_hostname="")
    except ssl.SSLError as error:
        _close(sock, near, far)
        reason = (error.reason or type(error).__name__).lower().replace("_", " ")
        raise StreamError(Reason.BAD_STREAM, f"No encrypted connection: {reason}.") from error
    except BaseException:
        _close(sock, near, far)
        raise
    try:
        session = transport.get_extra_info("ssl_object")
        Trust.current().check(host, port, session.getpeercert(binary_form=True) or b"", pinned)
    except BaseException:
        transport.abort()
        near.close()
        raise
    return near


def _close(*sockets: socket.socket) -> None:
    for one in sockets:
        one.close()


class _Pipe(asyncio.Protocol):
    """Between a TLS connection and the far end of the pair. Either one's end is the other's."""

    def __init__(self, far: socket.socket) -> None:
        self._far = far
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._waiting = bytearray()
        self._closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none of asyncio's classes
        self._loop.add_reader(self._far, self._to_camera)

    def data_received(self, data: bytes) -> None:
        if self._closed:
            return
        if not self._waiting:
            try:
                sent = self._far.send(data)
            except BlockingIOError:
                sent = 0
            except OSError:
                self._end()
                return
            if sent == len(data):
                return
            data = data[sent:]
            self._loop.add_writer(self._far, self._from_camera)
            if self._transport is not None:
                self._transport.pause_reading()
        self._waiting += data
        if len(self._waiting) > MOST_WAITING_BYTES:
            self._end()

    def _from_camera(self) -> None:
        try:
            sent = self._far.send(self._waiting)
        except BlockingIOError:
            return
        except OSError:
            self._end()
            return
        del self._waiting[:sent]
        if not self._waiting:
            self._loop.remove_writer(self._far)
            if self._transport is not None:
                self._transport.resume_reading()

    def _to_camera(self) -> None:
        try:
            data = self._far.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data and self._transport is not None:
            self._transport.write(data)
        else:
            self._end()

    def connection_lost(self, error: Exception | None) -> None:
        self._end()

    def _end(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._loop.remove_reader(self._far)
        self._loop.remove_writer(self._far)
        self._far.close()
        if self._transport is not None:
            self._transport.abort()
