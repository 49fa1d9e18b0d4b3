"""The user's own clips as loops: played as they are where an RTSP camera could send them so, else transcoded once."""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

logger = logging.getLogger(__name__)

SUFFIXES = {".mp4", ".mkv", ".avi", ".mov", ".webm", ".ts", ".m4v", ".3gp", ".mpg", ".mpeg", ".flv", ".wmv"}
LONGEST_S = 300
LONGEST_GOP_S = 10.0
_AUDIO = {"aac", "pcm_alaw", "pcm_mulaw"}
_PROFILES = {"Baseline", "Constrained Baseline", "Main", "High"}


class ClipError(Exception):
    """A file that cannot be played; the message says why and what to do."""


@dataclass(frozen=True)
class Probe:
    """What is in a clip. `reason`: why it has to be transcoded; empty: it can be played as it is."""

    codec: str
    width: int
    height: int
    fps: float
    duration_s: float
    audio: str
    reason: str


def clips_in(folder: Path) -> list[Path]:
    """The video files of a folder and those below it, by name. Raises ClipError when there is none."""
    if not folder.is_dir():
        raise ClipError(f"{folder} is not a folder; give --video the folder that holds your clips")
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    if not found:
        raise ClipError(f"no video files in {folder}; put some there (MP4, MKV, AVI, MOV ...)")
    return found


def probe(path: Path) -> Probe:
    """Look at a clip, reading all its packets but decoding none. Raises ClipError."""
    try:
        with av.open(str(path)) as container:
            return _probe(container)
    except (av.FFmpegError, OSError) as error:
        raise ClipError(f"{path.name} cannot be read as video ({error}); leave it out or convert it") from error


def _probe(container: Any) -> Probe:
    if not container.streams.video:
        raise ClipError("there is no video in it; leave it out")
    stream = container.streams.video[0]
    context = stream.codec_context
    audio = container.streams.audio[0].codec_context.name if container.streams.audio else ""
    keyframes: list[float] = []
    end = 0.0
    for packet in container.demux(stream):
        if packet.pts is None:
            continue
        at = float(packet.pts * packet.time_base)
        end = max(end, at)
        if packet.is_keyframe:
            keyframes.append(at)
    if not keyframes:
        raise ClipError("there is no picture in it; leave it out")
    gops = [b - a for a, b in zip(keyframes, [*keyframes[1:], end], strict=True)]
    reason = ""
    if context.name != "h264":
        reason = f"codec {context.name}"
    elif context.profile not in _PROFILES or context.pix_fmt not in {"yuv420p", "yuvj420p"}:
        reason = f"profile {context.profile} {context.pix_fmt}"
    elif context.width * context.height > 1920 * 1088:
        reason = f"{context.width}x{context.height} is more than 1080p"
    elif max(gops) > LONGEST_GOP_S:
        reason = f"{max(gops):.0f} s between keyframes"
    elif end - keyframes[0] > LONGEST_S:
        reason = f"longer than {LONGEST_S} s"
    fps = float(stream.average_rate or 25)
    return Probe(context.name, context.width, context.height, fps, end - keyframes[0], audio, reason)


def prepared(path: Path, cache: Path) -> Path:
    """The file to play for a clip: itself, or a transcoded copy in `cache`, made once. Raises ClipError."""
    found = probe(path)
    if not found.reason:
        return path
    status = path.stat()
    mark = hashlib.sha256(f"{path.resolve()}|{status.st_size}|{status.st_mtime_ns}".encode()).hexdigest()[:12]
    made = cache / f"clip-{path.stem}-{mark}.mp4"
    if not made.exists():
        logger.info("transcoding %s once: %s", path.name, found.reason)
        cache.mkdir(parents=True, exist_ok=True)
        part = made.with_suffix(".part")
        try:
            _transcode(path, part, found)
        except (av.FFmpegError, OSError) as error:
            part.unlink(missing_ok=True)
            raise ClipError(
                f"{path.name} cannot be converted ({error}); leave it out or convert it yourself"
            ) from error
        part.rename(made)
    return made


def _transcode(source: Path, target: Path, found: Probe) -> None:
    scale = min(1.0, 1920 / found.width, 1080 / found.height)
    width, height = int(found.width * scale) // 2 * 2, int(found.height * scale) // 2 * 2
    fps = Fraction(min(found.fps, 30.0)).limit_denominator(1001)
    with av.open(str(source)) as reader, av.open(str(target), "w", format="mp4") as writer:
        video = reader.streams.video[0]
        video.thread_type = "AUTO"
        out = writer.add_stream("libx264", rate=fps)
        out.width, out.height, out.pix_fmt = width, height, "yuv420p"
        gop = max(1, round(fps * 2))
        out.options = {"preset": "veryfast", "crf": "24", "x264-params": f"keyint={gop}:scenecut=0:bframes=0:threads=2"}
        sound = reader.streams.audio[0] if found.audio == "aac" else None
        sound_out = writer.add_stream_from_template(sound) if sound is not None else None
        step = Fraction(1) / fps
        first: Fraction | None = None
        due = 0
        for packet in reader.demux([each for each in (video, sound) if each is not None]):
            if sound is not None and packet.stream is sound:
                if packet.dts is not None and packet.pts * packet.time_base < LONGEST_S:
                    packet.stream = sound_out
                    writer.mux(packet)
                continue
            for frame in packet.decode():
                at = Fraction(frame.pts or 0) * (frame.time_base or Fraction(1, 1))
                first = at if first is None else first
                if at - first < due * step or at - first > LONGEST_S:  # more pictures a second than wanted, or the end
                    continue
                picture = frame.reformat(width, height, "yuv420p")
                picture.pts, picture.time_base = due, step
                picture.pict_type = av.video.frame.PictureType.NONE
                due = max(due + 1, int((at - first) / step) + 1)
                writer.mux(out.encode(picture))
        writer.mux(out.encode())


def main() -> int:
    """`python -m prahari.simcity.clips FOLDER CACHE`: prepares clips at idle priority, a JSON line a clip on stdout."""
    from prahari.contracts.logs import configure_logging

    configure_logging("simcity-clips")
    os.nice(10)
    cache = Path(sys.argv[2])
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "clips.lock").open("w") as lock:  # processes that share the folder take turns
        fcntl.flock(lock, fcntl.LOCK_EX)
        for path in clips_in(Path(sys.argv[1])):
            try:
                line = {"clip": str(path), "play": str(prepared(path, cache))}
            except ClipError as error:
                line = {"clip": str(path), "problem": str(error)}
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
