"""What is ill, now and before, in the actor's scope."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from prahari.contracts.events import now_ms
from prahari.contracts.health import HealthKind
from prahari.desks.common import rules
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, not_found, text
from prahari.desks.common.scoping import restrict, within
from prahari.desks.devices import selectors as devices
from prahari.desks.health import outages as grouping
from prahari.desks.health.choices import DOWN, SEVERITY
from prahari.desks.health.models import Episode, EpisodeNote
from prahari.desks.health.rules import OUTAGE_WINDOW_S
from prahari.desks.registry import selectors as registry

VIEW = registry.VIEW
WORK = "health.work"
MOST_ROWS = 1000
MOST_HISTORY = 1000
HISTORY_MS = 30 * 86_400_000
_CAMERA = (
    "camera__reg_id", "camera__name_en", "camera__name_hi", "camera__premises_id", "camera__premises__name_en",
    "camera__premises__name_hi", "camera__site_id", "camera__site__name_en", "camera__site__name_hi",
    "camera__owner_class__code", "camera__owner_class__name_en", "camera__owner_class__name_hi",
    "camera__jurisdiction__name_en", "camera__jurisdiction__name_hi",
)  # fmt: skip
_OWN = ("id", "camera_id", "kind", "start_ms", "end_ms", "cause", "value", "limit", "reference_ms")


def episodes_in(actor: Actor, permission: str = VIEW) -> QuerySet[Episode]:
    """Episodes of cameras that the actor sees, retired ones left out."""
    actor.require(permission)
    found = restrict(
        Episode.objects.filter(camera__retired_ms__isnull=True), actor.scope, permission, "camera__jurisdiction_path",
        "camera__agency_id",
    )  # fmt: skip
    return found


def episode(actor: Actor, episode_id: UUID, permission: str = VIEW) -> Episode:
    """Raises Problem 403, 404."""
    found = episodes_in(actor, permission).filter(id=episode_id).first()
    if found is None:
        raise not_found("There is no such episode in your area.", "आपके क्षेत्र में ऐसी कोई बाधा नहीं है।")
    return found


def ill_now(
    actor: Actor, kind: str = "", jurisdiction: str = "", owner_class: str = "", acknowledged: bool | None = None
) -> dict[str, Any]:
    """IllNow: outages of a place first, then single episodes; the severest first, the oldest of those first."""
    wanted = _kinds(kind)
    found = episodes_in(actor).filter(end_ms__isnull=True)
    if jurisdiction:
        found = found.filter(within(jurisdiction, "camera__jurisdiction_path"))
    if owner_class:
        found = found.filter(camera__owner_class__code__in=owner_class.split(","))
    rows = list(found.order_by("start_ms", "id").values(*_OWN, *_CAMERA))
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["kind"]] += 1
    rows = [row for row in rows if row["kind"] in wanted]
    notes = notes_of([row["id"] for row in rows])
    if acknowledged is not None:
        rows = [row for row in rows if (row["id"] in notes) is acknowledged]
    by_id = {row["id"]: row for row in rows}
    window_ms = rules.value(OUTAGE_WINDOW_S) * 1000
    # Those that are back belong to an outage that still stands: two of five cameras came back.
    recorders = devices.recorders_of({row["camera_id"] for row in rows if row["kind"] in DOWN})
    downs = [_down(row, recorders) for row in rows if row["kind"] in DOWN]
    back = _back_lately(actor, downs, window_ms)
    outages = grouping.by_place_and_device([*downs, *back], window_ms)
    standing = [one for one in outages if one.end_ms is None]
    grouped = {member.episode_id for one in standing for member in one.episodes}
    single = [episode_row(row, notes) for row in rows if row["id"] not in grouped]
    single.sort(key=lambda row: (-row["severity"], row["start_ms"]))
    return {
        "as_of_ms": now_ms(),
        "counts": dict(counts),
        "cameras": len({row["camera_id"] for row in rows}),
        "outages": [outage_row(one, by_id, notes, recorders)
                    for one in sorted(standing, key=lambda one: (-one.still_down, one.start_ms))],
        "episodes": single[:MOST_ROWS],
        "left_out": max(0, len(single) - MOST_ROWS),
    }  # fmt: skip


def _back_lately(actor: Actor, downs: list[grouping.Down], window_ms: int) -> list[grouping.Down]:
    """Episodes that have ended and may belong to what is still down at the same places."""
    if not downs:
        return []
    since_ms = min(one.start_ms for one in downs) - window_ms
    places = {one.place for one in downs}
    recorders = {one.device for one in downs} - {""}
    found = episodes_in(actor).filter(end_ms__isnull=False, kind__in=DOWN, start_ms__gte=since_ms)
    rows = list(found.values(*_OWN, "camera__premises_id", "camera__site_id")[:5000])
    known = devices.recorders_of({row["camera_id"] for row in rows})
    return [one for row in rows if (one := _down(row, known)).place in places or one.device in recorders]


def _down(row: dict[str, Any], recorders: dict[UUID, tuple[UUID, str]]) -> grouping.Down:
    place = f"site:{row['camera__site_id']}" if row["camera__site_id"] else f"premises:{row['camera__premises_id']}"
    recorder = recorders.get(row["camera_id"])
    device = "" if recorder is None else str(recorder[0])
    return grouping.Down(row["id"], row["camera_id"], place, row["start_ms"], row["end_ms"], row["cause"], device)


def _kinds(kind: str) -> set[str]:
    """Raises Problem 422."""
    known = {str(one) for one in HealthKind}
    wanted = set(kind.split(",")) if kind else known
    if not wanted <= known:
        raise invalid(kind=text(f"Not known: {', '.join(sorted(wanted - known))[:80]}.", "यह प्रकार ज्ञात नहीं है।"))
    return wanted


def notes_of(episode_ids: list[UUID]) -> dict[UUID, EpisodeNote]:
    found = EpisodeNote.objects.filter(episode_id__in=episode_ids).select_related("acknowledged_by")
    return {note.episode_id: note for note in found}


def episode_row(row: dict[str, Any], notes: dict[UUID, EpisodeNote]) -> dict[str, Any]:
    """EpisodeOut. The note's cause is a person's, `reason` the engine's."""
    return {
        **_essentials(row, notes.get(row["id"])),
        "camera": {
            "id": str(row["camera_id"]),
            "reg_id": row["camera__reg_id"],
            "name": {"en": row["camera__name_en"], "hi": row["camera__name_hi"]},
        },
        "premises": {"en": row["camera__premises__name_en"], "hi": row["camera__premises__name_hi"]},
        "owner_class": {"en": row["camera__owner_class__name_en"], "hi": row["camera__owner_class__name_hi"]},
        "jurisdiction": {"en": row["camera__jurisdiction__name_en"], "hi": row["camera__jurisdiction__name_hi"]},
    }


