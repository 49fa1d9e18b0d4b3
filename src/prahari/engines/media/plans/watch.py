"""Follows the plan bucket for the cameras of one worker."""

from __future__ import annotations

import logging
import uuid
from typing import Protocol

from nats.js import JetStreamContext

from prahari.contracts import bus
from prahari.contracts.media import CameraPlan
from prahari.core.placement import worker_of
from prahari.engines.media.plans.store import decode_plan

log = logging.getLogger(__name__)


class PlanHolder(Protocol):
    """Who acts on plans. Both calls are repeated after an interruption of NATS and change nothing then."""

    def apply(self, plan: CameraPlan) -> None: ...

    def retire(self, camera_id: str) -> None: ...


async def follow(js: JetStreamContext, worker: int, workers: int, holder: PlanHolder) -> None:
    """Tell `holder` of every plan of the worker's cameras and each change, until cancelled.

    Keys that were deleted while nobody looked are told too: the bucket keeps a mark for them.
    """
    async for message in bus.follow_plans(js):
        camera_id, payload = bus.plan_change(message)
        if not _is_camera_id(camera_id) or worker_of(camera_id, workers) != worker:
            continue
        plan = None if payload is None else decode_plan(camera_id, payload)
        if plan is None or plan.edge:
            # A camera of an edge site is served by its connector, through the edge gate. And:
            # An unreadable plan is no leave to go on with the old one: its permit may have been withdrawn with it.
            holder.retire(camera_id)
        else:
            holder.apply(plan)


def _is_camera_id(key: str) -> bool:
    try:
        return str(uuid.UUID(key)) == key
    except ValueError:
        return False
