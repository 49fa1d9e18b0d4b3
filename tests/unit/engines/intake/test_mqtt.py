"""Intake by MQTT, through its own door, with a real event log."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import intake_rig
from intake_rig import cloud
from prahari.contracts.config import Config
from prahari.engines.intake import mqtt_wire
from prahari.simcity.emergency import SimButton
from prahari.simcity.emergency.mqtt import MqttClient, RefusedError


def _client(rig: intake_rig.Rig, key: str = intake_rig.KEY) -> MqttClient:
    return MqttClient("127.0.0.1", rig.config.mqtt_port, key)


async def test_what_is_acknowledged_is_in_the_log(config: Config, fresh_nats_url: str) -> None:
    button = SimButton("b-1", 26.5, 80.4, clock_off_ms=7_200_000, twice=True)
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        async with _client(rig) as client:
            await button.press_mqtt(client)
            [event] = {event.id: event for event in await rig.log()}.values()
            assert (event.type, event.subject, event.data["skewed"]) == ("device.panic", "b-1", True)
            position = {"unit": "PCR-7", "lat": 26.4, "lon": 80.3}
            await client.publish("prahari/positions", json.dumps(position).encode())
            # Refused ones are acknowledged too: no device gets stuck on one.
            await client.publish("prahari/events", b"nonsense")
            await client.publish("elsewhere", json.dumps(cloud()).encode())
            await client.publish("prahari/events", json.dumps([cloud(1), cloud(2)]).encode(), qos=0)
            await client.publish("prahari/events", json.dumps(cloud(3)).encode())
        types = [event.type for event in await rig.log()]
    assert types == ["device.panic"] * 2 + ["unit.position"] + ["device.panic"] * 3


async def test_more_in_a_message_than_are_taken_at_once_are_all_taken(config: Config, fresh_nats_url: str) -> None:
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        async with _client(rig) as client:
            many = json.dumps([cloud(number) for number in range(1_201)], separators=(",", ":")).encode()
            assert len(many) < mqtt_wire.MOST_PACKET_BYTES
            await client.publish("prahari/events", many)
        assert len(await rig.log()) == 1_201


async def test_only_with_a_key(config: Config, fresh_nats_url: str) -> None:
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        with pytest.raises(RefusedError) as refused:
            async with _client(rig, "wrong"):
                pass
        assert refused.value.code == 4
        source = rig.intake.sources.all()[0]
        async with _client(rig) as client:
            rig.intake.sources.put(source.source_id, None)  # taken away while it is connected
            with pytest.raises(asyncio.IncompleteReadError):
                await client.publish("prahari/events", json.dumps(cloud()).encode())


async def test_devices_are_told_nothing(config: Config, fresh_nats_url: str) -> None:
    async with intake_rig.intake(config, fresh_nats_url) as rig, _client(rig) as client:
        client.send(0x82, b"\x00\x07" + b"\x00\x01#" + b"\x00" + b"\x00\x03a/b\x01")
        assert await client.receive() == (0x90, b"\x00\x07\x80\x80")
        client.send(0xC0, b"")
        assert await client.receive() == (0xD0, b"")


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: " + b"x" * 90 + b"\r\n\r\n",
        b"\x10\xff\xff\xff\xff\xff",
        b"\x10\xff\xff\xff\x7f",
        b"\x30\x05hello",
        b"\x10\x02\x00\x09",
    ],
)
async def test_what_is_no_mqtt_is_sent_away(config: Config, fresh_nats_url: str, sent: bytes) -> None:
    async with intake_rig.intake(config, fresh_nats_url) as rig:
        reader, writer = await asyncio.open_connection("127.0.0.1", rig.config.mqtt_port)
        try:
            writer.write(sent)
            async with asyncio.timeout(5):
                assert await reader.read() == b""
        finally:
            writer.close()
        assert await intake_rig.healthy(rig)


@given(st.integers(0, 15), st.integers(0, 15), st.binary(max_size=60))
@settings(max_examples=400)
def test_no_packet_breaks_the_reader(kind: int, flags: int, body: bytes) -> None:
    for read in (
        lambda: mqtt_wire.read_connect(body),
        lambda: mqtt_wire.read_publish(mqtt_wire.Packet(kind, flags, body)),
        lambda: mqtt_wire.refused_subscription(body),
    ):
        try:
            read()
        except mqtt_wire.MqttError:
            continue
