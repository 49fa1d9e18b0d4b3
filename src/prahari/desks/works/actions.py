"""Everything that people do at the works desk: plan, revise, enter what was done, what held it up, what it costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Agency
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, forbidden, invalid, text
from prahari.desks.files import vault
from prahari.desks.registry import references as registry
from prahari.desks.registry.actions import CONFLICT
from prahari.desks.works import references as refs
from prahari.desks.works import schemas as s
from prahari.desks.works.models import (
    Delay,
    DelayReason,
    Milestone,
    Package,
    PlanRevision,
    ProgressEntry,
    Project,
    WorkKind,
)
from prahari.desks.works.references import EDIT, VIEW

_SUMS = ("sanctioned_paise", "committed_paise", "spent_paise")


def save_kind(*, actor: Actor, code: str, form: s.WorkKindIn) -> None:
    """Make or change a kind of work. The list is the whole centre's: so must the permission be. Raises Problem 403."""
    _whole_centre(actor)
    with action("work_kind.save", actor=actor, reason=form.reason) as act:
        row = WorkKind.objects.select_for_update().filter(code=code).first() or WorkKind(code=code)
        row.unit_en, row.unit_hi, row.decimals = form.unit.en, form.unit.hi, form.decimals
        _save_coded(act, "work kind", row, form)


def save_delay_reason(*, actor: Actor, code: str, form: s.DelayReasonIn) -> None:
    """Make or change a reason for delay. Raises Problem 403."""
    _whole_centre(actor)
    with action("delay_reason.save", actor=actor, reason=form.reason) as act:
        row = DelayReason.objects.select_for_update().filter(code=code).first() or DelayReason(code=code)
        _save_coded(act, "delay reason", row, form)


def _whole_centre(actor: Actor) -> None:
    actor.require(EDIT)
    if not actor.may(EDIT, "", ""):
        raise forbidden(EDIT)


def _save_coded(act: Action, what: str, row: WorkKind | DelayReason, form: s.WorkKindIn | s.DelayReasonIn) -> None:
    row.name_en, row.name_hi, row.sort, row.active = form.name.en, form.name.hi, form.sort, form.active
    row.edited_ms = max(now_ms(), row.edited_ms + 1)
    row.save()
    act.about(what, row.code, row.name_en)


def create_project(*, actor: Actor, form: s.ProjectIn) -> UUID:
    """Raises Problem 403, 409 (code taken), 422."""
    with action("project.create", actor=actor, reason=form.reason) as act:
        place = refs.place(form.jurisdiction)
        actor.require_in(EDIT, place.path, _agency(form.agency))
        if Project.objects.filter(code=form.code).exists():
            raise conflict("code_taken", f"{form.code!r} is a project already.", f"{form.code!r} परियोजना पहले से है।")
        at = now_ms()
        project = Project.objects.create(
            code=form.code, name_en=form.name.en, name_hi=form.name.hi, jurisdiction=place, agency_id=form.agency,
            created_ms=at, edited_ms=at, **_given(form, s.ProjectFields),
        )  # fmt: skip
        _about_project(act, project)
    return project.id


def edit_project(*, actor: Actor, project_id: UUID, form: s.ProjectEdit) -> None:
    """Raises Problem 404, 409 (edited meanwhile), 422."""
    with action("project.edit", actor=actor, reason=form.reason) as act:
        project = refs.locked(refs.projects_in(actor, EDIT), project_id)
        _unchanged(project.edited_ms, form.edited_ms)
        if form.name is not None:
            project.name_en, project.name_hi = form.name.en, form.name.hi
        _fill(project, _given(form, s.ProjectFields, sent=True))
        _touch(project)
        _about_project(act, project)


