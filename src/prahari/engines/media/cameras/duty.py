"""What of a camera goes to disk: its recording policy, the recorder, the pre-roll and the events under way.

Whether there is leave to record is told by the Camera with each call; nothing here opens a connection.
"""

from __future__ import annotations

from collections.abc import Callable

from prahari.contracts.media import CameraPlan, Reason, RecordMode
from prahari.contracts.recording import MOST_EVENT_S, EventMark, TriggerRequest
from prahari.engines.media.cameras.ports import Recorder
from prahari.engines.media.cameras.stream import Stream
from prahari.engines.media.cameras.surroundings import Surroundings
from prahari.engines.media.recording import policy
from prahari.engines.media.recording.preroll import PreRoll


class Duty:
    """`main`: the stream that is recorded. `now_s` is the clock that permits are held to."""

    def __init__(self, plan: CameraPlan, main: Stream, around: Surroundings) -> None:
        self.plan = plan
        self._main = main
        self._around = around
        self._events: dict[str, EventMark] = {
            mark.event_id: mark for mark in around.events.under_way(plan.camera_id, self._now_ms())
        }
        self.recorder: Recorder | None = None
        self._recorder_days = 0
        self._recorder_is_cut = False
        self._pre_roll: PreRoll | None = None

    # What the policy wants at this moment

    def _now_ms(self) -> int:
        return round(self._around.now_s() * 1000)

    def _has_event(self) -> bool:
        now_ms = self._now_ms()
        for event_id in [one.event_id for one in self._events.values() if one.until_ms <= now_ms]:
            del self._events[event_id]
        return bool(self._events)

    @property
    def wants_recorder(self) -> bool:
        mode = self.plan.record
        if mode is RecordMode.SCHEDULE:
            return policy.in_schedule(self.plan, self._around.now_s())
        return mode is RecordMode.CONTINUOUS or (mode is RecordMode.ON_EVENT and self._has_event())

    @property
    def wants_stream(self) -> bool:
        """The main stream is to stand: it is recorded, or remembered for an event that may come."""
        return self.wants_recorder or self._wants_pre_roll

    @property
    def _wants_pre_roll(self) -> bool:
        return self.plan.record is RecordMode.ON_EVENT and self.plan.pre_roll_s > 0 and not self._has_event()

    def next_change_s(self, now_s: float) -> float:
        """Unix seconds when the policy may want something else."""
        ends = [mark.until_ms / 1000 for mark in self._events.values()]
        return min([policy.next_change_s(self.plan, now_s), *ends])

    def due(self, from_ms: int, to_ms: int) -> policy.Stretches:
        """What between two moments should have been recorded."""
        events = self._around.events.between(self.plan.camera_id, from_ms, to_ms)
        return policy.due(self.plan, from_ms, to_ms, events)

    # Events

    def refusal(self) -> tuple[Reason, str] | None:
        """Why no event is recorded, by policy; None: it is."""
        mode = self.plan.record
        if mode is RecordMode.NONE or (mode is RecordMode.SCHEDULE and not self.wants_recorder):
            return Reason.BY_POLICY, "By its policy this camera is not recorded now."
        return None

    def mark_of(self, request: TriggerRequest) -> EventMark:
        """The event as it is to be kept; of an id that is under way, made longer and never shorter."""
        now_ms = self._now_ms()
        # A clock that is ahead must not put the recording off, an old event not bring back what is gone.
        at_ms = min(request.at_ms or now_ms, now_ms)
        lasts_s = min(max(request.lasts_s, 0.0), MOST_EVENT_S)
        until_ms = max(at_ms + round((lasts_s + self.plan.post_roll_s) * 1000), now_ms + 1000)
        from_ms = at_ms - round(self.plan.pre_roll_s * 1000)
        known = self._events.get(request.event_id)
        if known is not None:
            at_ms, from_ms = min(at_ms, known.at_ms), min(from_ms, known.from_ms)
            until_ms = max(until_ms, known.until_ms)
        return EventMark(request.event_id, request.why, at_ms, from_ms, until_ms)

    def begin(self, mark: EventMark) -> None:
        """The event is kept: record from now on."""
        self._events[mark.event_id] = mark
        if self.recorder is not None:
            self.recorder.note(mark)

    # Recorder and pre-roll

    def cut(self) -> None:
        """Leave to record has ended: nothing more goes in and what was remembered is forgotten, in this step."""
        if self.recorder is not None:
            self._main.remove(self.recorder)
            self._recorder_is_cut = True
        if self._pre_roll is not None:
            self._drop_pre_roll()
        self._events.clear()

    def is_settled(self, may_record: bool) -> bool:
        return not (self._recorder_is_wrong(may_record) or self._recorder_is_missing(may_record)) and (
            self._pre_roll is not None
        ) == (may_record and self._wants_pre_roll)

    def _recorder_is_wrong(self, may_record: bool) -> bool:
        if self.recorder is None:
            return False
        is_right = may_record and self.wants_recorder and self._recorder_days == self.plan.retention_days
        return self._recorder_is_cut or not is_right

    def _recorder_is_missing(self, may_record: bool) -> bool:
        return self.recorder is None and may_record and self.wants_recorder

    async def mend(self, may_record: Callable[[], bool], why_not: Callable[[], Reason]) -> bool:
        """One step towards what is wanted. True: something took time, look again."""
        if self._recorder_is_wrong(may_record()):
            await self.close_recorder(why_not())
            return True
        if self._recorder_is_missing(may_record()):
            self._open_recorder()
        wants_pre_roll = may_record() and self._wants_pre_roll
        if wants_pre_roll and self._pre_roll is None:
            self._pre_roll = PreRoll(self._around.pre_rolls, self.plan.pre_roll_s)
            self._main.add(self._pre_roll)
        elif not wants_pre_roll and self._pre_roll is not None:
            self._drop_pre_roll()
        return False

    def _open_recorder(self) -> None:
        recorder = self.recorder = self._around.make_recorder(self.plan, self.due)
        self._recorder_days = self.plan.retention_days
        self._recorder_is_cut = False
        for mark in self._events.values():
            recorder.note(mark)
        if self._pre_roll is not None:
            for group in self._pre_roll.take():
                recorder.on_group(group)
            self._drop_pre_roll()
        self._main.add(recorder)

    def _drop_pre_roll(self) -> None:
        if self._pre_roll is not None:
            self._main.remove(self._pre_roll)
            self._pre_roll.close()
            self._pre_roll = None

    async def close_recorder(self, reason: Reason) -> None:
        recorder, self.recorder = self.recorder, None
        if recorder is not None:
            self._main.remove(recorder)
            await recorder.close(reason)

    def close(self) -> None:
        self._drop_pre_roll()
