"""Reads our fragmented MP4 files, also while they grow and after a cut."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path

from prahari.contracts.media import Reason
from prahari.engines.media.codec.parameters import aac_parameters, h264_parameters, h265_parameters
from prahari.engines.media.mp4 import seal
from prahari.engines.media.mp4.boxes import VIDEO_TRACK
from prahari.engines.media.mp4.moof import BrokenFileError, boxes, parse_moof
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.types import VIDEO_TIMESCALE, AccessUnit, AudioParameters, StreamParameters, VideoParameters

__all__ = ["BrokenFileError", "Fragment", "Scan", "fence", "read_fragment", "read_units", "rebased", "scan"]

MAX_INIT_BYTES = 64 * 1024
MAX_MOOF_BYTES = 4 * 1024 * 1024
MAX_BESIDE_BYTES = 4 * 1024 * 1024
_PRFT_BYTES = 32
_LOOK_BYTES = 4096
_NTP_EPOCH_S = 2_208_988_800


@dataclass(frozen=True, slots=True)
class Fragment:
    """One prft + moof + mdat. `offset`, `size` in bytes of the file; times are wall clock.

    `start_ticks`, `duration_ticks`: of its video (of its audio in a file without video), `start_ticks` as the file's
    tfdt says. `tfdts`: (track, tfdt value, where its 8 bytes are from the fragment's first byte).
    """

    offset: int
    size: int
    start_ms: int
    end_ms: int
    keyframe: bool  # its first picture is one
    pictures: int
    start_ticks: int
    duration_ticks: int
    tfdts: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """`init`: the init segment's bytes; `good_bytes`: where the last whole box ends; `is_cut`: more follows.

    `notes`: bodies of its notes, `sums` what its seal says of each append (mp4/seal.py); None: it has no seal.
    `owner`: under which fence it was written; empty on one machine.
    """

    init: bytes
    parameters: StreamParameters
    fragments: list[Fragment]
    good_bytes: int
    is_cut: bool
    notes: tuple[bytes, ...] = ()
    sums: tuple[tuple[int, int], ...] | None = None
    owner: bytes = b""


def scan(path: Path, known: Scan | None = None) -> Scan:
    """Walk a file's boxes without reading the pictures. Blocking: call it in a thread.

    `known`: an earlier scan of the same growing file, whose fragments are not read again. Raises BrokenFileError,
    OSError.
    """
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        length = os.fstat(file).st_size
        if known is None:
            init, parameters = _init(os.pread(file, MAX_INIT_BYTES, 0))
            known = Scan(init, parameters, [], len(init), False)
        fragments = list(known.fragments)
        at = known.good_bytes
        timescale = VIDEO_TIMESCALE
        if known.parameters.video is None and known.parameters.audio is not None:
            timescale = known.parameters.audio.sample_rate
        notes, sums, owner = known.notes, known.sums, known.owner
        while at < length:
            found = _fragment(file, at, length, timescale)
            if found is not None:
                fragments.append(found)
                at += found.size
                continue
            beside = _beside(file, at, length)
            if beside is None:
                next_at = _after_damage(file, at, length)
                if next_at is None:
                    break
                at = next_at
                continue
            kind, body = beside
            if kind == seal.NOTE:
                notes = (*notes, body)
            elif kind == seal.OWNER:
                owner = body
            elif kind == seal.SEAL and (read := seal.read_seal(body)) is not None:
                sums = tuple(read)
            at += seal.HEAD_BYTES + len(body)
        return Scan(known.init, known.parameters, fragments, at, at < length, notes, sums, owner)
    finally:
        os.close(file)


def fence(path: Path) -> bytes:
    """Under which fence a file was written, from its head; empty: on one machine. Blocking. Raises BrokenFileError,
    OSError."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        init, _ = _init(os.pread(file, MAX_INIT_BYTES, 0))
        beside = _beside(file, len(init), os.fstat(file).st_size)
        return beside[1] if beside is not None and beside[0] == seal.OWNER else b""
    finally:
        os.close(file)


def read_fragment(path: Path, fragment: Fragment) -> bytes:
    """The fragment's bytes. Blocking. Raises OSError, BrokenFileError when the file became shorter."""
    return read_at(path, fragment.offset, fragment.size)


def read_at(path: Path, offset: int, size: int) -> bytes:
    """`size` bytes of the file. Blocking. Raises OSError, BrokenFileError when the file became shorter."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        data = os.pread(file, size, offset)
    finally:
        os.close(file)
    if len(data) != size:
        raise BrokenFileError("the file is shorter than it was")
    return data


def rebased(data: bytes, fragment: Fragment, parameters: StreamParameters, add_ticks: int) -> bytes:
    """The fragment with `add_ticks` (90 kHz, may be negative) added to the time of both tracks, never below 0."""
    changed = bytearray(data)
    rate = parameters.audio.sample_rate if parameters.audio else VIDEO_TIMESCALE
    for track, tfdt, at in fragment.tfdts:
        ticks = add_ticks if track == VIDEO_TRACK else add_ticks * rate // VIDEO_TIMESCALE
        struct.pack_into(">Q", changed, at, max(0, tfdt + ticks))
    return bytes(changed)


def read_units(data: bytes, fragment: Fragment, parameters: StreamParameters) -> list[AccessUnit]:
    """The samples of a fragment read with read_fragment: video, then audio. Ticks are those of the file."""
    moof_at = _PRFT_BYTES
    (moof_bytes,) = struct.unpack_from(">I", data, moof_at)
    units = []
    for run in parse_moof(data[moof_at : moof_at + moof_bytes]):
        is_video = run.track == VIDEO_TRACK
        rate = parameters.audio.sample_rate if parameters.audio and not is_video else VIDEO_TIMESCALE
        at, ticks = moof_at + run.data_at, run.tfdt
        for duration, size, flags, offset in run.rows:
            if at + size > len(data):
                raise BrokenFileError("a sample lies outside its fragment")
            wall_ms = fragment.start_ms + (ticks - run.tfdt) * 1000 // rate
            sample = data[at : at + size]
            units.append(AccessUnit(is_video, not flags & 0x10000, ticks, duration, offset, wall_ms, sample))
            at, ticks = at + size, ticks + duration
    return units


def _after_damage(file: int, at: int, length: int) -> int | None:
    """Where the append after the one that holds `at` begins, by the seal at the end; None: no seal is there."""
    tail = os.pread(file, seal.TAIL_BYTES, length - seal.TAIL_BYTES)
    (size,) = struct.unpack(">I", tail) if len(tail) == seal.TAIL_BYTES else (0,)
    if not seal.HEAD_BYTES < size <= min(MAX_BESIDE_BYTES, length):
        return None
    beside = _beside(file, length - size, length)
    if beside is None or beside[0] != seal.SEAL or (sums := seal.read_seal(beside[1])) is None:
        return None
    begin = 0
    for one, _ in sums:
        begin += one
        if begin > at:
            return begin
    return None


def _beside(file: int, at: int, length: int) -> tuple[bytes, bytes] | None:
    """Kind and body of a seal or note at `at`, or None when there is none that is whole."""
    head = os.pread(file, seal.HEAD_BYTES, at)
    if len(head) < seal.HEAD_BYTES:
        return None
    size, name, kind = struct.unpack(">I4s16s", head)
    if name != b"uuid" or not seal.HEAD_BYTES <= size <= MAX_BESIDE_BYTES or at + size > length:
        return None
    return kind, os.pread(file, size - seal.HEAD_BYTES, at + seal.HEAD_BYTES)


def _fragment(file: int, at: int, length: int, timescale: int) -> Fragment | None:
    """The fragment at `at`, or None when it is not whole."""
    head = os.pread(file, _LOOK_BYTES, at)
    if len(head) < _PRFT_BYTES + 16:
        return None
    size, kind, _, _, ntp, _ = struct.unpack_from(">I4sIIQQ", head)
    moof_bytes, moof = struct.unpack_from(">I4s", head, _PRFT_BYTES)
    if kind != b"prft" or size != _PRFT_BYTES or moof != b"moof" or not 8 <= moof_bytes <= MAX_MOOF_BYTES:
        return None
    needed = _PRFT_BYTES + moof_bytes + 8
    if len(head) < needed:
        head = os.pread(file, needed, at)
        if len(head) < needed:
            return None
    mdat_bytes, mdat = struct.unpack_from(">I4s", head, needed - 8)
    whole = needed - 8 + mdat_bytes
    if mdat != b"mdat" or mdat_bytes < 8 or at + whole > length:
        return None
    try:
        runs = parse_moof(head[_PRFT_BYTES : needed - 8])
    except BrokenFileError:
        return None
    if not runs or sum(row[1] for run in runs for row in run.rows) != mdat_bytes - 8:
        return None
    lead = next((run for run in runs if run.track == VIDEO_TRACK), runs[0])
    start_ms = ((ntp >> 32) - _NTP_EPOCH_S) * 1000 + ((ntp & 0xFFFFFFFF) * 1000 + (1 << 31) >> 32)
    duration_ms = lead.duration * 1000 // timescale
    return Fragment(
        offset=at,
        size=whole,
        start_ms=start_ms,
        end_ms=start_ms + duration_ms,
        keyframe=lead.keyframe,
        pictures=len(lead.rows),
        start_ticks=lead.tfdt,
        duration_ticks=lead.duration,
        tfdts=tuple((run.track, run.tfdt, _PRFT_BYTES + run.tfdt_at) for run in runs),
    )


def _init(data: bytes) -> tuple[bytes, StreamParameters]:
    if len(data) < 16:
        raise BrokenFileError("the file is empty or too short to be a recording")
    (ftyp_bytes, ftyp) = struct.unpack_from(">I4s", data)
    if ftyp != b"ftyp" or not 8 <= ftyp_bytes <= len(data) - 8:
        raise BrokenFileError("the file does not begin like a recording")
    moov_bytes, moov = struct.unpack_from(">I4s", data, ftyp_bytes)
    end = ftyp_bytes + moov_bytes
    if moov != b"moov" or moov_bytes < 8 or end > len(data):
        raise BrokenFileError("the file's description of its tracks is missing or cut")
    video: VideoParameters | None = None
    audio: AudioParameters | None = None
    try:
        for kind, start, stop in boxes(data, ftyp_bytes + 8, end):
            if kind == b"trak":
                entry_kind, entry, entry_end = _sample_entry(data, start, stop)
                if entry_kind in (b"avc1", b"hvc1"):
                    video = _video(data, entry_kind, entry, entry_end)
                else:
                    audio = _audio(data, entry_kind, entry, entry_end)
    except (struct.error, IndexError, StreamError) as error:
        raise BrokenFileError("the file's description of its tracks is damaged") from error
    if video is None and audio is None:
        raise BrokenFileError("the file has no track")
    return data[:end], StreamParameters(video, audio)


def _child(data: bytes, start: int, end: int, *path: bytes) -> tuple[int, int]:
    for name in path:
        for kind, at, stop in boxes(data, start, end):
            if kind == name:
                start, end = at, stop
                break
        else:
            raise BrokenFileError(f"the box {name.decode()} is missing")
    return start, end


def _sample_entry(data: bytes, start: int, end: int) -> tuple[bytes, int, int]:
    start, end = _child(data, start, end, b"mdia", b"minf", b"stbl", b"stsd")
    for found in boxes(data, start + 8, end):
        return found
    raise BrokenFileError("a track without a codec")


def _video(data: bytes, kind: bytes, start: int, end: int) -> VideoParameters:
    config, stop = _child(data, start + 78, end, b"avcC" if kind == b"avc1" else b"hvcC")
    body = data[config:stop]
    if kind == b"avc1":
        (sps_bytes,) = struct.unpack_from(">H", body, 6)
        (pps_bytes,) = struct.unpack_from(">H", body, 9 + sps_bytes)
        return h264_parameters(body[8 : 8 + sps_bytes], body[11 + sps_bytes : 11 + sps_bytes + pps_bytes])
    nals = []
    at = 23
    for _ in range(3):
        (size,) = struct.unpack_from(">H", body, at + 3)
        nals.append(body[at + 5 : at + 5 + size])
        at += 5 + size
    return h265_parameters(nals[0], nals[1], nals[2])


def _audio(data: bytes, kind: bytes, start: int, end: int) -> AudioParameters:
    channels, _, _, rate = struct.unpack_from(">HHII", data, start + 16)
    if kind in (b"alaw", b"ulaw"):
        return AudioParameters("pcma" if kind == b"alaw" else "pcmu", rate >> 16, channels, "")
    if kind != b"mp4a":
        raise StreamError(Reason.UNSUPPORTED, "An unknown kind of sound.")
    esds, stop = _child(data, start + 28, end, b"esds")
    at = esds + 4 + 5 + 3 + 5 + 13  # version, ES header and length, ES id, decoder header and length, its 13 bytes
    size = data[at + 4]
    if data[at] != 5 or at + 5 + size > stop:
        raise BrokenFileError("a damaged description of the sound")
    return aac_parameters(data[at + 5 : at + 5 + size])
