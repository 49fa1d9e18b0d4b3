"""Nobody gives more than they hold, nobody gives to themselves, and what is taken is gone at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import timezone

from prahari.contracts.events import now_ms
from prahari.contracts.media import HolderState
from prahari.desks.accounts import actions
from prahari.desks.accounts.models import RoleGrant, Session, User
from prahari.desks.accounts.roles import ROLES
from prahari.desks.common.models import OutboxMessage
from scope import World

JSON = "application/json"
OPERATOR = tuple(next(role["permissions"] for role in ROLES if role["code"] == "operator"))


def manager(world: World, *more: str, **where: Any) -> Client:
    return world.client("user.manage", *more, **where)


def give(
    client: Client, user: User, role: str = "operator", at: str = World.HOME, agency: str | None = "police"
) -> Any:
    body = {"role": role, "jurisdiction": at, "agency": agency, "reason": "shift B"}
    return client.post(f"/api/v1/users/{user.pk}/grants", body, content_type=JSON)


def test_gives_what_is_held_and_below(world: World) -> None:
    client, user = manager(world, *OPERATOR), world.person()
    assert give(client, user).status_code == 201
    answer = give(client, user, at=f"{World.HOME}.kalyanpur")
    assert answer.status_code == 201
    assert [grant["jurisdiction"]["path"] for grant in answer.json()["grants"]] == [
        World.HOME,
        f"{World.HOME}.kalyanpur",
    ]
    assert world.browser(user).get("/api/v1/me").json()["permissions"] == sorted(OPERATOR)


def test_giving_twice_is_once(world: World) -> None:
    client, user = manager(world, *OPERATOR), world.person()
    assert [give(client, user).status_code for _ in range(2)] == [201, 201]
    assert user.grants.count() == 1


@pytest.mark.parametrize(
    ("held", "role", "at", "agency"),
    [
        ((), "operator", World.HOME, "police"),  # manages people, but does not hold the role's rights
        (OPERATOR, "administrator", World.HOME, "police"),
        (OPERATOR, "supervisor", World.HOME, "police"),
        (OPERATOR, "operator", World.CITY, "police"),  # a larger area
        (OPERATOR, "operator", World.ELSEWHERE, "police"),
        (OPERATOR, "operator", "", "police"),
        (OPERATOR, "operator", World.HOME, None),  # every agency
        (OPERATOR, "operator", World.HOME, "municipal"),
    ],
)
def test_refuses_to_give_more_than_is_held(
    world: World, held: tuple[str, ...], role: str, at: str, agency: str | None
) -> None:
    user = world.person()
    answer = give(manager(world, *held), user, role, at, agency)
    assert (answer.status_code, answer.json()["code"]) == (403, "beyond_own_rights")
    assert not user.grants.exists()


def test_rights_of_two_grants_do_not_add_up(world: World) -> None:
    """user.manage here and the role's rights elsewhere do not make a right to give the role anywhere."""
    giver, user = world.person(), world.person()
    world.allow(giver, "user.manage")
    world.allow(giver, *OPERATOR, at=World.ELSEWHERE)
    for at in (World.HOME, World.ELSEWHERE):
        assert give(world.browser(giver), user, at=at).status_code == 403


def test_nobody_changes_their_own_rights(world: World) -> None:
    oneself = world.person()
    world.allow(oneself, "user.manage", *OPERATOR)
    client = world.browser(oneself)
    grant = oneself.grants.get()
    path = f"/api/v1/users/{oneself.pk}"
    answers = [
        give(client, oneself),
        client.delete(f"{path}/grants/{grant.pk}"),
        client.post(f"{path}/reset-password", {}, content_type=JSON),
        client.patch(path, {"locked": True}, content_type=JSON),
    ]
    assert [answer.json()["code"] for answer in answers] == ["not_oneself"] * 4


def test_nobody_takes_over_somebody_with_more_rights(world: World) -> None:
    """Resetting an administrator's password would be a way to become one."""
    boss = world.person()
    RoleGrant.objects.create(
        user=boss, role_id="administrator", jurisdiction=world.allow(boss, "audit.view", at="").jurisdiction
    )
    client, path = manager(world, *OPERATOR), f"/api/v1/users/{boss.pk}"
    answers = [
        client.post(f"{path}/reset-password", {}, content_type=JSON),
        client.patch(path, {"locked": True}, content_type=JSON),
        client.delete(f"{path}/grants/{boss.grants.first().pk}"),  # type: ignore[union-attr]
        give(client, boss),
    ]
    assert [answer.json()["code"] for answer in answers] == ["beyond_own_rights"] * 4


def test_a_person_is_not_moved_or_made_outside_ones_area(world: World) -> None:
    client, user = manager(world), world.person()
    for change in ({"jurisdiction": World.ELSEWHERE}, {"agency": None}, {"agency": "municipal"}, {"jurisdiction": ""}):
        assert client.patch(f"/api/v1/users/{user.pk}", change, content_type=JSON).status_code == 403, change
    body = {"username": "xyz", "name": "X", "agency": "police"}
    assert client.post("/api/v1/users", {**body, "jurisdiction": ""}, content_type=JSON).status_code == 403
    made = client.post("/api/v1/users", {"username": "Xyz", "name": "X"}, content_type=JSON)
    assert made.status_code == 201, made.content
    assert made.json()["user"]["jurisdiction"]["path"] == World.HOME
    assert made.json()["user"]["username"] == "xyz"
    again = client.post("/api/v1/users", {"username": "xyz", "name": "X"}, content_type=JSON)
    assert (again.status_code, again.json()["code"]) == (409, "name_taken")


