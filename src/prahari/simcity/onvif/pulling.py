"""Operations of the event service: pull points, their long poll, renewal and end."""

from __future__ import annotations

import asyncio
import time

from prahari.simcity.onvif.core import Asked
from prahari.simcity.onvif.soap import moment, seconds

DEFAULT_LIFE_S = 60.0
LONGEST_POLL_S = 60.0
NAMES = frozenset(
    {"CreatePullPointSubscription", "PullMessages", "Renew", "Unsubscribe", "SetSynchronizationPoint",
     "GetEventProperties"}
)  # fmt: skip


async def answer(asked: Asked, name: str) -> str:
    """One operation. `name`: the pull point in the address, for those that are about one. Raises Fault."""
    operation = asked.request.name
    device = asked.device
    clock = moment(device.clock_s())
    if operation == "GetEventProperties":
        return "<wsnt:FixedTopicSet>true</wsnt:FixedTopicSet>"
    if operation == "CreatePullPointSubscription":
        for_s = seconds(asked.argument("InitialTerminationTime"), DEFAULT_LIFE_S)
        name, _ = device.open_pull_point(for_s)
        return (
            f"<tev:SubscriptionReference><wsa5:Address>{asked.base}/onvif/pull/{name}</wsa5:Address>"
            f"</tev:SubscriptionReference><wsnt:CurrentTime>{clock}</wsnt:CurrentTime>"
            f"<wsnt:TerminationTime>{moment(device.clock_s() + for_s)}</wsnt:TerminationTime>"
        )
    point = device.pull_point(name)
    if operation == "Renew":
        for_s = seconds(asked.argument("TerminationTime"), DEFAULT_LIFE_S)
        point.until_s = time.monotonic() + for_s
        return f"<wsnt:TerminationTime>{moment(device.clock_s() + for_s)}</wsnt:TerminationTime>"
    if operation == "Unsubscribe":
        del device.pull_points[name]
        point.news.set()
        return ""
    if operation == "SetSynchronizationPoint":
        return ""
    most = int(asked.argument("MessageLimit", "10") or 10)
    wait_s = min(seconds(asked.argument("Timeout"), 5.0), LONGEST_POLL_S)
    if not point.waiting:
        point.news.clear()
        try:
            async with asyncio.timeout(wait_s):
                await point.news.wait()
        except TimeoutError:
            pass
    messages = [point.waiting.popleft() for _ in range(min(most, len(point.waiting)))]
    until = moment(device.clock_s() + max(0.0, point.until_s - time.monotonic()))
    return (
        f"<tev:CurrentTime>{moment(device.clock_s())}</tev:CurrentTime><tev:TerminationTime>{until}"
        f"</tev:TerminationTime>{''.join(messages)}"
    )
