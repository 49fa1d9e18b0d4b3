"""Rows by COPY have the same defaults and the same history as others."""

from __future__ import annotations

import pghistory.models
import pytest
from django.db import connection

from prahari.core.ids import uuid7s
from prahari.desks.accounts.models import Agency, Jurisdiction
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.common.history import record
from prahari.desks.common.sql import copy_in
from prahari.desks.registry.models import Contact, Department, OwnerClass, Premises

pytestmark = pytest.mark.django_db


def test_rows_by_copy_get_defaults_and_a_history_that_says_who_and_why() -> None:
    with action("test.copy", actor=system("tests"), reason="to see") as act:
        copy_in(OwnerClass, ("code", "name_en", "name_hi", "public"), [("kiosk", "Kiosk", "गुमटी", False)])
        act.about("test", "1")
    made = OwnerClass.objects.get(code="kiosk")
    assert (made.sort, made.active, made.public) == (0, True, False)
    (created,) = record(OwnerClass, made.id)
    assert (created["who"]["name"], created["action"], created["why"]) == ("tests", "test.copy", "to see")


def test_rows_entered_together_have_a_history_each_and_so_have_their_changes() -> None:
    ids = uuid7s(3)
    with action("test.enter", actor=system("tests")) as act:
        copy_in(
            Premises,
            ("id", "name_en", "name_hi", "owner_class_id", "department_id", "agency_id", "jurisdiction_id"),
            [(id_, f"House {at}", f"घर {at}", *_where()) for at, id_ in enumerate(ids)],
        )
        Contact.objects.create(premises_id=ids[0], name="Owner")
        act.about("test", "1")
    with action("test.rename", actor=system("tests")) as act:
        Premises.objects.filter(id__in=ids[:2]).update(name_en="Mall")
        act.about("test", "1")
    kept = [[one["action"] for one in record(Premises, id_)] for id_ in ids]
    assert kept == [["test.rename", "test.enter"], ["test.rename", "test.enter"], ["test.enter"]]
    assert record(Premises, ids[1])[0]["changes"] == [{"field": "name_en", "before": "House 1", "after": "Mall"}]
    assert record(Contact, Contact.objects.get().id)[0]["who"]["name"] == "tests"
    assert not pghistory.models.Context.objects.exists(), "contexts stand in the history's rows only"


def _where() -> tuple[int, int, str, int]:
    department = Department.objects.filter(agency__isnull=False).first() or Department.objects.create(
        code="police", name_en="Police", name_hi="पुलिस", agency=Agency.objects.all()[0]
    )
    area, _ = Jurisdiction.objects.get_or_create(path="up", defaults={"level": "state", "name_en": "U", "name_hi": "उ"})
    return OwnerClass.objects.all()[0].id, department.id, department.agency_id, area.id


def test_no_trigger_asks_in_vain_whether_it_is_ignored() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pgtrigger.ignore', true)")
        assert cursor.fetchone() == ("{}",)
