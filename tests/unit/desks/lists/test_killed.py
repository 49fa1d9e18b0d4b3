"""The process that takes a list over is killed for good between writing premises and the end of their portion."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
import pytest
from django.db import connection

import lists_rig as rig
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.history import record
from prahari.desks.linking.models import LadderEntry, Linkage
from prahari.desks.lists import committing, tasks
from prahari.desks.lists.models import ListRow
from prahari.desks.registry.models import Contact, Premises
from scope import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.failure, pytest.mark.timeout(180)]

HEAD = ["S.No.", "Name of Shop", "Owner", "Mobile", "Address", "Thana", "Type", "Cameras"]
ROWS = 4_000  # two portions
NUMBERS = range(1, ROWS + 1)
WORK = """
import sys, uuid, django
django.setup()
from prahari.desks.lists import tasks
tasks.work(uuid.UUID(sys.argv[1]))
"""
WAITING = """
SELECT count(*) FROM pg_locks
 WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND (locktype = 'advisory' OR relation = 'linking_ladderentry'::regclass)
"""


def database_url() -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@contextmanager
def other_connection() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url(), autocommit=True) as other:
        yield other


def until_waiting(other: psycopg.Connection[Any], count: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while other.execute(WAITING).fetchone() != (count,):
        assert process.poll() is None and time.monotonic() < deadline, "nobody waits"
        time.sleep(0.02)


def test_killed_while_a_portion_is_written_nothing_is_lost_or_doubled(transactional_world: World) -> None:
    world = transactional_world
    rig.area(world)
    client = world.client("list.import", "registry.view", at=World.HOME)
    rows = [[n, f"Shop {n} Store", "Ram Lal", f"98{n:08d}", f"{n} Mall Road", "Panki", "Shop", 1] for n in NUMBERS]
    seen = rig.imported(client, rig.text([HEAD, *rows]), "list.csv")
    assert seen["counts"]["new"] == ROWS
    client.post(f"/api/v1/lists/{seen['id']}/commit", {}, content_type="application/json")
    list_id = UUID(seen["id"])

    kill_in_the_second_portion(list_id)
    first = Premises.objects.count()
    assert 0 < first < ROWS, "one portion is in, the other is not"
    assert first == Contact.objects.count() == Linkage.objects.count() == LadderEntry.objects.count()
    assert first == ListRow.objects.filter(made=True, premises__isnull=False).count()
    assert rig.read(client, seen["id"])["state"] == "committing"

    assert list_id in tasks.unfinished(0)
    tasks.work(list_id)
    done = rig.read(client, seen["id"])
    assert (done["state"], done["counts"]["premises"]) == ("committed", ROWS)
    assert ROWS == Premises.objects.count() == Contact.objects.count() == Linkage.objects.count()
    assert (
        ROWS == LadderEntry.objects.count() == ListRow.objects.filter(made=True).values("premises").distinct().count()
    )
    portions = AuditEntry.objects.filter(action="list.take_over", object_id=seen["id"])
    assert sum(portion.details["premises"] for portion in portions) == ROWS
    histories = Premises.pgh_event_model.objects  # type: ignore[attr-defined]
    assert histories.filter(pgh_label="insert").count() == ROWS
    assert [one["action"] for one in record(Linkage, Linkage.objects.all()[0].id)] == ["list.take_over"]


def kill_in_the_second_portion(list_id: UUID) -> None:
    """Stops the work between its two portions by the lock of all taking over, then where the second has written all but
    the ladder's record; and kills it there."""
    environment = {**os.environ, "DATABASE_URL": database_url()}
    with other_connection() as before, other_connection() as between, other_connection() as watch:
        before.execute("SELECT pg_advisory_lock(%s)", [committing.LOCK])
        process = subprocess.Popen([sys.executable, "-c", WORK, str(list_id)], env=environment)
        try:
            until_waiting(watch, 1, process)
            queued = threading.Thread(target=between.execute, args=("SELECT pg_advisory_lock(%s)", [committing.LOCK]))
            queued.start()
            until_waiting(watch, 2, process)
            before.execute("SELECT pg_advisory_unlock(%s)", [committing.LOCK])
            queued.join(60)
            between.execute("BEGIN")
            between.execute("LOCK TABLE linking_ladderentry IN SHARE MODE")
            between.execute("SELECT pg_advisory_unlock(%s)", [committing.LOCK])
            until_waiting(watch, 1, process)
        finally:
            process.kill()
            process.wait()
    with other_connection() as after:  # what the killed one held is free again
        after.execute("SELECT pg_advisory_lock(%s)", [committing.LOCK])
