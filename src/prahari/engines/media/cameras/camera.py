"""One camera: what its permit allows now and who wants it decide which of its connections stand.

Every way to a picture goes through `_settle`: it is the only place that opens, and it cuts first and tidies up later.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraPlan, CameraStatus, PermitClaims, Reason
from prahari.contracts.proofs import keyframe_mac
from prahari.contracts.recording import TriggerReply, TriggerRequest
from prahari.engines.media.cameras.duty import Duty
from prahari.engines.media.cameras.keyframes import KeyframeWait
from prahari.engines.media.cameras.state import CameraState
from prahari.engines.media.cameras.stream import Stream, StreamName, address_key
from prahari.engines.media.cameras.surroundings import Surroundings
from prahari.engines.media.cameras.telling import status_data, tell_viewers
from prahari.engines.media.cameras.triggering import FLUSH_WITHIN_S, record_event
from prahari.engines.media.cameras.viewing import Viewing
from prahari.engines.media.gate.permits import CLOSED, Leave, leave_at, read_permit
from prahari.engines.media.gate.problems import NO_PERMIT, Answer, Problem
from prahari.engines.media.gate.showing import Asker, refusal
from prahari.engines.media.health.stream import StreamWatch
from prahari.engines.media.ingest.upstream import UpstreamState, UpstreamStatus
from prahari.engines.media.live.hub import Tap
from prahari.engines.media.live.viewer import Viewer
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.status.board import Proof, status_of
from prahari.engines.media.types import AccessUnit, VideoParameters

log = logging.getLogger(__name__)

LINGER_S = 10.0
MARK_EVERY_MS = 60_000
CLOSE_RETIRED = 4404
CLOSE_RESTART = 1012


class Camera:
    """See the module. All methods are called in the event loop; those that are not coroutines never block."""

    def __init__(self, plan: CameraPlan, around: Surroundings) -> None:
        self.plan = plan
        self._around = around
        self._claims: PermitClaims | None = None
        self._leave = Leave(live=False, record=False, reason=Reason.NONE, until_s=0.0)
        self._looked_s = 0.0
        self._steady_until_s = 0.0
        self._retired = False
        self._ending = False
        self.main = Stream(StreamName.MAIN, around, lambda: self._duty.recorder is not None, self._stream_state)
        self.sub = Stream(StreamName.SUB, around, lambda: self._duty.recorder is not None, self._stream_state)
        self._viewing = Viewing(self.main, self.sub, lambda: self.plan.sub is not None)
        self._duty = Duty(plan, self.main, around)
        self.measured = StreamWatch()
        self._proving: tuple[VideoParameters, AccessUnit] | None = None
        self._marked_ms = 0
        self.main.add(self.measured)
        self._trouble = Reason.NONE
        self._was_recording = False
        self.state = CameraState()
        self._mending: asyncio.Task[None] | None = None
        self.apply(plan)

    # What is wanted and allowed

    def apply(self, plan: CameraPlan) -> None:
        """Act on a new plan; the same plan again changes nothing."""
        if plan.permit != self.plan.permit or self._claims is None:
            self._claims = read_permit(plan.permit, plan.camera_id, self._around.verifying_key)
        self._around.keep(plan, self._claims)
        for stream in self._streams:
            before, after = stream.address_of(self.plan), stream.address_of(plan)
            if address_key(before, self.plan) != address_key(after, plan):
                stream.forget()
                if stream is self.main:
                    self.state.set(CameraStatus.UNKNOWN)  # what was known is true of another address
        self.plan = self._duty.plan = plan
        self._settle()

    def look(self) -> None:
        """Ask the clock, the policy and the recorder again; called twice a second."""
        if not self._looked_s <= self._around.now_s() < self._steady_until_s:
            self._settle()
        trouble = self.trouble
        if trouble is not self._trouble or self.is_recording is not self._was_recording:
            self._trouble, self._was_recording = trouble, self.is_recording
            self._tell()

    def retire(self) -> None:
        self._retired = True
        self._settle()

    def cut(self) -> None:
        """Another's by now, perhaps: nobody is handed anything more after this; `close` does what takes time."""
        self._ending = True
        self._settle()

    @property
    def leave(self) -> Leave:
        """What the permit allows at this moment."""
        return CLOSED if self._retired or self._ending else leave_at(self._claims, self._around.now_s())

    def refusal(self, asker: Asker) -> Answer | None:
        """Why `asker` may not be shown this camera at this moment; None: it may."""
        return refusal(self.leave, asker, self._around.now_s())

    @property
    def is_open(self) -> bool:
        return self.main.is_open or self.sub.is_open

    @property
    def is_recording(self) -> bool:
        recorder = self._duty.recorder
        return recorder is not None and self.main.is_live and recorder.is_recording

    @property
    def trouble(self) -> Reason:
        """DISK_FULL, DISK_SLOW, DISK_ERROR while the disk refuses what is to be recorded, else NONE."""
        recorder = self._duty.recorder
        return recorder.trouble if recorder is not None else Reason.NONE

    @property
    def watchers(self) -> int:
        return self._viewing.watchers

    @property
    def wants_record(self) -> bool:
        """The main connection is to stand for its recording policy, if there is leave."""
        return self._duty.wants_stream

    @property
    def _streams(self) -> tuple[Stream, Stream]:
        return self.main, self.sub

    @property
    def _waits(self) -> set[KeyframeWait]:
        return self.main.waits | self.sub.waits

    # Who looks

    def watch(self, viewer: Viewer, stream: StreamName = StreamName.MAIN, *, plays_h265: bool = True) -> None:
        """Show the camera to `viewer` from now on, as `stream` where it can be. Raises Problem when refused."""
        self._admit(viewer.asker)
        self._viewing.enter(viewer, stream, plays_h265=plays_h265)
        self._settle()

    def want(self, viewer: Viewer, stream: StreamName) -> None:
        """Another stream for a viewer, which keeps its picture until the other one is there."""
        self._viewing.want(viewer, stream)
        self._settle()

    def tap(self, tap: Tap, stream: StreamName = StreamName.MAIN) -> None:
        """Give pictures to a WebRTC peer or the masking from now on. Raises Problem: refused."""
        self._admit(tap.asker)
        self._viewing.tap(tap, stream)
        self._settle()

    def untap(self, tap: Tap) -> None:
        self._viewing.untap(tap)
        self._after_leaving()

    def unwatch(self, viewer: Viewer) -> None:
        self._viewing.leave(viewer)
        self._after_leaving()

    def _admit(self, asker: Asker | None) -> None:
        """Raises Problem when `asker` may not be shown the camera; None asks only whether it may be opened."""
        leave = self.leave
        answer = (None if leave.anything else NO_PERMIT) if asker is None else self.refusal(asker)
        if answer is not None:
            raise Problem(answer)

    def _after_leaving(self) -> None:
        if not self.watchers:
            for stream in self._streams:
                if stream.is_open:
                    stream.linger(LINGER_S)
        self._settle()

    async def keyframe(
        self, timeout_s: float, asker: Asker | None, stream: StreamName = StreamName.MAIN
    ) -> tuple[VideoParameters, AccessUnit]:
        """The newest keyframe, over the standing connection or one opened for this.

        `asker`: who will see it, so the permit must allow it to be shown; with None any permit will do, it only
        proves that the camera is alive. SUB: the small stream where there is one, the main one when it gives nothing.
        Raises Problem (refused) or StreamError with the reason.
        """
        found = None
        if stream is StreamName.SUB and self.plan.sub is not None and not self.sub.is_failing:
            try:
                found = await self._keyframe_of(self.sub, timeout_s / 2, asker)
            except StreamError as error:
                log.info("camera %s: its small stream gave no picture: %s", self.plan.camera_id, error.detail)
        found = found or await self._keyframe_of(self.main, timeout_s, asker)
        self._proving = found
        self.state.proved(now_ms(), self.plan)
        self.state.set(CameraStatus.LIVE)
        self._tell()
        return found

    async def _keyframe_of(
        self, stream: Stream, timeout_s: float, asker: Asker | None
    ) -> tuple[VideoParameters, AccessUnit]:
        self._admit(asker)
        wait = KeyframeWait(asker)
        try:
            stream.add_wait(wait, attach=self._may_serve(stream))
            self._settle()
            found = await wait.result(timeout_s)
            self._admit(asker)
            return found
        finally:
            stream.end_wait(wait)
            self._settle()

    def standing_keyframe(self) -> tuple[VideoParameters, AccessUnit] | None:
        """The newest keyframe of a connection that stands, the small one first; None: there is none, or no leave."""
        for stream in (self.sub, self.main):
            if stream.is_live and self._may_serve(stream) and (found := stream.standing_keyframe()) is not None:
                return found
        return None

    # Recording because of an event

    async def trigger(self, request: TriggerRequest) -> TriggerReply:
        """Record now because of an event. When `ok` is answered the event and what was before it are on disk."""
        return await record_event(
            self.plan.camera_id,
            request,
            self._duty,
            self.main,
            self._around.events,
            self._refusal_to_record,
            self._settled,
        )

    async def _settled(self) -> None:
        """What is wanted by now is, or at least was tried for a while."""
        self._settle()
        if self._mending is not None:
            await asyncio.wait({self._mending}, timeout=FLUSH_WITHIN_S)

    def _refusal_to_record(self) -> tuple[Reason, str] | None:
        leave = self.leave
        if not leave.record:
            return leave.reason or Reason.NO_PERMIT, "No consent or order allows recording this camera now."
        return self._duty.refusal()

    # State

    @property
    def clock_off_ms(self) -> float | None:
        """How far the camera's own clock is ahead of ours; None: it does not tell."""
        source = self.main.source or self.sub.source
        return source.state.clock_off_ms if source is not None else None

    def proof(self) -> Proof | None:
        """That frames were seen, when there is anything new to say."""
        for stream in self._streams:
            if stream.is_live and stream.source is not None:
                self.state.proved(stream.source.state.last_picture_ms, self.plan)
        proof = self.state.take_proof(self.plan.camera_id, self.watchers)
        return None if proof is None else replace(proof, keyframe=self._mark())

    def _mark(self) -> tuple[int, str] | None:
        """Moment and mac of a keyframe that proves it: of each probe, of a connection that stands once a minute."""
        found, self._proving = self._proving, None
        if found is None and now_ms() - self._marked_ms >= MARK_EVERY_MS:
            found = self.standing_keyframe()
        if found is None or not self._around.proof_key:
            return None
        self._marked_ms = now_ms()
        unit = found[1]
        data = unit.data if isinstance(unit.data, bytes) else b"".join(unit.data)
        return unit.wall_ms, keyframe_mac(self._around.proof_key, self.plan.camera_id, unit.wall_ms, data)

    def probe_failed(self, reason: Reason, detail: str) -> None:
        """A probe found no picture, nobody else holds the camera open: that is its state now."""
        if not self.is_open and self.leave.anything:
            self.state.set(status_of(reason), reason, detail)
            self._tell()

    def _stream_state(self, stream: Stream, state: UpstreamState) -> None:
        """A connection's state changed."""
        if stream.is_open and not stream.is_as_wanted(self.plan):
            self._settle()  # no longer what is wanted: another address, or a stream for the other kind of client
            return
        if state.status is UpstreamStatus.CONNECTING:
            return  # a camera does not stop being what it was by being opened
        if state.status is UpstreamStatus.LIVE:
            self.state.proved(state.last_picture_ms or now_ms(), self.plan)
        else:
            stream.note_failure(state.reason, state.detail)
        self._judge()
        self._tell()
        self._settle()

    def _judge(self) -> None:
        """The camera is what its best stream is. That only the small one fails says nothing of it yet; with none that
        stands or was tried in vain it stays what it was."""
        best = next((one for one in self._streams if one.is_live), self.main)
        if best.is_live or best.is_failing:
            self.state.set(best.status, best.reason, best.detail)

    def _tell(self) -> None:
        """Viewers at once, the centre through the board. Before anything is known there is nothing to tell it."""
        shown = self.state.shown(self._leave)
        tell_viewers(self._streams, *shown)
        if self._retired or (shown[0] is CameraStatus.UNKNOWN and self.state.proved_at_ms is None):
            return
        if shown[0] is CameraStatus.LIVE and self.main.is_failing and self._duty.wants_stream:
            shown = (shown[0], self.main.reason, self.main.detail)  # to be seen, but not recorded, and why
        is_two = self.plan.sub is not None
        data = status_data(self.state, shown, self._streams, self._trouble, self.is_recording, self.watchers, is_two)
        self._around.board.tell(self.plan, data)

    # Opening and closing

    def _settle(self) -> None:
        """Cut at once what is no longer allowed; let `_mend` do what takes time."""
        before, self._leave = self._leave, self.leave
        self._looked_s = self._around.now_s()
        self._end_refused()
        if not self._leave.record:
            self._duty.cut()
        for stream in self._streams:
            if stream.is_open and not self._may_serve(stream):
                stream.detach_all()
        if (before.anything, before.reason) != (self._leave.anything, self._leave.reason):
            if not self._leave.anything:
                self.state.set(CameraStatus.UNKNOWN)
            self._tell()
        if self._leave.live:
            self._viewing.settle()
        for stream in self._streams:
            if self._may_serve(stream):
                stream.attach()
        is_settled = self._is_settled()
        if self._mending is None and not self._ending and not is_settled:
            self._mending = asyncio.get_running_loop().create_task(self._mend())
            self._mending.add_done_callback(self._mended)
        self._steady_until_s = self._steady_until() if is_settled else 0.0
        self._around.settled(self)

    def _steady_until(self) -> float:
        """Unix seconds until which only a call can change anything: while somebody looks or waits, or left a moment
        ago, the clock of each of them counts too."""
        if self._mending is not None or self._waits or self.watchers or any(one.is_looked_at for one in self._streams):
            return 0.0
        return min(self._leave.until_s, self._duty.next_change_s(self._looked_s))

    def _mended(self, task: asyncio.Task[None]) -> None:
        self._mending = None
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("camera %s could not be opened or closed", self.plan.camera_id, exc_info=error)

    def _end_refused(self) -> None:
        """Whoever may not look at this moment is cut off in the same step of the event loop."""
        self._viewing.end_refused(self._verdict)
        for wait in self._waits:
            if not self._leave.anything or (wait.asker is not None and self._verdict(wait.asker) is not None):
                wait.fail(self._leave.reason or Reason.NO_PERMIT, "")

    def _verdict(self, asker: Asker) -> tuple[int, str] | None:
        """The close code and reason for who is refused now; None: it may look on."""
        answer = refusal(self._leave, asker, self._looked_s)
        if answer is None:
            return None
        if self._retired:
            return CLOSE_RETIRED, Reason.RETIRED
        if answer is not NO_PERMIT:
            return answer.ws_close, answer.code
        return answer.ws_close, self._leave.reason or Reason.NO_PERMIT

    def _may_serve(self, stream: Stream) -> bool:
        """Whether the connection that stands is the wanted one, and leave for it too."""
        return self.leave.anything and stream.is_as_wanted(self.plan)

    def _wants_open(self, stream: Stream) -> bool:
        leave = self.leave
        if stream is self.main and leave.record and self._duty.wants_stream:
            return True
        if stream is self.sub and self.plan.sub is None:
            return False
        if leave.live and (stream.is_looked_at or (stream is self.sub and self._viewing.wants_sub)):
            return True
        return leave.anything and bool(stream.waits)

    def _may_record(self) -> bool:
        return self.leave.record

    def _is_settled(self) -> bool:
        return self._duty.is_settled(self._may_record()) and all(
            stream.is_settled(self.plan, self._wants_open(stream)) for stream in self._streams
        )

    async def _mend(self) -> None:
        """Until what is, is what is wanted."""
        while not self._is_settled():
            if await self._close_one():
                continue
            if await self._duty.mend(self._may_record, self._why_not_recorded):
                continue
            for stream in self._streams:
                # The only place that opens a connection; leave is asked in the same step of the event loop.
                if not stream.is_open and self._wants_open(stream) and not await stream.open(self.plan):
                    return
                if self._may_serve(stream):
                    stream.attach()

    async def _close_one(self) -> bool:
        """Close a connection or conversion that is not wanted, or not as it is. True: one was closed."""
        for stream in self._streams:
            if stream.is_open and not (self._wants_open(stream) and stream.is_as_wanted(self.plan)):
                await stream.close(keep=self._duty.recorder if self._may_finish_recording() else None)
                if self.main.is_failing:  # the small stream may have been what was still seen of it
                    self._judge()
                    self._tell()
                return True
            if await stream.end_conversion():
                return True
        return False

    def _why_not_recorded(self) -> Reason:
        """NONE: recording goes on in a moment, here or after a restart."""
        if self._retired:
            return Reason.RETIRED
        if self._ending:
            return Reason.NONE
        if self.leave.record:
            return Reason.NONE if self._duty.wants_recorder else Reason.BY_POLICY
        return self.leave.reason or Reason.NO_PERMIT

    def _may_finish_recording(self) -> bool:
        """Whether the group that is coming in may still be written when the connection is closed."""
        return leave_at(self._claims, self._around.now_s()).record and self._duty.wants_recorder

    async def close(self) -> None:
        """End of the worker, of a retired camera, of one that another worker gets: viewers, connections, recorder."""
        self._ending = True
        self._around.settled(self)  # its device, too: another worker may be about to hear and move it
        self._viewing.end_refused(lambda _: (CLOSE_RESTART, "restarting"))
        if self._mending is not None:
            await asyncio.wait({self._mending}, timeout=2)
        for stream in self._streams:
            await stream.close(keep=self._duty.recorder if self._may_finish_recording() else None)
        self._duty.close()
        await self._duty.close_recorder(self._why_not_recorded())
        for stream in self._streams:
            await stream.converter.close()
