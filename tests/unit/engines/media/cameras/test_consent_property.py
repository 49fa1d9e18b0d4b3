"""For any plans, permits and clock: no connection, recorder or viewer outside the permit, one connection at most."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from prahari.contracts import tokens
from prahari.contracts.media import CameraPlan, PermitClaims, Reason, RecordMode, SealedAddress
from prahari.contracts.recording import TriggerRequest
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.cameras.ports import Address, StateListener
from prahari.engines.media.cameras.stream import StreamName
from prahari.engines.media.cameras.surroundings import NoEvents, Surroundings
from prahari.engines.media.gate.permits import leave_at
from prahari.engines.media.gate.problems import Problem
from prahari.engines.media.gate.showing import Asker
from prahari.engines.media.ingest.upstream import UpstreamState, UpstreamStatus
from prahari.engines.media.recording.preroll import PreRoll
from prahari.engines.media.status.board import StatusBoard
from prahari.engines.media.status.outbox import Outbox
from prahari.engines.media.types import GroupOfPictures, Sink

KEY, OTHER_KEY = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
CAMERA = "0190a5c0-0000-7000-8000-000000000001"
START_S = 1_760_011_200


class Recorder:
    wants_units = False
    is_recording = True
    trouble = Reason.NONE

    def __init__(self, street: Street) -> None:
        self.street = street
        street.recorders.add(self)

    def on_parameters(self, parameters: object) -> None: ...

    def on_unit(self, unit: object) -> None: ...

    def on_group(self, group: object) -> None: ...

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None: ...

    def note(self, mark: object) -> None: ...

    async def flushed(self) -> None: ...

    async def close(self, reason: Reason = Reason.NONE) -> None:
        await asyncio.sleep(0)
        self.street.recorders.discard(self)


class Source:
    """A connection that counts itself and refuses to be second."""

    def __init__(self, street: Street, on_state: StateListener, url: str) -> None:
        self.street = street
        self.url = url
        self.on_state = on_state
        self.sinks: list[Sink] = []

    @property
    def state(self) -> UpstreamState:
        return UpstreamState(UpstreamStatus.CONNECTING)

    def start(self) -> None:
        assert all("/sub" in one.url for one in self.street.open) or "/sub" in self.url, "a second main connection"
        assert not any("/sub" in one.url for one in self.street.open) or "/sub" not in self.url, "a second small one"
        assert self.street.leave_now().anything, "opened without leave"
        self.street.open.add(self)

    def add_sink(self, sink: Sink) -> None:
        self.sinks.append(sink)

    def remove_sink(self, sink: Sink) -> None:
        if sink in self.sinks:
            self.sinks.remove(sink)

    def cached_group(self) -> GroupOfPictures | None:
        return None

    async def close(self) -> None:
        await asyncio.sleep(0)
        self.street.open.discard(self)


class Events(NoEvents):
    async def keep_event(self, camera_id: str, mark: object) -> None:
        await asyncio.sleep(0)


class Viewer:
    """Stands for live.viewer.Viewer: only what hub and camera call."""

    user_id = "u"

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.ended: tuple[int, str] | None = None

    def say(self, frame: bytes) -> None:
        assert self.ended is None

    show = say

    def end(self, code: int, reason: str) -> None:
        self.ended = (code, reason)


class Street:
    """The world around one camera, with a clock of its own."""

    def __init__(self, folder: Path) -> None:
        self.now_s = float(START_S)
        self.open: set[Source] = set()
        self.recorders: set[Recorder] = set()
        self.viewers: set[Viewer] = set()
        self.claims: PermitClaims | None = None
        self.revision = 0
        self.outbox = Outbox(folder / "outbox", "media", "media-0")
        around = self.around = Surroundings(
            KEY.public_key(),
            lambda plan, sealed: Address(sealed.url, None),
            lambda camera_id, address, on_state, *, fallback: Source(self, on_state, address.url),
            lambda plan, due: Recorder(self),
            StatusBoard(self.outbox, 0),
            now_s=lambda: self.now_s,
            events=Events(),
        )
        self.camera = Camera(self.plan({"kind": "none"}), around)

    def leave_now(self) -> Any:
        return leave_at(self.claims, self.now_s)

    def may_see(self, asker: Asker) -> bool:
        """The rule written again, from the permit itself."""
        if not self.leave_now().live or self.claims is None:
            return False
        if asker.is_visitor:
            return self.claims.basis == "order" and not self.claims.on_request
        return not self.claims.on_request or (asker.request_id != "" and self.now_s < asker.request_until_s)

    def plan(self, change: dict[str, Any]) -> CameraPlan:
        token = ""
        self.claims = None
        if change["kind"] != "none":
            claims = PermitClaims(
                CAMERA if change["kind"] != "other camera" else CAMERA.replace("1", "2"),
                change["basis"],
                "1",
                START_S + change["nbf"],
                START_S + change["nbf"] + change["length"],
                change["live"],
                change["record"],
                change["hours"],
                on_request=change["on_request"],
            )
            token = tokens.sign(claims, OTHER_KEY if change["kind"] == "forged" else KEY)
            self.claims = claims if change["kind"] == "good" else None
        self.revision += 1
        mode = RecordMode(change.get("record_mode", "none"))
        address = SealedAddress(f"rtsp://camera/{change.get('address', 0)}")
        sub = SealedAddress(f"rtsp://camera/sub{change['sub']}") if change.get("sub") else None
        return CameraPlan(
            CAMERA, "c", "up", "police", address, token, mode, revision=self.revision, sub=sub,
            schedule=[(weekday, 1000, 1100) for weekday in range(7)], pre_roll_s=change.get("pre_roll", 0),
        )  # fmt: skip

    async def do(self, step: tuple[str, Any]) -> None:
        kind, value = step
        if kind == "plan":
            self.camera.apply(self.plan(value))
        elif kind == "clock":
            self.now_s += value
        elif kind == "want" and self.viewers:
            self.camera.want(next(iter(self.viewers)), value)  # type: ignore[arg-type]
        elif kind == "trigger":
            reply = await self.camera.trigger(TriggerRequest("e1", "test"))
            assert not reply.ok or self.leave_now().record
        elif kind == "watch":
            value, stream, plays_h265 = value
            viewer = Viewer(value)
            try:
                self.camera.watch(viewer, stream, plays_h265=plays_h265)  # type: ignore[arg-type]
                assert self.may_see(value)
                self.viewers.add(viewer)
            except Problem as problem:
                assert not self.may_see(value)
                is_short_of_a_request = (
                    self.leave_now().live
                    and not value.is_visitor
                    and (not value.request_id or self.now_s >= value.request_until_s)
                )
                assert (problem.answer.code == "needs_request") is is_short_of_a_request or value.is_visitor
        elif kind == "leave" and self.viewers:
            self.camera.unwatch(self.viewers.pop())  # type: ignore[arg-type]
        self.camera.look()
        self.check_cut()
        for _ in range(12):
            await asyncio.sleep(0)
        self.camera.look()
        for _ in range(12):
            await asyncio.sleep(0)
        self.check_settled()

    def check_cut(self) -> None:
        """What must hold at once, in the same step of the loop."""
        leave = self.leave_now()
        for viewer in self.viewers:
            assert (viewer.ended is None) == self.may_see(viewer.asker)
        for source in self.open:
            if not leave.anything:
                assert not source.sinks
            if not leave.record:
                assert not any(isinstance(sink, Recorder | PreRoll) for sink in source.sinks)
                assert not self.around.pre_rolls.used_bytes

    def check_settled(self) -> None:
        leave = self.leave_now()
        self.viewers = {viewer for viewer in self.viewers if viewer.ended is None}
        assert len(self.open) <= (1 if self.camera.plan.sub is None else 2)
        if not leave.anything:
            assert not self.open
        if not leave.record:
            assert not self.recorders
        elif self.camera.wants_record:
            assert self.open
            if self.camera.plan.record in {RecordMode.CONTINUOUS, RecordMode.SCHEDULE}:
                assert self.recorders
        if self.viewers:
            assert leave.live and self.open


permits = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["good", "good", "good", "forged", "other camera", "none"]),
        "nbf": st.integers(-4000, 4000),
        "length": st.integers(0, 8000),
        "basis": st.sampled_from(["consent", "order", "survey"]),
        "on_request": st.booleans(),
        "live": st.booleans(),
        "record": st.booleans(),
        "hours": st.lists(st.tuples(st.integers(1000, 1140), st.integers(1000, 1140)), max_size=2),
        "record_mode": st.sampled_from(["none", "continuous", "on_event", "schedule"]),
        "pre_roll": st.sampled_from([0, 10]),
        "sub": st.integers(0, 2),
        "address": st.integers(0, 1),
    }
)
steps = st.one_of(
    st.tuples(st.just("plan"), permits),
    st.tuples(st.just("clock"), st.integers(-3000, 5000)),
    st.tuples(
        st.just("watch"),
        st.tuples(
            st.sampled_from(
                [
                    Asker(),
                    Asker("r1"),
                    Asker("r2", request_until_s=START_S + 1000),
                    Asker(is_visitor=True),
                    Asker("r1", is_visitor=True),
                ]
            ),
            st.sampled_from(StreamName),
            st.booleans(),
        ),
    ),
    st.tuples(st.just("want"), st.sampled_from(StreamName)),
    st.tuples(st.just("trigger"), st.none()),
    st.tuples(st.just("leave"), st.none()),
)


@settings(max_examples=150)
@given(story=st.lists(steps, min_size=1, max_size=12))
def test_never_open_outside_the_permit(story: list[tuple[str, Any]], tmp_path_factory: Any) -> None:
    async def live_it() -> None:
        street = Street(tmp_path_factory.mktemp("street"))
        for step in story:
            await street.do(step)
        await street.camera.close()
        street.outbox.close()
        assert not street.open and not street.recorders

    asyncio.run(live_it())
