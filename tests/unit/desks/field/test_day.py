"""What a phone takes along."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prahari.contracts import sealing
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common.models import Rule
from prahari.desks.registry.models import Contact, Premises
from prahari.desks.registry.premises import sealing_context
from scope import World


def names(day: dict[str, Any]) -> list[str]:
    return [one["name"]["en"] for one in day["premises"]]


def contact(premises: Premises, mobile: str) -> None:
    one = Contact(premises=premises, name="Sharma", role="Owner")
    one.sealed_mobile = sealing.seal(mobile, settings.CONFIG.sealing_key(), sealing_context(one.id))
    one.save()


def test_what_is_to_be_visited_and_nothing_else(phone: Any, listed: Any) -> None:
    soon = str(local_day() + dt.timedelta(days=3))
    kept, asked, again, promised, consented = (listed(name_en=name) for name in "ABCDE")
    listed(name_en="elsewhere", at=World.ELSEWHERE)
    listed(name_en="other agency", agency=World.OTHER_AGENCY)
    form = [{"key": phone.hand_in(), "use": "form"}]
    phone.send(
        phone.visit(asked, "asked", note="talk to his brother"),
        phone.visit(again, "come_again", come_again_on=soon),
        phone.visit(promised, "promised", promised_for=soon, cost_borne_by="owner"),
        phone.visit(consented, "consented", given_by="R. Gupta", files=form),
    )
    contact(kept, "98765 43210")
    day = phone.day()
    assert names(day) == ["A", "B", "E"]
    assert day["premises"][0]["contacts"] == [{"name": "Sharma", "role": "Owner", "mobile": "98765 43210"}]
    (entry,) = day["premises"][1]["history"]
    assert (entry["step"], entry["by"], entry["note"]) == ("asked", phone.user.name, "talk to his brother")
    assert day["refusal_reasons"] and day["owner_classes"]
    assert [one["path"] for one in day["stations"]] == ["up.kanpur.west.kalyanpur"]
    assert day["as_of_ms"] <= now_ms() and day["more"] == 0


def test_nearest_first_and_no_more_than_the_rule(phone: Any, listed: Any) -> None:
    Rule.objects.create(
        code="field_day_premises", value=10, valid_from="2020-01-01", source="test", created_ms=now_ms()
    )
    for number in range(12):
        listed(name_en=f"{number:02}", lat=26.40 + number / 100, lon=80.30)
    listed(name_en="nowhere")
    day = phone.day("?lat=26.511&lon=80.3")
    assert names(day) == [f"{number:02}" for number in range(11, 1, -1)] and day["more"] == 3


def test_the_version_changes_with_what_is_in_it(phone: Any, listed: Any) -> None:
    premises = listed()
    first = phone.day()["version"]
    assert phone.day()["version"] == first
    phone.send(phone.visit(premises, "asked"))
    assert phone.day()["version"] != first


def test_a_full_day_costs_few_queries(phone: Any, listed: Any) -> None:
    for _ in range(3):
        listed()
    with CaptureQueriesContext(
        connection,
    ) as few:
        phone.day()
    for _ in range(20):
        contact(listed(), "9876543210")
    with CaptureQueriesContext(connection) as many:
        assert len(phone.day()["premises"]) == 23
    assert len(many) <= len(few) and len(few) <= 16


def test_without_the_permission_no_numbers(new_phone: Any, listed: Any) -> None:
    contact(listed(), "9876543210")
    answer = new_phone("linking.view").browser.get("/api/v1/field/day")
    assert answer.status_code == 403 and b"98765" not in answer.content
