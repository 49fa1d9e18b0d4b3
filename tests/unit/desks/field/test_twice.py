"""The phone gave up waiting and sent its batch again while the first was still at work."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import close_old_connections, connection, transaction

import registry_rig as rig
from prahari.desks.field.models import Visit
from prahari.desks.linking import ladder
from prahari.desks.linking.models import LadderEntry
from scope import World


@pytest.fixture
def phone_of(new_phone_class: Any, transactional_world: World) -> Any:
    return new_phone_class(transactional_world)


def test_a_batch_twice_at_the_same_time(transactional_world: World, phone_of: Any) -> None:
    premises = [rig.premises(transactional_world) for _ in range(6)]
    with transaction.atomic():
        ladder.list_premises(actor=transactional_world.system, listings=[ladder.Listing(one.id, 1) for one in premises])
    visits = [phone_of.visit(one, "asked") for one in premises]
    answers: list[list[dict[str, Any]]] = []
    start = threading.Barrier(3)

    def send() -> None:
        start.wait()
        answers.append(phone_of.send(*visits))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    assert len(answers) == 3
    for number in range(6):
        assert sorted(answer[number]["status"] for answer in answers) == ["already", "already", "stored"]
    assert Visit.objects.count() == 6
    assert LadderEntry.objects.filter(step="asked").count() == 6
