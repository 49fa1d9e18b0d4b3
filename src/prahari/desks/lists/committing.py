"""Taking a list over into the register, some thousand rows at a time.

Each portion is one transaction: its premises and the note, in the rows, that they are made. Killed in between, the next
run goes on with the rows that have none. One list at a time, for the whole centre.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.sql import fetch
from prahari.desks.linking import ladder
from prahari.desks.lists import entering, places, preview
from prahari.desks.lists.choices import RowState, State
from prahari.desks.lists.models import ImportedList, ListRow, ListSheet, RowBlock
from prahari.desks.lists.who import actor_of_person

PORTION = 2_500
BLOCKS_AHEAD = 12
"""Blocks of some hundred rows that are made ready before they are written: two portions."""
LOCK = 0x6C697374
"""Advisory lock: one list is taken over at a time, so that none misses what another is just bringing in."""


def commit(list_id: UUID) -> None:
    """Bring a list from COMMITTING to COMMITTED. Does nothing to one that is not being committed."""
    one = ImportedList.objects.filter(id=list_id, state=State.COMMITTING).first()
    if one is None:
        return
    actor = actor_of_person(one.committed_by_id)
    if _others_came(one):
        preview.understand(one.id, one.run)
        one.refresh_from_db()
    _tell(one, total=_heads(one).count() + _made(one).count(), done=_made(one).count())
    for portion in _portions(one):
        _take_over(one, actor, portion)
    _finish(one, actor)


def _others_came(one: ImportedList) -> bool:
    """Whether another list was taken over since this one was understood, and nothing of this one yet."""
    since = ImportedList.objects.filter(committed_ms__gte=one.understood_ms or 0).exclude(id=one.id)
    return since.exists() and not _made(one).exists()


def _heads(one: ImportedList) -> QuerySet[ListRow]:
    return ListRow.objects.filter(list=one, state=RowState.NEW, premises__isnull=True)


def _made(one: ImportedList) -> QuerySet[ListRow]:
    return ListRow.objects.filter(list=one, made=True)


@dataclass(frozen=True, slots=True)
class Head:
    """A row whose premises are to be made, and they. id: of the ListRow."""

    id: int
    key: str
    premises: entering.Prepared


def _portions(one: ImportedList) -> Iterator[list[Head]]:
    """At least PORTION rows each, but the last. What is written next is made ready in a thread beside, while the
    database writes."""
    register = entering.Register()
    with ThreadPoolExecutor(1, thread_name_prefix="prepare") as beside:
        portion: list[Head] = []
        making: deque[Future[list[Head]]] = deque()
        for sheet, block, waiting in _blocks(one):
            making.append(beside.submit(_ready, register, one.file_name, sheet, block, waiting))
            if len(making) > BLOCKS_AHEAD:
                portion += making.popleft().result()
            if len(portion) >= PORTION:
                yield portion
                portion = []
        for made in making:
            portion += made.result()
            if len(portion) >= PORTION:
                yield portion
                portion = []
        if portion:
            yield portion


Waiting = dict[int, tuple[int, int, str]]
"""Row number -> (id of the ListRow, cameras, key)"""


def _blocks(one: ImportedList) -> Iterator[tuple[ListSheet, RowBlock, Waiting]]:
    """Blocks that hold rows whose premises are to be made, with those rows."""
    for sheet in ListSheet.objects.filter(list=one).order_by("position"):
        heads = _heads(one).filter(sheet=sheet.position).values_list("row", "id", "cameras", "key")
        waiting = {row: (id_, cameras, key) for row, id_, cameras, key in heads}
        blocks = RowBlock.objects.filter(sheet=sheet).order_by("first_row").defer("cells")
        for block in blocks.iterator(8) if waiting else ():
            within = {row: waiting[row] for row in range(block.first_row, block.last_row + 1) if row in waiting}
            if within:
                yield sheet, block, within


def _ready(
    register: entering.Register, list_name: str, sheet: ListSheet, block: RowBlock, waiting: Waiting
) -> list[Head]:
    said = places.understood(sheet, block)
    rows = [entering.Fresh(said[row], cameras, row) for row, (_, cameras, _) in waiting.items()]
    made = entering.prepare(register, list_name, rows)
    return [Head(id_, key, premises) for (id_, _, key), premises in zip(waiting.values(), made, strict=True)]


def _take_over(one: ImportedList, actor: Actor, portion: list[Head]) -> None:
    with action("list.take_over", actor=actor) as act:
        lock()
        _may_be_done_again()
        _tell(one, more=len(portion))
        free = _free([head.id for head in portion])
        known = _taken_meanwhile(one, [head.key for head in portion if head.id in free])
        same = [head for head in portion if head.id in free and head.key in known]
        fresh = [head for head in portion if head.id in free and head.key not in known]
        entering.enter(actor, [head.premises for head in fresh])
        note_premises([head.id for head in fresh], [head.premises.id for head in fresh], made=True)
        note_premises([head.id for head in same], [known[head.key] for head in same], made=False)
        ListRow.objects.filter(id__in=[head.id for head in same]).update(state=RowState.SAME)
        act.about("list", one.id, one.file_name, jurisdiction=one.jurisdiction_path, agency=one.agency_code)
        act.details(premises=len(fresh), already=len(same))


def _free(ids: list[int]) -> set[int]:
    """Of these rows, those that have no premises yet."""
    return {id_ for (id_,) in fetch("SELECT id FROM lists_listrow WHERE id = ANY(%s) AND premises_id IS NULL", [ids])}


def _taken_meanwhile(one: ImportedList, keys: list[str]) -> dict[str, UUID]:
    """Key -> premises of rows that other lists brought in."""
    return dict(
        fetch(
            "SELECT key, premises_id FROM lists_listrow "
            "WHERE key = ANY(%s) AND key <> '' AND premises_id IS NOT NULL AND list_id <> %s",
            [keys, one.id],
        )
    )


def lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _may_be_done_again() -> None:
    """Do not wait for the disk when this transaction ends. A power failure loses it whole, its audit row included, and
    the list, which is still being taken over then, takes these rows over again; the list's own last commit waits."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def note_premises(row_ids: list[int], premises_ids: list[UUID], *, made: bool) -> None:
    if row_ids:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE lists_listrow r SET premises_id = v.premises, made = %s "
                "FROM unnest(%s::bigint[], %s::uuid[]) AS v(id, premises) WHERE r.id = v.id",
                [made, row_ids, premises_ids],
            )


