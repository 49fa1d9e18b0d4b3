"""112 and public alerts, asked for over the wire at the simulated ones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

import intake_rig
from intake_rig import record
from prahari.contracts.config import Config
from prahari.contracts.events import Event, now_ms
from prahari.contracts.happenings import INTAKE_TOLD, SourceKind, SourceRecord, credentials_context, event_id
from prahari.contracts.sealing import seal
from prahari.simcity.emergency import SimEmergency

TOKEN = "t-112"


@pytest.fixture
async def sim() -> AsyncIterator[SimEmergency]:
    async with SimEmergency(token=TOKEN) as service:
        yield service


def _erss(config: Config, sim: SimEmergency, token: str = TOKEN) -> SourceRecord:
    one = record(kind=SourceKind.ERSS, kinds=["erss.call"], url=f"{sim.url}/112", poll_s=0, key_hash="")
    return record(
        kind=SourceKind.ERSS, kinds=["erss.call"], url=f"{sim.url}/112", poll_s=0, key_hash="",
        sealed_credentials=seal(token, config.sealing_key(), credentials_context(one.source_id)),
    )  # fmt: skip


def _cap(sim: SimEmergency, path: str = "/alerts/feed.xml") -> SourceRecord:
    return record(kind=SourceKind.CAP, kinds=["public.alert"], url=sim.url + path, poll_s=0, key_hash="")


async def _found(rig: intake_rig.Rig, count: int, kind: str) -> list[Event]:
    found: dict[str, Event] = {}

    async def enough() -> bool:
        found.update({event.id: event for event in await rig.log() if event.type == kind})
        return len(found) >= count

    await intake_rig.until(enough)
    return list(found.values())


async def test_calls_of_112_come_once_each_through_errors_and_repeats(
    config: Config, fresh_nats_url: str, sim: SimEmergency
) -> None:
    sim.centre.fail("500", 2)
    sim.centre.add("UP-1", 26.5, 80.4, text="आग", priority=1, category="fire", phone="+919999900001")
    sim.centre.add_raw({"number": "", "at": "never"})
    sim.centre.add("UP-2", 19.0, 72.8, at_ms=now_ms() - 300_000)
    sim.centre.add("UP-1", 26.5, 80.4, text="आग", priority=1, state="assigned")
    async with intake_rig.intake(config, fresh_nats_url, _erss(config, sim)) as rig:
        first, second = await _found(rig, 2, "erss.call")
        assert (first.subject, first.data["severity"], first.data["text"]) == ("UP-1", "critical", "आग")
        assert second.data["late"] and second.data["lat"] == 26.47
        sim.centre.fail("garbage", 1)
        sim.centre.add("UP-3", 26.5, 80.4)
        assert len(await _found(rig, 3, "erss.call")) == 3
    # After a restart it goes on where it was.
    sim.centre.add("UP-4", 26.5, 80.4)
    asked = sim.centre.asked
    async with intake_rig.intake(config, fresh_nats_url, _erss(config, sim)) as rig:
        await _found(rig, 4, "erss.call")
        numbers = [event.subject for event in await rig.log() if event.type == "erss.call"]
    assert numbers == ["UP-1", "UP-2", "UP-1", "UP-3", "UP-4"] and sim.centre.asked > asked


async def test_a_112_that_does_not_let_us_in_is_told(config: Config, fresh_nats_url: str, sim: SimEmergency) -> None:
    async with intake_rig.intake(config, fresh_nats_url, _erss(config, sim, "wrong"), tell_s=0.1) as rig:
        [told, *_] = await _found(rig, 1, INTAKE_TOLD)
    assert told.data["trouble"] == "denied"


async def test_alerts_updates_and_cancels(config: Config, fresh_nats_url: str, sim: SimEmergency) -> None:
    sim.alerts.alert("rain-1")
    sim.alerts.malformed("broken")
    sim.alerts.put("bomb", '<!DOCTYPE a [<!ENTITY x "y">]><alert>&x;</alert>')
    sim.alerts.alert("rain-2", kind="Update", supersedes=("rain-1",), severity="Extreme")
    sim.alerts.alert("rain-3", kind="Cancel", supersedes=("rain-2",), circle="26.5,80.3 12")
    sim.alerts.alert("rain-4", kind="Ack")
    sim.alerts.alert("drill", status="Exercise")
    source = _cap(sim)
    async with intake_rig.intake(config, fresh_nats_url, source, tell_s=0.1) as rig:
        found = {event.subject: event for event in await _found(rig, 4, "public.alert")}
        told = await _found(rig, 1, INTAKE_TOLD)
    assert set(found) == {"rain-1", "rain-2", "rain-3", "drill"}
    assert sum(one.data["refused"].get("malformed", 0) for one in told) <= 2
    first, second, third = (found[f"rain-{n}"] for n in (1, 2, 3))
    assert first.data["severity"] == "high" and second.data["severity"] == "critical"
    assert first.data["text"].startswith("आज रात भारी वर्षा")
    assert (round(first.data["lat"], 3), round(first.data["lon"], 3)) == (26.475, 80.35)
    parameters: dict[str, Any] = second.data["parameters"]
    assert parameters["supersedes"] == [event_id(source.source_id, "rain-1")] and parameters["message"] == "update"
    assert third.data["parameters"]["message"] == "cancel" and third.data["lat"] == 26.5
    assert third.data["parameters"]["areas"][0]["circles"] == [[26.5, 80.3, 12_000]]
    assert found["drill"].data["parameters"]["test"] is True


async def test_a_feed_does_not_lead_elsewhere(config: Config, fresh_nats_url: str, sim: SimEmergency) -> None:
    from prahari.engines.intake.cap import read_feed

    feed = (
        "<rss><channel><item><guid>a</guid><link>http://127.0.0.1:1/x.xml</link></item>"
        "<item><guid>b</guid><link>/ours.xml</link></item><item><link>file:///etc/passwd</link></item></channel></rss>"
    )
    assert [one.link for one in read_feed(feed.encode(), f"{sim.url}/feed")] == [f"{sim.url}/ours.xml"]
