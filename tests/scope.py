"""Who may use which endpoint: declared once for each, run as everybody.

Each desk lists its endpoints in tests/scopes/<desk>.py as ENDPOINTS; test_scope.py runs every one of them as
anonymous, as somebody without the permission, with it in another jurisdiction, with it for another agency, and as the
right person, and fails when the OpenAPI schema holds an endpoint that no desk has listed.

    ENDPOINTS = [
        Endpoint("GET", "/cameras", "camera.view", row=camera, lists=True),
        Endpoint("GET", "/cameras/{camera_id}", "camera.view", row=camera),
        Endpoint("PATCH", "/cameras/{camera_id}", "camera.edit", row=camera, body={"reason": "moved"}),
        Endpoint("POST", "/cameras", "camera.edit", body=new_camera, success=201, elsewhere=403),
    ]

`row` makes the row in World.HOME for World.AGENCY and returns the path parameters ({"camera_id": "..."}); the last
one of them is the id that a list must hold. Give `body` a function when it needs the world.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

import scopes
from prahari.desks.accounts.models import Agency, Jurisdiction, Role, RoleGrant, User
from prahari.desks.accounts.roles import PERMISSIONS
from prahari.desks.common.actor import Actor, system

API = "/api/v1"
_numbers = itertools.count(1)


class World:
    """A small tree of jurisdictions, and people made as they are asked for."""

    CITY = "up.kanpur"
    HOME = "up.kanpur.west"
    ELSEWHERE = "up.kanpur.east"
    AGENCY = "police"
    OTHER_AGENCY = "municipal"

    def __init__(self) -> None:
        for path, level in (
            ("up", "state"),
            (self.CITY, "city"),
            (self.HOME, "zone"),
            (self.ELSEWHERE, "zone"),
            (f"{self.HOME}.kalyanpur", "police_station"),
            (f"{self.CITY}.ward-12", "ward"),
        ):
            code = path.rpartition(".")[2]
            Jurisdiction.objects.get_or_create(path=path, defaults={"level": level, "name_en": code, "name_hi": code})
        self.system: Actor = system("test")

    def person(self, name: str = "", *, at: str = HOME, agency: str | None = AGENCY) -> User:
        """Somebody without any right, who has chosen a password already."""
        name = name or f"person{next(_numbers)}"
        return User.objects.create(
            username=name,
            name=name.title(),
            password="!",
            must_change_password=False,
            jurisdiction=Jurisdiction.objects.get(path=at),
            agency=Agency.objects.get(pk=agency) if agency else None,
        )

    def allow(self, user: User, *permissions: str, at: str = HOME, agency: str | None = AGENCY) -> RoleGrant:
        """Give a role of just these permissions."""
        role, _ = Role.objects.get_or_create(
            code=f"test{next(_numbers)}", defaults={"name_en": "t", "name_hi": "t", "permissions": list(permissions)}
        )
        where = Jurisdiction.objects.get(path=at)
        return RoleGrant.objects.create(user=user, role=role, agency_id=agency, jurisdiction=where)

    def client(self, *permissions: str, at: str = HOME, agency: str | None = AGENCY) -> Client:
        """A signed-in browser of somebody who holds just these."""
        user = self.person()
        if permissions:
            self.allow(user, *permissions, at=at, agency=agency)
        return self.browser(user)

    def browser(self, user: User) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


Row = Callable[[World], dict[str, str]]


@dataclass(frozen=True)
class Endpoint:
    """permission: None when every signed-in person may; also: others that the right person needs.
    success: status for the right one. lists: the answer's `items` hold the row, for those who may see it.
    elsewhere: status with the permission in another area; None: 404 with a row, `success` without.
    agencies: whether rows belong to an agency. public: anonymous requests are answered, too."""

    method: str
    path: str
    permission: str | None
    row: Row | None = None
    body: Any = None
    query: str = ""
    success: int = 200
    lists: bool = False
    elsewhere: int | None = None
    agencies: bool = True
    public: bool = False
    also: tuple[str, ...] = ()
    everywhere: bool = False  # the right one holds it for the whole centre

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def ask(self, world: World, client: Client, parameters: dict[str, str]) -> Any:
        body = self.body(world) if callable(self.body) else self.body
        url = API + self.path.format(**parameters) + (f"?{self.query}" if self.query else "")
        if isinstance(body, bytes):
            return client.generic(self.method, url, body, content_type="application/octet-stream")
        return client.generic(self.method, url, b"" if body is None else _json(body), content_type="application/json")


def _json(body: Any) -> bytes:
    import orjson

    return orjson.dumps(body)


def every_endpoint() -> list[Endpoint]:
    found: list[Endpoint] = []
    for module in pkgutil.iter_modules(scopes.__path__):
        found += importlib.import_module(f"scopes.{module.name}").ENDPOINTS
    return found


def check(endpoint: Endpoint, who: str, world: World) -> None:
    """Run one endpoint as one kind of person. Raises AssertionError."""
    parameters = endpoint.row(world) if endpoint.row else {}
    row_id = next(reversed(parameters.values())) if parameters else None
    permissions = ((endpoint.permission,) if endpoint.permission else ()) + endpoint.also

    def ask(client: Client, *expected: int) -> Any:
        answer = endpoint.ask(world, client, parameters)
        assert answer.status_code in expected, f"{who}: {answer.status_code} {answer.content[:400]!r}"
        return answer

    def listed(answer: Any) -> bool:
        return row_id in [str(item.get("id")) for item in answer.json()["items"]]

    match who:
        case "anonymous":
            ask(Client(raise_request_exception=False), endpoint.success if endpoint.public else 401)
        case "no permission":
            others = [permission for permission in PERMISSIONS if permission != endpoint.permission]
            client = world.client(*others) if endpoint.permission else world.client()
            ask(client, *((403,) if endpoint.permission else (endpoint.success,)))
        case "other jurisdiction" | "other agency":
            if endpoint.permission is None and endpoint.row is None:
                return
            if who == "other jurisdiction":
                client = world.client(*permissions, at=World.ELSEWHERE)
            elif endpoint.agencies and not endpoint.everywhere:
                client = world.client(*permissions, agency=World.OTHER_AGENCY)
            else:
                return
            if endpoint.lists:
                assert not listed(ask(client, 200)), f"{who} sees the row"
            else:
                expected = endpoint.elsewhere or (404 if endpoint.row else endpoint.success)
                ask(client, expected)
        case "right one":
            if endpoint.everywhere:
                client = world.client(*permissions, at="", agency=None)
            else:
                client = world.client(*permissions)
            answer = ask(client, endpoint.success)
            assert not endpoint.lists or listed(answer), "the right one does not see the row"


KINDS = ("anonymous", "no permission", "other jurisdiction", "other agency", "right one")
