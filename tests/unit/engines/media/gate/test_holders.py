"""Leave that is ended before its time, at every door: a real worker, a simulated camera, a real NATS."""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncIterator

import aiohttp
import msgspec
import pytest
from nats.js.kv import KeyValue

import media_rig
from media_rig import media_token, on_disk, plan, running_worker, until, watching
from prahari.contracts import bus, subjects
from prahari.contracts.config import Config
from prahari.contracts.media import HolderState, MediaClaims, RecordMode
from prahari.engines.media.gate.holders import Holders
from prahari.simcity.rtsp import Loop, SimServer

WITHIN_S = 5.0
"""What is promised."""


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def bucket(nats_url: str) -> AsyncIterator[KeyValue]:
    client = await bus.connect(nats_url, "test")
    yield await bus.ensure_cluster_bucket(client.jetstream(), subjects.MEDIA_HOLDERS_BUCKET)
    await client.close()


def now_ms() -> int:
    return int(time.time() * 1000)


async def put(bucket: KeyValue, holder: str, state: HolderState) -> None:
    await bucket.put(holder, msgspec.json.encode(state))


def claims(signed_ms: int, camera_id: str = "a", user: str = "u") -> MediaClaims:
    return MediaClaims(user, camera_id, ["live"], 2_000_000_000, signed_ms=signed_ms)


def test_what_was_signed_before_and_does_not_fit_what_was_told_since_holds_no_more() -> None:
    holders = Holders()
    assert holders.holds(claims(0)), "nothing is said of this one"
    holders.take("u", msgspec.json.encode(HolderState(1_000, 2_000, ["a"])))
    assert [holders.holds(claims(at)) for at in (0, 1_000, 1_001, 2_000, 2_001)] == [False, False, True, True, True]
    assert [holders.holds(claims(at, "b")) for at in (1_001, 2_000, 2_001)] == [False, False, True]
    assert holders.holds(claims(0, user="v"))
    holders.take("u", b"{")
    assert not holders.holds(claims(0)), "what cannot be read changes nothing"
    holders.take("u", None)
    assert holders.holds(claims(0))


async def test_an_ended_pairing_ends_the_open_streams_and_a_token_given_before_opens_none(
    config: Config, loop: Loop, session: aiohttp.ClientSession, nats_url: str, bucket: KeyValue
) -> None:
    origin, screen = config.origin(config.media_port), str(uuid.uuid4())
    async with SimServer({"/cam": loop}) as server:
        first, second = (plan(config, server.url("/cam"), record=RecordMode.NONE) for _ in range(2))
        on_disk(config, first, second)
        old = media_token(config, first.camera_id, user=screen)
        other = media_token(config, second.camera_id, user=screen)
        officer = media_token(config, first.camera_id, user=str(uuid.uuid4()))
        async with (
            running_worker(config, nats_url) as worker,
            watching(session, origin, first.camera_id, old) as kiosk,
            watching(session, origin, second.camera_id, other) as kept,
            watching(session, origin, first.camera_id, officer) as desk,
        ):
            await until(lambda: worker.is_serving, what="the worker linked with the centre")
            await until(lambda: kiosk.fragments and kept.fragments and desk.fragments, what="pictures")

            # The screen shows the second camera only from now on.
            begun = time.monotonic()
            await put(bucket, screen, HolderState(now_ms() - 60_000, now_ms(), [second.camera_id]))
            await until(lambda: kiosk.ended_at, WITHIN_S, "the stream closed")
            assert kiosk.ended_at - begun < WITHIN_S and kiosk.close_code == 4401
            async with watching(session, origin, first.camera_id, old) as again:
                await until(lambda: again.ended_at, what="the refusal")
            assert again.close_code == 4401 and not again.fragments
            for path in ("snapshot", f"timeline/{first.camera_id}?from_ms=1&to_ms=2"):
                path = f"{path}/{first.camera_id}" if path == "snapshot" else path
                async with session.get(f"{origin}/{path}", headers={"Authorization": f"Bearer {old}"}) as answer:
                    assert answer.status == 401

            # It is put there again: a newer token is newer word, the engine need not have heard of it.
            async with watching(
                session, origin, first.camera_id, media_token(config, first.camera_id, user=screen)
            ) as w:
                await until(lambda: w.fragments, what="pictures with a newer token")
                # The pairing is ended.
                begun = time.monotonic()
                await put(bucket, screen, HolderState(now_ms()))
                await until(lambda: w.ended_at and kept.ended_at, WITHIN_S, "both closed")
            assert kept.close_code == 4401
            shown = len(desk.fragments)
            await until(lambda: len(desk.fragments) > shown + 10, what="the officer's pictures going on")
            assert desk.close_code is None


async def test_a_worker_hears_of_it_at_its_start(
    config: Config, loop: Loop, session: aiohttp.ClientSession, nats_url: str, bucket: KeyValue
) -> None:
    origin, screen = config.origin(config.media_port), str(uuid.uuid4())
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.NONE)
        on_disk(config, camera)
        old = media_token(config, camera.camera_id, user=screen)
        await put(bucket, screen, HolderState(now_ms()))
        async with running_worker(config, nats_url) as worker:
            await until(lambda: not worker._holders.holds(claims(1, camera.camera_id, screen)), what="it being told")
            async with watching(session, origin, camera.camera_id, old) as refused:
                await until(lambda: refused.ended_at, what="the refusal")
            assert refused.close_code == 4401 and not refused.fragments
