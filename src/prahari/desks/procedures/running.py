"""A procedure at work on an incident: several people tick its steps at once, each step with a version of its own.

Every change holds the run's row: an answer may make other steps ready, and the last one ends the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction

from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import Text, conflict, invalid, not_found, text
from prahari.desks.incidents import selectors as incidents
from prahari.desks.incidents import timeline
from prahari.desks.incidents.models import NEVER_MS, Incident
from prahari.desks.procedures import automatic, selectors, steps
from prahari.desks.procedures import schemas as s
from prahari.desks.procedures.choices import Automatic, RunState, StepState, VersionState
from prahari.desks.procedures.models import Procedure, ProcedureRun, ProcedureVersion, RunStep


def start(*, actor: Actor, incident_id: UUID, form: s.RunIn) -> ProcedureRun:
    """Raises Problem 403, 404, 409 (closed; runs already; not published)."""
    with action("procedure.start", actor=actor) as act:
        held = incidents.for_writing(actor, incident_id, None)
        _require_open(held)
        procedure = selectors.procedure(form.procedure)
        version = procedure.versions.filter(state=VersionState.PUBLISHED).first()
        if version is None or not procedure.active:
            raise conflict("not_published", "This procedure is not in force.", "यह कार्यप्रणाली लागू नहीं है।")
        return _start(act, held, procedure, version)


def begin_with(actor: Actor, incident: Incident) -> None:
    """The procedure of its kind begins with an incident, in the action that opens it."""
    procedure = Procedure.objects.filter(code=incident.kind.procedure, active=True).first()
    version = procedure.versions.filter(state=VersionState.PUBLISHED).first() if procedure else None
    if procedure is not None and version is not None:
        with action("procedure.start", actor=actor) as act:
            _start(act, incident, procedure, version)


def _start(act: Action, held: Incident, procedure: Procedure, version: ProcedureVersion) -> ProcedureRun:
    about(act, held)
    act.details(procedure=procedure.code, number=version.number)
    try:
        with transaction.atomic():
            run = ProcedureRun.objects.create(
                incident=held, procedure=procedure, version=version, started_ms=now_ms(),
                started_by_name=act.actor.called,
            )  # fmt: skip
    except IntegrityError:
        raise conflict("runs", "This procedure runs on the incident already.",
                       "यह कार्यप्रणाली इस घटना पर पहले से चल रही है।") from None  # fmt: skip
    RunStep.objects.bulk_create(RunStep(run=run, step=body["id"], position=at) for at, body in enumerate(version.steps))
    timeline.add(
        incident=held, kind="procedure.started", data={"run": str(run.id)},
        said=text(f"Procedure begun: {procedure.name_en} (version {version.number}).",
                  f"कार्यप्रणाली प्रारम्भ: {procedure.name_hi} (संस्करण {version.number})।"),
    )  # fmt: skip
    settle(run)
    return run


@contextmanager
def changing(
    name: str, *, actor: Actor, run_id: UUID, step: str, version: int, reason: str = "", ended_too: bool = False
) -> Iterator[tuple[ProcedureRun, RunStep, steps.Step]]:
    """The step is saved with its next version afterwards, and what follows from it is done. Raises Problem 403, 404,
    409 (changed: `present` is the run; not running; closed; not to be done)."""
    with action(name, actor=actor, reason=reason) as act:
        run = held_run(actor, run_id)
        about(act, run.incident)
        act.details(run=str(run.id), step=step)
        row = run.steps.filter(step=step).first()
        if row is None:
            raise not_found("There is no such step.", "ऐसा कोई चरण नहीं है।")
        if row.version != version:
            raise Changed(selectors.run_out(run, may_work=True))
        if run.state != RunState.RUNNING and not (ended_too and run.state == RunState.FINISHED):
            raise conflict("not_running", "This procedure has ended.", "यह कार्यप्रणाली समाप्त हो चुकी है।")
        _require_open(run.incident)
        body = next(one for one in run.version.steps if one["id"] == step)
        yield run, row, body
        row.version += 1
        row.save()
        settle(run)


def held_run(actor: Actor, run_id: UUID) -> ProcedureRun:
    """Raises Problem 403, 404."""
    actor.require(incidents.WORK)
    known = ProcedureRun.objects.filter(id=run_id).first()
    if known is None:
        raise not_found("There is no such procedure at work.", "ऐसी कोई चल रही कार्यप्रणाली नहीं है।")
    incidents.incident(actor, known.incident_id, incidents.WORK)
    rows = ProcedureRun.objects.select_for_update(of=("self",))
    return rows.select_related("version", "procedure", "incident__kind").get(id=run_id)


def do(*, actor: Actor, run_id: UUID, step: str, form: s.StepDone) -> UUID:
    """Ticked, answered, counted. An automatic step that is ticked was done by hand. Returns the incident's id."""
    with changing("procedure.do_step", actor=actor, run_id=run_id, step=step, version=form.version) as (run, row, body):
        _require_standing(run, row, body)
        value = steps.fitting(body, form.value)
        if body["kind"] == "automatic":
            if row.automatic == Automatic.QUEUED:
                raise conflict("queued", "This is being done just now.", "यह अभी किया जा रहा है।")
            row.automatic, row.outcome = Automatic.BY_HAND, None
        mark(row, StepState.DONE, actor, value)
        _say(run, body, "procedure.step_done", steps.shown(body, value), by_hand=row.automatic == Automatic.BY_HAND)
    return run.incident_id


