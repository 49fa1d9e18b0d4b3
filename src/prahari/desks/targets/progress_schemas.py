"""What the endpoints of progress answer."""

from __future__ import annotations

from typing import Literal

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema


class FunnelStep(Schema):
    step: Literal["listed", "asked", "consented", "surveyed", "reachable", "linked", "verified", "confirmed"]
    cameras: int
    median_days: float | None


class FunnelOut(Schema):
    """All in cameras. median_days: from the step before, of those that took both."""

    as_of_ms: int
    steps: list[FunnelStep]
    refused: int
    withdrawn: int
    live_now: int
    down_24h: int


class LeagueRow(Schema):
    """rate: done of listed, 0 to 1; officers: consented of visited premises. small: too few for a fair rate.
    weeks: cameras added in each of the last weeks, oldest first."""

    key: str
    name: Bilingual
    premises: int
    listed: int
    asked: int
    consented: int
    refused: int
    done: int
    rate: float | None
    small: bool
    weeks: list[int]


class LeagueOut(Schema):
    by: Literal["department", "police_station", "officer"]
    small_below: int
    days: int
    items: list[LeagueRow]
    as_of_ms: int


class WardRow(Schema):
    path: str
    name: Bilingual
    population: int | None
    area_km2: float | None
    listed: int
    done: int
    live_now: int
    per_lakh: float | None
    per_km2: float | None


class WardsOut(Schema):
    items: list[WardRow]
    without_ward: int
    as_of_ms: int


class PlacementCount(Schema):
    """Premises whose placement is covered by a camera in the register, and by one verified live."""

    covered: int
    live: int


class PlacementRow(Schema):
    """premises: in the programme. without: those that had no camera when they came in; of these asked, promised,
    installed, linked."""

    code: str
    name: Bilingual
    premises: int
    with_cameras: int
    entry: PlacementCount
    exit: PlacementCount
    road_side: PlacementCount
    public_area: PlacementCount
    without: int
    asked: int
    promised: int
    installed: int
    linked: int


class PlacementsOut(Schema):
    items: list[PlacementRow]
    as_of_ms: int
