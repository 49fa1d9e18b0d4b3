"""The default: processes of this machine under our own supervisor."""

from __future__ import annotations

import sys

from prahari.runtime import checks
from prahari.runtime.executors import Group, Member
from prahari.runtime.supervisor import Process, Supervisor, end_leftovers


class LocalExecutor:
    def __init__(self) -> None:
        self._supervisor: Supervisor | None = None

    async def start(self, group: Group) -> None:
        for folder in ("run", "logs"):
            (group.home / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        await end_leftovers(group.home)
        self._supervisor = Supervisor(group.home, group.environment)
        for member in group.members:
            await self._supervisor.start(_process(member))

    async def stop(self) -> None:
        if self._supervisor is not None:
            await self._supervisor.stop()
            self._supervisor = None

    def troubles(self) -> list[str]:
        return [] if self._supervisor is None else self._supervisor.troubles


def _process(member: Member) -> Process:
    command = [sys.executable, "-m", member.module, *member.arguments]
    check = checks.http(member.health) if member.health else _at_once
    healthy = check if member.health else None
    return Process(member.name, lambda: command, ready=check, healthy=healthy, essential=False)


async def _at_once() -> bool:
    return True
