"""Many tasks at one stroke: for each of the premises that a filter finds. Counted before, undone as one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, forbidden, invalid, not_found, text
from prahari.desks.common.scoping import areas_q
from prahari.desks.linking import linkages
from prahari.desks.linking.models import Linkage
from prahari.desks.programme import officers, reach, tasks_actions, tasks_selectors
from prahari.desks.programme import schemas_tasks as s
from prahari.desks.programme.choices import STANDING, TaskState
from prahari.desks.programme.models import ChecklistItem, Task, TaskBatch

MOST = 5000
"""Tasks of one batch: more than a city's stations can walk, few enough for one transaction."""
ROWS = 1000


def found(actor: Actor, filters: s.BulkFilters, kind: str) -> tuple[QuerySet[Linkage], int]:
    """Linkages whose premises get a task, and how many more have one of this kind already.

    Only premises where the actor may set tasks. Raises Problem 403.
    """
    held = officers.held_by(actor.id)
    if not actor.has(reach.MANAGE) and not held:
        raise forbidden(reach.MANAGE)
    areas: list[tuple[str, str | None]] = list(actor.scope.areas(reach.MANAGE))
    if actor.has(reach.WORK):
        areas += [(one.jurisdiction.path, None if one.office.all_agencies else one.agency_id) for one in held]
    narrowed = linkages.narrowed(
        actor,
        linkages.Filters(
            step=",".join(filters.step), owner_class=",".join(filters.owner_class),
            department=",".join(filters.department), jurisdiction=filters.jurisdiction,
        ),
        reach.VIEW,
    ).filter(areas_q(areas, "premises__jurisdiction__path", "premises__agency_id"))  # fmt: skip
    standing = Task.objects.filter(premises_id=OuterRef("premises_id"), kind=kind, state__in=STANDING)
    return narrowed.filter(~Exists(standing)), narrowed.filter(Exists(standing)).count()


def preview(actor: Actor, form: s.BulkIn) -> dict[str, Any]:
    """BulkPreview."""
    rows, already = found(actor, form.filters, form.kind)
    by_area = (
        rows.order_by()
        .values_list(
            "premises__jurisdiction__path", "premises__jurisdiction__name_en", "premises__jurisdiction__name_hi"
        )
        .annotate(count=Count("id"))
        .order_by("-count", "premises__jurisdiction__path")
    )
    areas = [{"path": path, "name": text(en, hi), "count": count} for path, en, hi, count in by_area]
    return {"count": sum(one["count"] for one in areas), "already": already, "by_area": areas}


