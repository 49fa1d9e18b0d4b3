"""The chain over the audit: what is changed, removed, put in or moved, in the database or in the files, is found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from prahari.contracts import clock
from prahari.desks.audit import chain, verify_audit
from prahari.desks.audit.checking import check
from prahari.desks.audit.models import AuditEntry, AuditLink, AuditWaiting
from prahari.desks.audit.verify_audit import FIRST_LINK, link_of
from prahari.desks.common.action import action
from scope import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(chain, "folder", lambda: tmp_path / "audit")
    return tmp_path / "audit"


@pytest.fixture
def acts(transactional_world: World, folder: Path) -> Callable[[int], None]:
    """Things done and chained, one by one."""

    def do(count: int) -> None:
        for number in range(count):
            with action("thing.done", actor=transactional_world.system, reason="क्योंकि") as act:
                act.about("thing", str(number), "चीज़", jurisdiction=World.HOME, agency=World.AGENCY)
                act.details(count=number, share=1.0, deep={"b": [1, None], "a": "ß"})
            chain.seal()

    AuditWaiting.objects.all().delete()  # entries of the fixtures
    sql("TRUNCATE audit_auditentry, audit_auditlink")
    return do


def sql(statement: str, *values: object) -> None:
    """As somebody who owns the database: triggers do not hinder him."""
    with connection.cursor() as cursor:
        for table in ("audit_auditentry", "audit_auditlink"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        for table in ("audit_auditentry", "audit_auditlink"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def standalone(folder: Path) -> tuple[int, str]:
    """What the verifier says that needs nothing of ours."""
    key = settings.CONFIG.keys / "audit.pub"
    done = subprocess.run(
        [sys.executable, "-I", verify_audit.__file__, str(folder), "--key", str(key)],
        capture_output=True, text=True, check=False, cwd="/", env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_what_was_done_is_chained_in_order_and_holds(acts: Callable[[int], None], folder: Path) -> None:
    acts(5)
    assert list(AuditLink.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    assert not AuditWaiting.objects.exists()
    assert check().faults == []
    code, said = standalone(folder)
    assert code == 0 and said.startswith("5 entries of 1 days, 5 signed heads, 0 faults")


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_auditentry SET reason = 'other' WHERE object_id = '2'", "was changed in the database"),
        ("UPDATE audit_auditentry SET details = '{\"count\": 7}' WHERE object_id = '2'", "was changed in the database"),
        ("UPDATE audit_auditentry SET at = at - interval '1 h' WHERE object_id = '4'", "was changed in the database"),
        ("DELETE FROM audit_auditentry WHERE object_id = '2'", "was removed from the database"),
        ("DELETE FROM audit_auditentry WHERE object_id = '4'", "was removed from the database"),
        ("DELETE FROM audit_auditlink WHERE position = 5", "was put into the database"),
        (
            "INSERT INTO audit_auditentry (id, sequence, at, actor_name, action, object_type, object_id, object_name,"
            " jurisdiction_path, agency_code, reason, details) SELECT gen_random_uuid(), sequence + 1000, at,"
            " actor_name, action, object_type, object_id, object_name, jurisdiction_path, agency_code, reason, details"
            " FROM audit_auditentry WHERE object_id = '1'",
            "was put into the database",
        ),
        (
            "UPDATE audit_auditlink SET entry_id = (SELECT entry_id FROM audit_auditlink AS other"
            " WHERE other.position = 7 - audit_auditlink.position) WHERE position IN (3, 4)",
            "was changed in the database",
        ),
    ],
)  # fmt: skip
def test_whoever_edits_the_database_is_found(
    acts: Callable[[int], None], folder: Path, statement: str, fault: str
) -> None:
    acts(5)
    if "entry_id = (SELECT" in statement:
        sql("ALTER TABLE audit_auditlink DROP CONSTRAINT audit_auditlink_entry_id_key")
    try:
        sql(statement)
        assert any(fault in said for said in check().faults)
    finally:
        sql("TRUNCATE audit_auditlink")
        if "entry_id = (SELECT" in statement:
            sql("ALTER TABLE audit_auditlink ADD CONSTRAINT audit_auditlink_entry_id_key UNIQUE (entry_id)")


def test_a_whole_chain_made_anew_in_the_database_is_not_that_of_the_files(
    acts: Callable[[int], None], folder: Path
) -> None:
    acts(4)
    sql("DELETE FROM audit_auditentry WHERE object_id = '1'")
    sql("TRUNCATE audit_auditlink")
    link = FIRST_LINK
    for position, entry_id in enumerate(AuditEntry.objects.order_by("sequence").values_list("id", flat=True), 1):
        link = link_of(link, position, chain.text_of(chain.entries_of([entry_id])[entry_id]))
        AuditLink.objects.create(position=position, entry_id=entry_id, link=link, day=clock.local_day())
    assert any("not the same in the files" in fault for fault in check().faults)


@pytest.mark.parametrize("name", ["entry", "removed", "moved", "copied", "tail", "head", "heads", "all_heads", "line"])
def test_whoever_edits_the_files_is_found(acts: Callable[[int], None], folder: Path, name: str) -> None:
    acts(6)
    [day] = folder.glob("????-??-??.jsonl")
    heads = folder / "heads.jsonl"
    lines, signed = day.read_text().splitlines(keepends=True), heads.read_text().splitlines(keepends=True)
    if name == "entry":
        lines[2] = lines[2].replace("thing.done", "thing.gone")
    elif name == "removed":
        del lines[2]
    elif name == "moved":
        lines[2], lines[3] = lines[3], lines[2]
    elif name == "copied":
        lines.insert(3, lines[2])
    elif name == "tail":
        lines = lines[:-1]
    elif name == "head":
        signed[-1] = signed[-1].replace('"position": 6', '"position": 5')
    elif name == "heads":
        lines, signed = lines[:-2], [*signed[:-2], signed[0]]
    elif name == "all_heads":
        signed = []
    else:
        entry = json.loads(lines[-1])
        text = entry["entry"].replace('"share":1.0', '"share":2.0')
        link = link_of(entry["link"], 7, text)
        lines.append(json.dumps({"position": 7, "link": link, "entry": text}) + "\n")
    day.write_text("".join(lines))
    heads.write_text("".join(signed))
    code, said = standalone(folder)
    assert code == 1, said
    assert check().faults


def test_a_finished_day_is_signed_and_its_file_may_not_change(
    acts: Callable[[int], None], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts(2)
    today = clock.local_day()
    tomorrow = today + clock.dt.timedelta(days=1)
    monkeypatch.setattr(chain, "local_day", lambda: tomorrow)
    acts(2)
    monkeypatch.setattr(chain, "local_day", lambda: today)  # a clock that goes back does not open the day again
    acts(1)
    head = folder / f"{today}.head.json"
    assert json.loads(head.read_text())["last"] == 2
    assert len((folder / f"{tomorrow}.jsonl").read_text().splitlines()) == 3
    assert standalone(folder)[0] == 0
    head.write_text(head.read_text().replace('"last": 2', '"last": 1'))
    assert standalone(folder)[0] == 1
    head.unlink()
    (folder / f"{today}.jsonl").unlink()
    assert standalone(folder)[0] == 1


def test_a_crash_between_the_database_and_the_files_is_made_up_for(
    acts: Callable[[int], None], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts(2)

    def full() -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(chain, "_write", full)
        with pytest.raises(OSError, match="No space"):
            acts(1)
    [day] = folder.glob("????-??-??.jsonl")
    with day.open("ab") as file:
        file.write(b'{"position": 3, "link": "half a li')
    assert any("the files end with" in fault or "is not an entry" in fault for fault in check().faults)
    acts(1)
    assert check().faults == [] and standalone(folder)[0] == 0
    assert AuditLink.objects.count() == 4


def test_an_entry_whose_transaction_took_long_comes_later_and_is_not_lost(
    acts: Callable[[int], None], transactional_world: World
) -> None:
    acts(1)
    with pytest.raises(ZeroDivisionError), action("thing.failed", actor=transactional_world.system) as act:
        act.about("thing", "1")
        1 / 0  # noqa: B018 - a number of the sequence is gone for good
    acts(2)
    numbers = list(AuditEntry.objects.order_by("sequence").values_list("sequence", flat=True))
    assert AuditLink.objects.count() == 3 and check().faults == []
    assert len(numbers) == 3


@pytest.mark.parametrize("statement", ["UPDATE audit_auditlink SET link = 'x'", "DELETE FROM audit_auditlink"])
def test_links_stay(acts: Callable[[int], None], statement: str) -> None:
    acts(1)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_how_far_the_chain_goes_is_told(acts: Callable[[int], None], transactional_world: World) -> None:
    acts(2)
    client: Client = transactional_world.client("audit.view")
    told = client.get("/api/v1/audit/chain").json()
    assert told["position"] == 2 and len(told["link"]) == 64


@given(st.lists(st.text(), max_size=8), st.integers(1, 8), st.text())
def test_any_change_changes_every_later_link(texts: list[str], at: int, other: str) -> None:
    def links(entries: list[str]) -> list[str]:
        found, before = [], FIRST_LINK
        for position, entry in enumerate(entries, 1):
            before = link_of(before, position, entry)
            found.append(before)
        return found

    if at <= len(texts) and texts[at - 1] != other:
        changed = [*texts[: at - 1], other, *texts[at:]]
        assert all(a != b for a, b in zip(links(texts)[at - 1 :], links(changed)[at - 1 :], strict=True))
