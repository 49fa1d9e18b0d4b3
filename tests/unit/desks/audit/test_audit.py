"""The audit is written with what it tells of, read within one's area, and changed by nobody."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from prahari.desks.accounts import actions
from prahari.desks.accounts.models import Agency
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.action import action
from scope import World


def happened(world: World, name: str = "thing.done", *, at: str = World.HOME, about: str = "1") -> AuditEntry:
    with action(name, actor=world.system, reason="because") as act:
        act.about("thing", about, "A thing", jurisdiction=at, agency=World.AGENCY)
        act.details(count=1)
    return AuditEntry.objects.latest("sequence")


@pytest.mark.parametrize("statement", ["UPDATE audit_auditentry SET reason = 'other'", "DELETE FROM audit_auditentry"])
def test_nobody_changes_an_entry(world: World, statement: str) -> None:
    entry = happened(world)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    entry.refresh_from_db()
    assert entry.reason == "because"


def test_history_cannot_be_rewritten(world: World) -> None:
    actions.create_agency(actor=world.system, code="fire", name_en="Fire", name_hi="अग्निशमन")
    with pytest.raises(DatabaseError), transaction.atomic():
        Agency.pgh_event_model.objects.all().delete()  # type: ignore[attr-defined]


def test_the_entry_stands_and_falls_with_the_action(world: World) -> None:
    with pytest.raises(ZeroDivisionError), action("thing.done", actor=world.system) as act:
        act.about("thing", "1")
        Agency.objects.create(code="fire", name_en="Fire", name_hi="अग्निशमन")
        1 / 0  # noqa: B018
    assert not AuditEntry.objects.exists() and not Agency.objects.filter(code="fire").exists()


def test_an_action_must_say_what_it_is_about(world: World) -> None:
    with pytest.raises(RuntimeError, match=r"thing\.done"), action("thing.done", actor=world.system):
        Agency.objects.create(code="fire", name_en="Fire", name_hi="अग्निशमन")
    assert not Agency.objects.filter(code="fire").exists()


def test_a_nested_action_has_an_entry_of_its_own_and_rows_show_the_outer_one(world: World) -> None:
    with action("city.load", actor=world.system, reason="first day") as act:
        actions.create_agency(actor=world.system, code="fire", name_en="Fire", name_hi="अग्निशमन")
        act.about("city", "kanpur")
    assert list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True)) == [
        "agency.create",
        "city.load",
    ]
    context = Agency.pgh_event_model.objects.get(code="fire").pgh_context  # type: ignore[attr-defined]
    assert (context["action"], context["reason"], context["actor_name"]) == ("city.load", "first day", "test")


def test_entries_are_numbered_in_order(world: World) -> None:
    numbers = [happened(world).sequence for _ in range(3)]
    assert numbers == sorted(set(numbers))


def test_reads_newest_first_page_by_page(world: World) -> None:
    ids = [str(happened(world, about=str(number)).pk) for number in range(5)]
    client = world.client("audit.view")
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/api/v1/audit?limit=2&cursor={cursor}").json()
        assert page["total"] == 5
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert seen == ids[::-1]


def test_filters(world: World) -> None:
    happened(world, "camera.edit", about="7")
    happened(world, "camera.retire", about="8")
    happened(world, "user.edit", about="7")
    client = world.client("audit.view")

    def found(query: str) -> list[str]:
        return [item["action"] for item in client.get(f"/api/v1/audit?{query}").json()["items"]]

    assert found("subject=7") == ["user.edit", "camera.edit"]
    assert found("action=camera.") == ["camera.retire", "camera.edit"]
    assert found("from_ms=32503680000000") == []
    assert found("actor=00000000-0000-0000-0000-000000000000") == []


def test_what_belongs_to_no_area_is_for_the_whole_centre(world: World) -> None:
    entry = happened(world, at="")
    ask = "/api/v1/audit"
    assert world.client("audit.view", at=World.CITY, agency=None).get(ask).json()["total"] == 0
    items = world.client("audit.view", at="", agency=None).get(ask).json()["items"]
    assert [item["id"] for item in items] == [str(entry.pk)]
