"""Desk tests run inside Django, on a database that has been migrated."""

from __future__ import annotations

import django

django.setup()

import pytest

from scope import World


@pytest.fixture
def world(db: None) -> World:
    return World()
