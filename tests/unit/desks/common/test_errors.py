"""Errors are sentences in both languages, pages go on where they stopped, wild cursors are refused."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prahari.contracts.config import ConfigError
from prahari.desks.accounts.models import User
from prahari.desks.common import paging
from prahari.desks.common.errors import Problem
from prahari.desks.settings import database
from scope import World

JSON = "application/json"


def test_each_wrong_field_has_its_sentence(world: World) -> None:
    body = {"username": "A b", "language": "fr", "jurisdiction": 5}
    answer = world.client("user.manage").post("/api/v1/users", body, content_type=JSON)
    assert answer.status_code == 422
    fields = answer.json()["fields"]
    assert set(fields) == {"username", "name", "language", "jurisdiction"}
    assert fields["name"] == {"en": "This is needed.", "hi": "यह आवश्यक है।"}
    assert all(text["en"] and text["hi"] for text in fields.values())


def test_what_was_typed_is_not_repeated(world: World) -> None:
    answer = world.client().post("/api/v1/me/password", {"current": ["hunter2"], "new": 5}, content_type=JSON)
    assert answer.status_code == 422 and b"hunter2" not in answer.content


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[]", b"null", b'"x"'])
def test_unreadable_bodies(world: World, body: bytes) -> None:
    answer = world.client("user.manage").post("/api/v1/users", body, content_type=JSON)
    assert answer.status_code in {400, 422} and answer.json()["message"]["hi"]


def test_a_fault_of_ours_gives_a_number_and_no_traceback(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from prahari.desks.accounts import selectors

    monkeypatch.setattr(selectors, "agencies", lambda: 1 / 0)
    answer = world.client().get("/api/v1/agencies")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert b"Zero" not in answer.content and b"Traceback" not in answer.content


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.one_of(st.none(), st.text(max_size=5), st.integers(), st.floats(allow_nan=False)), max_size=3).map(
            lambda values: _cursor(values)
        ),
    )
)
def test_wild_cursors_are_refused(world: World, cursor: str) -> None:
    for queryset, order in ((User.objects.all(), ["username"]), (User.objects.all(), ["-created_at", "id"])):
        try:
            paging.page(queryset, order, 10, cursor, str)
        except Problem as problem:
            assert problem.code == "bad_cursor"
        assert connection.is_usable()


def _cursor(values: list[object]) -> str:
    try:
        return paging.encode(values)
    except TypeError:  # an integer beyond 64 bits
        return "x"


def test_pages_neither_skip_nor_repeat(world: World) -> None:
    names = [world.person().username for _ in range(7)]
    for order in (["-created_at", "username"], ["username"]):
        seen: list[str] = []
        cursor: str | None = None
        while True:
            page = paging.page(User.objects.all(), order, 3, cursor, lambda user: user.username)
            seen += page["items"]
            cursor = page["next"]
            if cursor is None:
                break
        assert sorted(seen) == sorted(names) and page["total"] == 7


def test_database_urls() -> None:
    entry = database("postgresql://pra%40hari:s%2Fc@/city?host=/run/pg&sslmode=disable")
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"], entry["HOST"]) == ("city", "pra@hari", "s/c", "/run/pg")
    assert entry["OPTIONS"]["sslmode"] == "disable"
    assert database("postgres://db.example:6432/x")["PORT"] == "6432"
    for wrong in ("mysql://x/y", "postgresql://x:port/y"):
        with pytest.raises(ConfigError):
            database(wrong)