def create_package(*, actor: Actor, form: s.PackageIn) -> UUID:
    """Its first plan is also its baseline. Raises Problem 403, 409 (number taken), 422."""
    with action("package.create", actor=actor, reason=form.reason) as act:
        place = refs.place(form.jurisdiction)
        actor.require_in(EDIT, place.path, _agency(form.agency))
        project = refs.projects_in(actor, EDIT).filter(id=form.project).select_for_update(of=("self",)).first()
        if project is None:
            raise invalid(project=text("There is no such project in your area.",
                                       "आपके क्षेत्र में ऐसी कोई परियोजना नहीं है।"))  # fmt: skip
        if project.packages.filter(number=form.number).exists():
            raise conflict("number_taken", f"The project has a package {form.number} already.",
                           f"परियोजना में पैकेज {form.number} पहले से है।")  # fmt: skip
        _check_span("end", form.start, form.end)
        refs.check_geometry(form.geometry)
        kind = refs.kind(form.kind)
        _check_decimals("quantity", form.quantity, kind)
        fields = _given(form, s.PackageFields)
        fields["department"] = registry.department(form.department) if form.department else None
        at = now_ms()
        package = Package.objects.create(
            project=project, number=form.number, name_en=form.name.en, name_hi=form.name.hi, kind=kind,
            jurisdiction=place, agency_id=form.agency, quantity=form.quantity, start=form.start, end=form.end,
            baseline_quantity=form.quantity, baseline_start=form.start, baseline_end=form.end, created_ms=at,
            edited_ms=at, **fields,
        )  # fmt: skip
        _about(act, package)
    return package.id


def edit_package(*, actor: Actor, package_id: UUID, form: s.PackageEdit) -> None:
    """What it is, who does it, what it costs; `revise_plan` changes its plan. Raises Problem 403, 404, 409, 422."""
    with action("package.edit", actor=actor, reason=form.reason) as act:
        package = refs.locked(refs.packages_in(actor, EDIT), package_id)
        _unchanged(package.edited_ms, form.edited_ms)
        if form.name is not None:
            package.name_en, package.name_hi = form.name.en, form.name.hi
        if form.jurisdiction is not None:
            package.jurisdiction = refs.place(form.jurisdiction)
            actor.require_in(EDIT, package.jurisdiction.path, package.agency_id)
        fields = _given(form, s.PackageFields, sent=True)
        if "geometry" in fields:
            refs.check_geometry(fields["geometry"])
        if "department" in fields:
            fields["department"] = registry.department(form.department) if form.department else None
        _fill(package, fields)
        _touch(package)
        _about(act, package)
        act.details(**{name: fields[name] for name in _SUMS if name in fields})


def revise_plan(*, actor: Actor, package_id: UUID, form: s.RevisionIn) -> None:
    """Another quantity or other dates from now on; the baseline and every earlier plan stay.

    Raises Problem 404, 409 (edited meanwhile), 422.
    """
    with action("package.revise", actor=actor, reason=form.reason) as act:
        package = refs.locked(refs.packages_in(actor, EDIT), package_id)
        _unchanged(package.edited_ms, form.edited_ms)
        _check_span("end", form.start, form.end)
        _check_decimals("quantity", form.quantity, package.kind)
        if (package.quantity, package.start, package.end) == (form.quantity, form.start, form.end):
            raise invalid(end=text("This is the plan in force already.", "यही योजना पहले से लागू है।"))
        files = _attach(actor, package, form.document_ids, ("image", "pdf"))
        PlanRevision.objects.create(
            package=package, quantity=form.quantity, start=form.start, end=form.end, reason=form.reason,
            document_ids=files, by_id=actor.id, created_ms=now_ms(),
        )  # fmt: skip
        act.details(before=[str(package.quantity), str(package.start), str(package.end)],
                    after=[str(form.quantity), str(form.start), str(form.end)])  # fmt: skip
        package.quantity, package.start, package.end = form.quantity, form.start, form.end
        _touch(package)
        _about(act, package)


