"""What the compressed stream tells of a camera at almost no cost: a few sums for each group of pictures.

What is usual is learnt from the camera itself. Nothing here decides: values go to the flap filter, and a suspicion
only asks for a keyframe to be looked at sooner.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from prahari.contracts.media import Reason
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters

LEAST_PICTURES = 2
LEAST_GROUP_MS = 300
NOW_S = 8.0
"""How far back "now" reaches."""

LEARN_FIRST_S = 60.0
USUAL_S = 1800.0
"""Quick enough to follow dusk and dawn."""

USUAL_WHEN_OFF_S = 86_400.0
"""A rate that is far off becomes the usual one only over a day: a setting that somebody has changed."""

FPS_OFF_PCT, KBIT_OFF_PCT = 30.0, 75.0
KEYFRAME_S = 300.0
KEYFRAME_STEP = 1.7
"""A keyframe smaller or larger by this factor than is usual: the scene may be another one."""

STILL_SHARE = 0.12
"""Predicted pictures of less than this share of what is usual: the picture may stand still."""


@dataclass(slots=True)
class Usual:
    """What a camera normally sends; kept on disk over a restart. 0: not known yet."""

    fps: float = 0.0
    kbit_s: float = 0.0
    learnt_s: float = 0.0


class StreamWatch:
    """A Sink. `fps_off_pct`, `kbit_off_pct`: how far the rates are from the usual, 0 the same, 50 half or double."""

    wants_units = False

    def __init__(self) -> None:
        self.usual = Usual()
        self.fps = 0.0
        self.kbit_s = 0.0
        self.suspicion = ""
        """Why a keyframe ought to be looked at ("scene", "still"); who takes it up empties it."""
        self._picture: tuple[str, int, int] | None = None
        self._keyframe_bytes = 0.0
        self._share = 0.0
        self._odd = ""
        self._seen_s = 0.0
        self._length_before = 0

    @property
    def fps_off_pct(self) -> float | None:
        """None: too little was seen to say."""
        return self._off(self.fps, self.usual.fps)

    @property
    def kbit_off_pct(self) -> float | None:
        return self._off(self.kbit_s, self.usual.kbit_s)

    def _off(self, now: float, usual: float) -> float | None:
        if self.usual.learnt_s < LEARN_FIRST_S or not now or not usual:
            return None
        return 100 * (1 - min(now, usual) / max(now, usual))

    def forget(self) -> None:
        """The camera was changed on purpose: learn anew."""
        self.usual = Usual()
        self._keyframe_bytes = self._share = self._seen_s = 0.0

    # Sink

    def on_parameters(self, parameters: StreamParameters) -> None:
        """Told at the begin of every connection: what was seen of the one before is not now."""
        self.fps = self.kbit_s = self._seen_s = 0.0
        self._odd = ""
        self._length_before = 0
        video = parameters.video
        picture = None if video is None else (video.codec, video.width, video.height)
        if self._picture is not None and picture != self._picture:
            self.forget()
        self._picture = picture

    def on_unit(self, unit: AccessUnit) -> None:
        """Whole groups are enough."""

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None:
        """A group cut short is too short or tells its own rate all the same."""

    def on_group(self, group: GroupOfPictures) -> None:
        span_ms = group.end_ms - group.start_ms
        sizes = [len(unit.data) for unit in group.units if unit.is_video]
        if len(sizes) < LEAST_PICTURES or span_ms < LEAST_GROUP_MS:
            return
        span_s = span_ms / 1000
        total = sum(sizes)
        fps = len(sizes) / span_s
        kbit_s = total / 125 / span_s
        if self._seen_s:
            weight = 1 - math.exp(-span_s / NOW_S)
            self.fps += weight * (fps - self.fps)
            self.kbit_s += weight * (kbit_s - self.kbit_s)
        else:
            self.fps, self.kbit_s = fps, kbit_s
        self._seen_s += span_s
        self._learn(span_s)
        if group.units[0].keyframe:
            self._suspect(sizes[0], (total - sizes[0]) / (len(sizes) - 1), span_s)

    def _learn(self, span_s: float) -> None:
        usual = self.usual
        usual.learnt_s += span_s
        first = usual.learnt_s < LEARN_FIRST_S
        for name, now, far_pct in (("fps", self.fps, FPS_OFF_PCT), ("kbit_s", self.kbit_s, KBIT_OFF_PCT)):
            known: float = getattr(usual, name)
            if not known:
                setattr(usual, name, now)
                continue
            off = 100 * (1 - min(now, known) / max(now, known))
            over_s = NOW_S if first else USUAL_S if off < far_pct else USUAL_WHEN_OFF_S
            setattr(usual, name, known + (now - known) * min(1.0, span_s / over_s))

    def _suspect(self, keyframe: int, predicted: float, span_s: float) -> None:
        """Two odd groups one after the other are a suspicion; one may be a lorry that passes."""
        share = predicted / max(keyframe, 1)
        same_length = keyframe == self._length_before
        self._length_before = keyframe
        odd = ""
        if self._keyframe_bytes:
            step = max(keyframe, self._keyframe_bytes) / max(1, min(keyframe, self._keyframe_bytes))
            if step > KEYFRAME_STEP:
                odd = "scene"
            elif same_length or share < STILL_SHARE * self._share:
                odd = "still"
            weight = min(1.0, span_s / (KEYFRAME_S if not odd else 4 * KEYFRAME_S))
            self._keyframe_bytes += weight * (keyframe - self._keyframe_bytes)
            self._share += weight * (share - self._share)
        else:
            self._keyframe_bytes, self._share = float(keyframe), share
        if odd and odd == self._odd:
            self.suspicion = odd
        self._odd = odd
