"""A home and a vault of each test's own."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from django.conf import settings

from prahari.runtime import keys


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    keys.ensure(tmp_path)
    monkeypatch.setattr(settings, "CONFIG", dataclasses.replace(settings.CONFIG, home=tmp_path))
    return tmp_path
