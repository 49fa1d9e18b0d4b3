"""Desk tests run inside Django, on a database that has been migrated."""

from __future__ import annotations

from collections.abc import Iterator

import django

django.setup()

import pytest  # noqa: E402

from prahari.desks.accounts import recent  # noqa: E402
from prahari.desks.common.outbox import publisher  # noqa: E402
from prahari.desks.linking import engine  # noqa: E402
from scope import World  # noqa: E402


@pytest.fixture(autouse=True)
def read_rights_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests change rows behind the actions' back and look at once; test_recent.py tests what is kept for a second."""
    monkeypatch.setattr(recent, "KEPT_S", 0.0)


@pytest.fixture(autouse=True)
def end_what_was_begun() -> Iterator[None]:
    """A test's NATS goes with it: who would go on looking for it finds another test's at its port one day."""
    yield
    engine.line.close()
    publisher.stop()


@pytest.fixture
def without_event_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens where NATS should be: whoever needs it is told so soon."""
    monkeypatch.setattr(engine, "CONNECT_S", 0.05)


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
