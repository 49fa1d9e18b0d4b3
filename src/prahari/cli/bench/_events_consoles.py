"""The consoles of `bench events`: each hears one station's events over HTTP and notes how old they are.

Reads {"url", "tokens"} as one line of standard input, prints "listening" when all are connected, and one JSON object
when standard input ends.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import uvloop

ASKED = "vision.*,device.*"
BUCKET_MOST_MS = 60_000


@dataclass
class Heard:
    """Of all consoles. `ages`, `alarm_ages`: how many messages were so many ms old."""

    by_console: list[int]
    ages: dict[int, int] = field(default_factory=dict)
    alarm_ages: dict[int, int] = field(default_factory=dict)
    alarms: int = 0
    out_of_order: int = 0
    ended: int = 0
    connected: int = 0
    all_connected: asyncio.Event = field(default_factory=asyncio.Event)


async def _listen(session: aiohttp.ClientSession, url: str, token: str, number: int, heard: Heard) -> None:
    async with session.get(url, params={"token": token, "types": ASKED}) as response:
        response.raise_for_status()
        heard.connected += 1
        if heard.connected == len(heard.by_console):
            heard.all_connected.set()
        rest = b""
        last = (0, -1)
        async for chunk in response.content.iter_any():
            now_ms = time.time_ns() // 1_000_000
            *messages, rest = (rest + chunk).split(b"\n\n")
            for message in messages:
                if not message.startswith(b"id: "):
                    continue  # hello, or a comment
                last = _note(message, now_ms, last, number, heard)
    heard.ended += 1


def _note(message: bytes, now_ms: int, last: tuple[int, int], number: int, heard: Heard) -> tuple[int, int]:
    head, _, rest = message.partition(b"\n")
    sequence, _, index = head[4:].partition(b"-")
    position = (int(sequence), int(index))
    if position <= last:
        heard.out_of_order += 1
    at = rest.index(b'"time_ms":') + 10
    age_ms = min(BUCKET_MOST_MS, max(0, now_ms - int(rest[at : rest.index(b",", at)])))
    if rest.startswith(b"event: alarm."):
        heard.alarms += 1
        if b'"revision":1,' in rest:
            heard.alarm_ages[age_ms] = heard.alarm_ages.get(age_ms, 0) + 1
    else:
        heard.by_console[number] += 1
        heard.ages[age_ms] = heard.ages.get(age_ms, 0) + 1
    return position


def percentile(ages: dict[int, int], share: float) -> int:
    """The age below which this share of all lies."""
    left = sum(ages.values()) * share
    for age in sorted(ages):
        left -= ages[age]
        if left <= 0:
            return age
    return 0


async def main() -> None:
    loop = asyncio.get_running_loop()
    asked: dict[str, Any] = json.loads(sys.stdin.readline())
    heard = Heard([0] * len(asked["tokens"]))
    timeout = aiohttp.ClientTimeout(total=None)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(timeout=timeout, connector=connector, read_bufsize=2**20) as session:
        tasks = [
            loop.create_task(_listen(session, asked["url"], token, number, heard))
            for number, token in enumerate(asked["tokens"])
        ]
        await heard.all_connected.wait()
        print("listening", flush=True)
        await loop.run_in_executor(None, sys.stdin.read)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    print(json.dumps({
        "heard": heard.by_console, "alarms_heard": heard.alarms, "out_of_order": heard.out_of_order,
        "streams_ended": heard.ended, "cpu_s": time.process_time(),
        "event_to_console_ms": {str(share): percentile(heard.ages, share) for share in (0.5, 0.99, 1.0)},
        "event_to_alarm_ms": {str(share): percentile(heard.alarm_ages, share) for share in (0.5, 0.99, 1.0)},
    }))  # fmt: skip


if __name__ == "__main__":
    uvloop.run(main())
