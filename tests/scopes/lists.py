"""Endpoints of the lists desk."""

from __future__ import annotations

from prahari.contracts.events import now_ms
from prahari.desks.lists.models import DuplicateProposal, ImportedList, ListRow, ListSheet, RowBlock
from scope import Endpoint, World


def _made(world: World, state: str) -> ImportedList:
    from prahari.desks.lists import blocks

    at = now_ms()
    one = ImportedList.objects.create(
        file_name="shops.csv", sha256="0" * 64, size_bytes=10, kind="csv", state=state, run=1,
        jurisdiction_path=world.HOME, agency_code=world.AGENCY, created_ms=at, edited_ms=at, understood_ms=at,
        committed_ms=at if state == "committed" else None,
        counts=dict.fromkeys(("rows", "new", "more", "same", "decide", "bad", "premises", "cameras"), 0),
    )  # fmt: skip
    sheet = ListSheet.objects.create(
        list=one, position=0, name="", rows=2,
        plan={"use": True, "header_rows": [1], "fields": ["name"], "legacy": [False], "defaults": {}},
        guesses={"headers": ["Name"], "confidence": [1.0], "titles": []},
    )  # fmt: skip
    rows = [[1, ["Name"]], [2, ["Gupta Store"]]]
    RowBlock.objects.create(
        sheet=sheet, first_row=1, last_row=2, cells=blocks.seal(rows, sheet.id, 1, "cells"),
        understood=blocks.seal({"2": {"name": "Gupta Store"}}, sheet.id, 1, "understood"),
    )  # fmt: skip
    return one


def ready(world: World) -> dict[str, str]:
    return {"list_id": str(_made(world, "ready").pk)}


def sheet(world: World) -> dict[str, str]:
    return {**ready(world), "position": "0"}


def committed(world: World) -> dict[str, str]:
    return {"list_id": str(_made(world, "committed").pk)}


def duplicate(world: World) -> dict[str, str]:
    import registry_rig

    one = _made(world, "committed")
    row = ListRow.objects.create(list=one, sheet=0, row=2, head_sheet=0, head_row=2, state="decide", key="k" * 32)
    made = DuplicateProposal.objects.create(
        list=one, row=row, premises=registry_rig.premises(world), score=90, reasons=[["name", 90]], created_ms=now_ms()
    )
    return {"proposal_id": str(made.pk)}


IMPORT = "list.import"
WHY = {"reason": "wrong list"}
WORD = {"lexicon": "police_station", "text": "Kalyanpr", "value": ""}

ENDPOINTS = [
    Endpoint("GET", "/lists", IMPORT, row=ready, lists=True),
    # What a file has to be is tried in tests/unit/desks/lists; without one the answer is 422 to all who may import.
    Endpoint("POST", "/lists", IMPORT, success=422, elsewhere=422),
    Endpoint("GET", "/lists/{list_id}", IMPORT, row=ready),
    Endpoint("PATCH", "/lists/{list_id}/sheets/{position}", IMPORT, row=sheet, body={"use": True}),
    Endpoint("POST", "/lists/{list_id}/words", IMPORT, row=ready, body=WORD),
    Endpoint("GET", "/lists/{list_id}/rows", IMPORT, row=ready),
    Endpoint("POST", "/lists/{list_id}/commit", IMPORT, row=ready, body={}),
    Endpoint("POST", "/lists/{list_id}/undo", IMPORT, row=committed, body=WHY),
    Endpoint("POST", "/lists/{list_id}/discard", IMPORT, row=ready, body=WHY, success=204),
    Endpoint("GET", "/lists/{list_id}/bad-rows", IMPORT, row=ready),
    Endpoint("GET", "/list-duplicates", IMPORT, row=duplicate, lists=True),
    Endpoint("POST", "/list-duplicates/{proposal_id}/decide", IMPORT, row=duplicate, body={"decision": "same"},
             success=204),
]  # fmt: skip
