"""Child process: reads large answers of devices for the engine. It ends when standard input ends."""

from __future__ import annotations

import sys

import msgspec
from onveef import parsers

from prahari.engines.media.fallback import wire
from prahari.engines.media.onvif.reading import READ, ReadJob, ReadReply
from prahari.engines.media.onvif.sound import sound

MOST_RESULT_BYTES = 2_000_000
_REFUSED = ReadReply(False)


def read(job: ReadJob) -> bytes:
    """A ReadReply, encoded."""
    answer = sound(job.body)
    if answer is None:
        return msgspec.msgpack.encode(_REFUSED)
    text = answer.decode("utf-8")
    if parsers.has_soap_fault(text):
        return msgspec.msgpack.encode(_REFUSED)
    try:
        reply = msgspec.msgpack.encode(ReadReply(True, getattr(parsers, job.parser)(text)))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return msgspec.msgpack.encode(_REFUSED)  # a young library fed by strangers
    return reply if len(reply) <= MOST_RESULT_BYTES else msgspec.msgpack.encode(_REFUSED)


def main() -> None:
    while (message := wire.read(sys.stdin.buffer)) is not None:
        body = read(msgspec.msgpack.decode(message[1], type=ReadJob))
        sys.stdout.buffer.write(wire.HEAD.pack(READ, len(body)) + body)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
