"""Whether a device's answer may be read at all: no document type, not too deep, not too many elements.

SOAP forbids document types; entities and endless nesting are how a hostile answer would take the reader down. Looked
at while it streams through the parser, before any tree is built. Prefixes that a device uses without declaring them
(some do) are declared for it: the library reads local names only, and would see an empty answer otherwise.
"""

from __future__ import annotations

from xml.parsers.expat import ExpatError, ParserCreate

MOST_BYTES = 1_500_000
"""A recorder with 64 channels describes its profiles in about 400 kB."""

DEEPEST = 60
MOST_ELEMENTS = 16_000
"""Twice what such a recorder sends. Reading them takes a processor 0.1 s or so."""

MOST_PREFIXES = 30


class _UnsoundError(Exception):
    pass


class _Look:
    """One pass over an answer."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.declared: set[str] = {"xml", "xmlns"}
        self.root_tag_end = 0
        self._depth = self._elements = 0
        self._parser = ParserCreate()
        self._parser.StartElementHandler = self._opened
        self._parser.EndElementHandler = self._closed
        self._parser.StartDoctypeDeclHandler = self._doctype

    def over(self, body: bytes) -> None:
        """Raises ExpatError, _UnsoundError."""
        self._parser.Parse(body, True)

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        if not self._elements:
            self.root_tag_end = self._parser.CurrentByteIndex + 1 + len(name.encode())
        self._depth += 1
        self._elements += 1
        if self._depth > DEEPEST or self._elements > MOST_ELEMENTS or len(self.used) > MOST_PREFIXES:
            raise _UnsoundError
        for word in (name, *attributes):
            prefix, colon, local = word.partition(":")
            if prefix == "xmlns":
                self.declared.add(local)
            elif colon:
                self.used.add(prefix)

    def _closed(self, name: str) -> None:
        self._depth -= 1

    def _doctype(self, *_: object) -> None:
        raise _UnsoundError


def sound(body: bytes) -> bytes | None:
    """The answer as it may be read, in UTF-8; None: it may not."""
    look = _Look()
    try:
        look.over(body)
        missing = sorted(look.used - look.declared)
        if missing:
            declared = "".join(f' xmlns:{prefix}="urn:undeclared:{prefix}"' for prefix in missing)
            body = body[: look.root_tag_end] + declared.encode() + body[look.root_tag_end :]
        ParserCreate(namespace_separator=" ").Parse(body, True)
        body.decode("utf-8")
    except (ExpatError, _UnsoundError, ValueError):
        return None
    return body
