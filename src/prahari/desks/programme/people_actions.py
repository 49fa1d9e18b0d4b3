"""Writing ranks, offices, responsibilities, holidays; appointing and relieving officers."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings

from prahari.contracts import sealing
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Agency
from prahari.desks.common import rules
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, invalid, not_found, text
from prahari.desks.programme import laws, officers, people_selectors, reach
from prahari.desks.programme import schemas_people as s
from prahari.desks.programme.models import Appointment, Holiday, Office, Rank, Responsibility
from prahari.desks.registry import references

OFFICE_FLAGS = ("climbs", "nodal", "reports_daily", "all_agencies", "active")
EDITED = (
    "edited_meanwhile",
    "Somebody else has changed this meanwhile. Load it again, then make your change.",
    "इस बीच किसी और ने इसे बदल दिया है। फिर से लोड करें, तब अपना बदलाव करें।",
)


def save_listed(
    *, actor: Actor, model: type[Rank] | type[Office], code: str, fields: dict[str, Any], new: bool, reason: str
) -> None:
    """Make or change a rank or an office. Raises Problem: 403, 404, 409 (code taken)."""
    actor.require(reach.MANAGE)
    reach.require_whole_centre(actor)
    kind = model.__name__.lower()
    with action(f"{kind}.{'create' if new else 'edit'}", actor=actor, reason=reason) as act:
        row: Any = model.objects.select_for_update().filter(code=code).first()
        if new and row is not None:
            raise conflict("code_taken", f"{code!r} is in this list already.", f"{code!r} इस सूची में पहले से है।")
        if not new and row is None:
            raise not_found()
        row = row or model(code=code)
        for name, value in fields.items():
            if value is None:
                continue
            if name == "name":
                row.name_en, row.name_hi = value["en"], value["hi"]
            else:
                setattr(row, name, value)
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        row.save(force_insert=new)
        act.about(kind, code, row.name_en)


def set_responsibility(*, actor: Actor, form: s.ResponsibilityIn) -> None:
    """Say which office answers for an owner class. Raises Problem: 403, 422."""
    actor.require(reach.MANAGE)
    reach.require_whole_centre(actor)
    with action("responsibility.set", actor=actor, reason=form.source) as act:
        owner_class = references.owner_class(form.owner_class)
        row = Responsibility.objects.select_for_update().filter(owner_class=owner_class).first()
        row = row or Responsibility(owner_class=owner_class)
        row.office = _office(form.office)
        row.source = form.source
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        row.save()
        act.about("responsibility", owner_class.code, f"{owner_class.name_en}: {row.office.name_en}")


def remove_responsibility(*, actor: Actor, owner_class: str, reason: str) -> None:
    actor.require(reach.MANAGE)
    reach.require_whole_centre(actor)
    with action("responsibility.remove", actor=actor, reason=reason) as act:
        row = Responsibility.objects.select_for_update().filter(owner_class__code=owner_class).first()
        if row is None:
            raise not_found()
        act.about("responsibility", owner_class)
        row.delete()


def add_holiday(*, actor: Actor, form: s.HolidayIn) -> None:
    """Raises Problem: 403, 409 (day listed already)."""
    actor.require(reach.MANAGE)
    reach.require_whole_centre(actor)
    with action("holiday.add", actor=actor, reason=form.reason) as act:
        row, made = Holiday.objects.get_or_create(
            day=form.day, defaults={"name_en": form.name.en, "name_hi": form.name.hi}
        )
        if not made:
            raise conflict("day_taken", f"{form.day} is a holiday already: {row.name_en}.",
                           f"{form.day} पहले से अवकाश है: {row.name_hi}।")  # fmt: skip
        act.about("holiday", form.day.isoformat(), form.name.en)


def remove_holiday(*, actor: Actor, day: dt.date, reason: str) -> None:
    actor.require(reach.MANAGE)
    reach.require_whole_centre(actor)
    with action("holiday.remove", actor=actor, reason=reason) as act:
        row = Holiday.objects.select_for_update().filter(day=day).first()
        if row is None:
            raise not_found("This day is not in the list of holidays.", "यह दिन अवकाश सूची में नहीं है।")
        act.about("holiday", day.isoformat(), row.name_en)
        row.delete()


def appoint(*, actor: Actor, form: s.AppointmentIn) -> Appointment:
    """Give an office to a person. Raises Problem: 403, 409 (somebody holds it), 422 with fields.

    With `relieve`, whoever holds it is relieved the day before, in the same act.
    """
    actor.require(reach.MANAGE)
    with action("officer.appoint", actor=actor, reason=form.reason) as act:
        office = _office(form.office, lock=True)  # one appointment to an office at a time
        row = Appointment(office=office, from_day=form.from_day, to_day=form.to_day)
        row.jurisdiction = references.jurisdiction(form.jurisdiction)
        row.department = references.department(form.department) if form.department else None
        row.agency = _agency(form.agency) if form.agency else (row.department.agency if row.department else None)
        reach.require_manage(actor, row.jurisdiction.path, row.agency_id)
        person = people_selectors.people_in(actor).filter(pk=form.person_id).first()
        if person is None:
            raise invalid(person_id=text("There is no such person in your area.",
                                         "आपके क्षेत्र में ऐसा कोई व्यक्ति नहीं है।"))  # fmt: skip
        row.person = person
        row.rank = _rank(form.rank)
        _refuse_low_rank(office, row.rank, form.from_day)
        if form.to_day is not None and form.to_day < form.from_day:
            raise invalid(to_day=text("The last day comes before the first.", "अंतिम दिन पहले दिन से पूर्व का है।"))
        names = form.designation
        row.designation_en, row.designation_hi = (names.en, names.hi) if names else (office.name_en, office.name_hi)
        row.order_reference = form.order_reference
        row.recorded_by_id = actor.id
        row.created_ms = row.edited_ms = now_ms()
        relieved = _make_room(actor, row, relieve=form.relieve)
        _seal(row, form.mobile, form.mail)
        row.save(force_insert=True)
        _about(act, row)
        act.details(office=office.code, rank=row.rank.code, from_day=row.from_day.isoformat(), relieved=relieved)
    return row


def edit_appointment(*, actor: Actor, appointment_id: UUID, form: s.AppointmentEdit) -> Appointment:
    """Raises Problem: 403, 404, 409 (edited meanwhile), 422."""
    with action("officer.edit", actor=actor, reason=form.reason) as act:
        row = _for_edit(actor, appointment_id)
        if row.edited_ms != form.edited_ms:
            raise conflict(*EDITED)
        if form.rank is not None:
            row.rank = _rank(form.rank)
            _refuse_low_rank(row.office, row.rank, max(row.from_day, local_day()))
        if form.designation is not None:
            row.designation_en, row.designation_hi = form.designation.en, form.designation.hi
        if form.order_reference is not None:
            row.order_reference = form.order_reference
        _seal(row, form.mobile, form.mail)
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        row.save()
        if form.mobile is not None or form.mail is not None:
            act.details(address="changed")
        _about(act, row)
    return row


def end_appointment(*, actor: Actor, appointment_id: UUID, form: s.AppointmentEnd) -> None:
    """Relieve an officer: the row stays, with its last day. Raises Problem: 403, 404, 409 (ended), 422."""
    with action("officer.relieve", actor=actor, reason=form.reason) as act:
        row = _for_edit(actor, appointment_id)
        if row.to_day is not None and row.to_day < local_day():
            raise conflict("ended", f"This appointment ended on {row.to_day}.",
                           f"यह नियुक्ति {row.to_day} को समाप्त हो चुकी है।")  # fmt: skip
        if form.to_day < row.from_day:
            raise invalid(to_day=text(f"The appointment begins on {row.from_day}; the last day cannot come before.",
                                      f"नियुक्ति {row.from_day} से है; अंतिम दिन उससे पहले का नहीं हो सकता।"))  # fmt: skip
        row.to_day = form.to_day
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        row.save(update_fields=["to_day", "edited_ms"])
        _about(act, row)


def _about(act: Action, row: Appointment) -> None:
    name = f"{row.person.name}, {row.designation_en}"
    act.about("appointment", row.id, name, jurisdiction=row.jurisdiction.path, agency=row.agency_id or "")


def _for_edit(actor: Actor, appointment_id: UUID) -> Appointment:
    """Raises Problem 403 for whoever manages nothing or not this area, 404 for what is out of sight."""
    actor.require(reach.MANAGE)
    people_selectors.appointment(actor, appointment_id)
    rows = Appointment.objects.select_for_update(of=("self",))
    row = rows.select_related("office", "rank", "jurisdiction", "person").get(id=appointment_id)
    reach.require_manage(actor, row.jurisdiction.path, row.agency_id)
    return row


def _refuse_low_rank(office: Office, rank: Rank, day: dt.date) -> None:
    """Raises Problem 422 naming rule and order."""
    if not office.nodal:
        return
    least = Rank.objects.filter(code=rules.value(laws.LEAST_RANK, day)).first()
    if least is None or rank.level >= least.level:
        return
    source = laws.source_of(laws.LEAST_RANK, day)
    raise invalid(rank=text(
        f"A nodal officer has to be of the rank {least.name_en} or above (rule nodal_least_rank; {source}); "
        f"{rank.name_en} is below it. Choose another officer, or have the rule changed.",
        f"नोडल अधिकारी का पद कम से कम {least.name_hi} होना चाहिए (नियम nodal_least_rank; {source}); {rank.name_hi} "
        f"उससे नीचे है। दूसरे अधिकारी चुनें, या नियम बदलवाएँ।"))  # fmt: skip


def _make_room(actor: Actor, row: Appointment, *, relieve: bool) -> list[str]:
    """Names of those relieved. Raises Problem 409 when somebody holds the office on any of the days."""
    held = Appointment.objects.select_for_update(of=("self",)).filter(
        office=row.office, jurisdiction=row.jurisdiction, agency_id=row.agency_id, department_id=row.department_id
    )
    if row.to_day is not None:
        held = held.filter(from_day__lte=row.to_day)
    overlapping = [
        one
        for one in held.select_related("person").order_by("from_day")
        if one.to_day is None or one.to_day >= row.from_day
    ]
    for one in overlapping:
        if not relieve or one.from_day >= row.from_day:
            until_en = f" until {one.to_day}" if one.to_day else ""
            until_hi = f" {one.to_day} तक" if one.to_day else ""
            raise conflict("office_held",
                           f"{one.person.name} holds this office there from {one.from_day}{until_en}. "
                           "Relieve them first, or choose to relieve them with this appointment.",
                           f"{one.person.name} वहाँ {one.from_day} से{until_hi} इस पद पर हैं। "
                           "पहले उन्हें कार्यमुक्त करें, या इसी नियुक्ति के साथ कार्यमुक्त करना चुनें।")  # fmt: skip
    for one in overlapping:
        one.to_day = row.from_day - dt.timedelta(days=1)
        one.edited_ms = max(now_ms(), one.edited_ms + 1)
        one.save(update_fields=["to_day", "edited_ms"])
    return [one.person.name for one in overlapping]


def _seal(row: Appointment, mobile: str | None, mail: str | None) -> None:
    key = settings.CONFIG.sealing_key()
    if mobile is not None:
        row.sealed_mobile = sealing.seal(mobile, key, officers.sealing_context(row.id, "mobile")) if mobile else ""
    if mail is not None:
        row.sealed_mail = sealing.seal(mail, key, officers.sealing_context(row.id, "mail")) if mail else ""


def _office(code: str, *, lock: bool = False) -> Office:
    rows = Office.objects.select_for_update() if lock else Office.objects.all()
    found = rows.filter(code=code, active=True).first()
    if found is None:
        raise invalid(office=text(f"There is no {code!r} in this list.", f"इस सूची में {code!r} नहीं है।"))
    return found


def _rank(code: str) -> Rank:
    found = Rank.objects.filter(code=code, active=True).first()
    if found is None:
        raise invalid(rank=text(f"There is no {code!r} in this list.", f"इस सूची में {code!r} नहीं है।"))
    return found


def _agency(code: str) -> Agency:
    return references.agency(code)
