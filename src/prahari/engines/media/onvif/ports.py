"""What the engine wants of a device, whatever library speaks to it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Protocol

from prahari.contracts.devices import ChannelInfo, Imaging, Preset
from prahari.contracts.media import Reason

Place = tuple[float, float, float]
"""Pan and tilt from -1 to 1, zoom from 0 to 1; as a velocity each from -1 to 1."""


class DeviceError(Exception):
    """A device cannot be asked, or refused. `detail`: one English sentence for the technician, free of credentials."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Description:
    """`clock_drift_s`: how much its clock leads ours; None when it does not tell."""

    make: str
    model: str
    serial: str
    firmware: str
    clock_drift_s: float | None
    channels: list[ChannelInfo]
    relays: list[str]
    abilities: list[str]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a device has noticed. `at_s`: Unix seconds by its own clock, None when it gives none."""

    topic: str
    source: str
    state: bool | None
    at_s: float | None
    parameters: dict[str, str] = field(default_factory=dict)


class Device(Protocol):
    """One device. Every call ends within its time limit and raises DeviceError, nothing else."""

    async def describe(self) -> Description: ...

    async def clock_drift_s(self) -> float | None: ...

    async def move(self, profile: str, velocity: Place, timeout_s: float) -> None:
        """Keep moving. The device is told to stop by itself after `timeout_s`; not all do."""

    async def stop(self, profile: str) -> None: ...

    async def go_to(self, profile: str, place: Place) -> None: ...

    async def go_by(self, profile: str, way: Place) -> None: ...

    async def place(self, profile: str) -> tuple[Place, bool]:
        """Where it looks, and whether it moves."""

    async def presets(self, profile: str) -> list[Preset]: ...

    async def go_to_preset(self, profile: str, preset: str) -> None: ...

    async def set_preset(self, profile: str, name: str, preset: str = "") -> str:
        """Keep the present place under a name, over `preset` when given. The preset's token."""

    async def remove_preset(self, profile: str, preset: str) -> None: ...

    async def imaging(self, source: str) -> Imaging: ...

    async def set_imaging(self, source: str, settings: dict[str, float], ir_cut: str = "", focus: str = "") -> None:
        """What is beyond the device's scale goes to its end."""

    async def drive_focus(self, source: str, speed: float) -> None:
        """Keep driving, far when positive; 0: stop."""

    async def switch_relay(self, relay: str, active: bool) -> None: ...

    async def stretches(self, recording: str, from_ms: int, to_ms: int, drift_s: float) -> list[tuple[int, int]]:
        """What lies on its own disk, in Unix milliseconds by our clock, which its own leads by `drift_s`.

        That is handed in: two measurements differ, and what is asked for next must fall where this says.
        """

    async def replay_url(self, recording: str) -> str: ...

    def notices(self) -> AsyncGenerator[Notice, None]:
        """Events as they come, over interruptions; ends with DeviceError UNSUPPORTED when it has none."""

    async def close(self) -> None: ...
