"""bench health: faults of cameras found, and false alarms, on real clips with injected faults.

Each clip is a camera that stands still: cut, given a sensor's noise, sent through x264. The engine's own parts judge it
in simulated time: groups of pictures to the stream watch, keyframes by the schedule within its budget, decoded and
looked at as the child process does, episodes through the flap filter at the limits that a new centre starts with.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from prahari.cli.bench import _views as views
from prahari.contracts.health import CameraHealthData, HealthKind, HealthSettings
from prahari.contracts.media import CameraPlan, SealedAddress
from prahari.engines.media.health import child
from prahari.engines.media.health.episodes import Episodes
from prahari.engines.media.health.references import References
from prahari.engines.media.health.scene import SCENE, SceneJudge
from prahari.engines.media.health.schedule import Schedule
from prahari.engines.media.health.stream import StreamWatch
from prahari.engines.media.health.watch import OPEN_AGAIN, SUSPICION_S
from prahari.engines.media.health.wire import LookJob, Seen
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters, VideoParameters

TITLE = "faults of cameras found and false alarms, on real clips"
GOALS = {"recall_least": ">= 0.9", "ended_when_well": ">= 1.0", "false_alarms_per_camera_day": "<= 0.1"}
CAMERA = "0190a3c1-0000-7000-8000-00000000c001"
NEEDS = "../shared/data/video"
FIXED_S = {
    "bridge-traffic-1280x720.mp4": 4.5, "car-detection.mp4": 25.0,
    "pedestrians-768x576.avi": 40.0, "person-walking.mp4": 40.0,
}  # fmt: skip
"""How long each of the clips shows one view. The others were filmed by hand or from a drone."""

WARM_S = 420
FAULT_S = 1200
AFTER_S = 420
QUIET_S = 4 * 3600

Clip = list[views.Luma]
FAULTS: dict[HealthKind, Callable[[Clip], Iterator[views.Luma]]] = {
    HealthKind.FROZEN: views.frozen,
    HealthKind.BLACK: lambda clip: views.cycled(clip, lambda luma, n: views.sensor(luma // 40 + 14, n, 1.0)),
    HealthKind.OVEREXPOSED: lambda clip: views.cycled(
        clip, lambda luma, n: views.sensor((luma.astype("int32") + 190).clip(0, 255).astype("uint8"), n)
    ),
    HealthKind.BLURRED: lambda clip: views.cycled(clip, views.blurred),
    HealthKind.COVERED: lambda clip: views.cycled(clip, views.covered),
    HealthKind.TURNED: lambda clip: views.cycled(clip, views.sensor, turned=1.0),
}
NEGATIVES: dict[str, Callable[[Clip], Iterator[views.Luma]]] = {
    "day": lambda clip: views.cycled(clip, views.sensor),
    "dusk": lambda clip: views.cycled(clip, lambda luma, n: views.night(luma, n, 0.55, 2.2)),
    "night": lambda clip: views.cycled(clip, views.night),
    "quiet night": lambda clip: views.cycled(clip[:1], lambda luma, n: views.night(luma, n, 0.3, 1.2)),
    "rain": lambda clip: views.cycled(clip, views.rain),
    "noise": lambda clip: views.cycled(clip, lambda luma, n: views.sensor(luma, n, 7.0)),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dir", default=NEEDS, help=f"folder of the clips ({NEEDS})")


class Simulated:
    """One camera before the engine's parts, a second at a time."""

    def __init__(self, folder: Path, stream: views.Stream) -> None:
        self.settings = HealthSettings()
        self.told: list[CameraHealthData] = []
        self.at_s = 0
        self.looks = 0
        self.cpu_s: list[float] = []
        self._watch = StreamWatch()
        self._references = References(folder / "views")
        self._episodes = Episodes(folder / "open.json", lambda _id, _camera, data: self.told.append(data))
        self._scene = SceneJudge(self._episodes)
        look = self.settings
        self._schedule = Schedule(0.0, look.look_period_s, look.look_again_s, look.look_budget_pct)
        self._decoders = child._Decoders()
        self._doubted: dict[str, float] = {}
        self._plan = CameraPlan(CAMERA, "bench", "up", "police", SealedAddress("rtsp://bench/"))
        self._schedule.add(CAMERA, 0.0)
        self._play(stream, 0)
        seen = self._seen(stream, stream.groups[0], [], b"", [])
        self.is_telling = not seen.sees_little
        if self.is_telling:
            self._references.take(CAMERA, seen, 1)

    def run(self, stream: views.Stream, seconds: int) -> None:
        for _ in range(seconds):
            self._play(stream, self.at_s)
            self.at_s += 1
            if self._watch.suspicion:
                self._suspect(self._watch.suspicion)
                self._watch.suspicion = ""
            if self._schedule.next(self.at_s) is not None:
                self._look(stream)

    def _suspect(self, why: str) -> None:
        doubted_s = self._doubted.get(why)
        if doubted_s is None or self.at_s - doubted_s > SUSPICION_S or self._scene.is_open(CAMERA):
            self._doubted[why] = self.at_s
            self._schedule.soon(CAMERA, self.at_s)

    def _play(self, stream: views.Stream, number: int) -> None:
        video = VideoParameters("h264", stream.width, stream.height, "", stream.sps, stream.pps)
        parameters = StreamParameters(video, None)
        if self.at_s == 0:
            self._watch.on_parameters(parameters)
        sent = stream.groups[number % len(stream.groups)]
        units = [AccessUnit(True, at == 0, 0, 0, 0, 0, bytes(size)) for at, size in enumerate(sent.sizes)]
        self._watch.on_group(GroupOfPictures(parameters, units, self.at_s * 1000, self.at_s * 1000 + 1000))

    def _seen(
        self, stream: views.Stream, sent: views.Sent, references: list[bytes], candidate: bytes, before: list[bytes]
    ) -> Seen:
        job = LookJob("h264", stream.sps, stream.pps, b"", sent.keyframe, references, candidate, before)
        return child.answer(msgspec.msgpack.encode(job), self._decoders)

    def _look(self, stream: views.Stream) -> None:
        memory = self._references.of(CAMERA)
        candidate = memory.candidate.look if memory.candidate is not None else b""
        sent = stream.groups[self.at_s % len(stream.groups)]
        seen = self._seen(
            stream, sent, [view.look for view in memory.views], candidate, self._scene.bits_before(CAMERA)
        )
        self.looks += 1
        self.cpu_s.append(seen.cpu_s)
        self._schedule.looked(CAMERA, self.at_s, seen.cpu_s)
        at_ms = self.at_s * 1000 + 1
        is_well = self._scene.judge(self._plan, seen, memory, self.settings, at_ms)
        self._references.learn(CAMERA, seen, at_ms, is_well=is_well)
        if any(self._episodes.is_doubtful(CAMERA, kind) for kind in SCENE):
            self._schedule.soon(CAMERA, self.at_s, self.settings.look_again_s)
        elif self._scene.is_open(CAMERA):
            self._schedule.soon(CAMERA, self.at_s, OPEN_AGAIN * self.settings.look_again_s)


