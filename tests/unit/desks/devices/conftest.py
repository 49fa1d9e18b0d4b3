from __future__ import annotations

from collections.abc import Iterator

import pytest

from prahari.desks.registry import totals


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Counts of another test's rows, a moment ago, are not this one's."""
    totals.remembered.forget()
    yield
    totals.remembered.forget()
