from __future__ import annotations

from collections.abc import Iterator

import pytest

from prahari.desks.common.models import Rule
from prahari.desks.registry import totals


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    totals.remembered.forget()
    yield
    totals.remembered.forget()


@pytest.fixture
def no_pause(db: None) -> None:
    """Codes may follow each other at once: the pause has a test of its own."""
    Rule.objects.create(code="owner_code_pause_s", value=0, valid_from="2020-01-01", source="test", created_ms=1)
