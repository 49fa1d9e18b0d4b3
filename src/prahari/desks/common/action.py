"""The frame of every action: one transaction, its audit entry, the reason beside each changed row, events afterwards.

def retire_camera(*, actor: Actor, camera_id: UUID, reason: str) -> None:
    with action("camera.retire", actor=actor, reason=reason) as act:
        camera = selectors.camera_for_edit(actor, camera_id)
        ...
        act.about("camera", camera.id, camera.name_en, jurisdiction=..., agency=...)
        act.emit("registry", Event(...))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction

from prahari.contracts import events, subjects
from prahari.desks.common import outbox
from prahari.desks.common.actor import Actor
from prahari.desks.common.models import OutboxMessage

EVENTS_A_MESSAGE = 200
"""A message that is too large for NATS (1 MB) would never leave the outbox, nor would those behind it."""

_running: ContextVar[Action | None] = ContextVar("running action", default=None)


class Action:
    """What one action collects while it runs; written when its block ends without an error."""

    def __init__(self, name: str, actor: Actor, reason: str) -> None:
        self.name = name
        self.actor = actor
        self.reason = reason
        self._objects: list[tuple[str, str, str, str, str]] = []
        self._details: dict[str, Any] = {}
        self._events: dict[str, list[events.Event]] = {}

    def about(
        self,
        object_type: str,
        object_id: UUID | str,
        object_name: str = "",
        *,
        jurisdiction: str = "",
        agency: str = "",
        also: bool = False,
    ) -> None:
        """Say what the action is about. Whoever holds audit.view for its area reads the entry; without an area,
        whoever holds it for the whole centre. also: beside what was said before, with an entry of its own."""
        if not also:
            self._objects.clear()
        self._objects.append((object_type, str(object_id), object_name, jurisdiction, agency))

    def details(self, **values: Any) -> None:
        """More for the audit entry: plain JSON values, never a password, token or credential."""
        self._details.update(values)

    def emit(self, source: str, *happened: events.Event) -> None:
        """Publish events on events.<source> once this is committed: surely, also when NATS is away just now."""
        self._events.setdefault(source, []).extend(happened)

    def after_commit(self, call: Callable[[], Any]) -> None:
        """Run `call` after the commit; it is lost when the process dies in between, so only for speed-ups."""
        transaction.on_commit(call)

    def finish(self) -> None:
        from prahari.desks.audit.models import AuditEntry

        if not self._objects:
            raise RuntimeError(f"action {self.name!r} did not say what it is about")
        AuditEntry.objects.bulk_create(
            AuditEntry(
                actor_id=self.actor.id,
                actor_name=self.actor.name or self.actor.username,
                action=self.name,
                object_type=object_type,
                object_id=object_id,
                object_name=object_name,
                jurisdiction_path=jurisdiction,
                agency_code=agency,
                reason=self.reason,
                details=self._details,
                ip=self.actor.ip or None,
            )
            for object_type, object_id, object_name, jurisdiction, agency in self._objects
        )
        messages = [
            OutboxMessage(subject=subjects.events(source), payload=events.encode(events.EventBatch(source, some)))
            for source, happened in self._events.items()
            for some in _parts(happened)
        ]
        if messages:
            OutboxMessage.objects.bulk_create(messages)
            transaction.on_commit(outbox.publisher.wake)


def _parts(happened: list[events.Event]) -> Iterator[list[events.Event]]:
    for start in range(0, len(happened), EVENTS_A_MESSAGE):
        yield happened[start : start + EVENTS_A_MESSAGE]


@contextmanager
def action(name: str, *, actor: Actor, reason: str = "") -> Iterator[Action]:
    """Run a block as one action. Nested ones write their own audit entry; rows show the outermost as their cause."""
    act = Action(name, actor, reason)
    outermost = _running.get() is None
    why = (
        pghistory.context(
            actor=str(actor.id or ""), actor_name=actor.name or actor.username, action=name, reason=reason
        )
        if outermost
        else nullcontext()
    )
    token = _running.set(act)
    try:
        with transaction.atomic(), why:
            yield act
            act.finish()
    finally:
        _running.reset(token)


def running() -> Action | None:
    """The action that this code runs in, if any: for what may only be written as part of one."""
    return _running.get()