def skip(*, actor: Actor, run_id: UUID, step: str, form: s.StepSkipped) -> UUID:
    """Raises also Problem 422: a required step is skipped with a reason only."""
    with changing("procedure.skip_step", actor=actor, run_id=run_id, step=step, version=form.version,
                  reason=form.reason) as (run, row, body):  # fmt: skip
        _require_standing(run, row, body)
        if body["required"] and len(form.reason) < 3:
            raise invalid(reason=text("This step is required: say why it is skipped.",
                                      "यह चरण आवश्यक है: छोड़ने का कारण लिखें।"))  # fmt: skip
        mark(row, StepState.SKIPPED, actor, None)
        row.reason = form.reason
        if row.automatic == Automatic.QUEUED:
            row.automatic = Automatic.NONE
        _say(run, body, "procedure.step_skipped", text(form.reason, form.reason))
    return run.incident_id


def undo(*, actor: Actor, run_id: UUID, step: str, form: s.StepSeen) -> UUID:
    """Open again; what was done automatically cannot be taken back. What it had made ready is kept, if begun."""
    with changing(
        "procedure.undo_step", actor=actor, run_id=run_id, step=step, version=form.version, ended_too=True
    ) as (
        run,
        row,
        body,
    ):
        if row.state == StepState.OPEN:
            raise conflict("open", "This step is open.", "यह चरण खुला है।")
        if row.automatic == Automatic.DONE:
            raise conflict("done_automatically", "This was done automatically and cannot be taken back here.",
                           "यह स्वतः किया जा चुका है, यहाँ से वापस नहीं लिया जा सकता।")  # fmt: skip
        row.state, row.value, row.reason, row.at_ms, row.by_id, row.by_name = StepState.OPEN, None, "", None, None, ""
        row.automatic, row.outcome = Automatic.NONE, None
        _say(run, body, "procedure.step_undone", text("", ""))
    return run.incident_id


def begin(*, actor: Actor, run_id: UUID, step: str, form: s.StepSeen) -> UUID:
    """A timer begins, or an automatic action is asked for (again, after it failed)."""
    with changing("procedure.begin_step", actor=actor, run_id=run_id, step=step, version=form.version) as (
        run,
        row,
        body,
    ):
        _require_standing(run, row, body)
        match body["kind"]:
            case "timer":
                row.timer_ms, row.timer_told_ms = now_ms(), None
                _say(run, body, "procedure.timer_begun", text("", ""))
            case "automatic":
                if row.automatic == Automatic.QUEUED:
                    raise conflict("queued", "This is being done just now.", "यह अभी किया जा रहा है।")
                queue(row, body)
            case _:
                raise conflict("nothing_to_begin", "This step is only ticked.", "यह चरण केवल पूर्ण अंकित होता है।")
    return run.incident_id


def stop(*, actor: Actor, run_id: UUID, form: s.RunStopped) -> UUID:
    """It does not fit after all. Raises Problem 403, 404, 409."""
    with action("procedure.stop", actor=actor, reason=form.reason) as act:
        run = held_run(actor, run_id)
        about(act, run.incident)
        if run.state != RunState.RUNNING:
            raise conflict("not_running", "This procedure has ended.", "यह कार्यप्रणाली समाप्त हो चुकी है।")
        run.state, run.ended_ms, run.reason = RunState.STOPPED, now_ms(), form.reason
        run.save()
        run.steps.filter(automatic=Automatic.QUEUED).update(automatic=Automatic.NONE)
        run.steps.update(next_ms=NEVER_MS)
        name = run.procedure
        timeline.add(
            incident=run.incident, kind="procedure.stopped", text=form.reason, data={"run": str(run.id)},
            said=text(f"Procedure stopped: {name.name_en}.", f"कार्यप्रणाली रोकी गई: {name.name_hi}।"),
        )  # fmt: skip
    return run.incident_id


