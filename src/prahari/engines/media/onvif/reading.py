"""Where a device's answer is read: a small one in the event loop, a large one in a helper process.

Reading costs by the element: the largest answer that is taken holds a processor for 0.13 s and more. The event loop
serves a thousand cameras meanwhile, so only what is read within a few milliseconds is read there.
"""

from __future__ import annotations

from typing import Any

import msgspec

from prahari.engines.media.fallback.helper import Helper, HelperError

CHILD = "prahari.engines.media.onvif.reading_child"
READ = b"R"
READ_S = 6.0
MOST_SMALL_MARKS = 1_500
"""Tags and attributes, counted by their `<` and `=`: about 600 elements, as a recorder with two channels sends them."""

MOST_SMALL_BYTES = 100_000
MOST_WAITING = 32


class ReadJob(msgspec.Struct, frozen=True):
    """`parser`: the name of one of the library's readers."""

    parser: str
    body: bytes


class ReadReply(msgspec.Struct, frozen=True):
    """`is_sound` False: the answer may not be read, or tells of an error at a length that no error has."""

    is_sound: bool
    result: Any = None


class UnreadError(Exception):
    """No helper read the answer; the message says why."""


_decoder = msgspec.msgpack.Decoder(ReadReply)


def is_small(body: bytes | bytearray) -> bool:
    return len(body) <= MOST_SMALL_BYTES and body.count(b"<") + body.count(b"=") <= MOST_SMALL_MARKS


class Reader:
    """One helper for all devices of a worker, started when the first large answer comes, ended when idle."""

    def __init__(self) -> None:
        self._helper = Helper(CHILD)
        self._waiting = 0

    async def read(self, parser: str, body: bytes) -> ReadReply:
        """Raises UnreadError."""
        if self._waiting >= MOST_WAITING:
            raise UnreadError("too many large answers at once")
        self._waiting += 1
        try:
            return _decoder.decode(await self._helper.ask(READ, ReadJob(parser, body), READ_S))
        except (HelperError, ValueError) as error:
            raise UnreadError(str(error)) from error
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        await self._helper.close()
