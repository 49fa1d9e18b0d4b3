"""What was just before an event: the newest groups of pictures of a camera, in memory, bounded by bytes."""

from __future__ import annotations

from collections import deque

from prahari.contracts.media import Reason
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters

CAMERA_MOST_BYTES = 16_000_000
_PIECE_BYTES = 40
"""What a slice costs beside its bytes: a picture comes as one slice a packet."""


class PreRollBudget:
    """Bytes that all pre-rolls of a worker may take together; cameras share them equally."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.holders: set[PreRoll] = set()

    @property
    def share_bytes(self) -> int:
        return min(CAMERA_MOST_BYTES, self.most_bytes // max(1, len(self.holders)))

    @property
    def used_bytes(self) -> int:
        return sum(holder.size_bytes for holder in self.holders)


class PreRoll:
    """A Sink. Groups that lie within the last `length_s`, as far as the camera's share of the memory goes."""

    wants_units = False

    def __init__(self, budget: PreRollBudget, length_s: float) -> None:
        self._budget = budget
        self._length_ms = round(length_s * 1000)
        self._groups: deque[tuple[GroupOfPictures, int]] = deque()
        self.size_bytes = 0
        budget.holders.add(self)

    def on_parameters(self, parameters: StreamParameters) -> None:
        """Every group brings its own."""

    def on_unit(self, unit: AccessUnit) -> None:
        """Whole groups are kept."""

    def on_group(self, group: GroupOfPictures) -> None:
        size = _size(group)
        self._groups.append((group, size))
        self.size_bytes += size
        after_ms = group.end_ms - self._length_ms
        share = self._budget.share_bytes
        while self._groups and (self._groups[0][0].end_ms <= after_ms or self.size_bytes > share):
            self.size_bytes -= self._groups.popleft()[1]

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None:
        """What came before is still what was before."""

    def take(self) -> list[GroupOfPictures]:
        """All that is kept, oldest first; nothing remains."""
        groups = [group for group, _ in self._groups]
        self.drop()
        return groups

    def drop(self) -> None:
        self._groups.clear()
        self.size_bytes = 0

    def close(self) -> None:
        self.drop()
        self._budget.holders.discard(self)


def _size(group: GroupOfPictures) -> int:
    total = 0
    for unit in group.units:
        if isinstance(unit.data, list):
            total += sum(map(len, unit.data)) + _PIECE_BYTES * len(unit.data)
        else:
            total += len(unit.data) + _PIECE_BYTES
    return total