def mark(row: RunStep, state: StepState, actor: Actor, value: object) -> None:
    row.state, row.value, row.at_ms = state, value, now_ms()
    row.by_id, row.by_name = actor.id, actor.called


def settle(run: ProcedureRun) -> None:
    """What follows from a change, the run held: steps become ready, automatic ones begin, the run ends or goes on."""
    from prahari.desks.procedures import performing

    rows = {row.step: row for row in run.steps.all()}
    standing = selectors.standings(run.version.steps, rows)
    at = now_ms()
    left = 0
    for body in run.version.steps:
        row = rows[body["id"]]
        applies = standing[body["id"]] == "applies"
        left += row.state == StepState.OPEN and standing[body["id"]] != "not_needed"
        if applies and row.ready_ms is None:
            row.ready_ms = at
            if body["kind"] == "automatic" and row.state == StepState.OPEN and body["automatic"]["at_once"]:
                queue(row, body)
        row.next_ms = performing.next_ms(body, row, applies)
        row.save()
    if (left == 0) == (run.state == RunState.RUNNING):
        run.state, run.ended_ms = (RunState.FINISHED, at) if left == 0 else (RunState.RUNNING, None)
        run.save()
        if left == 0:
            _say_finished(run)


def queue(row: RunStep, body: steps.Step) -> None:
    """Asked for; a task does it after the commit. What nobody in this centre does is said at once."""
    from prahari.desks.procedures import tasks

    row.outcome = None
    if automatic.available(body["automatic"]["code"]):
        row.automatic = Automatic.QUEUED
        tasks.request(row.id)
    else:
        row.automatic = Automatic.UNAVAILABLE
        row.outcome = text("Nothing in this centre does this yet: do it by hand.",
                           "इस केंद्र में यह अभी स्वतः नहीं होता: इसे स्वयं करें।")  # fmt: skip


def about(act: Action, incident: Incident) -> None:
    act.about("incident", incident.id, f"{incident.number} {incident.title}".strip(),
              jurisdiction=incident.jurisdiction_path, agency=incident.agency_code)  # fmt: skip


_WORDS: dict[str, Text] = {
    "procedure.step_done": text("Done: {}", "पूर्ण: {}"),
    "procedure.step_skipped": text("Skipped: {}", "छोड़ा गया: {}"),
    "procedure.step_undone": text("Open again: {}", "पुनः खोला गया: {}"),
    "procedure.timer_begun": text("Timer begun: {}", "टाइमर प्रारम्भ: {}"),
}


def _say(run: ProcedureRun, body: steps.Step, kind: str, more: Text, by_hand: bool = False) -> None:
    said = {language: _WORDS[kind][language].format(body["title"][language]) for language in ("en", "hi")}
    if by_hand:
        said = text(f"{said['en']} (by hand)", f"{said['hi']} (स्वयं)")
    said = {language: f"{said[language]}: {more[language]}" if more[language] else f"{said[language]}{end}"
            for language, end in (("en", "."), ("hi", "।"))}  # fmt: skip
    timeline.add(incident=run.incident, kind=kind, said=said, data={"run": str(run.id), "step": body["id"]})


def _say_finished(run: ProcedureRun) -> None:
    name = run.procedure
    timeline.add(
        incident=run.incident, kind="procedure.finished", data={"run": str(run.id)},
        said=text(f"Procedure finished: {name.name_en}.", f"कार्यप्रणाली पूर्ण: {name.name_hi}।"),
    )  # fmt: skip


def _require_standing(run: ProcedureRun, row: RunStep, body: steps.Step) -> None:
    if row.state != StepState.OPEN:
        raise conflict("done", "This step is done or skipped already.", "यह चरण पहले ही पूर्ण या छोड़ा जा चुका है।")
    rows = {one.step: one for one in run.steps.all()}
    if selectors.standings(run.version.steps, rows)[body["id"]] != "applies":
        raise conflict("not_now", "This step is not to be done, or not yet.", "यह चरण करना नहीं है, या अभी नहीं।")


def _require_open(held: Incident) -> None:
    if held.merged_into_id is not None or held.state == "closed":
        raise conflict("state", "The incident is closed. Reopen it first.", "घटना बंद है। पहले पुनः खोलें।")
