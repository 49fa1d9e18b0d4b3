from __future__ import annotations

from collections.abc import Iterator

import pytest

from messages_rig import running_post
from prahari.simcity.messages import SimPost


@pytest.fixture(scope="module")
def running() -> Iterator[SimPost]:
    with running_post() as post:
        yield post


@pytest.fixture
def post(running: SimPost) -> SimPost:
    running.inbox.clear()
    running.faults.heal()
    return running
