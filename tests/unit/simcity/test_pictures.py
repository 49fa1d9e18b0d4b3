from __future__ import annotations

import asyncio
from pathlib import Path

import av
import numpy as np
import pytest

from prahari.simcity.clips import ClipError, clips_in, prepared, probe
from prahari.simcity.rtsp import LoopError, SimServer, loop_from_file
from prahari.simcity.rtsp.loop import TICKS
from prahari.simcity.scenes.catalogue import SCENES
from prahari.simcity.scenes.film import film
from prahari.simcity.scenes.scene import FPS, LOOP_S, background, picture
from prahari.simcity.scenes.traffic import STREET_MIX, Lane, film_traffic
from prahari.simcity.serve import CityPlayer
from prahari.simcity.testloops import encode_loop
from simcity_rig import Client


@pytest.mark.parametrize("key", ["junction-day", "market-night", "bank-hall"])
def test_scenes_show_something_that_moves(key: str) -> None:
    scene = SCENES[key]()
    base = background(scene)
    frames = film_traffic(scene.lanes, scene.standing, scene.cycle_s, FPS, scene.seed)
    first, later = (np.asarray(picture(scene, base, frames[n], n), dtype=int) for n in (0, 30))
    assert first.shape == (360, 640, 3)
    assert first.std() > 15
    assert (np.abs(first - later).max(axis=2) > 40).mean() > 0.002
    assert LOOP_S % scene.cycle_s == 0


def test_traffic_waits_at_red_and_has_no_seam() -> None:
    lane = Lane(((0, 0), (0, 100)), 10, 6, STREET_MIX, stop=(40, 0, 10))
    frames = film_traffic([lane], [], 20, FPS, 1)
    held = [mover for mover in frames[90] if mover.z < 42]
    assert held and all(mover.z < 41 for mover in held)
    assert any(mover.z > 45 for mover in frames[150])
    assert len(frames[0]) - len(frames[-1]) in {-1, 0, 1}


def test_a_filmed_loop_plays(tmp_path: Path) -> None:
    path = tmp_path / "atm.mp4"
    film(SCENES["atm-room"](), path, seconds=2)
    loop = loop_from_file(path, duration_ticks=2 * TICKS, locked=True)
    assert loop.keyframe.sum() == 1
    assert loop.bytes_per_s * 8 < 900_000


def test_clips_are_played_as_they_are_or_transcoded_once(tmp_path: Path) -> None:
    plain = encode_loop(tmp_path / "plain.mp4", width=320, height=180, seconds=2, kbit_s=300, audio="aac")
    assert prepared(plain, tmp_path / "cache") == plain
    assert len(loop_from_file(plain).tracks) == 2
    old = tmp_path / "old.avi"
    with av.open(str(old), "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for shade in range(50):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((240, 320, 3), shade * 5, np.uint8))))
        container.mux(stream.encode())
    assert probe(old).reason == "codec mpeg4"
    made = prepared(old, tmp_path / "cache")
    assert made.parent == tmp_path / "cache"
    stamp = made.stat().st_mtime_ns
    assert prepared(old, tmp_path / "cache").stat().st_mtime_ns == stamp
    loop = loop_from_file(made)
    assert loop.tracks[0].codec == "h264"
    assert len(loop.due_ticks) == 50
    assert loop.duration_ticks == 2 * TICKS


def test_too_large_or_strange_clips_are_transcoded(tmp_path: Path) -> None:
    large = encode_loop(tmp_path / "large.mp4", width=2560, height=1440, seconds=1, fps=5, kbit_s=3000)
    assert "more than 1080p" in probe(large).reason
    made = prepared(large, tmp_path / "cache")
    assert (probe(made).width, probe(made).height) == (1920, 1080)
    hevc = encode_loop(tmp_path / "hevc.mp4", width=320, height=180, seconds=1, codec="libx265", kbit_s=300)
    assert "hevc" in probe(hevc).reason


def test_unreadable_clips_say_so(tmp_path: Path) -> None:
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(b"this is no video" * 100)
    with pytest.raises(ClipError, match=r"bad\.mp4 cannot be read as video"):
        prepared(bad, tmp_path)
    with pytest.raises(ClipError, match="no video files"):
        clips_in(tmp_path / "..") if not list(tmp_path.parent.rglob("*.mp4")) else clips_in(_empty(tmp_path))
    with pytest.raises(ClipError, match="not a folder"):
        clips_in(tmp_path / "nowhere")
    with pytest.raises(LoopError):
        loop_from_file(bad)


def _empty(folder: Path) -> Path:
    made = folder / "empty"
    made.mkdir()
    return made


async def test_cameras_are_spread_over_the_clips_and_unknown_ones_are_not_found(tmp_path: Path) -> None:
    video = tmp_path / "video"
    for index in range(3):
        encode_loop(video / f"{index}.mp4", width=160 + 32 * index, height=120, seconds=1, kbit_s=200)
    (video / "broken.mp4").write_bytes(b"nothing")
    player = CityPlayer(tmp_path / "home", video)
    player.prepare()
    async with SimServer(player.playable) as server:
        async with Client(server.url("/cam/KNP-SC-0001")) as client:
            await client.play()
            await client.packet()  # the card: pictures are there from the first moment on
            await asyncio.wait_for(player.fill(server), 60)
            health = player.health()
            assert (health["clips"], health["cameras"], health["finished"]) == (3, 1720, True)
            assert any("broken.mp4" in problem for problem in health["problems"])
            # Reports on channel 1 may come in between.
            assert any(packet.channel == 0 for packet in await client.packets(0.5))
        loops = {id(player.playable(f"/cam/KNP-SC-{number:04d}")) for number in range(1, 40)}
        assert len(loops) == 3
        async with Client(server.url("/cam/KNP-XX-0001")) as client:
            assert (await client.request("DESCRIBE")).status == 404
