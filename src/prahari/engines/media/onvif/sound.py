"""Whether a device's answer may be read at all: no document type, not too deep, not too many elements.

SOAP forbids document types; entities and endless nesting are how a hostile answer would take the reader down. Looked
at while it streams through the parser, before any tree is built.
"""

from __future__ import annotations

from xml.parsers.expat import ExpatError, ParserCreate

MOST_BYTES = 1_500_000
"""A recorder with 64 channels describes its profiles in about 400 kB."""

DEEPEST = 60
MOST_ELEMENTS = 60_000


class _UnsoundError(Exception):
    pass


def is_sound(body: bytes) -> bool:
    parser = ParserCreate()
    depth = elements = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEEPEST or elements > MOST_ELEMENTS:
            raise _UnsoundError

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise _UnsoundError

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(body, True)
    except (ExpatError, _UnsoundError, ValueError):
        return False
    return True
