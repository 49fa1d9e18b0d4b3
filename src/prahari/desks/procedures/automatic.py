"""What a step can do by itself. Rooms that can do something register it when they are loaded:

    automatic.register("show_on_wall", call, "Show on the wall", "वॉल पर दिखाना",
                       fields=[Field("screen", "Screen", "स्क्रीन", required=True)])

`call(actor=, incident=, values=, key=)` runs as the centre, within the transaction that marks the step as done: what it
writes through actions of its desk happens exactly once, or not at all. What it does outside the database must be asked
for through the outbox, with `key` (the same for the same step, however often it is tried). It gives back what became of
it, {"en", "hi"}, or None. A Problem that it raises is shown on the step.

KNOWN actions can be written into procedures before their room exists: their steps then say so, and people do them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text, text
from prahari.desks.incidents.models import Incident


class Call(Protocol):
    def __call__(self, *, actor: Actor, incident: Incident, values: Mapping[str, Any], key: str) -> Text | None: ...


@dataclass(frozen=True)
class Field:
    """kind: text, number, choose. options: (code, English, Hindi), of `choose`; a function when they are rows."""

    code: str
    en: str
    hi: str
    kind: str = "text"
    required: bool = False
    listed: Sequence[tuple[str, str, str]] | Callable[[], Sequence[tuple[str, str, str]]] = ()

    @property
    def options(self) -> Sequence[tuple[str, str, str]]:
        return self.listed() if callable(self.listed) else self.listed


@dataclass(frozen=True)
class Known:
    name: Text
    fields: Sequence[Field]
    call: Call | None = None


_known: dict[str, Known] = {
    "show_on_wall": Known(text("Show on the video wall", "वीडियो वॉल पर दिखाना"), ()),
    "page_zone": Known(
        text("Announce over loudspeakers", "लाउडस्पीकर पर उद्घोषणा"),
        (Field("zone", "Zone", "क्षेत्र"), Field("text", "What is said", "क्या कहा जाए")),
    ),
    "call_unit": Known(
        text("Call the nearest unit", "निकटतम इकाई को बुलाना"), (Field("kind", "Kind of unit", "इकाई का प्रकार"),)
    ),
    "notify": Known(
        text("Notify people", "लोगों को सूचित करना"),
        (Field("role", "Role", "भूमिका"), Field("text", "Message", "संदेश")),
    ),
}


def register(code: str, call: Call, en: str, hi: str, fields: Sequence[Field] = ()) -> None:
    _known[code] = Known(text(en, hi), fields, call)


def known() -> dict[str, Known]:
    return dict(sorted(_known.items()))


def of(code: str) -> Known | None:
    return _known.get(code)


def available(code: str) -> bool:
    found = _known.get(code)
    return found is not None and found.call is not None
