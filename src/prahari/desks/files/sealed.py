"""The form of a file at rest: 8 bytes that name the form, then the plain bytes in pieces of 1 MiB, each AES-256-GCM.

The key is derived from the centre's sealing key and the file's id, so a nonce is simply the piece's number. Number and
whether it is the last are authenticated with each piece: none can be dropped, moved, cut off, or lent to another file.
Knows neither Django nor the database: also read in the process that tries out videos.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORM = b"PRAHARI1"
PIECE_BYTES = 1 << 20
TAG_BYTES = 16
_SEALED_PIECE_BYTES = PIECE_BYTES + TAG_BYTES


class DamagedError(Exception):
    """The file is missing, was cut or changed, or belongs to another key or id."""


def key_of(sealing_key: bytes, file_id: UUID) -> bytes:
    """32 bytes for this file alone."""
    return HKDF(SHA256(), 32, salt=None, info=b"stored file " + file_id.bytes).derive(sealing_key)


def _sealed_with(number: int, last: bool) -> tuple[bytes, bytes]:
    """Nonce and authenticated data of a piece."""
    return number.to_bytes(12, "big"), FORM + number.to_bytes(8, "big") + (b"\x01" if last else b"\x00")


def seal(pieces: Iterable[bytes], key: bytes, target: IO[bytes]) -> None:
    """Write `pieces` (of PIECE_BYTES each, the last may be shorter; at least one) sealed to `target`."""
    cipher = AESGCM(key)
    target.write(FORM)
    number = 0
    waiting: bytes | None = None  # whether a piece is the last is known when the next one is asked for
    for piece in pieces:
        if waiting is not None:
            nonce, authenticated = _sealed_with(number, last=False)
            target.write(cipher.encrypt(nonce, waiting, authenticated))
            number += 1
        waiting = piece
    nonce, authenticated = _sealed_with(number, last=True)
    target.write(cipher.encrypt(nonce, waiting or b"", authenticated))


def pieces_of(source: IO[bytes]) -> Iterator[bytes]:
    """What `source` holds in pieces as `seal` wants them, whatever its read() gives at a time."""
    buffer = bytearray()
    while piece := source.read(PIECE_BYTES):
        buffer += piece
        while len(buffer) >= PIECE_BYTES:
            yield bytes(buffer[:PIECE_BYTES])
            del buffer[:PIECE_BYTES]
    if buffer:
        yield bytes(buffer)


class SealedReader(io.RawIOBase):
    """The plain bytes of a sealed file, seekable; one piece is kept open. Reading raises DamagedError."""

    def __init__(self, path: Path, key: bytes) -> None:
        super().__init__()
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise DamagedError(f"cannot open {path.name}: {error.strerror}") from error
        body = self._file.seek(0, io.SEEK_END) - len(FORM)
        self._file.seek(0)
        if body <= TAG_BYTES or self._file.read(len(FORM)) != FORM:
            self._file.close()
            raise DamagedError(f"{path.name} is not a sealed file")
        self._pieces = -(-body // _SEALED_PIECE_BYTES)
        self.size_bytes = body - self._pieces * TAG_BYTES
        self._cipher = AESGCM(key)
        self._at = 0
        self._open: tuple[int, bytes] | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size_bytes}[whence]
        if start + offset < 0:
            raise ValueError("before the start of the file")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        filled = 0
        while filled < len(view) and self._at < self.size_bytes:
            number, offset = divmod(self._at, PIECE_BYTES)
            found = self._piece(number)[offset : offset + len(view) - filled]
            view[filled : filled + len(found)] = found
            filled += len(found)
            self._at += len(found)
        return filled

    def _piece(self, number: int) -> bytes:
        if self._open is None or self._open[0] != number:
            self._file.seek(len(FORM) + number * _SEALED_PIECE_BYTES)
            sealed = self._file.read(_SEALED_PIECE_BYTES)
            nonce, authenticated = _sealed_with(number, last=number == self._pieces - 1)
            try:
                self._open = (number, self._cipher.decrypt(nonce, sealed, authenticated))
            except (InvalidTag, ValueError) as error:
                raise DamagedError(f"piece {number} does not open") from error
        return self._open[1]

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
