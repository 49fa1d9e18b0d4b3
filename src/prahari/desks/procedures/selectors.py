"""Reads of procedures (everybody who sees incidents reads them) and of runs (whoever sees the incident)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Agency
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text, forbidden, not_found, text
from prahari.desks.incidents import selectors as incidents
from prahari.desks.incidents.models import Incident, IncidentKind
from prahari.desks.procedures import automatic, steps
from prahari.desks.procedures.choices import StepState, VersionState
from prahari.desks.procedures.models import Procedure, ProcedureRun, ProcedureVersion, RunStep

VIEW = incidents.VIEW
EDIT = "procedure.edit"


def require_edit(actor: Actor) -> None:
    """Procedures are the whole centre's: so must the permission be. Raises Problem 403."""
    actor.require(EDIT)
    if not actor.may(EDIT, "", ""):
        raise forbidden(EDIT)


def procedure(code: str) -> Procedure:
    """Raises Problem 404."""
    found = Procedure.objects.filter(code=code).first()
    if found is None:
        raise not_found("There is no such procedure.", "ऐसी कोई कार्यप्रणाली नहीं है।")
    return found


def procedures_in(actor: Actor) -> QuerySet[Procedure]:
    """All of them, for whoever sees incidents. Raises Problem 403."""
    actor.require(VIEW)
    return Procedure.objects.order_by("sort", "code")


def listed(actor: Actor) -> dict[str, Any]:
    """ProcedureList. Raises Problem 403."""
    rows = list(procedures_in(actor))
    return {"items": _rows(rows), "may_edit": actor.may(EDIT, "", "")}


def detail(actor: Actor, code: str, permission: str = VIEW) -> dict[str, Any]:
    """ProcedureDetail. Raises Problem 403, 404."""
    actor.require(permission)
    found = procedure(code)
    versions = list(found.versions.select_related("by", "published_by"))
    by_state = {one.state: one for one in versions}
    draft, published = by_state.get(VersionState.DRAFT), by_state.get(VersionState.PUBLISHED)
    return _rows([found])[0] | {
        "versions": [_version_row(one) for one in versions],
        "published": version_out(published) if published else None,
        "in_work": version_out(draft) if draft else None,
        "may_edit": actor.may(EDIT, "", ""),
    }


def version(actor: Actor, code: str, number: int) -> dict[str, Any]:
    """ProcedureVersionOut. Raises Problem 403, 404."""
    actor.require(VIEW)
    found = procedure(code).versions.filter(number=number).first()
    if found is None:
        raise not_found("There is no such version.", "ऐसा कोई संस्करण नहीं है।")
    return version_out(found)


def _rows(found: Sequence[Procedure]) -> list[dict[str, Any]]:
    ids = [one.id for one in found]
    current = ProcedureVersion.objects.filter(procedure_id__in=ids).exclude(state=VersionState.SUPERSEDED)
    by_state = {(one.procedure_id, one.state): one for one in current}
    kinds: dict[str, list[Text]] = {}
    for kind in IncidentKind.objects.filter(procedure__in=[one.code for one in found]).order_by("sort"):
        kinds.setdefault(kind.procedure, []).append(text(kind.name_en, kind.name_hi))
    rows = []
    for one in found:
        published, draft = by_state.get((one.id, VersionState.PUBLISHED)), by_state.get((one.id, VersionState.DRAFT))
        rows.append(
            {
                "code": one.code,
                "name": text(one.name_en, one.name_hi),
                "sort": one.sort,
                "active": one.active,
                "edited_ms": one.edited_ms,
                "in_force": published.number if published else None,
                "draft": draft.number if draft else None,
                "steps": len((published or draft).steps) if published or draft else 0,
                "published_ms": published.published_ms if published else None,
                "kinds": kinds.get(one.code, []),
            }
        )
    return rows


def _version_row(one: ProcedureVersion) -> dict[str, Any]:
    return {
        "number": one.number,
        "state": one.state,
        "note": one.note,
        "by": one.by.name if one.by else "",
        "edited_ms": one.edited_ms,
        "published_by": one.published_by.name if one.published_by else "",
        "published_ms": one.published_ms,
        "steps": len(one.steps),
    }


