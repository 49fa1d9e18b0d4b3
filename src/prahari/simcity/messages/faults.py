"""How the simulated gateways misbehave, each mode for a number of times or until it is healed."""

from __future__ import annotations

from typing import Any

SMS = frozenset(
    {
        "slow",  # answers after delay_s
        "500",
        "error_body",  # 200, and the body says that nothing was sent
        "denied",  # 401
        "refused",  # 422: this message, for good
        "reset",  # the connection breaks, nothing was taken
        "lost_answer",  # taken, then the connection breaks: the sender cannot know
        "duplicate_report",
        "undelivered",  # taken, reported as not delivered
        "no_report",
    }
)
MAIL = frozenset({"slow", "greylist", "reject", "reset", "busy"})
"""greylist: 451 after RCPT; reject: 550; busy: 421 after DATA."""


class FaultError(ValueError):
    """Not a fault that can be commanded; the message says which ones can."""


class Faults:
    """One mode for each channel. `count` 0: until healed."""

    def __init__(self) -> None:
        self._set: dict[str, dict[str, Any]] = {}

    def command(self, channel: str, mode: str, count: int = 0, delay_s: float = 1.0) -> None:
        modes = {"sms": SMS, "mail": MAIL}.get(channel)
        if modes is None:
            raise FaultError("channel must be sms or mail")
        if mode not in modes:
            raise FaultError(f"mode for {channel} must be one of {', '.join(sorted(modes))}")
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise FaultError("count must be a whole number, 0 or more")
        if isinstance(delay_s, bool) or not isinstance(delay_s, int | float) or not 0 <= delay_s <= 300:
            raise FaultError("delay_s must be from 0 to 300")
        self._set[channel] = {"mode": mode, "count": count, "delay_s": delay_s}

    def heal(self, channel: str | None = None) -> None:
        if channel is None:
            self._set.clear()
        else:
            self._set.pop(channel, None)

    def take(self, channel: str) -> tuple[str, float]:
        """(mode, delay_s) for the request that is here now, ("", 0) when it is to be served well."""
        found = self._set.get(channel)
        if found is None:
            return "", 0.0
        if found["count"] == 1:
            del self._set[channel]
        elif found["count"] > 1:
            found["count"] -= 1
        return str(found["mode"]), float(found["delay_s"])

    def shown(self) -> dict[str, dict[str, Any]]:
        return {channel: dict(fault) for channel, fault in self._set.items()}
