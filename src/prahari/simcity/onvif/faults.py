"""How a simulated device misbehaves, on command."""

from __future__ import annotations

from typing import Any

import msgspec


class DeviceFaultError(ValueError):
    """A fault that does not exist or has an impossible value; the message says which."""


class DeviceFaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The faults of one device. All off is a healthy one. `only`: operations that they hold for; empty: all.

    `clock_off_s`: its clock leads by this (negative: lags). `wrong_password`: no password is right. `delay_s`: every
    answer comes that late. `status`: an HTTP error instead of an answer. `malformed`: the answer breaks off in the
    middle of an element. `bomb`: an answer that defines entities upon entities. `huge_bytes`: an answer of at least
    this length. `deep`: elements nested that many times. `reset`: the connection breaks instead of an answer.
    `forgets_pull_points`: every pull point is lost at its next use, once. `never_stops`: moves go on whatever their
    time limit, until Stop. `no_events`, `no_ptz`, `no_recordings`: services that it does not have. `strange_host`:
    it gives an address of its own that nobody reaches, as devices behind a router do.
    """

    only: list[str] = []
    clock_off_s: float = 0.0
    wrong_password: bool = False
    delay_s: float = 0.0
    status: int = 0
    malformed: bool = False
    bomb: bool = False
    huge_bytes: int = 0
    deep: int = 0
    reset: bool = False
    forgets_pull_points: bool = False
    never_stops: bool = False
    no_events: bool = False
    no_ptz: bool = False
    no_recordings: bool = False
    strange_host: bool = False

    def __post_init__(self) -> None:
        if self.status and not 300 <= self.status <= 599:
            raise DeviceFaultError(f"status must be 0 or an HTTP error from 300 to 599, not {self.status}")
        if not 0 <= self.delay_s <= 600:
            raise DeviceFaultError("delay_s must lie between 0 and 600")
        if not 0 <= self.huge_bytes <= 200_000_000 or not 0 <= self.deep <= 5_000_000:
            raise DeviceFaultError("huge_bytes must be at most 200,000,000 and deep at most 5,000,000")


def device_faults_from(fields: dict[str, Any]) -> DeviceFaults:
    """Faults from plain values. Raises DeviceFaultError with a sentence."""
    try:
        return msgspec.convert(fields, DeviceFaults)
    except msgspec.ValidationError as error:
        raise DeviceFaultError(f"no such fault or a wrong value: {error}") from error
