"""Events from JetStream to all listening consoles, in order, with a memory for those that come back."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from prahari.contracts import events
from prahari.contracts.events import RawEvent
from prahari.contracts.media import CameraPlan
from prahari.core.scope import Scope
from prahari.eventlog.audience import TOLD, Audience, Place, family, message, replaces

log = logging.getLogger(__name__)

REMEMBERED_EVENTS = 50_000
WAITING_MESSAGES = 2_000
KNOWN_KINDS = 20_000

Position = tuple[int, int]
"""(sequence in the stream, index in the batch): where an event stands; orders all events."""


def parse_position(text: str) -> Position | None:
    """The position in a Last-Event-ID, or None when it is not one of ours."""
    sequence, _, index = text.partition("-")
    if sequence.isascii() and index.isascii() and sequence.isdigit() and index.isdigit() and len(text) < 40:
        return int(sequence), int(index)
    return None


@dataclass(eq=False)
class Listener:
    """One open event stream. `lost` is set when it read too slowly or its grants changed; it then has to come anew.

    `waiting` by key, in the order of coming: a newer whole state of something takes the place of one that still waits,
    so an alarm that grows while a console is busy costs it one message.
    """

    user_id: str
    audience: Audience
    waiting: dict[Any, bytes] = field(default_factory=dict)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    lost: str = ""

    def put(self, message: bytes, position: Position, state: Any = None) -> None:
        if state is not None:
            self.waiting.pop(state, None)
        if len(self.waiting) >= WAITING_MESSAGES:
            self.end("too slow")
            return
        self.waiting[position if state is None else state] = message
        self.wake.set()

    def take(self) -> bytes:
        """All that waits."""
        gathered = b"".join(self.waiting.values())
        self.waiting.clear()
        self.wake.clear()
        return gathered

    def end(self, why: str) -> None:
        self.lost = why
        self.wake.set()


class Hub:
    """Holds the listeners, the last events and where each camera stands."""

    def __init__(self) -> None:
        self._listeners: dict[Audience, set[Listener]] = {}
        self._audiences: dict[tuple[Scope, frozenset[str]], Audience] = {}
        self._hearing: dict[tuple[str, str, str], tuple[Audience, ...]] = {}
        self._recent: deque[tuple[Position, RawEvent]] = deque(maxlen=REMEMBERED_EVENTS)
        self._places: dict[str, Place] = {}
        self._forgotten: Position | None = None

    def join(
        self, user_id: str, scope: Scope, last: Position | None, more: frozenset[str] = frozenset()
    ) -> tuple[Listener, bool]:
        """A new listener, and whether all since `last` could be put before it. None as `last`: from now on.

        more: types beside those that all hear. They come by the thousand and are not remembered, so who asks for some
        is not brought what it missed.
        """
        audience = self._audiences.get((scope, more))
        if audience is None:
            audience = self._audiences[scope, more] = Audience(scope, more, self._places.get)
            self._hearing.clear()
        listener = Listener(user_id, audience)
        resumed = last is not None and not more and self._remembers(last)
        if resumed:
            for position, event in self._recent:
                if last is not None and position > last:
                    self._send(position, event, (audience,), (listener,))
        self._listeners.setdefault(audience, set()).add(listener)
        return listener, resumed

    def leave(self, listener: Listener) -> None:
        audience = listener.audience
        together = self._listeners.get(audience, set())
        together.discard(listener)
        if not together:
            self._listeners.pop(audience, None)
            self._audiences = {key: one for key, one in self._audiences.items() if one is not audience}
            self._hearing.clear()

    def publish(self, sequence: int, batch: list[RawEvent]) -> None:
        """Give a batch of the stream to everybody who may hear it and wants to."""
        for index, event in enumerate(batch):
            key = (event.type, event.jurisdiction, event.agency)
            audiences = self._hearing.get(key)
            if audiences is None:
                audiences = self._hear(*key)
            position = (sequence, index)
            if family(event.type) in TOLD:
                self._remember(position, event)
            elif event.type == events.ACCESS_CHANGED:
                self._remember(position, event)
                self._end_streams_of(event)
            if audiences:
                self._send(position, event, audiences)

    def _remember(self, position: Position, event: RawEvent) -> None:
        if len(self._recent) == REMEMBERED_EVENTS:
            self._forgotten = self._recent[0][0]
        self._recent.append((position, event))

    def _hear(self, event_type: str, jurisdiction: str, agency: str) -> tuple[Audience, ...]:
        if event_type == events.ACCESS_CHANGED:  # for the stream itself, not for screens
            found: tuple[Audience, ...] = ()
        elif event_type == events.CAMERA_PROOF:  # of many places: each audience looks itself
            found = tuple(self._audiences.values())
        else:
            place = (jurisdiction, agency)
            found = tuple(one for one in self._audiences.values() if one.hears(event_type, place))
        if len(self._hearing) >= KNOWN_KINDS:  # somebody makes up types or places
            self._hearing.clear()
        self._hearing[event_type, jurisdiction, agency] = found
        return found

    def _send(
        self, position: Position, event: RawEvent, audiences: Iterable[Audience], only: Iterable[Listener] | None = None
    ) -> None:
        """only: not to all of them. What is heard by several audiences is put into words once."""
        identifier = f"{position[0]}-{position[1]}"
        state = replaces(event)
        place = (event.jurisdiction, event.agency)
        common = b""
        for audience in audiences:
            if event.type == events.CAMERA_PROOF:
                proofs = audience.proofs(event)
                if proofs is None:
                    continue
                words = message(identifier, event, proofs)
            elif only is None or audience.hears(event.type, place):
                words = common = common or message(identifier, event, bytes(event.data))
            else:
                continue
            for listener in self._listeners.get(audience, ()) if only is None else only:
                listener.put(words, position, state)

    def place_camera(self, camera_id: str, plan: bytes | None) -> None:
        """Learn from a camera's plan where it stands; None: it was retired."""
        if not plan:
            self._places.pop(camera_id, None)
            return
        try:
            known = msgspec.json.decode(plan, type=CameraPlan)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            log.warning("plan of camera %s is malformed: %s", camera_id, error)
            return
        self._places[camera_id] = (known.jurisdiction, known.agency)

    def end_all(self, why: str) -> None:
        for together in self._listeners.values():
            for listener in together:
                listener.end(why)

    def _remembers(self, last: Position) -> bool:
        if not self._recent:
            return False
        if self._forgotten is not None:
            return last >= self._forgotten
        return last >= self._recent[0][0]

    def _end_streams_of(self, event: RawEvent) -> None:
        try:
            user_id = str(event.read().get("user_id", ""))
        except ValueError as error:
            log.warning("event %s (%s) has unexpected data: %s", event.id, event.type, error)
            return
        for together in self._listeners.values():
            for listener in together:
                if listener.user_id == user_id:
                    listener.end("access changed")
