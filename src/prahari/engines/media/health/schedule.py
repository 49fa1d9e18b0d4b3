"""Whose keyframe is decoded next, within a budget of processor time."""

from __future__ import annotations

import heapq
import zlib

SOON_S = 1.0
SAVED_S = 30.0
"""Time that was not used is saved up for so long: a wave of suspicions is then looked into at once."""

GUESS_S = 0.03


class Schedule:
    """Each camera once in `period_s`, spread by id; sooner when asked for. All times in seconds of one clock.

    `again_s`: nobody is looked at more often, whatever is suspected.
    `budget_pct`: of a core. When looks cost more than it allows they come later, those under suspicion first.
    """

    def __init__(self, now_s: float, period_s: float, again_s: float, budget_pct: float) -> None:
        self.period_s = period_s
        self.again_s = again_s
        self.budget_pct = budget_pct
        self._due: dict[str, tuple[float, bool]] = {}  # camera -> (when, out of its turn)
        self._looked_s: dict[str, float] = {}
        self._heap: list[tuple[bool, float, str]] = []
        self._purse_s = budget_pct / 100 * SAVED_S
        self._counted_s = now_s

    def add(self, camera_id: str, now_s: float) -> None:
        """Unknown until now: its first look comes within a period, at a moment of its own."""
        if camera_id not in self._due:
            share = zlib.crc32(camera_id.encode()) / 2**32
            self._set(camera_id, now_s + share * self.period_s, False)

    def remove(self, camera_id: str) -> None:
        self._due.pop(camera_id, None)
        self._looked_s.pop(camera_id, None)

    def __contains__(self, camera_id: str) -> bool:
        return camera_id in self._due

    def soon(self, camera_id: str, now_s: float, after_s: float = SOON_S) -> None:
        """Look out of turn, but not within `again_s` of the last look."""
        due = self._due.get(camera_id)
        if due is None:
            return
        when_s = max(now_s + after_s, self._looked_s.get(camera_id, -self.again_s) + self.again_s)
        if not due[1] or when_s < due[0]:
            self._set(camera_id, min(when_s, due[0]), True)

    def next(self, now_s: float) -> str | None:
        """The camera whose turn it is, or None. `looked` is to be called for it."""
        self._purse_s += (now_s - self._counted_s) * self.budget_pct / 100
        self._purse_s = min(self._purse_s, self.budget_pct / 100 * SAVED_S)
        self._counted_s = now_s
        if self._purse_s < GUESS_S:
            return None
        later = []
        found = None
        while self._heap:
            entry = heapq.heappop(self._heap)
            in_turn, when_s, camera_id = entry
            if self._due.get(camera_id) != (when_s, not in_turn):
                continue  # moved or gone
            if when_s <= now_s:
                found = camera_id
                break
            later.append(entry)
            if in_turn:
                break  # those out of turn come first in the heap: nobody is due
        for entry in later:
            heapq.heappush(self._heap, entry)
        return found

    def looked(self, camera_id: str, now_s: float, cpu_s: float) -> None:
        """What it cost; 0: it could not be looked at just now."""
        self._purse_s -= cpu_s
        if camera_id in self._due:
            self._looked_s[camera_id] = now_s
            # Not at the same second of every fifth minute: what repeats itself would look as if it stood still.
            share = zlib.crc32(f"{camera_id}{now_s:.1f}".encode()) / 2**32
            self._set(camera_id, now_s + self.period_s * (0.9 + 0.2 * share), False)

    def _set(self, camera_id: str, when_s: float, out_of_turn: bool) -> None:
        self._due[camera_id] = (when_s, out_of_turn)
        heapq.heappush(self._heap, (not out_of_turn, when_s, camera_id))
        if len(self._heap) > 4 * len(self._due) + 64:
            self._heap = [(not out, when, one) for one, (when, out) in self._due.items()]
            heapq.heapify(self._heap)
