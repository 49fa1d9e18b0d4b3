"""Where a machine's engines run: processes that this one supervises, or a Ray actor on that machine.

A *group* is what one machine runs for the centre: its media workers and its placer, later its vision processes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Member:
    """A process: `module` is run with `arguments`; `health`: URL that answers when it works, empty: none."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    health: str = ""


@dataclass(frozen=True)
class Group:
    """`environment`: what its processes find in theirs, secrets in NATS_URL included: never to be logged."""

    node: str
    home: Path
    environment: Mapping[str, str]
    members: tuple[Member, ...]


class Executor(Protocol):
    """Starts a group and keeps it running. Raises CentreError with a sentence for the operator."""

    async def start(self, group: Group) -> None: ...

    async def stop(self) -> None:
        """Every process ended; cameras that were not handed over go to others when the leases have run out."""

    def troubles(self) -> list[str]:
        """A sentence for each process that does not work."""
