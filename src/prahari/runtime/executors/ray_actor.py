"""What runs inside Ray on a machine: the local executor in a thread of its own, begun anew whenever Ray restarts it."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path


class MachineActor:
    """`home`: of the joined machine. Its keys are read there; nothing secret goes through Ray."""

    def __init__(self, home: str) -> None:
        self._home = Path(home)
        self._failure = ""
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._asked = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(),), daemon=True)
        # Children are told by the kernel when the thread that made them ends: it lives as long as this process.
        self._thread.start()

    async def _run(self) -> None:
        from prahari.runtime.executors.local import LocalExecutor
        from prahari.runtime.nodes import machine

        executor = LocalExecutor()
        try:
            await executor.start(machine.group(self._home, machine.read(self._home)))
            self._failure = " ".join(executor.troubles())
            self._ready.set()
            await self._asked.wait()
        except Exception as error:
            self._failure = str(error) or type(error).__name__
            raise
        finally:
            self._ready.set()
            await executor.stop()

    def started(self) -> tuple[int, str]:
        """(process id, what does not work), when every process was started."""
        self._ready.wait(120)
        return os.getpid(), self._failure

    def stop(self) -> None:
        """Every process ended in order."""
        self._loop.call_soon_threadsafe(self._asked.set)
        self._thread.join(30)
