"""A home, a vault and two testimonial folders of each test's own."""

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
    for store in ("CENTRE", "MUNICIPAL"):
        monkeypatch.setenv(f"PRAHARI_VAULT_{store}", str(tmp_path / "disks" / store.lower()))
    return tmp_path
