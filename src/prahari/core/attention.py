"""Who watched which camera when, and when nobody did: from the stretches that consoles reported.

What it can say: that a picture was playing in a visible, focused window before somebody who was not idle. What it
cannot say: that eyes were on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from prahari.core.intervals import Stretch, difference, total, union, within

JOIN_MS = 3_000
"""Reports are cut at odd moments: what is nearer than this was never interrupted."""


@dataclass(frozen=True)
class Watched:
    """A stretch as it was reported. `post`: where the person was signed on, "" nowhere."""

    camera: str
    person: str
    post: str
    from_ms: int
    to_ms: int


@dataclass(frozen=True)
class CameraWatch:
    """What is known of one camera in a window of time. `people`: by (person, post) their stretches."""

    camera: str
    people: dict[tuple[str, str], list[Stretch]]
    somebody: list[Stretch]
    nobody: list[Stretch]
    window_ms: int

    @property
    def share(self) -> float:
        """Of the window, with somebody before it; 0 to 1."""
        return total(self.somebody) / self.window_ms if self.window_ms else 0.0


def by_camera(cameras: Iterable[str], stretches: Iterable[Watched], from_ms: int, to_ms: int) -> list[CameraWatch]:
    """One for each camera in the order given, watched or not. Stretches of other cameras are passed over."""
    wanted = list(dict.fromkeys(cameras))
    gathered: dict[str, dict[tuple[str, str], list[Stretch]]] = {one: defaultdict(list) for one in wanted}
    for one in stretches:
        if one.camera in gathered:
            gathered[one.camera][one.person, one.post].append((one.from_ms, one.to_ms))
    window = [(from_ms, to_ms)] if from_ms < to_ms else []
    found = []
    for camera in wanted:
        people = {
            who: cut for who, own in sorted(gathered[camera].items())
            if (cut := within(union(own, JOIN_MS), from_ms, to_ms))
        }  # fmt: skip
        somebody = union(stretch for own in people.values() for stretch in own)
        found.append(CameraWatch(camera, people, somebody, difference(window, somebody), total(window)))
    return found


@dataclass
class DutyShare:
    """How the cameras that a post must watch fared while somebody was on duty there.

    `watched`: how many of `cameras` were watched for `least_ms` at least. `share`: of the time on duty, the mean over
    all of them.
    """

    cameras: int = 0
    watched: int = 0
    share: float = 0.0
    never: list[str] = field(default_factory=list)


def duty_share(
    must_watch: Sequence[str], watched: Mapping[str, Sequence[Stretch]], on_duty: Sequence[Stretch], least_ms: int
) -> DutyShare:
    """watched: by camera, the stretches of those at the post. on_duty: when they were there, breaks left out."""
    cameras = list(dict.fromkeys(must_watch))
    duty = union(on_duty)
    length_ms = total(duty)
    found = DutyShare(cameras=len(cameras))
    if not cameras or not length_ms:
        return found
    shares = []
    for camera in cameras:
        seen_ms = length_ms - total(difference(duty, union(watched.get(camera, ()), JOIN_MS)))
        shares.append(seen_ms / length_ms)
        if seen_ms >= min(least_ms, length_ms):
            found.watched += 1
        if not seen_ms:
            found.never.append(camera)
    found.share = sum(shares) / len(shares)
    return found