def enter_progress(*, actor: Actor, package_id: UUID, form: s.ProgressIn) -> UUID:
    """So much was done on a day, or an earlier entry was wrong and this one takes its place. The same key enters once.

    Raises Problem 404, 409 (that entry was corrected already, the key is another package's), 422 (a day to come, more
    than planned without a reason).
    """
    with action("progress.enter", actor=actor, reason=form.over_reason or form.note) as act:
        # Locked: two who enter at once must both be counted before either is over the plan.
        package = refs.locked(refs.packages_in(actor, EDIT), package_id)
        _about(act, package)
        known = ProgressEntry.objects.filter(key=form.key).first()
        if known is not None:
            if known.package_id != package.id:
                raise conflict("key_used", "This form was sent for another package. Begin it anew.",
                               "यह फ़ॉर्म दूसरे पैकेज के लिए भेजा गया था। नया फ़ॉर्म शुरू करें।")  # fmt: skip
            return known.id
        if form.done_on > local_day():
            raise invalid(done_on=text("This day has not come yet.", "यह दिन अभी आया नहीं है।"))
        _check_decimals("quantity", form.quantity, package.kind)
        corrects = _corrected(package, form)
        done = standing_entries(package).aggregate(sum=Sum("quantity"))["sum"] or Decimal(0)
        total = done - (corrects.quantity if corrects else 0) + form.quantity
        if total > package.quantity and form.quantity > (corrects.quantity if corrects else 0) and not form.over_reason:
            raise Problem(
                422, "more_than_planned",
                f"That makes {_plain(total)} of {_plain(package.quantity)} planned. Check the number, or say why.",
                f"इससे {_plain(package.quantity)} की योजना में {_plain(total)} हो जाएगा। संख्या जाँचें, या कारण लिखें।",
                {"over_reason": text("Say why more was done than planned.", "योजना से अधिक क्यों हुआ, लिखें।")},
            )  # fmt: skip
        entry = ProgressEntry.objects.create(
            key=form.key, package=package, done_on=form.done_on, quantity=form.quantity, corrects=corrects,
            photo_ids=_attach(actor, package, form.photo_ids, ("image", "pdf")), note=form.note,
            over_reason=form.over_reason, by_id=actor.id, by_name=actor.name, entered_ms=now_ms(),
        )  # fmt: skip
        act.details(entry=str(entry.id), quantity=str(form.quantity), done_on=str(form.done_on),
                    corrects=str(corrects.id) if corrects else None)  # fmt: skip
    return entry.id


def standing_entries(package: Package) -> Any:
    """Entries that count: those which no other has taken the place of."""
    return package.entries.filter(correction__isnull=True)


def _corrected(package: Package, form: s.ProgressIn) -> ProgressEntry | None:
    if form.corrects is None:
        if form.quantity == 0:
            raise invalid(quantity=text("More than 0 is expected.", "0 से अधिक अपेक्षित है।"))
        return None
    entry = package.entries.filter(id=form.corrects).first()
    if entry is None:
        raise invalid(corrects=text("There is no such entry in this package.", "इस पैकेज में ऐसी कोई प्रविष्टि नहीं है।"))
    if ProgressEntry.objects.filter(corrects=entry).exists():
        raise conflict("corrected", "This entry was corrected already. Correct the newer one.",
                       "यह प्रविष्टि पहले ही सुधारी जा चुकी है। नई वाली को सुधारें।")  # fmt: skip
    if not form.note:
        raise invalid(note=text("Say what was wrong.", "क्या गलत था, लिखें।"))
    return entry


def enter_delay(*, actor: Actor, package_id: UUID, form: s.DelayIn) -> UUID:
    """Work stood still, or does since. The same key enters once. Raises Problem 404, 409, 422."""
    with action("delay.enter", actor=actor, reason=form.note) as act:
        package = refs.locked(refs.packages_in(actor, EDIT), package_id)
        _about(act, package)
        known = Delay.objects.filter(key=form.key).first()
        if known is not None:
            if known.package_id != package.id:
                raise conflict("key_used", "This form was sent for another package. Begin it anew.",
                               "यह फ़ॉर्म दूसरे पैकेज के लिए भेजा गया था। नया फ़ॉर्म शुरू करें।")  # fmt: skip
            return known.id
        _check_delay(form.first_day, form.last_day)
        at = now_ms()
        delay = Delay.objects.create(
            key=form.key, package=package, reason=refs.delay_reason(form.reason), first_day=form.first_day,
            last_day=form.last_day, note=form.note, by_id=actor.id, created_ms=at, edited_ms=at,
            document_ids=_attach(actor, package, form.document_ids, ("image", "pdf")),
        )  # fmt: skip
        act.details(delay=str(delay.id), because=form.reason)
    return delay.id


def edit_delay(*, actor: Actor, delay_id: UUID, form: s.DelayEdit) -> UUID:
    """Its end, mostly. Returns the package's id. Raises Problem 404, 409 (edited meanwhile), 422."""
    with action("delay.edit", actor=actor, reason=form.why) as act:
        delay = refs.locked(refs.of_packages_in(actor, Delay, EDIT), delay_id)
        _unchanged(delay.edited_ms, form.edited_ms)
        sent = form.dict(exclude_unset=True)
        if form.reason is not None:
            delay.reason = refs.delay_reason(form.reason)
        if form.first_day is not None:
            delay.first_day = form.first_day
        if "last_day" in sent:
            delay.last_day = form.last_day
        if form.note is not None:
            delay.note = form.note
        _check_delay(delay.first_day, delay.last_day)
        _touch(delay)
        _about(act, delay.package)
        act.details(delay=str(delay.id))
    return delay.package_id


