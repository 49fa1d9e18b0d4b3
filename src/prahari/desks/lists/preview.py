"""Understanding a list: every row read by its sheet's plan, matched, given a state; nothing of the register changes.

Runs in the background, as often as the plan is corrected. Results are written at the end in one transaction, and only
when no later run has begun meanwhile; killed at any moment it is simply run again.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db import connection

from prahari.contracts.events import now_ms
from prahari.core.coordinates import Position
from prahari.core.text import fold
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.scoping import scope_q
from prahari.desks.common.sql import fetch
from prahari.desks.lists import blocks, matching, rules
from prahari.desks.lists.choices import RowState, State
from prahari.desks.lists.models import DuplicateProposal, ImportedList, ListRow, ListSheet, RowBlock
from prahari.desks.lists.planning import Plan
from prahari.desks.lists.understanding import Problems, Reader, Understood
from prahari.desks.lists.vocabulary import Vocabulary
from prahari.desks.lists.who import IMPORT, actor_of_person, area_of
from prahari.desks.registry.models import Contact, Premises
from prahari.desks.registry.premises import mobile_key

UNKNOWN_MAX = 60
PROGRESS_ROWS = 4_000
_CAMERA_LEVEL = ("placement", "make", "recorder", "ip", "lat", "lon", "cameras")


@dataclass(slots=True)
class Row:
    """One row on its way to a ListRow. head: the first row of the same premises."""

    sheet: int
    number: int
    problems: Problems
    key: str = ""
    state: str = RowState.BAD
    entry: matching.Entry | None = None
    camera: tuple[Any, ...] = ()
    count: int = 0
    has_count: bool = False
    head: Row | None = None
    premises: UUID | None = None
    matches: list[matching.Match] = field(default_factory=list)


class GivenUpError(Exception):
    """A later run has begun, or the list is gone."""


def understand(list_id: UUID, run: int) -> None:
    """Bring a list from READ to READY. Does nothing when a later run has begun."""
    one = ImportedList.objects.filter(id=list_id, run=run, state__in=(State.READ, State.COMMITTING)).first()
    if one is None:
        return
    try:
        _write(one, *_read(one, actor_of_person(one.imported_by_id)))
    except GivenUpError:
        return


Sealed = list[tuple[int, bytes]]
"""(block's id, its rows as understood)"""


def _read(one: ImportedList, actor: Actor) -> tuple[list[Row], Counter[tuple[str, str]], Sealed]:
    vocabulary, area = Vocabulary(), area_of(actor)
    sheets = list(ListSheet.objects.filter(list=one).order_by("position"))
    used = [sheet for sheet in sheets if Plan.of(sheet.plan).use]
    total = sum(sheet.rows for sheet in used)
    progress = _Progress(one, total)
    rows: list[Row] = []
    unknown: Counter[tuple[str, str]] = Counter()
    sealed: Sealed = []
    for sheet in used:
        plan = Plan.of(sheet.plan)
        with_cameras = bool({"cameras"} & set(plan.fields))
        reader = Reader(plan, vocabulary, area)
        last_header = max(plan.header_rows, default=0)
        for block in RowBlock.objects.filter(sheet=sheet).order_by("first_row").iterator(8):
            understood: dict[str, Understood] = {}
            for number, cells in blocks.unseal(block.cells, sheet.id, block.first_row, "cells"):
                if number <= last_header:
                    continue
                read = reader.row(cells)
                if read is None:
                    continue
                said, problems = read
                understood[str(number)] = said
                rows.append(_row(sheet.position, number, said, problems, reader.is_bad, with_cameras))
            sealed.append((block.id, blocks.seal(understood, sheet.id, block.first_row, "understood")))
            progress.at(len(rows))
        unknown.update(reader.unknown)
    _group(rows)
    _match(rows, actor, progress)
    return rows, unknown, sealed


def entry_of(said: Understood, ref: Any = None) -> matching.Entry:
    """What is compared of a good row."""
    mobiles = frozenset(mobile_key(number) for number in said.get("mobiles", ()))
    position = Position(said["lat"], said["lon"]) if "lat" in said else None
    names = matching.keys(said["name"], said.get("name_more", "")) or (said["name"].casefold(),)
    return matching.Entry(ref, names, fold(said.get("address", "")), said["station"], said["class"], mobiles, position)


def _row(sheet: int, number: int, said: Understood, problems: Problems, is_bad: bool, with_cameras: bool) -> Row:
    row = Row(sheet, number, problems)
    if is_bad:
        return row
    row.state = RowState.NEW
    row.entry = entry_of(said, row)
    row.camera = tuple(said.get(name) for name in _CAMERA_LEVEL)
    says_something = any(value is not None for value in row.camera)
    row.has_count = "cameras" in said
    row.count = said.get("cameras", 1 if says_something or not with_cameras else 0)
    return row


def _group(rows: list[Row]) -> None:
    """Rows of the same premises follow their first row: a further camera each, or the same said twice."""
    secret = settings.CONFIG.sealing_key()
    heads: dict[str, Row] = {}
    cameras: dict[str, dict[tuple[Any, ...], Row]] = {}
    weak: Counter[str] = Counter()
    before: Row | None = None
    for row in rows:
        if row.entry is None:
            continue
        row.key = matching.key_of(row.entry, secret)
        if row.entry.is_weak:
            weak[row.key] += not _is_next_camera(row, before)
            row.key = matching.key_of(row.entry, secret, weak[row.key])
        before = row
        head = heads.setdefault(row.key, row)
        seen = cameras.setdefault(row.key, {})
        if head is row:
            seen[row.camera] = row
            continue
        row.head = head
        twin = seen.get(row.camera)
        if twin is not None:
            row.state = RowState.SAME
            row.problems = [["same_as_row", str(twin.number)]]
        else:
            row.state = RowState.MORE
            seen[row.camera] = row
            # Rows that tell cameras apart add up; two that only count differently speak of the same cameras.
            told_apart = row.camera[0] is not None or row.camera[1] is not None or not row.has_count
            head.count = head.count + row.count if told_apart else max(head.count, row.count)
    for row in rows:
        if row.head is not None:
            row.count = 0


def _is_next_camera(row: Row, before: Row | None) -> bool:
    """A name alone is not enough to be the same, but for the rows of one premises' cameras that follow each other."""
    if before is None or before.entry is None or row.entry is None or before.entry.names != row.entry.names:
        return False
    return row.camera[0] is not None and row.camera != before.camera


def _match(rows: list[Row], actor: Actor, progress: _Progress) -> None:
    """Heads against what was listed before, the register, and the heads before them."""
    heads = [row for row in rows if row.entry is not None and row.head is None]
    known = _listed_before({row.key for row in heads})
    least = rules.value(rules.DUPLICATE_SCORE)
    index = matching.Index()
    register = list(_register(actor, {row.entry.station for row in heads if row.entry}))
    index.expect(itertools.chain(register, (row.entry for row in heads if row.entry)))
    for entry in register:
        index.add(entry)
    for number, row in enumerate(heads, 1):
        assert row.entry is not None
        if number % PROGRESS_ROWS == 0:
            progress.check()
        if row.key in known:
            row.state, row.premises = RowState.SAME, known[row.key]
            row.problems = [*row.problems, ["listed_before" if row.premises else "waits_already", ""]]
            continue
        row.matches = index.matches(row.entry, least)
        exact = next((one for one in row.matches if one.exact and isinstance(one.entry.ref, UUID)), None)
        if exact is not None:
            row.state, row.premises, row.matches = RowState.SAME, exact.entry.ref, []
            row.problems = [*row.problems, ["in_register", ""]]
            continue
        if row.matches:
            row.state = RowState.DECIDE
        index.add(row.entry)
    for row in rows:
        if row.head is not None and row.head.state != RowState.NEW:
            row.state = row.head.state


def _listed_before(keys: set[str]) -> dict[str, UUID | None]:
    """Key -> premises (None: still waits to be decided) of rows taken over from earlier lists."""
    found: dict[str, UUID | None] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), 20_000):
        for key, premises in fetch(_LISTED_BEFORE, [wanted[start : start + 20_000]], prepare=False):
            found[key] = found.get(key) or premises
    return found


