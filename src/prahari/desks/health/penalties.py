"""What a month of a service level comes to: every number with the rows that it was made from."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from prahari.contracts.clock import end_of_day_ms, local_day, start_of_day_ms
from prahari.contracts.events import now_ms
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, text
from prahari.desks.health import agreements, uptime
from prahari.desks.health.choices import DOWN
from prahari.desks.health.models import Agreement, Episode, EpisodeNote, MaintenanceWindow
from prahari.desks.health.stretches import Tally

MINUTE_MS = 60_000
MOST_CAMERAS = 5000
PAISA = Decimal("0.01")


def month(actor: Actor, agreement_id: UUID, name: str) -> dict[str, Any]:
    """PenaltyMonth. `name`: 2026-11. Raises Problem 403, 404, 422."""
    one = agreements.agreement(actor, agreement_id)
    first, last = _days(one, name)
    cameras = list(
        agreements.cameras_of(one).order_by("reg_id").values("id", "reg_id", "name_en", "name_hi")[:MOST_CAMERAS]
    )
    until = min(last, local_day())
    found = uptime.of_period([row["id"] for row in cameras], first, until) if first <= until else {}
    of_camera: dict[UUID, list[Tally]] = defaultdict(list)
    for (camera_id, _), day in found.items():
        of_camera[camera_id].append(day)
    rows = [
        {"camera": {"id": str(row["id"]), "reg_id": row["reg_id"],
                    "name": {"en": row["name_en"], "hi": row["name_hi"]}}, **uptime.added(of_camera[row["id"]])}
        for row in cameras if row["id"] in of_camera
    ]  # fmt: skip
    total = uptime.added(found.values())
    repairs = _repairs(one, {row["id"]: row for row in cameras}, start_of_day_ms(first), end_of_day_ms(last))
    late = [repair for repair in repairs if repair["late"]]
    return {
        "agreement": agreements.row(one),
        "month": name,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "final": end_of_day_ms(last) <= now_ms(),
        "as_of_ms": now_ms(),
        "total": {"cameras": len(rows), **total},
        **penalty(one, total["pct"], len(late)),
        "late_repairs": len(late),
        "late_responses": sum(repair["late_response"] for repair in repairs),
        "cameras": sorted(rows, key=lambda row: (row["pct"] is None, row["pct"], row["camera"]["reg_id"])),
        "repairs": repairs,
    }


def penalty(one: Agreement, pct: float | None, late: int) -> dict[str, Any]:
    """The steps with what was missed, and the sum: uptime's penalty plus that of late repairs, up to the most."""
    missed = [step for step in one.steps if pct is not None and pct < step["below_pct"]]
    of_uptime = Decimal(str(missed[-1]["penalty_pct"])) if missed else Decimal(0)
    of_repairs = Decimal(one.late_pct_each) * late
    share = min(of_uptime + of_repairs, Decimal(one.most_pct))
    return {
        "step": missed[-1] if missed else None,
        "kept": pct is None or pct >= float(one.uptime_pct),
        "uptime_penalty_pct": float(of_uptime),
        "repairs_penalty_pct": float(of_repairs),
        "penalty_pct": float(share),
        "penalty_inr": float((Decimal(one.monthly_fee_inr) * share / 100).quantize(PAISA, ROUND_HALF_UP)),
    }


def _repairs(one: Agreement, cameras: dict[UUID, dict[str, Any]], from_ms: int, to_ms: int) -> list[dict[str, Any]]:
    """Episodes without pictures that ended in the month, or still stand: how long until seen to, and until mended.

    Announced maintenance stops the clock; what nobody was at fault for (the owner, no fault found) is left out.
    """
    found = Episode.objects.filter(camera_id__in=cameras, kind__in=DOWN, start_ms__lt=to_ms).exclude(end_ms__lt=from_ms)
    episodes = list(found.order_by("start_ms", "id"))
    notes = {note.episode_id: note for note in EpisodeNote.objects.filter(episode_id__in=[one.id for one in episodes])}
    windows = list(MaintenanceWindow.objects.filter(from_ms__lt=to_ms, to_ms__gt=from_ms, camera_id__in=cameras))
    rows = []
    now = now_ms()
    for episode in episodes:
        note = notes.get(episode.id)
        if note is not None and note.cause in ("owner", "false_alarm"):
            continue
        if episode.end_ms is not None and episode.end_ms > to_ms:
            continue  # belongs to the month in which it was mended
        end_ms = episode.end_ms or min(now, to_ms)
        paused_ms = sum(
            max(0, min(end_ms, window.until_ms) - max(episode.start_ms, window.from_ms))
            for window in windows if window.camera_id == episode.camera_id
        )  # fmt: skip
        took = (end_ms - episode.start_ms - paused_ms) // MINUTE_MS
        seen_ms = note.acknowledged_ms if note is not None else None
        waited = (min(seen_ms or end_ms, end_ms) - episode.start_ms) // MINUTE_MS
        if took <= min(one.repair_minutes, one.response_minutes):
            continue
        camera = cameras[episode.camera_id]
        rows.append({
            "episode_id": str(episode.id),
            "camera": {"id": str(camera["id"]), "reg_id": camera["reg_id"],
                       "name": {"en": camera["name_en"], "hi": camera["name_hi"]}},
            "kind": episode.kind,
            "start_ms": episode.start_ms,
            "end_ms": episode.end_ms,
            "minutes": took,
            "response_minutes": waited,
            "late": took > one.repair_minutes,
            "late_response": waited > one.response_minutes,
            "cause": note.cause if note is not None else "",
        })  # fmt: skip
    return rows


def _days(one: Agreement, name: str) -> tuple[dt.date, dt.date]:
    """First and last day of the month on which the agreement holds. Raises Problem 422."""
    try:
        first = dt.date.fromisoformat(f"{name}-01")
    except ValueError:
        raise invalid(month=text("A month as 2026-11 is expected.", "माह 2026-11 के रूप में अपेक्षित है।")) from None
    last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    first, last = max(first, one.valid_from), min(last, one.valid_to or last)
    if first > last:
        raise invalid(month=text("The agreement does not hold in this month.", "इस माह में यह अनुबंध लागू नहीं है।"))
    return first, last
