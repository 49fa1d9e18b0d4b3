"""The simulated city as a process: every camera of the plan plays a drawn scene or one of the user's clips."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import sys
import zlib
from pathlib import Path
from typing import Any

import av
import msgspec
import numpy as np
from PIL import Image

from prahari.contracts.logs import configure_logging
from prahari.simcity.clips import ClipError, clips_in
from prahari.simcity.clockcam import ClockCamera
from prahari.simcity.onvif import SimChannel, SimDevice, SimOnvif
from prahari.simcity.onvif.town import PlannedDevice, devices, planned
from prahari.simcity.process import auth_from_environment, run
from prahari.simcity.rtsp import Loop, LoopError, SimServer, loop_from_file
from prahari.simcity.rtsp.disk import Disk
from prahari.simcity.rtsp.loop import TICKS
from prahari.simcity.rtsp.server import Playable
from prahari.simcity.scenes.catalogue import SCENES, VERSION, scene_of
from prahari.simcity.scenes.film import loop_path, small_of
from prahari.simcity.scenes.light import NIGHT
from prahari.simcity.scenes.scene import LOOP_S, caption_of

logger = logging.getLogger(__name__)

_CAMERA = re.compile(r"^/cam/([A-Z0-9-]{1,40})(/sub)?$")
_PLAN_VERSION = 2


class _Kept(msgspec.Struct):
    """The plan as it is kept on disk: registry id -> scene key, premises code -> recorder."""

    cameras: dict[str, str]
    devices: dict[str, PlannedDevice]


class CityPlayer:
    """Knows what each camera plays now, and fills in better pictures as they become ready.

    Without clips: a card with the running second until the first scene is filmed, then that scene for all cameras,
    then for each its own. With clips: the card, then the clips, cameras spread over them evenly.
    PRAHARI_FILMS: a folder in which several homes share their filmed scenes and converted clips; else home/simcity.
    """

    def __init__(self, home: Path, video: Path | None) -> None:
        self._folder = home / "simcity"
        self._films = Path(os.environ.get("PRAHARI_FILMS") or self._folder)
        self._video = video
        self._scene_of: dict[str, str] = {}
        self._scenes: dict[str, Loop] = {}
        self._small: dict[Loop, Loop] = {}  # what is played as the small stream of a camera
        self._clips: list[Loop | None] = []  # one a file; None: not ready, or not to be played
        self._clock = ClockCamera()
        self._card: Loop | None = None
        self._helper: asyncio.subprocess.Process | None = None
        self.devices: dict[str, SimDevice] = {}
        self._channel_of: dict[str, tuple[SimDevice, SimChannel]] = {}
        self.problems: list[str] = []
        self.finished = False

    def prepare(self) -> None:
        """What must be there before the port opens; takes less than a second."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._films.mkdir(parents=True, exist_ok=True)
        card = self._card = _card(self._films)
        small = small_of(_card_path(self._films))
        self._small[card] = loop_from_file(small, duration_ticks=LOOP_S * TICKS, locked=True)

    def playable(self, path: str) -> Playable | None:
        if path == "/bench/clock":
            return self._clock
        found = _CAMERA.match(path)
        if found is None or (self._scene_of and found[1] not in self._scene_of):
            return None
        shown = self._main(found[1])
        return self._small.get(shown, shown) if found[2] and shown is not None else shown

    def _main(self, reg_id: str) -> Loop | None:
        first_clip = next((clip for clip in self._clips if clip is not None), None)
        if first_clip is not None:
            return self._clips[zlib.crc32(reg_id.encode()) % len(self._clips)] or first_clip
        if self._scenes:
            first = next(iter(self._scenes.values()))
            return self._scenes.get(self._scene_of.get(reg_id, ""), first)
        return self._card

    def health(self) -> dict[str, Any]:
        return {
            "ok": bool(self._card),
            "cameras": len(self._scene_of),
            "devices": len(self.devices),
            "scenes": len(self._scenes),
            "clips": sum(clip is not None for clip in self._clips),
            "finished": self.finished,
            "problems": self.problems,
        }

    async def fill(self, server: SimServer) -> None:
        """Runs beside the server: the plan's cameras, then scenes or clips, as they get ready."""
        cameras = asyncio.ensure_future(self._take_cameras(server))
        try:
            if self._video is not None:
                await self._take_clips(server, self._video)
            if not any(self._clips):
                await self._take_scenes(server)
            await cameras
        except asyncio.CancelledError:
            if self._helper is not None and self._helper.returncode is None:
                self._helper.terminate()
                await self._helper.wait()
            cameras.cancel()
            raise
        self.finished = True

    async def _take_cameras(self, server: SimServer) -> None:
        kept = await asyncio.to_thread(self._plan)
        self._scene_of = kept.cameras
        rtsp = server.url("", credentials=False)
        self.devices.update(devices(kept.devices, rtsp, server.auth))
        self._channel_of = {
            channel.url.removeprefix(rtsp): (device, channel)
            for device in self.devices.values()
            for channel in device.channels
        }
        server.disk = self._disk
        server.playables_changed()

    def _disk(self, path: str) -> Disk | None:
        """What the recorder of a camera's premises keeps of it."""
        found = self._channel_of.get(path)
        return None if found is None else Disk(found[1].stretches, found[0].faults.clock_off_s)

    def _plan(self) -> _Kept:
        """Kept on disk because laying out the plan takes seconds."""
        kept = self._folder / f"cameras-v{_PLAN_VERSION}-{VERSION}.json"
        try:
            return msgspec.json.decode(kept.read_bytes(), type=_Kept)
        except (OSError, ValueError):
            pass  # not there yet, or cut short by a crash: laid out afresh below
        from prahari.simcity.city import plan

        city = plan()
        place = {premises.code: premises.place_class for premises in city.premises}
        scenes = {c.reg_id: scene_of(place[c.premises], c.placement, c.reg_id) for c in city.cameras}
        made = _Kept(scenes, planned(city))
        part = kept.with_suffix(".part")
        part.write_bytes(msgspec.json.encode(made))
        part.rename(kept)
        return made

    async def _take_scenes(self, server: SimServer) -> None:
        missing = [key for key in SCENES if not loop_path(self._films, key).exists()]
        if missing:
            self._helper = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "prahari.simcity.scenes.film", str(self._films)
            )
        waiting = list(SCENES)
        while waiting:
            running = self._helper is not None and self._helper.returncode is None
            for key in [key for key in waiting if loop_path(self._films, key).exists()]:
                waiting.remove(key)
                await self._take_scene(key)
                server.playables_changed()
            if waiting and not running:
                self.problems.append(f"{len(waiting)} scenes could not be drawn; the log says why")
                logger.error("drawing scenes ended early; cameras share the %d that are ready", len(self._scenes))
                return
            if waiting:
                await asyncio.sleep(0.5)

    async def _take_scene(self, key: str) -> None:
        path = loop_path(self._films, key)
        try:
            loop = self._scenes[key] = await asyncio.to_thread(
                loop_from_file, path, duration_ticks=LOOP_S * TICKS, locked=True, audio=False
            )
            small = await asyncio.to_thread(small_of, path)
            self._small[loop] = await asyncio.to_thread(
                loop_from_file, small, duration_ticks=LOOP_S * TICKS, locked=True, audio=False
            )
        except LoopError as error:
            logger.error("scene %s is unusable (%s); delete %s to have it drawn again", key, error, path)
            self.problems.append(f"scene {key}: {error}")

    async def _take_clips(self, server: SimServer, video: Path) -> None:
        try:
            files = clips_in(video)
        except ClipError as error:
            self._warn(str(error))
            return
        self._clips = [None] * len(files)
        self._helper = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "prahari.simcity.clips", str(video), str(self._films), stdout=asyncio.subprocess.PIPE
        )
        assert self._helper.stdout is not None
        async for line in self._helper.stdout:
            entry = json.loads(line)
            if "problem" in entry:
                self._warn(entry["problem"])
                continue
            try:
                loop = await asyncio.to_thread(loop_from_file, Path(entry["play"]))
            except LoopError as error:
                self._warn(f"{Path(entry['clip']).name}: {error}")
                continue
            self._clips[files.index(Path(entry["clip"]))] = loop
            server.playables_changed()
            logger.info("clip %s: %.0f s", Path(entry["clip"]).name, loop.duration_ticks / TICKS)
        await self._helper.wait()
        self._clips = [clip for clip in self._clips if clip is not None]
        server.playables_changed()
        if not self._clips:
            self._warn(f"no clip in {video} can be played; cameras show drawn scenes instead")

    def _warn(self, sentence: str) -> None:
        self.problems.append(sentence)
        logger.warning("%s", sentence)


