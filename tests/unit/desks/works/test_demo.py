"""The demonstration's works: complete, and the same when loaded again."""

from __future__ import annotations

import time

import pytest

from prahari.contracts.city import Area, City, Name
from prahari.desks.works import demo, models, selectors
from prahari.desks.works import references as refs
from scope import World

CITY = City(
    code="kanpur", name=Name("Kanpur", "कानपुर"), centre=(80.33, 26.45), bounds=(80.1, 26.3, 80.5, 26.6),
    areas=[Area(path=World.CITY, level="city", name=Name("Kanpur", "कानपुर"))], departments=[], premises=[],
    cameras=[], basemap={},
)  # fmt: skip


@pytest.mark.django_db
def test_loading_again_changes_nothing() -> None:
    world = World()
    begun_s = time.process_time()
    demo.load(CITY)
    assert time.process_time() - begun_s < 3
    before = models.ProgressEntry.objects.count()
    demo.load(CITY)
    assert models.ProgressEntry.objects.count() == before
    rows = selectors.packages(world.system)
    assert len(rows) == len(demo.SAFE_CITY) + len(demo.RIVERSIDE)
    cable = next(row for row in rows if row["number"] == "P-01")
    assert cable["days_lost"] > 60
    assert cable["plan"]["end"] > cable["baseline"]["end"]
    assert 0 < cable["done"] < 220
    assert {row["state"] for row in rows} >= {"late", "done", "not_started"}
    for one in models.Package.objects.filter(geometry__isnull=False):
        refs.check_geometry(one.geometry)
