"""Long work on lists: understanding and taking over. Looks at rows, so it may run twice, or anew after a kill."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from prahari.contracts.events import now_ms
from prahari.desks.common.errors import Problem
from prahari.desks.lists import committing, preview
from prahari.desks.lists.choices import State
from prahari.desks.lists.models import ImportedList

log = logging.getLogger(__name__)

SILENT_MS = 120_000
"""A list at work that has told nothing for so long is taken up again: whoever worked on it is gone."""


@app.task
def work_on_list(list_id: str) -> None:
    """Whatever is to be done next on this list."""
    work(UUID(list_id))


def work(list_id: UUID) -> None:
    """Also called directly by the command line."""
    from prahari.desks.lists import actions  # it queues this task

    one = ImportedList.objects.filter(id=list_id).first()
    if one is None:
        return
    try:
        with _nothing_collected():
            if one.state == State.READ:
                preview.understand(one.id, one.run)
            elif one.state == State.COMMITTING:
                committing.commit(one.id)
    except Problem as problem:
        actions.fail(one.id, one.run, problem)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Rows by the ten thousand, all of them in use: the collector of circular rubbish would look at each again and
    again, for a quarter of the time, and find none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def request(list_id: UUID) -> None:
    """Soon, once, however often it is asked for."""
    try:
        work_on_list.configure(queueing_lock=f"list {list_id}").defer(list_id=str(list_id))
    except AlreadyEnqueued:
        log.debug("list %s is queued already", list_id)


@app.periodic(cron="* * * * *", periodic_id="every minute")
@app.task(queueing_lock="take up lists")
def take_up_lists(timestamp: int) -> None:
    """Lists whose work was cut off. timestamp: when it was due, Unix seconds (procrastinate wants it)."""
    for list_id in unfinished(SILENT_MS):
        request(list_id)


def at_start() -> None:
    for list_id in unfinished(0):
        request(list_id)


def unfinished(silent_ms: int) -> list[UUID]:
    at_work = ImportedList.objects.filter(state__in=(State.READ, State.COMMITTING), edited_ms__lte=now_ms() - silent_ms)
    return list(at_work.order_by("created_ms").values_list("id", flat=True))