_LISTED_BEFORE = """
SELECT r.key, r.premises_id FROM lists_listrow r JOIN lists_importedlist l ON l.id = r.list_id
 WHERE l.state = 'committed' AND r.state IN ('new', 'same', 'decide') AND r.key = ANY(%s) AND r.key <> ''
"""


def _register(actor: Actor, stations: set[str]) -> Iterator[matching.Entry]:
    """Premises of these police stations, as far as the actor may list there."""
    ids = {
        id_: station
        for id_, path in Jurisdiction.objects.values_list("id", "path")
        if (station := _station_of(path, stations)) is not None
    }
    scope = scope_q(actor.scope, IMPORT, "jurisdiction__path", "agency_id")
    mobiles: dict[UUID, set[str]] = {}
    contacts = Contact.objects.filter(premises__jurisdiction_id__in=list(ids)).exclude(mobile_key="")
    for premises_id, mobile in contacts.values_list("premises_id", "mobile_key").iterator(5_000):
        mobiles.setdefault(premises_id, set()).add(mobile)
    premises = Premises.objects.filter(scope, jurisdiction_id__in=list(ids)).order_by("created_ms", "id")
    for id_, en, hi, a_en, a_hi, lat, lon, code, jurisdiction in premises.values_list(
        "id", "name_en", "name_hi", "address_en", "address_hi", "lat", "lon", "owner_class__code", "jurisdiction_id"
    ).iterator(5_000):
        position = Position(lat, lon) if lat is not None and lon is not None else None
        names = matching.keys(en, hi) or (en.casefold(),)
        yield matching.Entry(
            id_, names, fold(a_en or a_hi), ids[jurisdiction], code, frozenset(mobiles.get(id_, ())), position
        )


