"""Intake by HTTP, through its own doors, with a real event log."""

from __future__ import annotations

import asyncio
import datetime as dt
import io

import pytest

import intake_rig
from intake_rig import cloud, record
from prahari.contracts.config import Config
from prahari.contracts.events import now_ms
from prahari.contracts.happenings import INTAKE_TOLD, event_id


def _iso(ms: int) -> str:
    return dt.datetime.fromtimestamp(ms / 1000, dt.UTC).isoformat()


async def test_a_batch_is_in_the_log_when_it_is_acknowledged_and_bad_ones_lose_nothing(
    config: Config, fresh_nats_url: str
) -> None:
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        batch = [
            cloud(1, subject="box-12", data={"text": "मदद", "lat": 26.5, "lon": 80.4}),
            cloud(2, type="device.gunshot"),
            {"id": "x"},
            cloud(3, data={"latitude": 1}),
            cloud(4, data={"lat": 26.5}),
            cloud(5, time="yesterday"),
            cloud(6),
        ]
        status, answer, _ = await rig.post(batch)
        assert status == 202
        assert [one["index"] for one in answer["accepted"]] == [0, 6]
        assert [(one["index"], one["code"]) for one in answer["refused"]] == [
            (1, "kind"), (2, "malformed"), (3, "malformed"), (4, "malformed"), (5, "malformed"),
        ]  # fmt: skip
        assert all(one["message"]["hi"] and one["message"]["en"] for one in answer["refused"])
        assert "latitude" in answer["refused"][2]["message"]["en"]
        events = await rig.log()
    assert [event.id for event in events] == [one["id"] for one in answer["accepted"]]
    first = events[0]
    assert (first.type, first.subject, first.jurisdiction, first.agency) == (
        "device.panic", "box-12", "up.kanpur", "police",
    )  # fmt: skip
    assert first.id == event_id(record().source_id, "e-1")
    assert first.data["text"] == "मदद" and (first.data["lat"], first.data["lon"]) == (26.5, 80.4)
    assert (events[1].data["lat"], events[1].subject) == (26.47, record().name)


async def test_the_same_one_twice_is_the_same_event(config: Config, fresh_nats_url: str) -> None:
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        answers = [(await rig.post(cloud(9)))[1] for _ in range(2)]
        assert answers[0] == answers[1]


async def test_binary_mode(config: Config, fresh_nats_url: str) -> None:
    headers = {"ce-id": "b-1", "ce-specversion": "1.0", "ce-type": "device.panic", "ce-source": "/boxes/4"}
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        assert (await rig.post(b'{"text": "help"}', headers=headers))[0] == 202
        assert (await rig.post(b"", headers=headers | {"ce-id": "b-2"}))[0] == 202
        # What is in the body stays in the data.
        assert (await rig.post(b'{}, "type": "camera.status"', headers=headers))[0] == 422
        events = await rig.log()
    assert [(one.subject, one.data.get("text")) for one in events] == [("/boxes/4", "help"), ("/boxes/4", None)]


async def test_clocks_are_judged(config: Config, fresh_nats_url: str) -> None:
    before = now_ms()
    times = {
        "right": before - 2_000,
        "late": before - 600_000,
        "ahead": before + 3_600_000,
        "1970": 86_400_000,
    }
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        await rig.post([cloud(n, subject=name, time=_iso(ms)) for n, (name, ms) in enumerate(times.items())])
        found = {event.subject: event for event in await rig.log()}
    after = now_ms()
    assert found["right"].time_ms == times["right"]
    assert not {"late", "skewed", "said_ms"} & {name for name, value in found["right"].data.items() if value}
    assert found["late"].time_ms == times["late"] and found["late"].data["late"]
    for name in ("ahead", "1970"):
        assert before <= found[name].time_ms <= after
        assert found[name].data["skewed"] and found[name].data["said_ms"] == times[name]


async def test_a_place_outside_the_area_is_not_believed(config: Config, fresh_nats_url: str) -> None:
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        await rig.post(cloud(data={"lat": 19.07, "lon": 72.87}))
        [event] = await rig.log()
    assert (event.data["lat"], event.data["lon"]) == (26.47, 80.32)
    assert event.data["parameters"] == {"place_not_believed": {"lat": 19.07, "lon": 72.87}}


@pytest.mark.parametrize("key", ["", "wrong", "x" * 4000])
async def test_without_the_key_nothing_is_taken(config: Config, fresh_nats_url: str, key: str) -> None:
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        status, answer, _ = await rig.post(cloud(), key=key)
        assert status == 401 and answer["message"]["hi"]
        assert await rig.log() == []


