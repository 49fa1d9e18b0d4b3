"""Desk tests run inside Django, on a database that has been migrated."""

from __future__ import annotations

import django

django.setup()

import pytest  # noqa: E402

from prahari.desks.accounts import recent  # noqa: E402
from scope import World  # noqa: E402


@pytest.fixture(autouse=True)
def read_rights_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests change rows behind the actions' back and look at once; test_recent.py tests what is kept for a second."""
    monkeypatch.setattr(recent, "KEPT_S", 0.0)


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def transactional_world(transactional_db: None) -> World:
    """For tests in which other threads or processes must see what was written: rows are really committed.

    The rows that migrations put in are gone after the first such test, so they are put back before each.
    """
    from importlib import import_module

    from django.apps import apps

    import_module("prahari.desks.accounts.migrations.0002_seeds").fill(apps, None)
    if not apps.get_model("registry", "OwnerClass").objects.exists():
        import_module("prahari.desks.registry.migrations.0003_seeds").sow(apps, None)
    import_module("prahari.desks.linking.migrations.0003_ladder_seeds").sow(apps, None)
    return World()