def test_what_is_taken_is_gone_with_the_next_request(world: World) -> None:
    user = world.person()
    grant = world.allow(user, "user.manage")
    theirs, client = world.browser(user), manager(world)
    assert theirs.get("/api/v1/users").status_code == 200
    OutboxMessage.objects.all().delete()
    assert client.delete(f"/api/v1/users/{user.pk}/grants/{grant.pk}?reason=left").status_code == 200
    assert theirs.get("/api/v1/users").status_code == 403
    sent = OutboxMessage.objects.get(subject="events.accounts")
    assert b"access.changed" in bytes(sent.payload) and str(user.pk).encode() in bytes(sent.payload)
    pictures = OutboxMessage.objects.get(subject=f"$KV.media_holders.{user.pk}")
    state = msgspec.json.decode(pictures.payload, type=HolderState)
    assert not state.holds("any camera", now_ms()), "what is open in the media engines ends, too"


def test_a_grant_ends_by_itself(world: World) -> None:
    user = world.person()
    grant = world.allow(user, "user.manage")
    theirs = world.browser(user)
    grant.valid_to = timezone.now() - dt.timedelta(seconds=1)
    grant.save()
    assert theirs.get("/api/v1/users").status_code == 403
    assert theirs.get("/api/v1/me").json()["grants"] == []


@pytest.mark.parametrize("how", ["lock", "reset"])
def test_locking_and_resetting_end_every_session(world: World, how: str) -> None:
    user, client = world.person(), manager(world)
    browsers = [world.browser(user), world.browser(user)]
    if how == "lock":
        client.patch(f"/api/v1/users/{user.pk}", {"locked": True, "reason": "left"}, content_type=JSON)
    else:
        answer = client.post(f"/api/v1/users/{user.pk}/reset-password", {"reason": "forgot"}, content_type=JSON)
        user.refresh_from_db()
        assert user.check_password(answer.json()["password"]) and user.must_change_password
    assert [browser.get("/api/v1/me").status_code for browser in browsers] == [401, 401]
    assert not Session.objects.filter(user_id=user.pk).exists()


def test_history_says_who_what_and_why_but_no_password(world: World) -> None:
    user, client = world.person("ravi"), manager(world)
    client.patch(f"/api/v1/users/{user.pk}", {"name": "Ravi K", "reason": "misspelt"}, content_type=JSON)
    client.post(f"/api/v1/users/{user.pk}/reset-password", {"reason": "forgot"}, content_type=JSON)
    items = client.get(f"/api/v1/users/{user.pk}/history").json()["items"]
    assert [(item["action"], item["why"]) for item in items] == [
        ("user.reset_password", "forgot"),
        ("user.edit", "misspelt"),
        ("created", ""),
    ]
    assert items[1]["changes"] == [{"field": "name", "before": "Ravi", "after": "Ravi K"}]
    assert items[1]["who"]["name"].startswith("Person")
    assert "password" not in {change["field"] for item in items for change in item["changes"]}


def test_the_event_token_holds_the_scope_and_ends_with_it(world: World) -> None:
    from django.conf import settings

    from prahari.contracts import tokens
    from prahari.contracts.media import StreamClaims

    user = world.person()
    grant = world.allow(user, "camera.view")
    soon = timezone.now() + dt.timedelta(seconds=90)
    RoleGrant.objects.filter(pk=grant.pk).update(valid_to=soon)
    answer = world.browser(user).post("/api/v1/event-token").json()
    claims = tokens.verify(answer["token"], StreamClaims, settings.CONFIG.verifying_key())
    assert claims.user_id == str(user.pk)
    assert claims.grants == [(World.HOME, "police", ["camera.view"])]
    assert claims.exp_s * 1000 == answer["expires_ms"] <= soon.timestamp() * 1000
    assert answer["url"] == f"http://testserver:{settings.CONFIG.events_port}/events"


def test_reset_from_the_command_line(world: World) -> None:
    world.person("lost")
    made = actions.first_administrator(actor=world.system, reset="Lost")
    assert made["username"] == "lost"
    assert User.objects.get(username="lost").check_password(made["password"])


def test_jurisdictions_are_laid_out_and_brought_up_to_date(world: World) -> None:
    from prahari.contracts.city import Area, Name

    ring = [(80.1, 26.4), (80.3, 26.4), (80.3, 26.6)]
    area = Area(World.HOME, "zone", Name("West", "पश्चिम"), lgd_code="7", boundary=[ring], population=9)
    for _ in range(2):
        assert actions.lay_out_jurisdictions(actor=world.system, areas=[area]) == 1
    client = world.client()
    rows = client.get("/api/v1/jurisdictions?level=zone").json()["items"]
    west = next(row for row in rows if row["path"] == World.HOME)
    assert west == {
        "path": World.HOME,
        "level": "zone",
        "name": {"en": "West", "hi": "पश्चिम"},
        "lgd_code": "7",
        "parent": World.CITY,
        "has_boundary": True,
    }
    shape = client.get("/api/v1/jurisdictions/boundaries?level=zone").json()["features"][0]["geometry"]
    assert shape["coordinates"][0] == [list(point) for point in [*ring, ring[0]]]


def test_whoever_signs_out_leaves_no_picture_behind(world: World) -> None:
    user = world.person()
    browser = world.browser(user)
    browser.delete("/_allauth/browser/v1/auth/session")
    found = OutboxMessage.objects.get(subject=f"$KV.media_holders.{user.pk}")
    assert not msgspec.json.decode(found.payload, type=HolderState).holds("any camera", now_ms())
