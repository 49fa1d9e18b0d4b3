"""Rows by COPY have the same defaults and the same history as others."""

from __future__ import annotations

import pytest
from django.db import connection

from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.common.history import record
from prahari.desks.common.sql import copy_in
from prahari.desks.registry.models import OwnerClass

pytestmark = pytest.mark.django_db


def test_rows_by_copy_get_defaults_and_a_history_that_says_who_and_why() -> None:
    with action("test.copy", actor=system("tests"), reason="to see") as act:
        copy_in(OwnerClass, ("code", "name_en", "name_hi", "public"), [("kiosk", "Kiosk", "गुमटी", False)])
        act.about("test", "1")
    made = OwnerClass.objects.get(code="kiosk")
    assert (made.sort, made.active, made.public) == (0, True, False)
    (created,) = record(OwnerClass, made.id)
    assert (created["who"]["name"], created["action"], created["why"]) == ("tests", "test.copy", "to see")


def test_no_trigger_asks_in_vain_whether_it_is_ignored() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pgtrigger.ignore', true)")
        assert cursor.fetchone() == ("{}",)
