"""Pictures and sound of one connection into access units on one time line, and those into groups of pictures.

Decode times: RTP stamps are presentation times. Without B-frames both are the same. With them, the decode time of a
picture is the smallest presentation time among it and the `depth` pictures before it in decode order; `depth` is what
the stream's parameters tell, or is learnt when a B slice steps back. Presentation times are always exact; should a
depth have been learnt late, the few decode times around it are one tick apart.

Ticks of both tracks count from the Unix epoch at the start of a connection, so those of a later connection follow
those of an earlier one. Stamps that jump are shifted back into line, and the jump is told as a gap.
"""

from __future__ import annotations

from bisect import insort

from prahari.contracts.media import Reason
from prahari.engines.media.codec import h264
from prahari.engines.media.codec.parameters import h264_parameters, h265_parameters, reorder_depth
from prahari.engines.media.ingest.clock import WallClock, signed_step
from prahari.engines.media.rtp.rtcp import SenderReport
from prahari.engines.media.types import (
    VIDEO_TIMESCALE,
    AccessUnit,
    AudioParameters,
    GroupOfPictures,
    Sink,
    StreamParameters,
)

TICKS_A_MS = VIDEO_TIMESCALE // 1000
USUAL_STEP = VIDEO_TIMESCALE  # steps up to 1 s need no second look
JUMP_TICKS = 2 * VIDEO_TIMESCALE
MAX_DEPTH = 16
MAX_GROUP_BYTES = 8 * 1024 * 1024
MAX_GROUP_TICKS = 20 * VIDEO_TIMESCALE
SOUND_ONLY_GROUP_MS = 2000
SOUND_STEP_MS = 60
FIRST_DURATION_TICKS = 3600


