"""What all doors do with what a source hands in: judge each part, hand the good ones in, tell why of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from prahari.contracts.events import Event, now_ms
from prahari.contracts.happenings import SourceRecord
from prahari.engines.intake import claims, judging
from prahari.engines.intake.handing import Handing
from prahari.engines.intake.refusals import Refusal, too_many
from prahari.engines.intake.sources import Allowance

Judge = Callable[[SourceRecord, bytes, int], Event | None]
"""(source, what it says, when it came): the event, None when it says nothing that is for us. Raises Refusal."""


@dataclass
class Outcome:
    """`taken`: (position in the batch, event id). `refused`: (position, why)."""

    taken: list[tuple[int, str]] = field(default_factory=list)
    refused: list[tuple[int, Refusal]] = field(default_factory=list)


class Desk:
    def __init__(self, handing: Handing) -> None:
        self._handing = handing
        self._allowance = Allowance()

    async def take(
        self, record: SourceRecord, parts: Sequence[bytes], judge: Judge, *, limited: bool = True
    ) -> Outcome:
        """limited: no more than the source may; whom we ask ourselves gives at our pace.

        Raises AwayError: nothing was taken.
        """
        came_ms = now_ms()
        outcome = Outcome()
        good: list[Event] = []
        for index, part in enumerate(parts):
            try:
                again_s = self._allowance.take(record) if limited else 0
                if again_s:
                    raise too_many(record.per_minute, again_s)
                event = judge(record, part, came_ms)
            except Refusal as refusal:
                outcome.refused.append((index, refusal))
                continue
            if event is not None:
                good.append(event)
                outcome.taken.append((index, event.id))
        await self._handing.hand_in(good)
        self._handing.count(record, len(good), [refusal.code for _, refusal in outcome.refused])
        return outcome


def judge_event(record: SourceRecord, part: bytes, came_ms: int) -> Event:
    return judging.happening(record, claims.read_event(part), came_ms)


def judge_position(record: SourceRecord, part: bytes, came_ms: int) -> Event:
    return judging.position(record, claims.read_position(part), came_ms)
