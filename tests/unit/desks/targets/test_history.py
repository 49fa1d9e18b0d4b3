"""The count of each day: stored once, filled when days were missed, the same from the ladder."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from prahari.contracts.clock import local_day
from prahari.desks.common.actor import system
from prahari.desks.linking.models import CameraLinkage
from prahari.desks.targets import history
from prahari.desks.targets.counts import Spec
from prahari.desks.targets.models import Snapshot, SnapshotDay
from scope import World
from targets_rig import verified

DAY = dt.timedelta(days=1)
ALL = Spec(area=World.CITY)


def day(back: int) -> dt.date:
    return local_day() - DAY * back


def stored(spec: Spec = ALL) -> list[int]:
    days = history.stored_days()
    return list(history.done_by_day(system("test"), spec, days).values())


def test_missed_days_are_filled_and_a_second_run_does_nothing(world: World) -> None:
    verified(world, 2, on=day(5))
    verified(world, 1, on=day(3), owner_class="bank")
    assert history.keep_up() == [day(back) for back in (5, 4, 3, 2, 1)]
    assert stored() == [2, 2, 3, 3, 3]
    assert stored(Spec(area=World.HOME, owner_class="bank")) == [0, 0, 1, 1, 1]
    assert stored(Spec(area=World.ELSEWHERE)) == [0] * 5
    assert history.keep_up() == []
    SnapshotDay.objects.filter(day=day(1)).delete()
    assert history.keep_up() == [day(1)]
    hows = list(SnapshotDay.objects.order_by("day").values_list("how", flat=True))
    assert hows == ["rebuilt"] * 4 + ["kept"]


def test_a_long_standstill_is_filled_over_several_runs(world: World) -> None:
    verified(world, 1, on=day(70))
    assert len(history.keep_up()) == 60
    assert len(history.keep_up()) == 10
    assert history.keep_up() == []


def test_a_history_begins_with_the_first_camera_that_was_verified(world: World) -> None:
    assert history.keep_up() == []
    verified(world, 1, on=day(1))
    assert history.keep_up() == [day(1)]
    assert stored() == [1]


def test_editing_rows_later_does_not_change_what_was_counted(world: World) -> None:
    cameras = verified(world, 3, on=day(4))
    history.keep_up()
    before = stored()
    CameraLinkage.objects.filter(camera=cameras[0]).update(verified_ms=None, linked_ms=None)
    cameras[1].owner_class_id = cameras[1].owner_class_id + 1
    cameras[1].save()
    assert stored() == before == [3, 3, 3, 3]


def test_the_ladder_and_what_was_stored_agree_and_rebuilding_takes_corrections(world: World) -> None:
    cameras = verified(world, 3, on=day(4))
    verified(world, 2, on=day(2), owner_class="bank")
    history.keep_up()
    rows = sorted(Snapshot.objects.values_list("day_id", "owner_class", "department", "jurisdiction_path", "done"))
    for one in history.stored_days():
        assert sum(history.from_ladder(one).values()) == history.done_by_day(system("test"), ALL, [one])[one]
    assert history.rebuild(actor=system("test"), first=day(4), last=local_day(), reason="Checked") == 4
    again = sorted(Snapshot.objects.values_list("day_id", "owner_class", "department", "jurisdiction_path", "done"))
    assert again == rows
    CameraLinkage.objects.filter(camera=cameras[0]).update(verified_ms=None)
    history.rebuild(actor=system("test"), first=day(3), last=day(2), reason="A wrong entry was taken back")
    assert stored() == [3, 2, 4, 5]


def test_two_processes_at_once_store_each_day_once(transactional_world: World) -> None:
    verified(transactional_world, 2, on=day(3))

    def run(_: int) -> int:
        try:
            return len(history.keep_up())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(run, range(2)))
    assert sum(done) == 3
    assert stored() == [2, 2, 2]
