"""Automatic steps as they are done, and what the sweep says about steps: late, timer over.

A step's action and the mark that it is done are one transaction with its run held: killed in between, neither has
happened and it is done again; done, it is not done twice.
"""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import DatabaseError, transaction

from prahari.contracts import events
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.common.errors import Problem, Text, text
from prahari.desks.incidents import timeline
from prahari.desks.incidents.models import NEVER_MS, Incident
from prahari.desks.procedures import automatic, running, selectors, steps
from prahari.desks.procedures.choices import Automatic, RunState, StepState
from prahari.desks.procedures.models import ProcedureRun, RunStep

log = logging.getLogger(__name__)

LOST_AFTER_MS = 5_000
"""A task that has not come by then died with its process: the sweep does its work."""
MOST_AT_ONCE = 200


def next_ms(body: steps.Step, row: RunStep, applies: bool) -> int:
    """When something is to be said or done about a step that nobody touches."""
    if row.state != StepState.OPEN or not applies:
        return NEVER_MS
    due = [NEVER_MS]
    if row.automatic == Automatic.QUEUED:
        due.append(events.now_ms() + LOST_AFTER_MS)
    late = selectors.due_ms(body, row)
    if late is not None and row.late_told_ms is None:
        due.append(late)
    if row.timer_ms is not None and row.timer_told_ms is None:
        due.append(row.timer_ms + body["seconds"] * 1000)
    return min(due)


def perform(step_id: UUID) -> bool:
    """Do what an automatic step is for, if it still is to be done. Whether it was done now."""
    with transaction.atomic():
        run = _held(step_id)
        row = RunStep.objects.get(id=step_id)
        if run.state != RunState.RUNNING or row.automatic != Automatic.QUEUED or row.state != StepState.OPEN:
            return False
        body = next(one for one in run.version.steps if one["id"] == row.step)
        with action("procedure.automatic", actor=system("procedures")) as act:
            running.about(act, run.incident)
            act.details(run=str(run.id), step=row.step, does=body["automatic"]["code"])
            outcome, done = _call(run.incident, body, row)
            row.outcome = outcome
            row.automatic = Automatic.DONE if done else Automatic.FAILED
            if done:
                running.mark(row, StepState.DONE, act.actor, None)
            row.version += 1
            row.save()
            said = text("Done automatically", "स्वतः किया गया") if done else text("Did not succeed", "सफल नहीं हुआ")
            timeline.add(
                incident=run.incident, kind="procedure.automatic",
                said={key: f"{said[key]}: {body['title'][key]}. {outcome[key]}".strip() for key in ("en", "hi")},
                data={"run": str(run.id), "step": row.step, "done": done},
            )  # fmt: skip
            running.settle(run)
    return done


def _held(step_id: UUID) -> ProcedureRun:
    """The incident first, then the run: as everybody does who changes both."""
    run = ProcedureRun.objects.get(steps__id=step_id)
    Incident.objects.select_for_update(of=("self",), no_key=True).get(id=run.incident_id)
    rows = ProcedureRun.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("version", "procedure", "incident__kind").get(id=run.id)


def _call(incident: Incident, body: steps.Step, row: RunStep) -> tuple[Text, bool]:
    """What became of it. What it wrote before it failed is undone."""
    known = automatic.of(body["automatic"]["code"])
    if known is None or known.call is None:
        return text("Nothing in this centre does this yet: do it by hand.",
                    "इस केंद्र में यह अभी स्वतः नहीं होता: इसे स्वयं करें।"), False  # fmt: skip
    try:
        with transaction.atomic():
            said = known.call(
                actor=system("procedures"), incident=incident, values=body["automatic"]["values"],
                key=f"procedure step {row.id}",
            )  # fmt: skip
    except Problem as refused:
        return refused.message, False
    except DatabaseError:
        raise
    except Exception:  # a fault of the called room: shown, and people do it by hand
        log.exception("the automatic action %s failed", body["automatic"]["code"])
        return text("A fault of the system. Do it by hand, and tell your technician.",
                    "प्रणाली में त्रुटि। इसे स्वयं करें और अपने तकनीशियन को बताएँ।"), False  # fmt: skip
    return said or text("", ""), True


def sweep(now_ms: int | None = None) -> int:
    """Steps whose task was lost, that are late, whose timer is over. How many."""
    now = events.now_ms() if now_ms is None else now_ms
    due = RunStep.objects.filter(next_ms__lte=now).order_by("next_ms").values_list("id", flat=True)[:MOST_AT_ONCE]
    handled = 0
    for step_id in list(due):
        try:
            handled += perform(step_id) or _tell(step_id, now)
        except DatabaseError:
            raise
        except Exception:  # a fault with one step must not hold up all others
            log.exception("the step %s", step_id)
    return handled


def _tell(step_id: UUID, now: int) -> bool:
    with transaction.atomic():
        run = _held(step_id)
        row = RunStep.objects.get(id=step_id)
        body = next(one for one in run.version.steps if one["id"] == row.step)
        late, over = selectors.due_ms(body, row), None
        if row.timer_ms is not None and row.timer_told_ms is None:
            over = row.timer_ms + body["seconds"] * 1000
        if row.next_ms > now or row.state != StepState.OPEN or run.state != RunState.RUNNING:
            RunStep.objects.filter(id=step_id, next_ms__lte=now).update(next_ms=NEVER_MS)
            return False
        with action("procedure.clock", actor=system("procedures")) as act:
            running.about(act, run.incident)
            act.details(run=str(run.id), step=row.step)
            if late is not None and late <= now and row.late_told_ms is None:
                row.late_told_ms = now
                _say(run, body, "procedure.step_late", text("Time for this step has run out", "इस चरण का समय बीत गया"))
            if over is not None and over <= now:
                row.timer_told_ms = now
                _say(run, body, "procedure.timer_over", text("Timer is over", "टाइमर पूरा हुआ"))
            row.next_ms = next_ms(body, row, applies=True)
            row.save()
    return True


def _say(run: ProcedureRun, body: steps.Step, kind: str, said: Text) -> None:
    timeline.add(
        incident=run.incident, kind=kind, data={"run": str(run.id), "step": body["id"]},
        said=text(f"{said['en']}: {body['title']['en']}.", f"{said['hi']}: {body['title']['hi']}।"),
    )  # fmt: skip