def _essentials(row: dict[str, Any], note: EpisodeNote | None) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "kind": row["kind"],
        "severity": SEVERITY.get(row["kind"], 1),
        "start_ms": row["start_ms"],
        "end_ms": row["end_ms"],
        "reason": row["cause"],
        "value": row["value"],
        "limit": row["limit"],
        "reference_ms": row["reference_ms"],
        "note": None if note is None else note_row(note),
    }


def note_row(note: EpisodeNote) -> dict[str, Any]:
    return {
        "cause": note.cause,
        "note": note.note,
        "by": note.acknowledged_by.name if note.acknowledged_by else "",
        "at_ms": note.acknowledged_ms,
    }


def outage_row(
    one: grouping.Outage,
    by_id: dict[UUID, dict[str, Any]],
    notes: dict[UUID, EpisodeNote],
    recorders: dict[UUID, tuple[UUID, str]],
) -> dict[str, Any]:
    """OutageOut. `episodes`: those that still stand."""
    standing = [by_id[member.episode_id] for member in one.episodes if member.episode_id in by_id]
    first = standing[0]
    kind, _, place_id = one.place.partition(":")
    prefix = "camera__site__name" if kind == "site" else "camera__premises__name"
    name = {"en": first[f"{prefix}_en"], "hi": first[f"{prefix}_hi"]}
    if one.device:
        kind, place_id, name = "device", one.device, dict.fromkeys(("en", "hi"), recorders[first["camera_id"]][1])
    return {
        "id": str(one.id),
        "place": {"kind": kind, "id": place_id, "name": name},
        "start_ms": one.start_ms,
        "cameras": one.cameras,
        "still_down": one.still_down,
        "reason": one.cause,
        "acknowledged": all(row["id"] in notes for row in standing),
        "episodes": [episode_row(row, notes) for row in standing],
    }  # fmt: skip


def camera_health(actor: Actor, camera_id: UUID, from_ms: int | None) -> dict[str, Any]:
    """CameraHealth: the episodes of a camera that reach into the time from `from_ms` on, newest first."""
    registry.camera(actor, camera_id)
    now = now_ms()
    since_ms = now - HISTORY_MS if from_ms is None else max(0, from_ms)
    found = Episode.objects.filter(camera_id=camera_id).exclude(end_ms__lt=since_ms)
    rows = list(found.order_by("-start_ms", "id").values(*_OWN)[:MOST_HISTORY])
    notes = notes_of([row["id"] for row in rows])
    return {
        "from_ms": since_ms,
        "as_of_ms": now,
        "episodes": [_essentials(row, notes.get(row["id"])) for row in rows],
        "may_work": _may_work(actor, camera_id),
    }


def _may_work(actor: Actor, camera_id: UUID) -> bool:
    return actor.has(WORK) and registry.cameras_in(actor, WORK).filter(id=camera_id).exists()
