"""Simulated cameras of every kind, encoded once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from prahari.simcity.rtsp import Loop
from prahari.simcity.testloops import small_loop


@pytest.fixture(scope="session")
def loop_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Loop]:
    folder: Path = tmp_path_factory.mktemp("loops")
    return lambda **options: small_loop(folder, **options)
