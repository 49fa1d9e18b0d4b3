"""Every endpoint of every desk, as everybody: see tests/scope.py."""

from __future__ import annotations

import pytest

from prahari.desks.api import api
from scope import KINDS, Endpoint, World, check, every_endpoint

pytestmark = pytest.mark.usefixtures("without_event_log")
ENDPOINTS = every_endpoint()


@pytest.mark.django_db
@pytest.mark.parametrize("who", KINDS)
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=str)
def test_only_the_right_ones(endpoint: Endpoint, who: str) -> None:
    check(endpoint, who, World())


def test_every_endpoint_is_listed() -> None:
    paths = api.get_openapi_schema()["paths"]
    offered = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, ways in paths.items() for method in ways}
    listed = {str(endpoint) for endpoint in ENDPOINTS}
    assert offered - listed == set(), "list these in tests/scopes/<desk>.py"
    assert listed - offered == set(), "these are listed but not offered"
