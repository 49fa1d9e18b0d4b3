"""Fan-out to consoles: scope, order, memory, slow readers."""

import json

import msgspec

from prahari.contracts import events
from prahari.contracts.events import Event, EventBatch, RawEvent
from prahari.contracts.media import CameraPlan, SealedAddress
from prahari.core.scope import Grant, Scope
from prahari.eventlog import hub as hub_module
from prahari.eventlog.hub import Hub, Listener, parse_position


def raw(*several: Event) -> list[RawEvent]:
    """As they come from the wire."""
    return events.decode_raw(events.encode(EventBatch("test", list(several)))).events


def scope(path: str, agency: str | None = None, permission: str = "camera.view") -> Scope:
    return Scope((Grant(path, agency, frozenset({permission})),))


def event(jurisdiction: str, agency: str = "police", type_: str = events.CAMERA_STATUS, **data: object) -> RawEvent:
    return raw(Event(type_, str(data.pop("subject", "camera:1")), 5, dict(data), jurisdiction, agency))[0]


def heard(listener: Listener) -> list[dict[str, object]]:
    messages = b"".join(listener.waiting.values()).decode().split("\n\n")[:-1]
    return [json.loads(message.split("data: ", 1)[1]) for message in messages]


def test_a_console_hears_only_of_its_jurisdiction_and_agency() -> None:
    hub = Hub()
    west, _ = hub.join("a", scope("up.kanpur.west"), None)
    traffic, _ = hub.join("b", scope("up", "traffic"), None)
    blind, _ = hub.join("c", scope("up", permission="wall.use"), None)
    inside, outside = event("up.kanpur.west.kalyanpur"), event("up.kanpur.westend", "traffic")
    hub.publish(1, [inside, outside])
    assert [message["id"] for message in heard(west)] == [inside.id]
    assert [message["id"] for message in heard(traffic)] == [outside.id]
    assert heard(blind) == []


def test_proofs_are_cut_to_what_the_console_may_see() -> None:
    hub = Hub()
    for camera, path in (("1", "up.west"), ("2", "up.east")):
        plan = CameraPlan(camera, "", path, "police", SealedAddress("rtsp://x"))
        hub.place_camera(camera, msgspec.json.encode(plan))
    west, _ = hub.join("a", scope("up.west"), None)
    (proof,) = raw(Event(events.CAMERA_PROOF, "", 5, {"rows": [["1", 1, 2, 0], ["2", 1, 2, 0], ["3", 1, 2, 0]]}))
    hub.publish(1, [proof])
    assert heard(west)[0]["data"] == {"rows": [["1", 1, 2, 0]]}
    hub.place_camera("1", None)
    hub.publish(2, [proof])
    assert len(heard(west)) == 1


def test_resuming_brings_exactly_what_was_missed() -> None:
    hub = Hub()
    batch = [event("up", number=number) for number in range(3)]
    hub.publish(7, batch)
    hub.publish(8, [event("up", number=3)])
    listener, resumed = hub.join("a", scope("up"), parse_position("7-1"))
    assert resumed
    assert [message["data"]["number"] for message in heard(listener)] == [2, 3]  # type: ignore[index]


def test_what_is_forgotten_is_said_to_be(monkeypatch: object) -> None:
    hub = Hub()
    assert hub.join("a", scope("up"), (1, 0))[1] is False
    for sequence in range(hub_module.REMEMBERED_EVENTS + 2):
        hub.publish(sequence, [event("up")])
    assert hub.join("a", scope("up"), (0, 0))[1] is False
    assert hub.join("a", scope("up"), (1, 0))[1] is True


def test_a_slow_console_is_let_go_and_holds_up_nobody() -> None:
    hub = Hub()
    slow, _ = hub.join("a", scope("up"), None)
    for sequence in range(hub_module.WAITING_MESSAGES + 1):
        hub.publish(sequence, [event("up")])
    assert slow.lost == "too slow"
    assert len(slow.waiting) == hub_module.WAITING_MESSAGES


