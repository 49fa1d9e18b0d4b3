from __future__ import annotations

from pathlib import Path

import pytest

from prahari.simcity.rtsp import Loop
from prahari.simcity.testloops import small_loop


@pytest.fixture(scope="session")
def loop_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loops")


@pytest.fixture(scope="session")
def loop(loop_cache: Path) -> Loop:
    return small_loop(loop_cache)


@pytest.fixture(scope="session")
def other_loop(loop_cache: Path) -> Loop:
    return small_loop(loop_cache, width=160, height=120)
