"""What the cameras of premises look at (entry, exit, road side, public area), and premises that had no camera."""

from __future__ import annotations

from typing import Any, LiteralString, cast

from django.db.models import Exists, OuterRef

from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, text
from prahari.desks.common.scoping import scope_sql, within
from prahari.desks.common.sql import fetch
from prahari.desks.linking.linkages import linkages_in
from prahari.desks.linking.steps import CameraStep
from prahari.desks.registry.choices import COVERAGE
from prahari.desks.registry.models import Camera, OwnerClass
from prahari.desks.registry.premises import rows_of
from prahari.desks.targets.counts import VIEW

PLACEMENTS = [str(one) for one in COVERAGE]
_LIVE = (CameraStep.VERIFIED_LIVE.value, CameraStep.OWNER_CONFIRMED.value)

_QUERY: LiteralString = """
WITH seen AS (
    SELECT c.premises_id, {placements},
           bool_or(k.step IN ('linked', 'verified_live', 'owner_confirmed')) AS is_linked
      FROM registry_camera c LEFT JOIN linking_cameralinkage k ON k.camera_id = c.id
     WHERE c.retired_ms IS NULL GROUP BY c.premises_id
), p AS (
    SELECT r.owner_class_id, l.*, s.premises_id IS NOT NULL AS has_cameras, COALESCE(s.is_linked, false) AS is_linked,
           {covered}, l.promised_ms IS NOT NULL OR l.installed_ms IS NOT NULL
                      OR (l.cameras_reported = 0 AND s.premises_id IS NULL) AS was_without
      FROM linking_linkage l JOIN registry_premises r ON r.id = l.premises_id
      JOIN accounts_jurisdiction j ON j.id = r.jurisdiction_id
      LEFT JOIN seen s ON s.premises_id = l.premises_id
     WHERE {scope}
)
SELECT owner_class_id, count(*), count(*) FILTER (WHERE has_cameras), {shares},
       count(*) FILTER (WHERE was_without), count(*) FILTER (WHERE was_without AND asked_ms IS NOT NULL),
       count(*) FILTER (WHERE was_without AND promised_ms IS NOT NULL),
       count(*) FILTER (WHERE was_without AND installed_ms IS NOT NULL),
       count(*) FILTER (WHERE was_without AND is_linked)
  FROM p GROUP BY 1
"""


def _query(scope: str) -> LiteralString:
    pairs = [(name, f"live_{name}") for name in PLACEMENTS]
    parts = {
        "placements": ", ".join(
            f"bool_or(c.placement = '{name}') AS {name}, "
            f"bool_or(c.placement = '{name}' AND k.step IN ('{_LIVE[0]}', '{_LIVE[1]}')) AS {live}"
            for name, live in pairs
        ),
        "covered": ", ".join(f"s.{name}, s.{live}" for name, live in pairs),
        "shares": ", ".join(f"count(*) FILTER (WHERE {name}), count(*) FILTER (WHERE {live})" for name, live in pairs),
        "scope": scope,
    }
    query: str = _QUERY
    for name, part in parts.items():
        query = query.replace("{" + name + "}", part)
    return cast(LiteralString, query)


def placements(actor: Actor) -> dict[str, Any]:
    """A PlacementsOut, by owner class: premises in the programme with each placement covered by a camera of the
    register, and by one verified live; how premises without cameras came to have some. Raises Problem 403."""
    actor.require(VIEW)
    condition, parameters = scope_sql(actor.scope, VIEW, "j.path", "r.agency_id")
    classes = {row.id: row for row in OwnerClass.objects.all()}
    items = []
    for class_id, premises, with_cameras, *numbers in fetch(_query(condition), parameters, prepare=False):
        row = classes[class_id]
        covered = {
            name: {"covered": numbers[2 * at], "live": numbers[2 * at + 1]} for at, name in enumerate(PLACEMENTS)
        }
        without, asked, promised, installed, linked = numbers[2 * len(PLACEMENTS) :]
        items.append(
            {
                "code": row.code,
                "name": {"en": row.name_en, "hi": row.name_hi},
                "premises": premises,
                "with_cameras": with_cameras,
                **covered,
                "without": without,
                "asked": asked,
                "promised": promised,
                "installed": installed,
                "linked": linked,
                "sort": row.sort,
            }
        )
    items.sort(key=lambda one: (one.pop("sort"), one["code"]))
    return {"items": items, "as_of_ms": now_ms()}


def missing(
    actor: Actor, placement: str, owner_class: str, jurisdiction: str, live: bool, limit: int, cursor: str | None
) -> dict[str, Any]:
    """A PremisesPage of those in the programme, with cameras, none of which covers the placement (live: none verified
    live). Raises Problem 403, 422."""
    if placement not in PLACEMENTS:
        choices = ", ".join(PLACEMENTS)
        raise invalid(placement=text(f"One of these is expected: {choices}.", f"इनमें से एक अपेक्षित है: {choices}।"))
    cameras = Camera.objects.filter(premises_id=OuterRef("premises_id"), retired_ms__isnull=True)
    covering = cameras.filter(placement=placement)
    if live:
        covering = covering.filter(linkage__step__in=_LIVE)
    found = linkages_in(actor).filter(Exists(cameras), ~Exists(covering))
    if owner_class:
        found = found.filter(premises__owner_class__code__in=owner_class.split(","))
    if jurisdiction:
        found = found.filter(within(jurisdiction, "premises__jurisdiction__path"))
    columns = ("premises_id", "premises__name_en", "id")
    body = paging.page(found.values(*columns), ("premises__name_en", "id"), limit, cursor, dict)
    ids = [row["premises_id"] for row in body["items"]]
    rows = {row["id"]: row for row in rows_of(ids)}
    body["items"] = [rows[one] for one in ids]
    return body
