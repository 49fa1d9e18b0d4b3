"""Rights are kept for a second for reading, and dropped when somebody changes them."""

from __future__ import annotations

import time

import pytest

from prahari.desks.accounts import recent
from prahari.desks.accounts.models import RoleGrant, User
from scope import World

JSON = "application/json"


@pytest.fixture(autouse=True)
def kept(read_rights_anew: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "KEPT_S", 1.0)
    recent._actors.clear()


def test_reading_again_asks_the_database_nothing(world: World) -> None:
    from prahari.desks.accounts import authentication

    client = world.client("user.manage")
    assert client.get("/api/v1/roles").status_code == 200
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(authentication, "load_actor", lambda *_: pytest.fail("asked again"))
        assert client.get("/api/v1/roles").status_code == 200


def test_rights_changed_elsewhere_hold_after_a_second(world: World) -> None:
    user = world.person()
    world.allow(user, "user.manage")
    client = world.browser(user)
    assert client.get("/api/v1/users").status_code == 200
    RoleGrant.objects.filter(user=user).delete()  # as another process does
    deadline = time.monotonic() + 3
    while client.get("/api/v1/users").status_code != 403:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_changing_something_never_relies_on_it(world: World) -> None:
    user = world.person()
    world.allow(user, "user.manage")
    client = world.browser(user)
    assert client.get("/api/v1/users").status_code == 200
    RoleGrant.objects.filter(user=user).delete()
    body = {"username": "somebody", "name": "S"}
    assert client.post("/api/v1/users", body, content_type=JSON).status_code == 403
    User.objects.filter(pk=user.pk).update(locked=True)
    assert client.post("/api/v1/event-token").status_code == 401


def test_actions_end_it_at_once(world: World) -> None:
    user = world.person()
    grant = world.allow(user, "user.manage")
    client, manager = world.browser(user), world.client("user.manage")
    assert client.get("/api/v1/users").status_code == 200
    manager.delete(f"/api/v1/users/{user.pk}/grants/{grant.pk}")
    assert client.get("/api/v1/users").status_code == 403
    assert client.get("/api/v1/agencies").status_code == 200
    manager.patch(f"/api/v1/users/{user.pk}", {"locked": True}, content_type=JSON)
    assert client.get("/api/v1/agencies").status_code == 401


def test_another_address_is_not_mistaken_for_the_first(world: World) -> None:
    client = world.client("user.manage")
    assert client.get("/api/v1/roles", REMOTE_ADDR="10.0.0.1").status_code == 200
    assert recent.get(client.cookies["prahari"].value, "10.0.0.2") is None


def test_signing_out_ends_it(world: World) -> None:
    client = world.client("user.manage")
    assert client.get("/api/v1/roles").status_code == 200
    client.delete("/_allauth/browser/v1/auth/session")
    assert recent._actors == {}
