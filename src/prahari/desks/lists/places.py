"""Rows of a list with their cells and what was understood of them, out of the sealed blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from prahari.desks.lists import blocks
from prahari.desks.lists.blocks import Cells
from prahari.desks.lists.models import ListSheet, RowBlock
from prahari.desks.lists.understanding import Understood


@dataclass(frozen=True, slots=True)
class Opened:
    cells: Cells
    said: Understood


def opened(list_id: UUID, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Opened]:
    """(sheet position, row number) -> Opened; opens only the blocks that hold them."""
    by_sheet: dict[int, set[int]] = {}
    for sheet, row in wanted:
        by_sheet.setdefault(sheet, set()).add(row)
    found: dict[tuple[int, int], Opened] = {}
    for sheet in ListSheet.objects.filter(list_id=list_id, position__in=list(by_sheet)):
        rows = by_sheet[sheet.position]
        within = RowBlock.objects.filter(sheet=sheet, last_row__gte=min(rows), first_row__lte=max(rows))
        spans = list(within.order_by("first_row").values_list("id", "first_row", "last_row"))
        needed = [id_ for id_, first, last in spans if any(first <= row <= last for row in rows)]
        for block in RowBlock.objects.filter(id__in=needed).order_by("first_row").iterator(8):
            for number, one in in_block(sheet, block):
                if number in rows:
                    found[sheet.position, number] = one
    return found


def in_block(sheet: ListSheet, block: RowBlock) -> Iterator[tuple[int, Opened]]:
    said = understood(sheet, block)
    for number, cells in blocks.unseal(block.cells, sheet.id, block.first_row, "cells"):
        yield number, Opened(cells, said.get(number, {}))


def understood(sheet: ListSheet, block: RowBlock) -> dict[int, Understood]:
    """Row number -> what was understood of it."""
    if not block.understood:
        return {}
    rows = blocks.unseal(block.understood, sheet.id, block.first_row, "understood")
    return {int(number): said for number, said in rows.items()}