def create_batch(*, actor: Actor, form: s.BulkIn) -> TaskBatch:
    """Set the tasks. Raises Problem: 403, 409 (another count than was shown), 422 (none, too many)."""
    with action("task.bulk", actor=actor, reason=form.reason) as act:
        rows, _ = found(actor, form.filters, form.kind)
        person, office = tasks_actions.assignee(actor, form.person_id, form.office)
        if person is not None and office is not None:
            raise invalid(office=text("For a person or for an office, not for both.", "व्यक्ति या पद, दोनों नहीं।"))
        tasks_actions.refuse_past(form.due_day)
        premises = list(
            rows.order_by("premises__jurisdiction__path", "premises__name_en").values_list(
                "premises_id", "premises__name_en", "premises__name_hi", "premises__jurisdiction__path",
                "premises__agency_id",
            )[: MOST + 1]
        )  # fmt: skip
        if not premises:
            raise invalid(filters=text("The filter finds no premises without such a task.",
                                       "फ़िल्टर में ऐसा कोई प्रतिष्ठान नहीं जिसका कार्य शेष हो।"))  # fmt: skip
        if len(premises) > MOST:
            raise invalid(filters=text(f"The filter finds more than {MOST} premises. Narrow it.",
                                       f"फ़िल्टर में {MOST} से अधिक प्रतिष्ठान हैं। इसे सीमित करें।"))  # fmt: skip
        if form.expected is not None and form.expected != len(premises):
            raise conflict("count_changed", f"Meanwhile the filter finds {len(premises)} premises. Look again.",
                           f"इस बीच फ़िल्टर में {len(premises)} प्रतिष्ठान हैं। फिर से देखें।")  # fmt: skip
        now = now_ms()
        agencies = {agency for *_, agency in premises}
        batch = TaskBatch.objects.create(
            title_en=form.title.en, title_hi=form.title.hi, filters=form.filters.dict(), made_by_id=actor.id,
            made_ms=now, jurisdiction_path=common_path([path for *_, path, _ in premises]),
            agency_code=agencies.pop() if len(agencies) == 1 else "",
        )  # fmt: skip
        Task.objects.bulk_create(
            [
                Task(
                    key=f"bulk:{form.kind}:{premises_id}", kind=form.kind, title_en=f"{form.title.en}: {en}"[:300],
                    title_hi=f"{form.title.hi}: {hi or en}"[:300], details=form.details, priority=form.priority,
                    due_day=form.due_day, jurisdiction_path=path, agency_code=agency, person=person, office=office,
                    premises_id=premises_id, batch=batch, made_by_id=actor.id, created_ms=now, edited_ms=now,
                )
                for premises_id, en, hi, path, agency in premises
            ],
            batch_size=ROWS,
            ignore_conflicts=True,  # the same asked for twice at once: each premises still get one
        )  # fmt: skip
        made = list(Task.objects.filter(batch=batch).values_list("id", flat=True))
        ChecklistItem.objects.bulk_create(
            [
                ChecklistItem(task_id=task_id, sort=sort, text=point)
                for task_id in made
                for sort, point in enumerate(form.checklist)
                if point
            ],
            batch_size=ROWS,
        )
        batch.count = len(made)
        batch.save(update_fields=["count"])
        act.about(
            "task batch", batch.id, batch.title_en, jurisdiction=batch.jurisdiction_path, agency=batch.agency_code
        )
        act.details(count=batch.count, filters=batch.filters)
    return batch


def undo(*, actor: Actor, batch_id: UUID) -> dict[str, int]:
    """Cancel those of a batch that nobody has begun. Undone. Raises Problem: 403, 404, 409 (undone already)."""
    with action("task.bulk_undo", actor=actor) as act:
        if not tasks_selectors.batches_in(actor).filter(id=batch_id).exists():
            raise not_found()
        batch = TaskBatch.objects.select_for_update().get(id=batch_id)
        held = officers.held_by(actor.id)
        own = batch.made_by_id is not None and batch.made_by_id == actor.id
        if not own and not tasks_selectors.may_assign(actor, batch.jurisdiction_path, batch.agency_code, held):
            raise forbidden(reach.MANAGE)
        if batch.undone_ms is not None:
            raise conflict("undone", "These tasks have been taken back already.", "ये कार्य पहले ही वापस लिए जा चुके हैं।")
        now = now_ms()
        untouched = Q(state=TaskState.OPEN) & ~Q(comments__isnull=False)
        ids = list(Task.objects.select_for_update(of=("self",)).filter(batch=batch).values_list("id", flat=True))
        cancelled = Task.objects.filter(id__in=Task.objects.filter(untouched, id__in=ids).values("id")).update(
            state=TaskState.CANCELLED, closed_ms=now, closed_by_id=actor.id, outcome="", edited_ms=now
        )
        batch.undone_ms = now
        batch.save(update_fields=["undone_ms"])
        act.about(
            "task batch", batch.id, batch.title_en, jurisdiction=batch.jurisdiction_path, agency=batch.agency_code
        )
        act.details(cancelled=cancelled)
    return {"cancelled": cancelled, "kept": len(ids) - cancelled}


def common_path(paths: list[str]) -> str:
    """The smallest area that holds all of them."""
    shared = []
    for level in zip(*(path.split(".") for path in paths), strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return ".".join(shared)