def _check_delay(first: dt.date, last: dt.date | None) -> None:
    if first > local_day():
        raise invalid(first_day=text("This day has not come yet.", "यह दिन अभी आया नहीं है।"))
    if last is not None:
        _check_span("last_day", first, last)


def set_milestone(*, actor: Actor, package_id: UUID, form: s.MilestoneIn) -> UUID:
    """Raises Problem 404, 422."""
    with action("milestone.set", actor=actor) as act:
        package = refs.locked(refs.packages_in(actor, EDIT), package_id)
        _check_done(form.done_on)
        at = now_ms()
        made = Milestone.objects.create(
            package=package, name_en=form.name.en, name_hi=form.name.hi, due_on=form.due_on, done_on=form.done_on,
            created_ms=at, edited_ms=at,
        )  # fmt: skip
        _about(act, package)
        act.details(milestone=form.name.en)
    return made.id


def edit_milestone(*, actor: Actor, milestone_id: UUID, form: s.MilestoneEdit) -> UUID:
    """Reached, or due another day. Returns the package's id. Raises Problem 404, 409 (edited meanwhile), 422."""
    with action("milestone.edit", actor=actor, reason=form.why) as act:
        milestone = refs.locked(refs.of_packages_in(actor, Milestone, EDIT), milestone_id)
        _unchanged(milestone.edited_ms, form.edited_ms)
        sent = form.dict(exclude_unset=True)
        if form.name is not None:
            milestone.name_en, milestone.name_hi = form.name.en, form.name.hi
        if form.due_on is not None:
            milestone.due_on = form.due_on
        if "done_on" in sent:
            _check_done(form.done_on)
            milestone.done_on = form.done_on
        _touch(milestone)
        _about(act, milestone.package)
        act.details(milestone=milestone.name_en)
    return milestone.package_id


def _check_done(day: dt.date | None) -> None:
    if day is not None and day > local_day():
        raise invalid(done_on=text("This day has not come yet.", "यह दिन अभी आया नहीं है।"))


def _check_span(field: str, first: dt.date, last: dt.date) -> None:
    if last < first:
        raise invalid(**{field: text("It cannot end before it begins.", "अंत आरम्भ से पहले नहीं हो सकता।")})


def _check_decimals(field: str, given: Decimal, kind: WorkKind) -> None:
    if given != round(given, kind.decimals):
        raise invalid(**{field: text(
            f"At most {kind.decimals} places after the point." if kind.decimals else "A whole number is expected.",
            f"दशमलव के बाद अधिकतम {kind.decimals} अंक।" if kind.decimals else "पूर्ण संख्या अपेक्षित है।",
        )})  # fmt: skip


def _attach(actor: Actor, package: Package, ids: Sequence[UUID], kinds: tuple[str, ...]) -> list[str]:
    if not ids:
        return []
    files = vault.attach(ids, actor=actor, jurisdiction=package.jurisdiction.path, agency=package.agency_id,
                         permission=VIEW, kinds=kinds)  # fmt: skip
    return [str(one.id) for one in files]


def _agency(code: str) -> str:
    if not Agency.objects.filter(code=code).exists():
        raise invalid(agency=text(f"There is no {code!r} in this list.", f"इस सूची में {code!r} नहीं है।"))
    return code


def _given(form: Any, fields: type[Any], *, sent: bool = False) -> dict[str, Any]:
    """What the form holds of the fields of a shape; sent: only those that came with the request."""
    values: dict[str, Any] = form.dict(exclude_unset=sent)
    return {name: values[name] for name in fields.model_fields if name in values}


def _fill(row: Any, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def _unchanged(now: int, read: int) -> None:
    if now != read:
        raise conflict(*CONFLICT)


def _touch(row: Any) -> None:
    row.edited_ms = max(now_ms(), row.edited_ms + 1)
    row.save()


def _about_project(act: Action, project: Project) -> None:
    act.about("project", project.id, project.name_en,
              jurisdiction=project.jurisdiction.path, agency=project.agency_id)  # fmt: skip


def _about(act: Action, package: Package) -> None:
    act.about("package", package.id, f"{package.number} {package.name_en}",
              jurisdiction=package.jurisdiction.path, agency=package.agency_id)  # fmt: skip


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