def run(arguments: argparse.Namespace) -> dict[str, object]:
    folder = Path(arguments.dir)
    clips = {name: views.frames_of(folder / name, most_s) for name, most_s in FIXED_S.items()
             if (folder / name).exists()}  # fmt: skip
    if not clips:
        raise SystemExit(f"none of the clips {', '.join(FIXED_S)} is in {folder}; give --dir")
    found: dict[str, list[float | None]] = defaultdict(list)
    ended: list[bool] = []
    beside: dict[str, int] = defaultdict(int)
    false_alarms: dict[str, int] = defaultdict(int)
    camera_s = 0
    cpu_s: list[float] = []
    looks = 0
    begun = time.monotonic()
    unsaid: set[str] = set()
    for name, clip in clips.items():
        well = views.encoded(views.cycled(clip, views.sensor))
        for kind, make in FAULTS.items():
            with tempfile.TemporaryDirectory() as home:
                camera = Simulated(Path(home), well)
                camera.run(well, WARM_S)
                false_alarms["before"] += len(camera.told)
                camera.told.clear()
                camera.run(views.encoded(make(clip), settle=views.SETTLE if kind is HealthKind.FROZEN else 0), FAULT_S)
                for wanted in (kind, *((HealthKind.TAMPERED,) if kind in _BY_HAND else ())):
                    hit = next((one for one in camera.told if one.kind is wanted), None)
                    if not camera.is_telling and wanted in (*_BY_HAND, HealthKind.TAMPERED):
                        unsaid.add(name)
                        continue
                    told_s = None if hit is None else hit.start_ms / 1000 - WARM_S + camera.settings.of(wanted).begin_s
                    found[wanted].append(told_s)
                for one in camera.told:
                    if one.state == "began" and one.kind not in (kind, HealthKind.TAMPERED):
                        beside[f"{kind} also {one.kind}"] += 1
                camera.run(well, AFTER_S)
                ended.append(_all_ended(camera.told))
                cpu_s += camera.cpu_s
        for weather, make in NEGATIVES.items():
            with tempfile.TemporaryDirectory() as home:
                camera = Simulated(Path(home), well)
                camera.run(well, WARM_S)
                camera.run(views.encoded(make(clip)), QUIET_S)
                for one in camera.told:
                    if one.state == "began":
                        false_alarms[f"{weather}: {one.kind}"] += 1
                camera_s += WARM_S + QUIET_S
                cpu_s += camera.cpu_s
                looks += camera.looks
    days = camera_s / 86_400
    alarms = sum(false_alarms.values())
    recall = {kind: round(sum(one is not None for one in times) / len(times), 2) for kind, times in found.items()}
    return {
        "clips": len(clips),
        "without_telling_view": sorted(unsaid),
        "recall": recall,
        "recall_least": min(recall.values()),
        "seconds_to_detect_p50": {kind: _middle(times) for kind, times in found.items()},
        "seconds_to_detect_max": {kind: max((round(one, 1) for one in times if one is not None), default=None)
                                  for kind, times in found.items()},
        "ended_when_well": round(sum(ended) / len(ended), 2),
        "told_beside": dict(beside),
        "camera_days_without_fault": round(days, 2),
        "false_alarms": dict(false_alarms),
        "false_alarms_per_camera_day": round(alarms / days, 2),
        "looks_an_hour_when_well": round(looks / (camera_s / 3600), 1),
        "cpu_ms_a_look": round(1000 * statistics.median(cpu_s), 1),
        "cpu_per_camera_pct": round(100 * statistics.median(cpu_s) * looks / camera_s, 4),
        "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip


_BY_HAND = (HealthKind.COVERED, HealthKind.TURNED, HealthKind.BLURRED)


def _middle(times: list[float | None]) -> float | None:
    known = [one for one in times if one is not None]
    return round(statistics.median(known), 1) if known else None


def _all_ended(told: list[CameraHealthData]) -> bool:
    open_: set[tuple[Any, int]] = set()
    for one in told:
        (open_.add if one.state == "began" else open_.discard)((one.kind, one.start_ms))
    return not open_
