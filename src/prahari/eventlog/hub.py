"""Events from JetStream to all listening consoles, in order, with a memory for those that come back."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field

import msgspec

from prahari.contracts import events
from prahari.contracts.events import Event
from prahari.contracts.media import CameraPlan
from prahari.core.scope import Scope
from prahari.eventlog.audience import Audience, Place

log = logging.getLogger(__name__)

REMEMBERED_EVENTS = 50_000
WAITING_MESSAGES = 2_000

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
    """One open event stream. `lost` is set when it read too slowly or its grants changed; it then has to come anew."""

    user_id: str
    audience: Audience
    waiting: deque[bytes] = field(default_factory=deque)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    lost: str = ""

    def put(self, message: bytes) -> None:
        if len(self.waiting) >= WAITING_MESSAGES:
            self.end("too slow")
            return
        self.waiting.append(message)
        self.wake.set()

    def end(self, why: str) -> None:
        self.lost = why
        self.wake.set()


class Hub:
    """Holds the listeners, the last events and where each camera stands."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._audiences: dict[Scope, Audience] = {}
        self._recent: deque[tuple[Position, Event]] = deque(maxlen=REMEMBERED_EVENTS)
        self._places: dict[str, Place] = {}
        self._forgotten: Position | None = None

    def join(self, user_id: str, scope: Scope, last: Position | None) -> tuple[Listener, bool]:
        """A new listener, and whether all since `last` could be put before it. None as `last`: from now on."""
        audience = self._audiences.get(scope)
        if audience is None:
            audience = self._audiences[scope] = Audience(scope, self._places.get)
        listener = Listener(user_id, audience)
        resumed = False
        if last is not None:
            resumed = self._remembers(last)
            if resumed:
                for position, event in self._recent:
                    if position > last:
                        self._send(listener, position, event)
        self._listeners.add(listener)
        return listener, resumed

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        if not any(other.audience is listener.audience for other in self._listeners):
            self._audiences = {s: a for s, a in self._audiences.items() if a is not listener.audience}

    def publish(self, sequence: int, batch: list[Event]) -> None:
        """Give a batch of the stream to everybody who may hear it."""
        for index, event in enumerate(batch):
            position = (sequence, index)
            if len(self._recent) == REMEMBERED_EVENTS:
                self._forgotten = self._recent[0][0]
            self._recent.append((position, event))
            if event.type == events.ACCESS_CHANGED:
                self._end_streams_of(str(event.data.get("user_id", "")))
            encoded: dict[Audience, bytes | None] = {}
            for listener in self._listeners:
                audience = listener.audience
                if audience not in encoded:
                    encoded[audience] = audience.encode(_identifier(position), event)
                message = encoded[audience]
                if message is not None:
                    listener.put(message)

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
        for listener in self._listeners:
            listener.end(why)

    def _remembers(self, last: Position) -> bool:
        if not self._recent:
            return False
        if self._forgotten is not None:
            return last >= self._forgotten
        return last >= self._recent[0][0]

    def _end_streams_of(self, user_id: str) -> None:
        for listener in self._listeners:
            if listener.user_id == user_id:
                listener.end("access changed")

    @staticmethod
    def _send(listener: Listener, position: Position, event: Event) -> None:
        message = listener.audience.encode(_identifier(position), event)
        if message is not None:
            listener.put(message)


def _identifier(position: Position) -> str:
    return f"{position[0]}-{position[1]}"