class Assembler:
    """`sinks` is the upstream's own list. `now_ms` is set before each walk. `ticks_from`: no tick before this one."""

    def __init__(
        self, sinks: list[Sink], video_codec: str | None, audio: AudioParameters | None, ticks_from: int
    ) -> None:
        self._sinks = sinks
        self._codec = video_codec
        self._audio = audio
        self.parameters: StreamParameters | None = None
        self.now_ms = 0
        self.eager = False  # somebody wants units at once
        self.pictures = 0
        self.bytes = 0
        self.group: GroupOfPictures | None = None
        self.lost: tuple[Reason, int] | None = None
        self.end_ticks = ticks_from
        self._group_bytes = 0
        self._clock = WallClock()
        self._offset_ms = 0.0
        # Video time line
        self._stamp: int | None = None
        self._pts = 0
        self._arrival_ms = 0
        self._depth = 0
        self._waiting: list[int] = []  # presentation times, sorted, `depth` of them
        self._popped = 0
        self._early_report: SenderReport | None = None
        self._last: AccessUnit | None = None
        self._duration = FIRST_DURATION_TICKS
        # Sound
        self._sound_stamp: int | None = None
        self._sound_ticks = 0
        self._sound_end = 0
        self.first_stamps: tuple[int, int] | None = None  # RTP-Info: (video, audio) of the same instant
        if video_codec is None and audio is not None:
            self.parameters = StreamParameters(None, audio)
            self._tell_parameters()

    @property
    def clock_off_ms(self) -> float | None:
        """How far the camera's clock is ahead of ours, to the network's delay; None: it has not told."""
        return self._clock.camera_off_ms

    # pictures

    def on_parameter_sets(self, vps: bytes, sps: bytes, pps: bytes) -> None:
        """Raises StreamError."""
        video = h264_parameters(sps, pps) if self._codec == "h264" else h265_parameters(vps, sps, pps)
        parameters = StreamParameters(video, self._audio)
        if parameters == self.parameters:
            return
        self.close_group()
        self.parameters = parameters
        depth = reorder_depth(video)
        if depth is not None and depth != self._depth:
            self._depth = depth
            del self._waiting[:]
            self._popped = 0
        self._tell_parameters()

    def on_picture(self, data: bytes, keyframe: bool, stamp: int) -> None:
        if self._stamp is None:
            self._begin(stamp)
            pts = self._pts
        else:
            step = (stamp - self._stamp) & 0xFFFFFFFF
            pts = self._pts + step if 0 < step <= USUAL_STEP else self._unusual(stamp, data)
        self._stamp, self._pts = stamp, pts
        self._arrival_ms = self.now_ms
        wall_ms = int(pts / TICKS_A_MS + self._offset_ms)

        last = self._last
        decode = self._reordered(pts) if self._depth else pts
        if last is not None:
            if decode <= last.decode_ticks:
                decode = last.decode_ticks + 1
            last.duration_ticks = decode - last.decode_ticks
            if last.duration_ticks < USUAL_STEP:
                self._duration = last.duration_ticks
        elif decode < self.end_ticks:
            decode = self.end_ticks
        unit = AccessUnit(True, keyframe, decode, self._duration, pts - decode if self._depth else 0, wall_ms, data)
        self._last = unit
        self.pictures += 1
        size = len(data)
        self.bytes += size
        group = self.group
        if keyframe or group is None:
            self._open_group(unit, wall_ms, keyframe)
        else:
            group.units.append(unit)
            self._group_bytes += size
            if self._group_bytes > MAX_GROUP_BYTES or decode - group.units[0].decode_ticks > MAX_GROUP_TICKS:
                # A keyframe that never comes must not take all memory: what is held goes out as a group of its own.
                self.close_group()
                self.group = None
        if self.eager:
            self._hand_out(unit)

    def settle(self) -> None:
        """After a walk: the newest picture tells how far the clocks are apart."""
        if self._stamp is not None and self._arrival_ms == self.now_ms:
            if self._clock.arrived(self._pts / TICKS_A_MS, self.now_ms):
                self._gap_here(Reason.CLOCK_JUMP)
            self._offset_ms = self._clock.offset_ms or 0.0

    def on_loss(self) -> None:
        self._lose(Reason.PACKET_LOSS)

    # sound

    def on_sound(self, data: bytes, stamp: int, duration_ticks: int) -> None:
        audio = self._audio
        if audio is None or (self._codec is not None and self._stamp is None):
            return
        if self._sound_stamp is None:
            self._sound_ticks = self._first_sound_ticks(stamp, audio)
        else:
            step = signed_step(stamp, self._sound_stamp)
            if not -audio.sample_rate < step < 10 * audio.sample_rate:
                step = duration_ticks
            self._sound_ticks += step
        self._sound_stamp = stamp
        ticks = self._sound_ticks
        if ticks < self._sound_end:
            if self._sound_end - ticks > audio.sample_rate // 50:
                return  # moved back into line: what was already covered is left out
            ticks = self._sound_end
        self._sound_end = ticks + duration_ticks
        wall_ms = self._sound_wall_ms(ticks, audio)
        unit = AccessUnit(False, True, ticks, duration_ticks, 0, wall_ms, data)
        self.bytes += len(data)
        if self._codec is None:
            self._sound_only(unit)
        elif self.group is not None:
            self.group.units.append(unit)
            self._group_bytes += len(data)
        else:
            return
        if self.eager:
            self._hand_out(unit)

    # clock

    def on_report(self, is_video: bool, report: SenderReport) -> None:
        if is_video and self._stamp is None:
            self._early_report = report
        elif is_video and self._stamp is not None:
            media = self._pts + signed_step(report.stamp, self._stamp)
            if self._clock.reported(media / TICKS_A_MS, report.ntp_ms):
                self._gap_here(Reason.CLOCK_JUMP)
        elif not is_video and self._sound_stamp is not None:
            ticks = self._sound_ticks + signed_step(report.stamp, self._sound_stamp)
            self._align_sound(ticks, report.ntp_ms)

    # ends

    def close_group(self) -> None:
        """Hand the group to the sinks, whole or not."""
        group = self.group
        if group is None:
            return
        self.group = None
        last = next((unit for unit in reversed(group.units) if unit.is_video), group.units[-1])
        rate = VIDEO_TIMESCALE if last.is_video or self._audio is None else self._audio.sample_rate
        first = next((unit for unit in group.units if unit.is_video), group.units[0])
        ticks = last.decode_ticks + last.duration_ticks - first.decode_ticks
        group.end_ms = group.start_ms + ticks * 1000 // rate
        self.end_ticks = (last.decode_ticks + last.duration_ticks) * VIDEO_TIMESCALE // rate
        for sink in tuple(self._sinks):
            sink.on_group(group)

    def finish(self) -> int | None:
        """The connection is over. Returns from when on pictures are missing; None: there never was one."""
        self.close_group()
        if self.lost is not None:
            return self.lost[1]
        return self._end_wall_ms() if self._last is not None else None

    # inside

    def _begin(self, stamp: int) -> None:
        """The first stamp is now, unless that would step behind the connection before."""
        self._pts = max(self.now_ms * TICKS_A_MS, self.end_ticks)
        self._stamp = stamp
        if self._early_report is not None:
            self.on_report(True, self._early_report)
        self._clock.arrived(self._pts / TICKS_A_MS, self.now_ms)
        self._offset_ms = self._clock.offset_ms or 0.0

    def _unusual(self, stamp: int, data: bytes) -> int:
        """A stamp that stepped back, stood still or ran far ahead."""
        assert self._stamp is not None
        step = signed_step(stamp, self._stamp)
        if step > 0:
            waited = (self.now_ms - self._arrival_ms) * TICKS_A_MS
            if step - waited < JUMP_TICKS:
                return self._pts + step  # a real pause
        elif step > -USUAL_STEP:
            if not self._depth and self._codec == "h264" and _is_b(data):
                self._depth = 1
                self._waiting = [self._pts]
            # Without B slices it is a stamp out of order: the decode time goes forward all the same.
            return self._pts + step
        newest = max(self._pts, self._waiting[-1] if self._waiting else 0)
        self._gap_here(Reason.CLOCK_JUMP)
        pts = newest + self._duration
        del self._waiting[:]
        self._popped = 0
        return pts

    def _reordered(self, pts: int) -> int:
        waiting = self._waiting
        insort(waiting, pts)
        missing = self._depth + 1 - len(waiting)
        if missing > 0:
            return waiting[0] - missing * self._duration
        decode = waiting.pop(0)
        if decode < self._popped and self._depth < MAX_DEPTH:
            self._depth += 1  # reordered more deeply than was known
        self._popped = decode
        return decode

    def _open_group(self, unit: AccessUnit, wall_ms: int, keyframe: bool) -> None:
        self.close_group()
        assert self.parameters is not None
        self.group = GroupOfPictures(self.parameters, [unit], wall_ms, wall_ms)
        assert not isinstance(unit.data, list)
        self._group_bytes = len(unit.data)
        if self.lost is not None:
            (reason, since_ms), self.lost = self.lost, None
            for sink in tuple(self._sinks):
                sink.on_lost(reason, since_ms, max(since_ms, wall_ms))

    def _sound_only(self, unit: AccessUnit) -> None:
        self.pictures += 1
        group = self.group
        if group is None or unit.wall_ms - group.start_ms >= SOUND_ONLY_GROUP_MS:
            self._open_group(unit, unit.wall_ms, True)
        else:
            group.units.append(unit)
        self._last = unit

    def _lose(self, reason: Reason) -> None:
        if self.lost is not None or self._last is None:
            return
        self.close_group()
        since_ms = self._end_wall_ms()
        self.lost = (reason, since_ms)
        for sink in tuple(self._sinks):
            sink.on_lost(reason, since_ms, None)

    def _gap_here(self, reason: Reason) -> None:
        """Nothing is missing, but the time line is not what it was: an instant that the record should show."""
        if self._last is None:
            return
        at_ms = self._end_wall_ms()
        for sink in tuple(self._sinks):
            sink.on_lost(reason, at_ms, at_ms)

    def _end_wall_ms(self) -> int:
        last = self._last
        assert last is not None
        if last.is_video:
            return last.wall_ms + last.duration_ticks // TICKS_A_MS
        return last.wall_ms

    def _tell_parameters(self) -> None:
        assert self.parameters is not None
        for sink in tuple(self._sinks):
            sink.on_parameters(self.parameters)

    def _hand_out(self, unit: AccessUnit) -> None:
        for sink in tuple(self._sinks):
            if sink.wants_units:
                sink.on_unit(unit)

    def _first_sound_ticks(self, stamp: int, audio: AudioParameters) -> int:
        rate = audio.sample_rate
        if self._codec is None:
            return max(self.now_ms * rate // 1000, self.end_ticks * rate // VIDEO_TIMESCALE)
        assert self._stamp is not None
        if self.first_stamps is not None:
            video, sound = self.first_stamps
            lead = (self._pts + signed_step(video, self._stamp)) * rate // VIDEO_TIMESCALE
            ticks = lead + signed_step(stamp, sound)
            if abs(ticks - self._pts * rate // VIDEO_TIMESCALE) < 5 * rate:
                return ticks
        return self._pts * rate // VIDEO_TIMESCALE

    def _sound_wall_ms(self, ticks: int, audio: AudioParameters) -> int:
        media_ms = ticks * 1000 / audio.sample_rate
        if self._codec is None:
            self._clock.arrived(media_ms, self.now_ms)
        return self._clock.wall_ms(media_ms)

    def _align_sound(self, ticks: int, ntp_ms: float) -> None:
        """Both tracks have told the camera's clock: put the sound where the pictures of the same instant are."""
        offset_ms = self._clock.reported_offset_ms
        if offset_ms is None or self._audio is None:
            return
        rate = self._audio.sample_rate
        wanted = round((ntp_ms - offset_ms) * rate / 1000)
        error = wanted - ticks
        if SOUND_STEP_MS * rate // 1000 < abs(error) < 10 * rate:
            self._sound_ticks += error


def _is_b(data: bytes) -> bool:
    """Whether the first slice of an H.264 picture (NAL units with lengths) is a B slice."""
    at = 0
    while at + 5 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4] & 0x1F in (1, 5):
            return h264.slice_kind(data[at + 4 : at + 20]) == "B"
        at += 4 + size
    return False
