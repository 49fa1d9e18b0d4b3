"""Wild requests against every endpoint that the OpenAPI schema offers: refused, never a fault of ours (500)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from ninja import Schema
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance

import owners_rig
import wall_rig
from prahari.desks.accounts.roles import PERMISSIONS
from prahari.desks.api import api
from scope import World

pytestmark = pytest.mark.usefixtures("without_event_log")
schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = get_wsgi_application()
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@pytest.fixture
def screen_key(world: World) -> str:
    """Of a kiosk that hangs there."""
    return wall_rig.enrolled(world, wall_rig.screen(world)).key


@pytest.fixture
def everything(world: World, screen_key: str) -> Iterator[dict[str, str]]:
    """Cookies of somebody who may do everything. The test's own transaction stays open between requests."""
    client = world.client(*PERMISSIONS, at="", agency=None)
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield {name: morsel.value for name, morsel in client.cookies.items()} | owners_rig.cookie()
    for signal in signals:
        signal.connect(close_old_connections)


ENDS_ITS_OWN_LEAVE = {("DELETE", "/api/v1/owner/session"), ("PUT", "/api/v1/screen/key")}
"""The next request of the same visitor is a stranger's."""


@schema.parametrize()
@settings(
    max_examples=5,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_never_a_server_error(case: Any, everything: dict[str, str], screen_key: str) -> None:
    token = "a" * 32
    case.cookies = {**everything, "csrftoken": token}
    case.headers = {**(case.headers or {}), "X-CSRFToken": token}
    if f"{case.path}/".startswith("/api/v1/screen/"):
        case.headers["Authorization"] = f"Screen {screen_key}"
    response = case.call(base_url="http://localhost")
    stranger = (case.method, case.path) in ENDS_ITS_OWN_LEAVE
    assert response.status_code != 401 or stranger, "not signed in: nothing behind the door is tried"
    assert response.status_code not in {500, 502}, response.text  # 503 names what is away: a refusal, not a fault
    case.validate_response(response, checks=[response_schema_conformance])


def _schemas(base: type[Schema] = Schema) -> Iterator[type[Schema]]:
    for one in base.__subclasses__():
        yield one
        yield from _schemas(one)


def test_no_two_shapes_share_a_name() -> None:
    """In the OpenAPI schema the later would silently take the place of the earlier one."""
    names = [one.__name__ for one in _schemas() if one.__module__.startswith("prahari.") and "[" not in one.__name__]
    assert sorted({name for name in names if names.count(name) > 1}) == []