def version_out(one: ProcedureVersion) -> dict[str, Any]:
    return {
        "number": one.number,
        "state": one.state,
        "steps": one.steps,
        "note": one.note,
        "version": one.version,
        "edited_ms": one.edited_ms,
        "published_ms": one.published_ms,
        "problems": problems(one.steps) if one.state == VersionState.DRAFT else [],
    }


def problems(of: Sequence[steps.Step]) -> list[dict[str, Any]]:
    agencies = set(Agency.objects.values_list("code", flat=True))
    return steps.problems(of, agencies, {code: one.fields for code, one in automatic.known().items()})


def automatic_list(actor: Actor) -> dict[str, Any]:
    """AutomaticList: what a step can do by itself, or will once its room is there."""
    actor.require(VIEW)
    return {
        "items": [
            {
                "code": code,
                "name": one.name,
                "available": one.call is not None,
                "fields": [
                    {
                        "code": field.code,
                        "name": text(field.en, field.hi),
                        "kind": field.kind,
                        "required": field.required,
                        "options": [{"code": value, "name": text(en, hi)} for value, en, hi in field.options],
                    }
                    for field in one.fields
                ],
            }
            for code, one in automatic.known().items()
        ]
    }


# Runs


def runs(actor: Actor, incident_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    """RunList of an incident, those at work first. Raises Problem 403, 404."""
    found = incidents.incident(actor, incident_id, permission)
    rows = ProcedureRun.objects.filter(incident=found).select_related("procedure", "version").prefetch_related("steps")
    items = [run_out(one, may_work_on(actor, found)) for one in rows.order_by("started_ms", "id")]
    return {"items": sorted(items, key=lambda one: one["state"] != "running")}


def may_work_on(actor: Actor, found: Incident) -> bool:
    if found.state == "closed":
        return False
    return (
        incidents.incidents_in(actor, incidents.WORK).filter(id=found.id).exists()
        if actor.has(incidents.WORK)
        else False
    )


def run_out(run: ProcedureRun, may_work: bool) -> dict[str, Any]:
    """A RunOut."""
    rows = {one.step: one for one in run.steps.all()}
    standing = standings(run.version.steps, rows)
    shown = [_step_out(body, rows[body["id"]], standing[body["id"]]) for body in run.version.steps]
    waiting = (one["step"]["id"] for one in shown if one["state"] == StepState.OPEN and one["standing"] == "applies")
    return {
        "id": str(run.id),
        "procedure": run.procedure.code,
        "name": text(run.procedure.name_en, run.procedure.name_hi),
        "number": run.version.number,
        "state": run.state,
        "started_by": run.started_by_name,
        "started_ms": run.started_ms,
        "ended_ms": run.ended_ms,
        "reason": run.reason,
        "steps": shown,
        "next": next(waiting, None) if run.state == "running" else None,
        "may_work": may_work and run.state == "running",
        "now_ms": now_ms(),
    }


def standings(bodies: Sequence[steps.Step], rows: dict[str, RunStep]) -> dict[str, str]:
    done = {code: row.value if row.state == StepState.DONE else None for code, row in rows.items()
            if row.state != StepState.OPEN}  # fmt: skip
    return steps.standings(bodies, done)


def due_ms(body: steps.Step, row: RunStep) -> int | None:
    return None if body["limit_s"] is None or row.ready_ms is None else row.ready_ms + body["limit_s"] * 1000


def _step_out(body: steps.Step, row: RunStep, standing: str) -> dict[str, Any]:
    call = body["automatic"]
    return {
        "step": body,
        "standing": standing,
        "state": row.state,
        "version": row.version,
        "value": row.value,
        "reason": row.reason,
        "by": row.by_name,
        "at_ms": row.at_ms,
        "ready_ms": row.ready_ms,
        "due_ms": due_ms(body, row),
        "timer_ms": row.timer_ms,
        "automatic": row.automatic,
        "available": bool(call) and automatic.available(call["code"]),
        "outcome": row.outcome,
    }
