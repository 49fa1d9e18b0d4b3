"""Every read of the works desk: restricted to what the actor may see. Figures are reckoned anew from the entries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.core import pace
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, text
from prahari.desks.common.history import record
from prahari.desks.common.scoping import within
from prahari.desks.registry import premises as registry
from prahari.desks.registry.filters import needles
from prahari.desks.registry.models import CameraState, Site
from prahari.desks.registry.search import key_of
from prahari.desks.targets.counts import working_days
from prahari.desks.works import progress
from prahari.desks.works import references as refs
from prahari.desks.works.models import Delay, DelayReason, Package, ProgressEntry, Project, WorkKind
from prahari.desks.works.progress import ORDER, Plan, State
from prahari.desks.works.references import EDIT, VIEW

PACKAGES_MOST = 2000
"""All packages of a city are reckoned and sorted at once: far fewer than this in any roll-out."""
DAY = dt.timedelta(days=1)


def kinds() -> list[dict[str, Any]]:
    return [
        {
            **_entry(row),
            "unit": {"en": row.unit_en, "hi": row.unit_hi},
            "decimals": row.decimals,
            "sort": row.sort,
            "active": row.active,
        }
        for row in WorkKind.objects.all()
    ]


def delay_reasons() -> list[dict[str, Any]]:
    return [{**_entry(row), "sort": row.sort, "active": row.active} for row in DelayReason.objects.all()]


def packages(
    actor: Actor, *, permission: str = VIEW, project: UUID | None = None, kind: str = "", state: str = "", q: str = "",
    jurisdiction: str = "", ids: Iterable[UUID] | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """PackageRows, what is late and critical first. Raises Problem 422 for a state that there is not."""
    found = refs.packages_in(actor, permission).select_related("project", "kind", "department", "jurisdiction")
    found = found.defer("geometry", "jurisdiction__boundary")
    if ids is not None:
        found = found.filter(id__in=list(ids))
    if project is not None:
        found = found.filter(project_id=project)
    if kind:
        found = found.filter(kind__code__in=kind.split(","))
    if jurisdiction:
        found = found.filter(within(jurisdiction, "jurisdiction__path"))
    wanted = _states(state)
    rows = [
        one
        for one in found.order_by("number", "id")[:PACKAGES_MOST]
        if all(needle in _key(one) for needle in needles(q))
    ]
    reckoned = _reckon(rows, local_day())
    if wanted:
        reckoned = [row for row in reckoned if row["state"] in wanted]
    return sorted(reckoned, key=_urgency)


def _states(given: str) -> set[str]:
    wanted = {one for one in given.split(",") if one}
    if not wanted <= set(State):
        raise invalid(state=text(f"One of these is expected: {', '.join(State)}.",
                                 f"इनमें से एक अपेक्षित है: {', '.join(State)}।"))  # fmt: skip
    return wanted


def _key(package: Package) -> str:
    return key_of(package.number, package.name_en, package.name_hi, package.contractor)


def _urgency(row: dict[str, Any]) -> tuple[Any, ...]:
    return ORDER.index(State(row["state"])), not row["critical"], -(row["days_late"] or 0), row["number"]


def package_page(actor: Actor, **filters: Any) -> dict[str, Any]:
    rows = packages(actor, **filters)
    return {"items": rows, "next": None, "total": len(rows), "as_of_ms": now_ms()}


def _done_by_day(ids: list[UUID]) -> dict[UUID, dict[dt.date, float]]:
    by_package: dict[UUID, dict[dt.date, float]] = defaultdict(dict)
    standing = ProgressEntry.objects.filter(package_id__in=ids, correction__isnull=True).order_by()
    for package_id, day, total in standing.values_list("package_id", "done_on").annotate(total=Sum("quantity")):
        if total:
            by_package[package_id][day] = float(total)
    return by_package


def _reckon(rows: list[Package], today: dt.date) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    done = _done_by_day(ids)
    delays: dict[UUID, list[Delay]] = defaultdict(list)
    for delay in Delay.objects.filter(package_id__in=ids).select_related("reason"):
        delays[delay.package_id].append(delay)
    calendar = working_days(today)
    return [_row(row, done[row.id], delays[row.id], today, calendar) for row in rows]


def plan_of(package: Package) -> Plan:
    return Plan(package.start, package.end, float(package.quantity))


def baseline_of(package: Package) -> Plan:
    return Plan(package.baseline_start, package.baseline_end, float(package.baseline_quantity))


def _row(
    package: Package, by_day: dict[dt.date, float], delays: list[Delay], today: dt.date, calendar: pace.Calendar
) -> dict[str, Any]:
    plan = plan_of(package)
    done = round(sum(by_day.values()), 3)
    state = progress.state_of(plan, done, today)
    found = progress.forecast(plan, by_day, today, calendar)
    held = next((one for one in delays if one.first_day <= today <= (one.last_day or today)), None)
    finish = max(found.on or today, today)
    return {
        "id": package.id,
        "project": package.project_id,
        "project_name": _name(package.project),
        "number": package.number,
        "name": _name(package),
        "kind": _entry(package.kind),
        "unit": {"en": package.kind.unit_en, "hi": package.kind.unit_hi},
        "decimals": package.kind.decimals,
        "agency": package.agency_id,
        "jurisdiction": _area(package),
        "contractor": package.contractor,
        "department": _entry(package.department) if package.department else None,
        "critical": package.critical,
        "baseline": _plan(baseline_of(package)),
        "plan": _plan(plan),
        "done": done,
        "planned_share": round(progress.planned_share(plan, today - DAY), 4),
        "done_share": round(progress.share(done, plan.quantity), 4),
        "spent_share": round(package.spent_paise / package.sanctioned_paise, 4) if package.sanctioned_paise else None,
        "state": state,
        "held_up_by": _entry(held.reason) if held and state != State.DONE else None,
        "days_lost": progress.days_lost([(one.first_day, one.last_day) for one in delays], today),
        "forecast": {"state": found.state, "on": found.on, "early": found.early, "late": found.late},
        "days_late": None if state == State.DONE or (found.on is None and today <= plan.end)
        else max(0, (finish - plan.end).days),
        "sanctioned_paise": package.sanctioned_paise,
        "committed_paise": package.committed_paise,
        "spent_paise": package.spent_paise,
        "last_entry_on": max(by_day, default=None),
        "edited_ms": package.edited_ms,
    }  # fmt: skip


def package_detail(actor: Actor, package_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    """A PackageDetail. Raises Problem 403, 404."""
    package = refs.found(refs.packages_in(actor, permission), package_id)
    [row] = packages(actor, permission=permission, ids=[package.id])
    today = local_day()
    entries = list(package.entries.select_related("by"))
    corrected = {one.corrects_id: one.id for one in entries if one.corrects_id}
    curve = progress.curve(baseline_of(package), plan_of(package), _done_by_day([package.id])[package.id], today)
    return {
        **row,
        "geometry": package.geometry,
        "note": package.note,
        "today": today,
        "entries": [
            {
                "id": one.id,
                "done_on": one.done_on,
                "quantity": float(one.quantity),
                "corrects": one.corrects_id,
                "corrected_by": corrected.get(one.id),
                "photo_ids": one.photo_ids,
                "note": one.note,
                "over_reason": one.over_reason,
                "by": one.by_name,
                "entered_ms": one.entered_ms,
            }
            for one in entries
        ],
        "delays": [
            {
                "id": one.id,
                "reason": _entry(one.reason),
                "first_day": one.first_day,
                "last_day": one.last_day,
                "days": progress.days_lost([(one.first_day, one.last_day)], today),
                "note": one.note,
                "document_ids": one.document_ids,
                "by": one.by.name if one.by else "",
                "edited_ms": one.edited_ms,
            }
            for one in package.delays.select_related("reason", "by")
        ],
        "milestones": [
            {
                "id": one.id,
                "name": _name(one),
                "due_on": one.due_on,
                "done_on": one.done_on,
                "late": (one.done_on or today) > one.due_on,
                "edited_ms": one.edited_ms,
            }
            for one in package.milestones.all()
        ],
        "revisions": [
            {
                "id": one.id,
                "plan": _plan(Plan(one.start, one.end, float(one.quantity))),
                "reason": one.reason,
                "document_ids": one.document_ids,
                "by": one.by.name if one.by else "",
                "created_ms": one.created_ms,
            }
            for one in package.revisions.select_related("by")
        ],
        "curve": [
            {
                "day": one.day,
                "baseline": round(one.baseline, 4),
                "planned": round(one.planned, 4),
                "done": None if one.done is None else round(one.done, 4),
            }
            for one in curve
        ],
    }


def package_history(actor: Actor, package_id: UUID) -> list[dict[str, Any]]:
    refs.found(refs.packages_in(actor), package_id)
    return record(Package, package_id)


def works_map(actor: Actor, project: UUID | None) -> dict[str, Any]:
    """Packages that are drawn, with their state."""
    rows = {row["id"]: row for row in packages(actor, project=project)}
    drawn = Package.objects.filter(id__in=rows, geometry__isnull=False).values_list("id", "geometry")
    return {
        "items": [
            {
                **{name: rows[one][name] for name in ("id", "number", "name", "state", "critical", "done_share")},
                "kind": rows[one]["kind"]["code"],
                "geometry": geometry,
            }
            for one, geometry in drawn
        ],
        "as_of_ms": now_ms(),
    }


def project_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    """ProjectPage with what its packages in sight add up to."""
    found = refs.projects_in(actor).select_related("jurisdiction").defer("jurisdiction__boundary")
    body = paging.page(found, ("name_en", "id"), limit, cursor, lambda row: row)
    sums = _by_project(actor, VIEW)
    body["items"] = [_project(row, sums[row.id]) for row in body["items"]]
    return body


def project_row(actor: Actor, project_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    found: QuerySet[Project] = refs.projects_in(actor, permission).select_related("jurisdiction")
    return _project(refs.found(found, project_id), _by_project(actor, permission)[project_id])


def _by_project(actor: Actor, permission: str) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in packages(actor, permission=permission):
        found[row["project"]].append(row)
    return found


def _project(project: Project, rows: list[dict[str, Any]]) -> dict[str, Any]:
    gained = progress.earned(
        (row["sanctioned_paise"], row["planned_share"], row["done_share"], row["spent_paise"]) for row in rows
    )
    open_ = [row for row in rows if row["state"] != State.DONE]
    forecasts = [row["forecast"]["on"] for row in open_ if row["forecast"]["on"] is not None]
    return {
        "id": project.id,
        "code": project.code,
        "name": _name(project),
        "agency": project.agency_id,
        "jurisdiction": _area(project),
        "sanction": project.sanction,
        "sanctioned_paise": project.sanctioned_paise,
        "due_on": project.due_on,
        "note": project.note,
        "packages": len(rows),
        "states": {state.value: sum(row["state"] == state for row in rows) for state in State},
        "standing_still": sum(row["held_up_by"] is not None for row in rows),
        "earned": {
            "budget": gained.budget, "planned": gained.planned, "earned": gained.earned, "spent": gained.spent,
        },
        "forecast": max(forecasts, default=None),
        "unforeseen": len(open_) - len(forecasts),
        "edited_ms": project.edited_ms,
    }  # fmt: skip


def sites(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    """WorksSites: cameras planned, entered in the register, and proved live now, site by site."""
    found = registry.sites_in(actor, VIEW).select_related("jurisdiction").defer("jurisdiction__boundary")
    live = CameraState.objects.filter(camera_id=OuterRef("cameras__id"), status="live", proof_until_ms__gt=now_ms())
    standing = Q(cameras__retired_ms__isnull=True)
    counted = found.annotate(
        entered=Count("cameras", filter=standing), live=Count("cameras", filter=standing & Exists(live))
    )
    body = paging.page(counted, ("name_en", "id"), limit, cursor, _site, total=found.count())
    totals = found.aggregate(planned=Sum("planned_cameras"))
    cameras = found.aggregate(
        entered=Count("cameras", filter=standing), live=Count("cameras", filter=standing & Exists(live))
    )
    return body | {"planned": totals["planned"] or 0, **cameras}


def _site(row: Any) -> dict[str, Any]:
    site: Site = row
    return {
        "id": site.id,
        "name": _name(site),
        "jurisdiction": _area(site),
        "project": site.project,
        "planned": site.planned_cameras,
        "entered": row.entered,
        "live": row.live,
        "lat": site.lat,
        "lon": site.lon,
    }


def after_writing(actor: Actor, package_id: UUID) -> dict[str, Any]:
    """What was just written, for whoever was allowed to write it."""
    return package_detail(actor, package_id, EDIT)


def _name(row: Any) -> dict[str, str]:
    return {"en": row.name_en, "hi": row.name_hi}


def _entry(row: Any) -> dict[str, Any]:
    return {"code": row.code, "name": _name(row)}


def _area(row: Any) -> dict[str, Any]:
    return {"path": row.jurisdiction.path, "name": _name(row.jurisdiction)}


def _plan(plan: Plan) -> dict[str, Any]:
    return {"quantity": plan.quantity, "start": plan.start, "end": plan.end}