def _station_of(path: str, stations: set[str]) -> str | None:
    """The station among `stations` that a jurisdiction is or lies in."""
    while path:
        if path in stations:
            return path
        path = path.rpartition(".")[0]
    return "" if "" in stations else None


class _Progress:
    """Tells the page how far it is; gives up when a later run has begun."""

    def __init__(self, one: ImportedList, total: int) -> None:
        self._list = one
        self._told = 0
        self._set(progress_done=0, progress_total=total)

    def at(self, done: int) -> None:
        if done - self._told >= PROGRESS_ROWS:
            self._told = done
            self._set(progress_done=done)

    def check(self) -> None:
        self._set()

    def _set(self, **values: int) -> None:
        mine = ImportedList.objects.filter(id=self._list.id, run=self._list.run)
        if not mine.update(edited_ms=now_ms(), **values):
            raise GivenUpError


def _write(one: ImportedList, rows: list[Row], unknown: Counter[tuple[str, str]], sealed: Sealed) -> None:
    with action("list.understood", actor=actor_of_person(one.imported_by_id)) as act:
        row = ImportedList.objects.select_for_update().filter(id=one.id, run=one.run).first()
        if row is None:
            raise GivenUpError
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM lists_duplicateproposal WHERE list_id = %s", [one.id])
            cursor.execute("DELETE FROM lists_listrow WHERE list_id = %s", [one.id])
            cursor.execute(
                "UPDATE lists_rowblock SET understood = NULL FROM lists_listsheet s "
                "WHERE s.id = sheet_id AND s.list_id = %s",
                [one.id],
            )
            cursor.execute(
                "UPDATE lists_rowblock b SET understood = v.said "
                "FROM unnest(%s::bigint[], %s::bytea[]) AS v(id, said) WHERE b.id = v.id",
                [[id_ for id_, _ in sealed], [said for _, said in sealed]],
            )
            columns = "list_id, sheet, row, head_sheet, head_row, state, key, problems, cameras, premises_id, made"
            with cursor.copy(f"COPY lists_listrow ({columns}) FROM STDIN") as copy:
                for each in rows:
                    head = each.head or each
                    copy.write_row((
                        one.id, each.sheet, each.number, head.sheet, head.number, str(each.state), each.key,
                        orjson.dumps(each.problems).decode(), each.count, each.premises, False,
                    ))  # fmt: skip
        _propose(row, rows)
        row.counts = summary(rows)
        row.unknown = [
            {"lexicon": lexicon, "text": text, "rows": count}
            for (lexicon, text), count in unknown.most_common(UNKNOWN_MAX)
        ]
        row.progress_done = row.progress_total
        row.understood_ms = row.edited_ms = max(now_ms(), row.edited_ms + 1)
        if row.state == State.READ:
            row.state = State.READY
        row.save()
        act.about("list", row.id, row.file_name, jurisdiction=row.jurisdiction_path, agency=row.agency_code)
        act.details(**row.counts)


def _propose(one: ImportedList, rows: list[Row]) -> None:
    waiting = [row for row in rows if row.matches]
    if not waiting:
        return
    named = {(row.sheet, row.number) for row in waiting}
    named |= {
        (m.entry.ref.sheet, m.entry.ref.number) for row in waiting for m in row.matches if isinstance(m.entry.ref, Row)
    }
    ids = {
        (sheet, number): id_
        for id_, sheet, number in ListRow.objects.filter(list=one, row__in={number for _, number in named}).values_list(
            "id", "sheet", "row"
        )
        if (sheet, number) in named
    }
    at = now_ms()
    DuplicateProposal.objects.bulk_create(
        [
            DuplicateProposal(
                list=one, row_id=ids[row.sheet, row.number], score=match.score, reasons=match.reasons, created_ms=at,
                premises_id=None if isinstance(match.entry.ref, Row) else match.entry.ref,
                other_row_id=ids[match.entry.ref.sheet, match.entry.ref.number]
                if isinstance(match.entry.ref, Row) else None,
            )
            for row in waiting
            for match in row.matches
        ],
        batch_size=1_000,
    )  # fmt: skip


def summary(rows: list[Row]) -> dict[str, int]:
    """Rows by state; premises and cameras that would be new."""
    states = Counter(str(row.state) for row in rows)
    fresh = [row for row in rows if row.state == RowState.NEW and row.head is None]
    return {
        "rows": len(rows),
        **{str(state): states.get(str(state), 0) for state in RowState},
        "premises": len(fresh),
        "cameras": sum(row.count for row in fresh),
    }