def _card_path(folder: Path) -> Path:
    return folder / f"card-v{VERSION}.mp4"


def _card(folder: Path) -> Loop:
    """A grey card with the running second, two pictures a second: made in a moment, shown until better is there."""
    path = _card_path(folder)
    if not path.exists():
        part = path.with_suffix(".part")
        base = np.full((360, 640, 3), NIGHT.sky_low, dtype=np.uint8)
        with av.open(str(part), "w", format="mp4") as container:
            stream = container.add_stream("libx264", rate=2)
            stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
            stream.options = {
                "preset": "ultrafast",
                "x264-params": "keyint=4:min-keyint=4:scenecut=0:bframes=0:threads=1",
            }
            for half in range(LOOP_S * 2):
                picture = Image.fromarray(base)
                words = caption_of("PICTURE IS BEING DRAWN", half // 2)
                picture.paste(words, (0, 0), words)
                container.mux(stream.encode(av.VideoFrame.from_image(picture)))
            container.mux(stream.encode())
        part.rename(path)
    return loop_from_file(path, duration_ticks=LOOP_S * TICKS, locked=True)


def serve(home: Path, port: int, control_port: int | None, video: Path | None, onvif_port: int | None = None) -> int:
    """Serve until told to stop; devices too when they have a port. Returns the exit status."""
    configure_logging("simcity")  # run() does it again, to no effect: preparing may have to say something
    player = CityPlayer(home, video)
    try:
        player.prepare()
    except OSError as error:
        logger.error("cannot write to %s: %s; free some space or choose another home", home, error.strerror)
        return 1

    def server() -> SimServer:
        return SimServer(player.playable, port=port, chunk_s=0.1, auth=auth_from_environment())

    onvif = None if onvif_port is None else SimOnvif(player.devices.get, port=onvif_port)
    return run(server, control_port, player.health, player.fill, onvif, player.devices)