async def test_no_source_hands_in_more_than_its_rate(config: Config, fresh_nats_url: str) -> None:
    async with intake_rig.intake(config, fresh_nats_url, record(per_minute=3)) as rig:
        status, answer, headers = await rig.post([cloud(n) for n in range(5)])
        assert status == 202 and len(answer["accepted"]) == 3
        assert {one["code"] for one in answer["refused"]} == {"rate"}
        assert 1 <= int(headers["Retry-After"]) <= 21
        assert (await rig.post(cloud(9)))[0] == 429


async def test_bodies_have_a_size(config: Config, fresh_nats_url: str) -> None:
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        assert (await rig.post(io.BytesIO(b" " * 1_100_000)))[0] == 413
        assert (await rig.post([cloud(n) for n in range(1001)]))[0] == 413
        assert (await rig.post([]))[0] == 202
        for body in (b"", b"nonsense", b"[1,", b"[" * 100_000, b'"x"', b"\xff\xfe"):
            status, answer, _ = await rig.post(body)
            assert status == 400 and answer["code"] == "unreadable"
        deep = b'{"specversion":"1.0","id":"d","type":"device.panic","data":{"parameters":{"a":' + b"[" * 60_000
        assert (await rig.post(deep + b"]" * 60_000 + b"}}}"))[0] in (400, 422)


async def test_what_a_source_handed_in_is_told(config: Config, fresh_nats_url: str) -> None:
    async with intake_rig.intake(config, fresh_nats_url, tell_s=0.2) as rig:
        await rig.post([cloud(1), cloud(2), {"id": "x"}])

        async def told() -> bool:
            return any(event.type == INTAKE_TOLD for event in await rig.log())

        await intake_rig.until(told)
        event = next(event for event in await rig.log() if event.type == INTAKE_TOLD)
    assert event.subject == record().source_id
    assert (event.data["taken"], event.data["refused"]) == (2, {"malformed": 1})


async def test_positions(config: Config, fresh_nats_url: str) -> None:
    at_ms = now_ms() - 1_000
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        status, answer, _ = await rig.post(
            [
                {"unit": "PCR-7", "lat": 26.4, "lon": 80.3, "at": at_ms, "speed_kmh": 31},
                {"unit": "PCR-8", "lat": 26.4, "lon": 80.3},
                {"unit": "PCR-7", "lat": 96.4, "lon": 80.3},
            ],
            "/v1/positions",
        )
        assert status == 202
        assert [one["code"] for one in answer["refused"]] == ["unit", "malformed"]
        query = {"key": intake_rig.KEY, "id": "PCR-7", "lat": "26.41", "lon": "80.31", "timestamp": str(at_ms // 1000),
                 "speed": "10", "bearing": "90", "accuracy": "5.5", "batt": "81"}  # fmt: skip
        for method in ("GET", "POST"):
            async with rig.http.request(method, f"{rig.url}/", params=query) as response:
                assert response.status == 202
        async with rig.http.post(f"{rig.url}/", data=query) as response:
            assert response.status == 202
        async with rig.http.get(f"{rig.url}/", params=query | {"lat": "nan"}) as response:
            assert response.status == 422
        first, *others = await rig.log()
    assert (first.type, first.subject, first.data["at_ms"]) == ("unit.position", intake_rig.UNIT, at_ms)
    assert len(others) == 3 and len({one.id for one in others}) == 1
    assert others[0].data == {
        "at_ms": at_ms // 1000 * 1000, "lat": 26.41, "lon": 80.31, "speed_kmh": 18.52, "heading_deg": 90.0,
        "accuracy_m": 5.5, "battery_pct": 81.0,
    }  # fmt: skip


async def test_many_small_senders_at_once(config: Config, fresh_nats_url: str) -> None:
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        answers = await asyncio.gather(*(rig.post(cloud(n)) for n in range(200)))
        assert {status for status, _, _ in answers} == {202}
        assert {event.id for event in await rig.log()} == {answer["accepted"][0]["id"] for _, answer, _ in answers}


async def test_sources_are_remembered_without_the_bucket(config: Config, fresh_nats_url: str) -> None:
    async with intake_rig.intake(config, fresh_nats_url):
        pass
    from prahari.engines.intake.sources import Sources

    kept = Sources(config.home / "intake" / "sources.json")
    assert kept.of_key(intake_rig.KEY) == record()
