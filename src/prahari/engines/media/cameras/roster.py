"""All cameras of this worker: plans in, one Camera each, the clock asked for all of them."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator

from prahari.contracts.media import CameraPlan
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.cameras.surroundings import Surroundings
from prahari.engines.media.live.viewer import Viewer
from prahari.engines.media.plans.store import PlanStore
from prahari.engines.media.status.board import Proof

log = logging.getLogger(__name__)

LOOK_S = 0.5
MOST_VIEWERS = 2000
MOST_VIEWERS_PER_USER = 100


class Roster:
    """Holds plans (PlanHolder), keeps them on disk, and looks after every camera twice a second."""

    def __init__(self, store: PlanStore, around: Surroundings) -> None:
        self._store = store
        self._around = around
        self._planned = store.load()
        self._cameras: dict[str, Camera] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._going: dict[str, asyncio.Task[None]] = {}
        self._elsewhere: set[str] = set()
        self._viewers_of: Counter[str] = Counter()

    def load(self) -> None:
        """Start with what was planned when the worker last ran."""
        for plan in self._planned.values():
            self._cameras[plan.camera_id] = Camera(plan, self._around)
        self._planned = {}
        if self._cameras:
            log.info("%d cameras known from disk", len(self._cameras))

    def planned(self, camera_id: str) -> CameraPlan | None:
        """The plan on disk, before `load` has made cameras of them: gaps are found that early."""
        return self._planned.get(camera_id)

    def apply(self, plan: CameraPlan) -> None:
        camera = self._cameras.get(plan.camera_id)
        if camera is not None and camera.plan == plan:
            return
        if camera is None:
            self._elsewhere.discard(plan.camera_id)
            self._cameras[plan.camera_id] = Camera(plan, self._around)
        else:
            camera.apply(plan)
        try:
            self._store.save(plan)
        except OSError as error:
            log.error("plan of camera %s is not kept on disk: %s", plan.camera_id, error.strerror)

    def retire(self, camera_id: str) -> None:
        self._elsewhere.discard(camera_id)
        camera = self._cameras.pop(camera_id, None)
        if camera is not None:
            camera.retire()
            self._around.board.forget(camera_id)
            task = asyncio.get_running_loop().create_task(camera.close())
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)
        try:
            self._store.delete(camera_id)
        except OSError as error:
            log.error("plan of retired camera %s stays on disk: %s", camera_id, error.strerror)

    def let_go(self, camera_id: str, *, cut: bool) -> asyncio.Task[None] | None:
        """Another worker's from now on, or nobody's. `cut`: in this step of the loop; else with its last group.

        The task ends when its last group is on disk and its connection closed; None: it was not here.
        """
        camera = self._cameras.pop(camera_id, None)
        if camera is None:
            return self._going.get(camera_id)
        self._elsewhere.add(camera_id)
        if cut:
            camera.cut()
        self._around.board.forget(camera_id)
        task = self._going[camera_id] = asyncio.get_running_loop().create_task(camera.close())
        self._leaving.add(task)

        def gone(_: asyncio.Task[None]) -> None:
            self._leaving.discard(task)
            if self._going.get(camera_id) is task:
                del self._going[camera_id]

        task.add_done_callback(gone)
        try:
            self._store.delete(camera_id)
        except OSError as error:
            log.error("plan of camera %s, which is another's, stays on disk: %s", camera_id, error.strerror)
        return task

    def leaving(self, camera_id: str) -> asyncio.Task[None] | None:
        """The end of a camera that was let go and is still being closed."""
        return self._going.get(camera_id)

    def is_elsewhere(self, camera_id: str) -> bool:
        """Whether it was let go: it goes on at another worker, or here again."""
        return camera_id in self._elsewhere

    def has(self, camera_id: str) -> bool:
        return camera_id in self._cameras

    def ids(self) -> list[str]:
        return list(self._cameras)

    def get(self, camera_id: str) -> Camera | None:
        return self._cameras.get(camera_id)

    def __iter__(self) -> Iterator[Camera]:
        return iter(list(self._cameras.values()))

    def __len__(self) -> int:
        return len(self._cameras)

    async def look(self) -> None:
        """For ever, until cancelled: what begins or ends by the clock begins or ends within a second."""
        while True:
            for camera in list(self._cameras.values()):
                camera.look()
            self._around.looked()
            await asyncio.sleep(LOOK_S)

    def proofs(self) -> list[Proof]:
        return [proof for camera in self._cameras.values() if (proof := camera.proof()) is not None]

    @property
    def viewers(self) -> int:
        return self._viewers_of.total()

    def enter(self, viewer: Viewer) -> bool:
        """Count a viewer in. False: too many, of this person or at all."""
        if self.viewers >= MOST_VIEWERS or self._viewers_of[viewer.user_id] >= MOST_VIEWERS_PER_USER:
            return False
        self._viewers_of[viewer.user_id] += 1
        return True

    def go(self, viewer: Viewer) -> None:
        self._viewers_of[viewer.user_id] -= 1
        if self._viewers_of[viewer.user_id] <= 0:
            del self._viewers_of[viewer.user_id]

    async def close(self) -> None:
        """End of the worker: every connection and recorder is closed in order."""
        cameras = list(self._cameras.values())
        await asyncio.gather(*(camera.close() for camera in cameras), *self._leaving)