def test_changed_access_ends_that_persons_streams() -> None:
    hub = Hub()
    one, _ = hub.join("a", scope("up"), None)
    other, _ = hub.join("b", scope("up"), None)
    hub.publish(1, raw(Event(events.ACCESS_CHANGED, "user:a", 5, {"user_id": "a"})))
    assert one.lost
    assert not other.lost
    assert heard(other) == []


def test_positions() -> None:
    assert parse_position("12-3") == (12, 3)
    for text in ("", "12", "-", "a-b", "1-2-3", "٣-٣", "9" * 50 + "-1"):
        assert parse_position(text) is None


def test_each_family_asks_for_its_own_permission() -> None:
    hub = Hub()
    families = {
        "alarm.view": ["alarm.raised", "alarm.changed"],
        "incident.view": ["incident.changed", "citizen_report.changed"],
        "dispatch.view": ["unit.position", "unit.changed", "assignment.changed"], "shift.view": ["shift.changed"],
        "wall.control": ["wall.changed"], "camera.view": ["camera.status", "wall.changed"],
    }  # fmt: skip
    listeners = {permission: hub.join("a", scope("up.west", None, permission), None)[0] for permission in families}
    every = sorted({one for some in families.values() for one in some})
    hub.publish(1, [event("up.west", type_=one) for one in every] + [event("up.east", type_=one) for one in every])
    for permission, listener in listeners.items():
        told = [line[7:] for line in listener.take().decode().split("\n") if line.startswith("event: ")]
        assert sorted(told) == sorted(families[permission]), permission


def test_what_comes_by_the_thousand_is_heard_by_who_asks_for_it() -> None:
    hub = Hub()
    plain, _ = hub.join("a", scope("up"), None)
    asking, _ = hub.join("a", scope("up"), None, frozenset({"vision.*", "device.panic"}))
    may, _ = hub.join("a", scope("up", None, "alarm.view"), None, frozenset({"device.panic"}))
    hub.publish(
        1, [event("up", type_="vision.crowd"), event("up", type_="device.panic"), event("up", type_="erss.call")]
    )
    assert (len(plain.waiting), len(asking.waiting), len(may.waiting)) == (0, 1, 1)
    hub.publish(2, [event("up", type_="vision.crowd")] * (hub_module.REMEMBERED_EVENTS + 1))
    hub.publish(3, [event("up")])
    assert hub.join("b", scope("up"), (3, 0))[1] is True, "they push nothing out of the memory"


def test_an_alarm_that_grows_while_a_console_is_busy_costs_one_message() -> None:
    hub = Hub()
    listener, _ = hub.join("a", scope("up", None, "alarm.view"), None)
    for number in range(3 * hub_module.WAITING_MESSAGES):
        hub.publish(number, [event("up", type_="alarm.raised", subject=f"alarm-{number % 2}", revision=number)])
    assert not listener.lost
    assert [one["data"]["revision"] for one in heard(listener)] == [5998, 5999]  # type: ignore[index]


def test_hostile_words_do_not_leave_their_message() -> None:
    hub = Hub()
    listener, _ = hub.join("a", scope("up"), None)
    spaced = RawEvent("camera.status", "a\nevent: bye", 5, msgspec.Raw(b'{"x":\n\r[1]}'), "up", "police", 'e"1')
    hub.publish(1, [spaced, msgspec.structs.replace(spaced, type="camera.\ndata: no")])
    lines = listener.take().decode().split("\n")
    assert [line.partition(":")[0] for line in lines if line] == ["id", "event", "data"] * 2
    assert heard_data(lines) == {"id": 'e"1', "subject": "a\nevent: bye", "time_ms": 5, "data": {"x": [1]}}


def heard_data(lines: list[str]) -> object:
    return json.loads(next(line for line in lines if line.startswith("data: "))[6:])
