"""An order's summary on paper: "what of point 4 is done?", as of a moment."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from prahari.desks.common.actor import Actor
from prahari.desks.common.documents import pdf
from prahari.desks.programme import orders_selectors


def summary(actor: Actor, order_id: UUID, language: Literal["hi", "en"]) -> bytes:
    """PDF. Raises Problem 403, 404."""
    found = orders_selectors.detail(actor, order_id)
    data: dict[str, Any] = {
        **{name: found[name] for name in ("number", "dated_on", "deadline", "sender", "subject", "states", "as_of_ms")},
        "area": found["jurisdiction"]["name"],
        "points": [
            {
                **{name: point[name] for name in ("number", "text_hi", "summary_en", "due_day", "state", "figure")},
                **{name: point[name] for name in ("tasks", "tasks_done", "tasks_late")},
                "office": point["office"]["name"] if point["office"] else None,
                "officers": [one["person"]["name"] for one in point["officers"]],
                "remark": point["remarks"][-1] if point["remarks"] else None,
            }
            for point in found["points"]
        ],
    }
    return pdf("programme/order", data, language)
