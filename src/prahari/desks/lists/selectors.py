"""Reads of lists: only those of the actor's area, only for who may import there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet

from prahari.contracts import sealing
from prahari.core import krutidev
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, not_found
from prahari.desks.common.scoping import restrict
from prahari.desks.lists import blocks, places, planning, rules
from prahari.desks.lists.choices import Decision, Lexicon, RowState, State
from prahari.desks.lists.entering import is_hindi
from prahari.desks.lists.models import DuplicateProposal, ImportedList, ListRow, ListSheet, RowBlock
from prahari.desks.lists.planning import Plan
from prahari.desks.lists.sentences import sentence
from prahari.desks.lists.understanding import Understood
from prahari.desks.lists.vocabulary import Vocabulary
from prahari.desks.lists.who import IMPORT
from prahari.desks.registry.models import Premises
from prahari.desks.registry.premises import sealing_context

SAMPLES = 5


def lists_in(actor: Actor) -> QuerySet[ImportedList]:
    actor.require(IMPORT)
    return restrict(ImportedList.objects.all(), actor.scope, IMPORT)


def no_such_list() -> Problem:
    return not_found("There is no such list in your area.", "आपके क्षेत्र में ऐसी कोई सूची नहीं है।")


def one_list(actor: Actor, list_id: UUID) -> ImportedList:
    found = lists_in(actor).filter(id=list_id).select_related("imported_by").first()
    if found is None:
        raise no_such_list()
    return found


def list_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    found = lists_in(actor).select_related("imported_by")
    return paging.page(found, ("-created_ms", "-id"), limit, cursor, summary)


def summary(one: ImportedList) -> dict[str, Any]:
    by = one.imported_by
    return {
        "id": one.id,
        "file_name": one.file_name,
        "sender": one.sender,
        "kind": one.kind,
        "state": one.state,
        "counts": one.counts or None,
        "progress_done": one.progress_done,
        "progress_total": one.progress_total,
        "imported_by": {"id": None if by is None else str(by.id), "name": "" if by is None else by.name},
        "created_ms": one.created_ms,
        "committed_ms": one.committed_ms,
        "undone_ms": one.undone_ms,
        "edited_ms": one.edited_ms,
    }


def detail(actor: Actor, list_id: UUID) -> dict[str, Any]:
    """ListDetail."""
    one = one_list(actor, list_id)
    words = Vocabulary()
    earlier = (
        lists_in(actor)
        .filter(sha256=one.sha256, state=State.COMMITTED)
        .exclude(id=one.id)
        .order_by("committed_ms")
        .first()
    )
    undo_until = None
    if one.state == State.COMMITTED and one.committed_ms is not None:
        undo_until = one.committed_ms + rules.value(rules.UNDO_H) * 3_600_000
    return {
        **summary(one),
        "sha256": one.sha256,
        "size_bytes": one.size_bytes,
        "failure": one.failure or None,
        "unknown": one.unknown,
        "sheets": [_sheet(sheet, words) for sheet in one.sheets.all()],
        "earlier": None if earlier is None else {
            "id": earlier.id, "file_name": earlier.file_name, "committed_ms": earlier.committed_ms
        },
        "undo_until_ms": undo_until,
        "open_duplicates": _queue(DuplicateProposal.objects.filter(list=one)).values("row").distinct().count(),
    }  # fmt: skip


def _sheet(sheet: ListSheet, words: Vocabulary) -> dict[str, Any]:
    plan = Plan.of(sheet.plan)
    from openpyxl.utils import get_column_letter  # only here: it brings numpy with it

    samples = _samples(sheet, plan)
    headers, confidence = sheet.guesses["headers"], sheet.guesses["confidence"]
    return {
        "position": sheet.position,
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": sheet.rows,
        "use": plan.use,
        "remembered": sheet.remembered,
        "titles": sheet.guesses["titles"],
        "header_rows": plan.header_rows,
        "columns": [
            {
                "letter": get_column_letter(at + 1),
                "header": headers[at],
                "field": name,
                "confidence": confidence[at],
                "legacy": plan.legacy[at],
                "samples": samples[at],
            }
            for at, name in enumerate(plan.fields)
        ],
        "defaults": [
            {"lexicon": lexicon, "value": value, "name": words.name(lexicon, value)}
            for lexicon, value in plan.defaults.items()
        ],
    }


def first_rows(sheet: ListSheet) -> blocks.Rows:
    block = RowBlock.objects.filter(sheet=sheet).order_by("first_row").first()
    return [] if block is None else blocks.unseal(block.cells, sheet.id, block.first_row, "cells")


def headers_of(sheet: ListSheet, plan: Plan) -> list[str]:
    return planning.header_texts(first_rows(sheet), plan.header_rows, len(plan.fields))


def _samples(sheet: ListSheet, plan: Plan) -> list[list[dict[str, str]]]:
    last = max(plan.header_rows, default=0)
    found: list[dict[str, str]] = [{} for _ in plan.fields]
    for number, cells in first_rows(sheet):
        if number <= last:
            continue
        for at, cell in enumerate(cells[: len(found)]):
            if cell is not None and len(found[at]) < SAMPLES:
                text = planning.text_of(cell)[:120]
                found[at].setdefault(text, krutidev.read(text) if plan.legacy[at] else text)
    return [[{"written": written, "read": read} for written, read in one.items()] for one in found]


# Rows


def row_page(
    actor: Actor, list_id: UUID, state: str, sheet: int | None, limit: int, cursor: str | None
) -> dict[str, Any]:
    """ListRows, in the order of the list."""
    one = one_list(actor, list_id)
    found = ListRow.objects.filter(list=one)
    if state:
        found = found.filter(state=state)
    if sheet is not None:
        found = found.filter(sheet=sheet)
    body = paging.page(found, ("sheet", "row"), limit, cursor, lambda row: row)
    rows: list[ListRow] = body["items"]
    opened = places.opened(one.id, [(row.sheet, row.row) for row in rows])
    words = Vocabulary()
    body["items"] = [
        {
            "sheet": row.sheet,
            "row": row.row,
            "head_row": row.head_row,
            "state": row.state,
            "problems": [{"code": problem[0], "text": sentence(problem)} for problem in row.problems],
            "written": [planning.text_of(cell) for cell in opened[row.sheet, row.row].cells],
            "understood": _said(opened[row.sheet, row.row].said, words, row, one.file_name),
        }
        for row in rows
    ]
    return body


def _said(said: Understood, words: Vocabulary, row: ListRow, file_name: str) -> dict[str, Any]:
    name, more = said.get("name", ""), said.get("name_more", "")
    address, address_more = said.get("address", ""), said.get("address_more", "")
    return {
        "premises_id": row.premises_id,
        "name": _both(name, more),
        "owner": said.get("owner", ""),
        "mobile": " / ".join(said.get("mobiles", [])) or said.get("phone", ""),
        "address": _both(address, address_more),
        "police_station": _area(said, "post", words, Lexicon.POLICE_POST)
        or _area(said, "station", words, Lexicon.POLICE_STATION),
        "ward": _area(said, "ward", words, Lexicon.WARD),
        "owner_class": _coded(said, "class", words, Lexicon.OWNER_CLASS),
        "department": _coded(said, "department", words, Lexicon.DEPARTMENT),
        "cameras": said.get("cameras", row.cameras or None),
        "lat": said.get("lat"),
        "lon": said.get("lon"),
        "source": f"{file_name}, {row.row}",
    }


def _both(one: str, other: str) -> dict[str, str]:
    if other and is_hindi(one) != is_hindi(other):
        return {"en": other, "hi": one} if is_hindi(one) else {"en": one, "hi": other}
    return {"en": one, "hi": one}


def _area(said: Understood, name: str, words: Vocabulary, lexicon: Lexicon) -> dict[str, Any] | None:
    path = said.get(name)
    return None if path is None else {"path": path, "name": words.name(lexicon, path)}


def _coded(said: Understood, name: str, words: Vocabulary, lexicon: Lexicon) -> dict[str, Any] | None:
    code = said.get(name)
    return None if code is None else {"code": code, "name": words.name(lexicon, code)}


# Duplicates


def _queue(found: QuerySet[DuplicateProposal]) -> QuerySet[DuplicateProposal]:
    return found.filter(
        decision__in=(Decision.OPEN, Decision.LATER), row__state=RowState.DECIDE, list__state=State.COMMITTED
    )


def proposal(actor: Actor, proposal_id: UUID) -> DuplicateProposal:
    actor.require(IMPORT)
    found = (
        restrict(DuplicateProposal.objects.filter(list__state=State.COMMITTED), actor.scope, IMPORT,
                 "list__jurisdiction_path", "list__agency_code")
        .filter(id=proposal_id).first()
    )  # fmt: skip
    if found is None:
        raise not_found("There is nothing to decide here, or it is not in your area.",
                        "यहाँ निर्णय के लिए कुछ नहीं है, या यह आपके क्षेत्र में नहीं है।")  # fmt: skip
    return found


def duplicate_page(actor: Actor, list_id: UUID | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """DuplicatePage: open ones first, the likeliest first; then those put off."""
    actor.require(IMPORT)
    found = _queue(
        restrict(DuplicateProposal.objects.all(), actor.scope, IMPORT, "list__jurisdiction_path", "list__agency_code")
    )
    if list_id is not None:
        found = found.filter(list_id=list_id)
    found = found.select_related("row", "other_row", "list")
    body = paging.page(found, ("decision", "-score", "id"), limit, cursor, lambda one: one)
    pairs: list[DuplicateProposal] = body["items"]
    words = Vocabulary()
    said = _opened_rows(pairs)
    register = _register_sides({one.premises_id for one in pairs if one.premises_id}, words)
    body["items"] = [_pair(one, said, register, words) for one in pairs]
    return body


def _opened_rows(pairs: Iterable[DuplicateProposal]) -> dict[tuple[UUID, int, int], Understood]:
    wanted: dict[UUID, set[tuple[int, int]]] = {}
    for one in pairs:
        for row in (one.row, one.other_row):
            if row is not None:
                wanted.setdefault(one.list_id, set()).add((row.sheet, row.row))
    return {
        (list_id, *place): opened.said
        for list_id, rows in wanted.items()
        for place, opened in places.opened(list_id, rows).items()
    }


def _pair(
    one: DuplicateProposal,
    said: dict[tuple[UUID, int, int], Understood],
    register: dict[UUID, dict[str, Any]],
    words: Vocabulary,
) -> dict[str, Any]:
    def side(row: ListRow) -> dict[str, Any]:
        return _said(said[one.list_id, row.sheet, row.row], words, row, one.list.file_name)

    left = side(one.row)
    if one.premises_id is not None:
        right = register[one.premises_id]
        right = {**right, "mobile": _masked(right["mobile"], left["mobile"])}
    else:
        assert one.other_row is not None
        right = side(one.other_row)
    return {
        "id": one.id,
        "list_id": one.list_id,
        "score": one.score,
        "reasons": [{"code": code, "value": value} for code, value in one.reasons],
        "decision": one.decision,
        "ready": right["premises_id"] is not None,
        "one": left,
        "other": right,
    }


def _masked(mobile: str, shown: str) -> str:
    """The register's number in full only where the list says it too; else its end, which is enough to compare."""
    return mobile if not mobile or mobile in shown else f"•••••• {mobile[-4:]}"


