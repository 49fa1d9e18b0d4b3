"""RTSP messages (RFC 2326) from bytes that may be hostile."""

from __future__ import annotations

from dataclasses import dataclass, field

from prahari.contracts.media import Reason
from prahari.engines.media.rtsp.errors import StreamError

MAX_HEAD_BYTES = 64 * 1024
MAX_BODY_BYTES = 64 * 1024
MAX_HEADERS = 200


@dataclass(slots=True)
class Message:
    """An answer (`status` > 0) or a request from the server (`method`). Header names are in lower case."""

    status: int = 0
    phrase: str = ""
    method: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def get(self, name: str) -> str:
        """The first header of that name, or an empty text."""
        return next((value for key, value in self.headers if key == name), "")

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    @property
    def sequence(self) -> int | None:
        text = self.get("cseq").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def take_message(data: bytes | bytearray, start: int, end: int) -> tuple[Message, int] | None:
    """The message that begins at `start`, and where it ends; None: more bytes are needed.

    Raises StreamError: TOO_LARGE, or BAD_STREAM when this is no RTSP.
    """
    stop = data.find(b"\r\n\r\n", start, min(end, start + MAX_HEAD_BYTES))
    skip = 4
    if stop < 0:
        # A few servers end their lines with LF only.
        stop = data.find(b"\n\n", start, min(end, start + MAX_HEAD_BYTES))
        skip = 2
    if stop < 0:
        if end - start >= MAX_HEAD_BYTES:
            raise StreamError(Reason.TOO_LARGE, "The camera sent a header of more than 64 KB.")
        if not _may_begin_message(bytes(data[start : min(end, start + 16)])):
            raise StreamError(Reason.BAD_STREAM, "The camera sent something that is not RTSP.")
        return None
    message = _parse_head(bytes(data[start:stop]))
    at = stop + skip
    length = message.get("content-length").strip()
    if length:
        if not (length.isascii() and length.isdigit()) or len(length) > 9:
            raise StreamError(Reason.BAD_STREAM, "The camera sent a message with an impossible length.")
        size = int(length)
        if size > MAX_BODY_BYTES:
            raise StreamError(Reason.TOO_LARGE, f"The camera sent a message of {size} bytes; 64 KB is the limit.")
        if at + size > end:
            return None
        message.body = bytes(data[at : at + size])
        at += size
    return message, at


def _may_begin_message(head: bytes) -> bool:
    """An answer begins with RTSP/, a request with a method in capitals."""
    answer = b"RTSP/"
    if head[:5] == answer[: len(head)]:
        return True
    method = head.split(b" ", 1)[0]
    return bool(method) and method.replace(b"_", b"").isalpha() and method.isupper()


def _parse_head(head: bytes) -> Message:
    lines = head.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    if len(lines) > MAX_HEADERS:
        raise StreamError(Reason.TOO_LARGE, f"The camera sent more than {MAX_HEADERS} header lines.")
    words = lines[0].split(" ", 2)
    message = Message()
    if words[0].startswith("RTSP/"):
        if len(words) < 2 or len(words[1]) != 3 or not (words[1].isascii() and words[1].isdigit()):
            raise StreamError(Reason.BAD_STREAM, "The camera's answer has no status.")
        message.status = int(words[1])
        message.phrase = words[2][:80] if len(words) > 2 else ""
    elif len(words) == 3 and words[2].startswith("RTSP/") and words[0].replace("_", "").isalpha():
        message.method = words[0].upper()
    else:
        raise StreamError(Reason.BAD_STREAM, "The camera sent something that is not RTSP.")
    for line in lines[1:]:
        if line[:1] in (" ", "\t") and message.headers:
            name, value = message.headers[-1]
            message.headers[-1] = (name, f"{value} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if colon:
            message.headers.append((name.strip().lower(), value.strip()))
    return message