FOLLOW = """
UPDATE lists_listrow r SET premises_id = h.premises_id
  FROM lists_listrow h
 WHERE r.list_id = %s AND h.list_id = r.list_id AND h.sheet = r.head_sheet AND h.row = r.head_row
   AND h.id <> r.id AND h.premises_id IS NOT NULL AND r.premises_id IS NULL AND r.state <> 'bad'
"""
"""Rows of further cameras, and repeats, belong to the premises of their first row."""


def _finish(one: ImportedList, actor: Actor) -> None:
    with action("list.commit", actor=actor) as act:
        lock()
        row = ImportedList.objects.select_for_update().get(id=one.id)
        if row.state != State.COMMITTING:
            act.about("list", row.id, row.file_name, jurisdiction=row.jurisdiction_path, agency=row.agency_code)
            return
        with connection.cursor() as cursor:
            cursor.execute(FOLLOW, [one.id])
        same = ListRow.objects.filter(list=one, state=RowState.SAME, premises__isnull=False, cameras__gt=0)
        listings = [
            entering.listing_of(premises, cameras, one.file_name, number)
            for premises, cameras, number in same.values_list("premises_id", "cameras", "row")
        ]
        ladder.list_premises(actor=actor, listings=listings)
        row.state, row.committed_ms = State.COMMITTED, now_ms()
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        row.progress_done = row.progress_total
        row.counts = {**row.counts, **counted(row)}
        row.save()
        act.about("list", row.id, row.file_name, jurisdiction=row.jurisdiction_path, agency=row.agency_code)
        act.details(**row.counts)


def counted(one: ImportedList) -> dict[str, int]:
    """Rows by state as they stand now, premises made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, count(*), count(*) FILTER (WHERE made), sum(cameras) FILTER (WHERE made) "
            "FROM lists_listrow WHERE list_id = %s GROUP BY state",
            [one.id],
        )
        rows = cursor.fetchall()
    found = {state: number for state, number, *_ in rows}
    return {
        **{str(state): found.get(str(state), 0) for state in RowState},
        "premises": sum(made for _, _, made, _ in rows),
        "cameras": int(sum(cameras or 0 for *_, cameras in rows)),
    }


def _tell(one: ImportedList, *, total: int | None = None, done: int | None = None, more: int = 0) -> None:
    mine = ImportedList.objects.filter(id=one.id)
    if total is not None:
        mine.update(progress_total=total, progress_done=done or 0, edited_ms=now_ms())
    else:
        mine.update(progress_done=F("progress_done") + more, edited_ms=now_ms())