def _register_sides(ids: set[UUID], words: Vocabulary) -> dict[UUID, dict[str, Any]]:
    key = settings.CONFIG.sealing_key()
    found: dict[UUID, dict[str, Any]] = {}
    relations = ("jurisdiction", "ward", "owner_class", "department", "linkage")
    rows = Premises.objects.filter(id__in=ids).select_related(*relations).prefetch_related("contacts")
    for row in rows.defer("jurisdiction__boundary", "ward__boundary"):
        contact = next((one for one in row.contacts.all() if one.sealed_mobile), None)
        owner = next((one.name for one in row.contacts.all()), "")
        mobile = sealing.unseal(contact.sealed_mobile, key, sealing_context(contact.id)) if contact else ""
        linkage = getattr(row, "linkage", None)
        found[row.id] = {
            "premises_id": row.id,
            "name": {"en": row.name_en, "hi": row.name_hi},
            "owner": owner,
            "mobile": mobile,
            "address": {"en": row.address_en or row.address_hi, "hi": row.address_hi or row.address_en},
            "police_station": {"path": row.jurisdiction.path, "name": row.jurisdiction.name},
            "ward": None if row.ward is None else {"path": row.ward.path, "name": row.ward.name},
            "owner_class": {"code": row.owner_class.code,
                            "name": {"en": row.owner_class.name_en, "hi": row.owner_class.name_hi}},
            "department": {"code": row.department.code,
                           "name": {"en": row.department.name_en, "hi": row.department.name_hi}},
            "cameras": None if linkage is None else linkage.cameras_reported,
            "lat": row.lat,
            "lon": row.lon,
            "source": f"{row.source_list}, {row.source_row}" if row.source_row else row.source_list,
        }  # fmt: skip
    return found


def most_frequent(premises: QuerySet[Premises], field: str) -> str | None:
    row = premises.order_by().values_list(field).annotate(number=Count("id")).order_by("-number", field).first()
    return None if row is None else str(row[0])


def problem_counts(list_id: UUID) -> Counter[str]:
    """Bad rows by code of their first reason."""
    rows = ListRow.objects.filter(list_id=list_id, state=RowState.BAD).values_list("problems", flat=True)
    return Counter(problems[0][0] for problems in rows.iterator(5_000) if problems)
