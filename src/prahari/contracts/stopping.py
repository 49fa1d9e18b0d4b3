"""Ending a process when it is asked to, in order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Iterable
from typing import Any

CANCEL_AGAIN_S = 0.5


async def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` until it ends or SIGTERM or SIGINT comes; then cancel it and wait for its clean-up."""
    loop = asyncio.get_running_loop()
    task = loop.create_task(work)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        if not task.cancelled():
            raise


async def run_together(*work: Coroutine[Any, Any, None]) -> None:
    """Run all until one fails (its error is raised) or this is cancelled; none is left running after that.

    Like asyncio.TaskGroup, but asks again: under Python 3.11 `asyncio.wait_for`, which nats-py is full of, can lose a
    cancellation that comes together with a result, and a loop that was cancelled once then goes on for ever.
    """
    loop = asyncio.get_running_loop()
    tasks = [loop.create_task(one) for one in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        await end_tasks(tasks)
    for task in done:
        task.result()


async def end_tasks(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel, and cancel again, until all have ended. Errors of theirs are left in the tasks."""
    left = {task for task in tasks if not task.done()}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=CANCEL_AGAIN_S)
