from __future__ import annotations

import pytest

from prahari.desks.accounts.models import Jurisdiction
from scope import World

DISTRICT = "up.kanpur"
STATION = f"{World.HOME}.kalyanpur"
OTHER_STATION = f"{World.HOME}.panki"


@pytest.fixture
def world(world: World) -> World:
    """With a second police station beside the first."""
    Jurisdiction.objects.get_or_create(
        path=OTHER_STATION, defaults={"level": "police_station", "name_en": "Panki", "name_hi": "पनकी"}
    )
    return world
