"""Machines, workers and cameras as they stand in the buckets."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from prahari.contracts import bus
from prahari.contracts.cluster import LeaseState, Obeys
from prahari.contracts.stopping import end_tasks
from prahari.engines.media.placing.known import Known

QUIET_S = 4.5
"""Longer than two renewals."""
LOOK_S = 0.1


async def overview(nats_url: str) -> dict[str, Any]:
    """{"mode", "workers", "nodes", "placed_on", "moving", "waiting"}. `state` of a worker: serving, silent, lost, and
    draining or left of its machine. Listens for two renewals. Raises TimeoutError: NATS does not answer."""
    client = await asyncio.wait_for(bus.connect(nats_url, "node list"), 10)
    known = Known()
    follower = asyncio.create_task(known.follow(client.jetstream(timeout=5)))
    try:
        await asyncio.wait_for(known.complete.wait(), 10)
        first = {worker: heard.revision for worker, heard in known.leases.items()}
        for _ in range(round(QUIET_S / LOOK_S)):
            held = [one for one in known.leases.values() if one.lease.state is LeaseState.HELD]
            if all(one.revision != first.get(one.lease.worker) for one in held):
                break
            await asyncio.sleep(LOOK_S)
    finally:
        await end_tasks([follower])
        await client.close()
    nodes = known.nodes
    workers = []
    for worker, heard in sorted(known.leases.items()):
        lease = heard.lease
        node = nodes.get(lease.node)
        state = "serving" if heard.revision != first.get(worker) else "silent"
        if lease.state is LeaseState.LOST:
            state = "lost"
        if node is not None and (node.left or node.draining):
            state = f"{'left' if node.left else 'draining'}, {state}"
        workers.append(
            {
                "worker": worker, "node": lease.node, "state": state, "cameras": lease.cameras, "number": lease.number,
                "capacity": lease.capacity, "cpu_pct": lease.cpu_pct, "loop_lag_ms": lease.loop_lag_ms,
                "origin": lease.origin,
            }
        )  # fmt: skip
    valid = {camera_id: found for camera_id in known.planned if (found := known.valid(camera_id)) is not None}
    is_placed = known.mode is not None and known.mode[0].obeys is Obeys.PLACED
    placed_on = Counter(known.leases[one.worker].lease.node for one in valid.values())
    return {
        "mode": "placement" if is_placed else "computation",
        "workers": workers,
        "nodes": {name: {"draining": node.draining, "left": node.left} for name, node in nodes.items()},
        "placed_on": dict(placed_on),
        "moving": sum(one.to is not None for one in valid.values()),
        "waiting": len(known.planned) - len(valid) if is_placed else 0,
    }
