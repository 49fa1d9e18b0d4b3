"""Making, changing and finishing tasks. Other desks call `ensure_task` and `close_for`."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, forbidden, invalid, not_found, text
from prahari.desks.programme import escalation, officers, people_selectors, reach, tasks_selectors
from prahari.desks.programme import schemas_tasks as s
from prahari.desks.programme.choices import STANDING, TaskState
from prahari.desks.programme.models import ChecklistItem, Clause, Office, Task, TaskComment
from prahari.desks.programme.people_actions import EDITED
from prahari.desks.registry import references
from prahari.desks.registry.models import Camera, Premises
from prahari.desks.registry.premises import premises_in
from prahari.desks.registry.selectors import cameras_in

About = tuple[str, str]
CLOSED = (
    "task_closed",
    "This task is closed. Whoever sets tasks here may open it again.",
    "यह कार्य बंद है। कार्य देने वाले अधिकारी इसे फिर से खोल सकते हैं।",
)


def ensure_task(
    *, actor: Actor, key: str, kind: str, title_en: str, title_hi: str, jurisdiction: str, agency: str = "",
    details: str = "", priority: str = "normal", due_day: dt.date | None = None, person_id: UUID | None = None,
    office: str | None = None, premises_id: UUID | None = None, camera_id: UUID | None = None,
    clause_id: UUID | None = None, about: About = ("", ""),
) -> Task:  # fmt: skip
    """The standing task of this key; made when there is none. Twice at the same moment still gives one.

    key: what it is about, e.g. "meeting-decision:<id>". The caller has made sure that `actor` may set it. A person or
    an office, not both; neither: everybody who works in that place.
    """
    standing = Task.objects.filter(key=key, state__in=STANDING).first()
    if standing is not None:
        return standing
    try:
        with action("task.create", actor=actor) as act:
            now = now_ms()
            made = Task.objects.create(
                key=key, kind=kind, title_en=title_en[:300], title_hi=title_hi[:300], details=details,
                priority=priority, due_day=due_day, jurisdiction_path=jurisdiction, agency_code=agency,
                person_id=person_id, office_id=office, premises_id=premises_id, camera_id=camera_id,
                clause_id=clause_id, about_type=about[0], about_id=about[1], made_by_id=actor.id, created_ms=now,
                edited_ms=now,
            )  # fmt: skip
            _about(act, made)
            act.details(key=key)
    except IntegrityError:  # somebody else was quicker
        return Task.objects.get(key=key, state__in=STANDING)
    return made


def close_for(*, actor: Actor, key: str, outcome: str = "") -> bool:
    """Finish the standing task of a key, since what it asked for is done. Whether there was one."""
    with transaction.atomic():
        task = Task.objects.select_for_update(of=("self",)).filter(key=key, state__in=STANDING).first()
        if task is None:
            return False
        with action("task.settle", actor=actor) as act:
            _move(actor, task, TaskState.DONE, outcome)
            _about(act, task)
    return True


def create_task(*, actor: Actor, form: s.TaskIn) -> Task:
    """Set a task. Raises Problem: 403, 422 with fields."""
    held = officers.held_by(actor.id)
    if not actor.has(reach.MANAGE) and not held:
        raise forbidden(reach.MANAGE)
    with action("task.create", actor=actor, reason=form.reason) as act:
        task = Task(kind=form.kind, details=form.details, priority=form.priority, due_day=form.due_day)
        task.title_en, task.title_hi = form.title.en, form.title.hi
        _subject(actor, task, form)
        if not tasks_selectors.may_assign(actor, task.jurisdiction_path, task.agency_code, held):
            raise forbidden(reach.MANAGE)
        refuse_past(task.due_day)
        _assign(actor, task, form.person_id, form.office)
        task.made_by_id = actor.id
        task.created_ms = task.edited_ms = now_ms()
        task.save(force_insert=True)
        checklist(task, form.checklist)
        _about(act, task)
    return task


def checklist(task: Task, texts: list[str]) -> None:
    ChecklistItem.objects.bulk_create(
        [ChecklistItem(task=task, sort=sort, text=one) for sort, one in enumerate(texts) if one]
    )


def edit_task(*, actor: Actor, task_id: UUID, form: s.TaskEdit) -> Task:
    """Change a standing task, set it aside, or open a closed one again: for those who set tasks there.

    Raises Problem: 403, 404, 409 (edited meanwhile, closed), 422.
    """
    with action("task.edit", actor=actor, reason=form.reason) as act:
        task = _locked(actor, task_id, reach.VIEW)
        if not tasks_selectors.may_assign(actor, task.jurisdiction_path, task.agency_code, officers.held_by(actor.id)):
            raise forbidden(reach.MANAGE)
        if task.edited_ms != form.edited_ms:
            raise conflict(*EDITED)
        if form.state is not None and form.state != task.state:
            _try_move(actor, task, TaskState(form.state), form.reason)
        elif task.state not in STANDING:
            raise conflict(*CLOSED)
        fields = form.dict(exclude_unset=True)
        if form.title is not None:
            task.title_en, task.title_hi = form.title.en, form.title.hi
        if form.details is not None:
            task.details = form.details
        if form.priority is not None:
            task.priority = form.priority
        if "due_day" in fields and form.due_day != task.due_day:
            refuse_past(form.due_day)
            _settle_late(actor, task)
            task.due_day = form.due_day
        if "person_id" in fields or "office" in fields:
            _assign(actor, task, form.person_id, form.office)
        task.edited_ms = max(now_ms(), task.edited_ms + 1)
        task.save()
        _about(act, task)
    return task


def move_task(*, actor: Actor, task_id: UUID, form: s.TaskMove) -> Task:
    """Say how far a task is. Raises Problem: 403, 404, 409 (edited meanwhile, list not ticked off), 422."""
    with action(f"task.{form.state}", actor=actor, reason=form.outcome) as act:
        task = _locked(actor, task_id, reach.WORK)
        held = officers.held_by(actor.id)
        if not tasks_selectors.may_work(actor, task, held):
            raise Problem(403, "not_your_task", f"This task is set to {_whose(task, 'en')}.",
                          f"यह कार्य {_whose(task, 'hi')} को दिया गया है।")  # fmt: skip
        if form.edited_ms is not None and form.edited_ms != task.edited_ms:
            raise conflict(*EDITED)
        if task.state not in STANDING:
            raise conflict(*CLOSED)
        if form.state == TaskState.DONE and (left := task.items.filter(done_ms__isnull=True).count()):
            raise conflict("list_not_done", f"{left} points of the list are not ticked off yet.",
                           f"सूची के {left} बिन्दु अभी शेष हैं।")  # fmt: skip
        _move(actor, task, TaskState(form.state), form.outcome)
        _about(act, task)
    return task


def comment(*, actor: Actor, task_id: UUID, said: str) -> None:
    """Raises Problem: 403, 404."""
    with action("task.comment", actor=actor) as act:
        task = tasks_selectors.task(actor, task_id)
        TaskComment.objects.create(
            task=task, text=said, person_id=actor.id, name=actor.name or actor.username, at_ms=now_ms()
        )
        _about(act, task)


def tick(*, actor: Actor, task_id: UUID, item_id: UUID, done: bool) -> None:
    """Tick a point of the list off, or not after all. Raises Problem: 403, 404, 409 (closed)."""
    with action("task.tick", actor=actor) as act:
        task = _locked(actor, task_id, reach.WORK)
        if not tasks_selectors.may_work(actor, task, officers.held_by(actor.id)):
            raise Problem(403, "not_your_task", f"This task is set to {_whose(task, 'en')}.",
                          f"यह कार्य {_whose(task, 'hi')} को दिया गया है।")  # fmt: skip
        if task.state not in STANDING:
            raise conflict(*CLOSED)
        item = task.items.filter(id=item_id).first()
        if item is None:
            raise not_found()
        if (item.done_ms is not None) != done:
            item.done_ms, item.done_by_id = (now_ms(), actor.id) if done else (None, None)
            item.save(update_fields=["done_ms", "done_by"])
            if task.state == TaskState.OPEN and done:
                _move(actor, task, TaskState.IN_PROGRESS, "")
        _about(act, task)
        act.details(point=item.text, done=done)


def _about(act: Action, task: Task) -> None:
    act.about("task", task.id, task.title_en, jurisdiction=task.jurisdiction_path, agency=task.agency_code)


def _locked(actor: Actor, task_id: UUID, permission: str) -> Task:
    tasks_selectors.task(actor, task_id, permission)
    return Task.objects.select_for_update(of=("self",)).select_related("person", "office").get(id=task_id)


def _whose(task: Task, language: str) -> str:
    if task.person is not None:
        return task.person.name
    return getattr(task.office, f"name_{language}", "") or ""


def _move(actor: Actor, task: Task, state: TaskState, outcome: str) -> None:
    now = now_ms()
    task.state = state
    closed = state not in STANDING
    task.closed_ms = now if closed else None
    task.closed_by_id = actor.id if closed else None
    task.outcome = outcome if closed else ""
    task.edited_ms = max(now, task.edited_ms + 1)
    task.save(update_fields=["state", "closed_ms", "closed_by", "outcome", "edited_ms"])
    if closed:
        _settle_late(actor, task)


def _settle_late(actor: Actor, task: Task) -> None:
    """A late task is late no longer: where it was the last of its matter, that ends."""
    if task.due_day is None or task.due_day >= local_day():
        return
    key = tasks_selectors.late_key(task)
    same = tasks_selectors.late(local_day()).filter(
        jurisdiction_path=task.jurisdiction_path, agency_code=task.agency_code, person_id=task.person_id,
        office_id=task.office_id, due_day=task.due_day,
    )  # fmt: skip
    if not same.exclude(id=task.id).exists():
        escalation.settle(actor=actor, key=key)


def _try_move(actor: Actor, task: Task, state: TaskState, outcome: str) -> None:
    """Raises Problem 409 when a newer task of the same key stands."""
    try:
        with transaction.atomic():
            _move(actor, task, state, outcome)
    except IntegrityError:
        raise conflict("task_stands", "A newer task about the same thing stands already.",
                       "इसी विषय का नया कार्य पहले से खुला है।") from None  # fmt: skip


def refuse_past(day: dt.date | None) -> None:
    if day is not None and day < local_day():
        raise invalid(due_day=text("This day is over. Choose today or a later day.",
                                   "यह दिन बीत चुका है। आज या बाद का दिन चुनें।"))  # fmt: skip


def _subject(actor: Actor, task: Task, form: s.TaskIn) -> None:
    """What the task is about, and where that lies: as the form says, else where its subject lies."""
    where: tuple[str, str] | None = None
    if form.clause_id is not None:
        task.clause = _clause(actor, form.clause_id)
        where = task.clause.order.jurisdiction.path, task.clause.order.agency_id or ""
    if form.premises_id is not None:
        task.premises = _premises(actor, form.premises_id)
        where = task.premises.jurisdiction.path, task.premises.agency_id
    if form.camera_id is not None:
        task.camera = _camera(actor, form.camera_id)
        where = task.camera.jurisdiction.path, task.camera.agency_id
    if form.jurisdiction is not None:
        path = references.jurisdiction(form.jurisdiction).path
        where = path, where[1] if where else ""
    if where is None:
        raise invalid(jurisdiction=text("Say where the task lies.", "बताएँ कि कार्य किस क्षेत्र का है।"))
    task.jurisdiction_path, task.agency_code = where
    if form.agency is not None:
        task.agency_code = references.agency(form.agency).code


def _clause(actor: Actor, clause_id: UUID) -> Clause:
    from prahari.desks.programme.orders_selectors import orders_in

    found = (
        Clause.objects.filter(id=clause_id, order__in=orders_in(actor)).select_related("order__jurisdiction").first()
    )
    if found is None:
        raise invalid(clause_id=text("There is no such clause in your area.", "आपके क्षेत्र में ऐसा कोई बिन्दु नहीं है।"))
    return found


def _permission(actor: Actor, *wanted: str) -> str:
    return next((one for one in wanted if actor.has(one)), wanted[-1])


def _premises(actor: Actor, premises_id: UUID) -> Premises:
    permission = _permission(actor, "registry.view", reach.VIEW, reach.MANAGE)
    found: Premises | None = (
        premises_in(actor, permission).filter(id=premises_id).select_related("jurisdiction").first()
    )
    if found is None:
        raise invalid(premises_id=text("There are no such premises in your area.",
                                       "आपके क्षेत्र में ऐसा कोई प्रतिष्ठान नहीं है।"))  # fmt: skip
    return found


def _camera(actor: Actor, camera_id: UUID) -> Camera:
    permission = _permission(actor, "camera.view", reach.VIEW, reach.MANAGE)
    found: Camera | None = cameras_in(actor, permission).filter(id=camera_id).select_related("jurisdiction").first()
    if found is None:
        raise invalid(camera_id=text("There is no such camera in your area.", "आपके क्षेत्र में ऐसा कोई कैमरा नहीं है।"))
    return found


def _assign(actor: Actor, task: Task, person_id: UUID | None, office: str | None) -> None:
    """Raises Problem 422."""
    if person_id is not None and office is not None:
        raise invalid(office=text("For a person or for an office, not for both.", "व्यक्ति या पद, दोनों नहीं।"))
    task.person, task.office = assignee(actor, person_id, office)


def assignee(actor: Actor, person_id: UUID | None, office: str | None) -> tuple[User | None, Office | None]:
    """The person or the office that a form names. Raises Problem 422."""
    person: Any = None
    if person_id is not None:
        person = User.objects.filter(pk=person_id).first() if person_id == actor.id else None
        person = person or people_selectors.people_in(actor).filter(pk=person_id).first()
        if person is None:
            raise invalid(person_id=text("There is no such person in your area.",
                                         "आपके क्षेत्र में ऐसा कोई व्यक्ति नहीं है।"))  # fmt: skip
    found = Office.objects.filter(code=office, active=True).first() if office else None
    if office and found is None:
        raise invalid(office=text(f"There is no {office!r} in this list.", f"इस सूची में {office!r} नहीं है।"))
    return person, found
