from __future__ import annotations

import asyncio

import pytest

from prahari.contracts.stopping import run_together


async def deaf(times: int, log: list[str]) -> None:
    """Loses the first cancellations, as wait_for of Python 3.11 may."""
    while True:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            log.append("cancelled")
            if len(log) > times:
                raise


async def test_one_that_loses_a_cancellation_is_asked_again() -> None:
    log: list[str] = []
    task = asyncio.create_task(run_together(deaf(2, log), asyncio.sleep(3600)))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)
    assert len(log) == 3


async def test_an_error_ends_all_and_is_raised() -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise OSError("disk gone")

    log: list[str] = []
    with pytest.raises(OSError, match="disk gone"):
        await run_together(deaf(0, log), fail())
    assert log == ["cancelled"]
