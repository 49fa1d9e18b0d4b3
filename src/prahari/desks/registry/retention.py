"""How long a camera's recordings are kept: dated rows decide, as of today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from prahari.desks.registry.models import RetentionClass

STANDARD = "standard"
"""Policy of cameras for which neither their own row nor their place's class names one."""

FALLBACK_DAYS = 30
"""Only where an administrator has removed every row of the standard policy."""


@dataclass(frozen=True)
class RetentionRules:
    """Every policy's row of today."""

    policy_of: dict[int, str]
    days_of: dict[str, int]

    @classmethod
    def load(cls, today: dt.date | None = None) -> RetentionRules:
        today = today or dt.datetime.now(dt.UTC).date()
        rows = list(
            RetentionClass.objects.order_by("valid_from").values("id", "policy", "days", "valid_from", "active")
        )
        return cls(
            {row["id"]: row["policy"] for row in rows},
            {row["policy"]: row["days"] for row in rows if row["valid_from"] <= today and row["active"]},
        )

    def days(self, own: int | None, place: int | None) -> int:
        """Days for a camera with its own retention row and its place class's (ids or None)."""
        for row_id in (own, place):
            if row_id is not None and (days := self.days_of.get(self.policy_of[row_id])) is not None:
                return days
        return self.days_of.get(STANDARD, FALLBACK_DAYS)
