"""Calling, holding and closing review meetings; what became of their decisions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Agency, Centre, Jurisdiction, User
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, text
from prahari.desks.programme import tasks_actions
from prahari.desks.registry.models import Department
from prahari.desks.reports import agenda, meeting_selectors, minutes, snapshot
from prahari.desks.reports import schemas_meetings as s
from prahari.desks.reports.choices import Attendance, DecisionState, MeetingState
from prahari.desks.reports.meeting_selectors import MANAGE
from prahari.desks.reports.models import Decision, Invitation, Meeting

DECISIONS_MOST = 200
INVITED_MOST = 100


def create(*, actor: Actor, form: s.ReviewMeetingIn) -> Meeting:
    """Call a meeting; it follows the latest of the same area. Raises Problem 403, 422."""
    with action("meeting.create", actor=actor) as act:
        actor.require(MANAGE)
        area = Jurisdiction.objects.defer("boundary").filter(path=form.jurisdiction).first()
        if area is None:
            raise invalid(jurisdiction=text("There is no such area.", "ऐसा कोई क्षेत्र नहीं है।"))
        if form.agency and not Agency.objects.filter(code=form.agency).exists():
            raise invalid(agency=text("There is no such agency.", "ऐसी कोई एजेंसी नहीं है।"))
        actor.require_in(MANAGE, area.path, form.agency)
        Centre.objects.select_for_update().get(pk=1)  # numbers and followers are given one at a time
        now = now_ms()
        meeting = Meeting.objects.create(
            number=_number(), jurisdiction=area, jurisdiction_path=area.path, agency_code=form.agency,
            title_en=form.title.en, title_hi=form.title.hi, starts_ms=form.starts_ms, place=form.place,
            chair_name=form.chair_name, chair_post_en=form.chair_post.en, chair_post_hi=form.chair_post.hi,
            follows=meeting_selectors.before(area.path, form.agency), created_by_id=actor.id, created_ms=now,
            edited_ms=now,
        )  # fmt: skip
        for sort, code in enumerate(dict.fromkeys(form.departments)):
            department = _department(code, "departments")
            Invitation.objects.create(
                meeting=meeting,
                department=department,
                name_en=department.name_en,
                name_hi=department.name_hi,
                sort=sort,
            )
        _about(act, meeting)
    return meeting


def _number() -> str:
    """RM-2026-007: the seventh of the year."""
    year = local_day().year
    return f"RM-{year}-{Meeting.objects.filter(number__startswith=f'RM-{year}-').count() + 1:03d}"


def edit(*, actor: Actor, meeting_id: UUID, form: s.ReviewMeetingEdit) -> None:
    """Raises Problem 403, 404, 409 (saved meanwhile, minutes signed), 422."""
    with action("meeting.edit", actor=actor) as act:
        meeting = _open(actor, meeting_id)
        _fresh(meeting.edited_ms, form.edited_ms)
        given = form.dict(exclude_unset=True)
        for name in ("title", "chair_post", "remarks"):
            if given.get(name) is not None:
                setattr(meeting, f"{name}_en", given[name]["en"])
                setattr(meeting, f"{name}_hi", given[name]["hi"])
        for name in ("starts_ms", "place", "chair_name"):
            if given.get(name) is not None:
                setattr(meeting, name, given[name])
        if "next_on" in given:
            if form.next_on is not None and form.next_on <= local_day(meeting.starts_ms):
                raise invalid(next_on=text("The next meeting comes after this one.", "अगली बैठक इस बैठक के बाद होती है।"))
            meeting.next_on = form.next_on
        _save(meeting)
        _about(act, meeting)


def begin(*, actor: Actor, meeting_id: UUID, form: s.ReviewStepIn) -> None:
    """The agenda is kept as it is at this moment. Raises Problem 403, 404, 409."""
    with action("meeting.begin", actor=actor) as act:
        meeting = _in_state(actor, meeting_id, MeetingState.PLANNED)
        _fresh(meeting.edited_ms, form.edited_ms)
        meeting.agenda = agenda.build(meeting)
        meeting.state, meeting.began_ms = MeetingState.BEGUN, now_ms()
        _save(meeting)
        _about(act, meeting)
        act.details(agenda_sha256=snapshot.digest(meeting.agenda))


def end(*, actor: Actor, meeting_id: UUID, form: s.ReviewStepIn) -> None:
    """Those who were called and did not come are absent. Raises Problem 403, 404, 409."""
    with action("meeting.end", actor=actor) as act:
        meeting = _in_state(actor, meeting_id, MeetingState.BEGUN)
        _fresh(meeting.edited_ms, form.edited_ms)
        for one in meeting.invitations.filter(attendance=Attendance.INVITED):
            one.attendance = Attendance.ABSENT
            one.save(update_fields=["attendance"])
        meeting.state, meeting.ended_ms = MeetingState.ENDED, now_ms()
        _save(meeting)
        _about(act, meeting)


def sign(*, actor: Actor, meeting_id: UUID, form: s.ReviewStepIn) -> None:
    """Sign the minutes for the chair: they are fixed, each decision becomes a task. Raises Problem 403, 404, 409."""
    with action("meeting.sign", actor=actor) as act:
        meeting = _in_state(actor, meeting_id, MeetingState.ENDED)
        _fresh(meeting.edited_ms, form.edited_ms)
        meeting.signed_ms, meeting.signed_by = now_ms(), User.objects.get(id=actor.id)
        meeting.minutes = minutes.content(meeting)
        meeting.minutes_sha256 = snapshot.digest(meeting.minutes)
        meeting.state = MeetingState.SIGNED
        _save(meeting)
        for one in meeting.decisions.filter(state=DecisionState.OPEN):
            tasks_actions.ensure_task(
                actor=actor, key=_task_key(one.id), kind="decision", title_en=one.text_en or one.text_hi,
                title_hi=one.text_hi or one.text_en, details=f"{meeting.number}/{one.number}",
                jurisdiction=meeting.jurisdiction_path, agency=meeting.agency_code, due_day=one.due_on,
                person_id=one.person_id, about=("decision", str(one.id)),
            )  # fmt: skip
        _about(act, meeting)
        act.details(minutes_sha256=meeting.minutes_sha256)


def cancel(*, actor: Actor, meeting_id: UUID, reason: str) -> None:
    """Raises Problem 403, 404, 409 (it has begun)."""
    with action("meeting.cancel", actor=actor, reason=reason) as act:
        meeting = _in_state(actor, meeting_id, MeetingState.PLANNED)
        meeting.state, meeting.follows = MeetingState.CANCELLED, None
        _save(meeting)
        _about(act, meeting)


def invite(*, actor: Actor, meeting_id: UUID, form: s.ReviewInvitationIn) -> Invitation:
    """Raises Problem 403, 404, 409, 422."""
    with action("meeting.invite", actor=actor) as act:
        meeting = _open(actor, meeting_id)
        count = meeting.invitations.count()
        if count >= INVITED_MOST:
            raise conflict("too_many", f"At most {INVITED_MOST} are invited.", f"अधिकतम {INVITED_MOST} आमंत्रित।")
        if form.department:
            department = _department(form.department, "department")
            if meeting.invitations.filter(department=department).exists():
                raise conflict("invited", "This department is invited already.", "यह विभाग पहले से आमंत्रित है।")
            made = Invitation(department=department, name_en=department.name_en, name_hi=department.name_hi)
        else:
            en, hi = (form.name.en, form.name.hi) if form.name else ("", "")
            if not (en or hi):
                raise invalid(name=text("A department or a name is needed.", "विभाग या नाम आवश्यक है।"))
            made = Invitation(name_en=en or hi, name_hi=hi or en)
        made.meeting, made.sort = meeting, count
        made.save(force_insert=True)
        _about(act, meeting)
        act.details(invited=made.name_en)
    return made


def mark(*, actor: Actor, invitation_id: UUID, form: s.ReviewInvitationEdit) -> Invitation:
    """Note who came. Raises Problem 403, 404, 409 (not begun yet, minutes signed)."""
    with action("meeting.attendance", actor=actor) as act:
        one = meeting_selectors.invitation(actor, invitation_id)
        meeting = _open(actor, one.meeting_id)
        one = Invitation.objects.select_for_update().get(id=invitation_id)
        if form.attendance is not None:
            if meeting.state == MeetingState.PLANNED and form.attendance != Attendance.INVITED:
                raise conflict("not_begun", "Begin the meeting first; then note who came.",
                               "पहले बैठक प्रारम्भ करें; तब उपस्थिति दर्ज करें।")  # fmt: skip
            one.attendance = form.attendance
        if form.person is not None:
            one.person = form.person
        one.save()
        _about(act, meeting)
        act.details(invited=one.name_en, attendance=one.attendance)
    return one


def uninvite(*, actor: Actor, invitation_id: UUID) -> None:
    with action("meeting.uninvite", actor=actor) as act:
        one = meeting_selectors.invitation(actor, invitation_id)
        meeting = _open(actor, one.meeting_id)
        _about(act, meeting)
        act.details(invited=one.name_en)
        one.delete()


def decide(*, actor: Actor, meeting_id: UUID, form: s.ReviewDecisionIn) -> Decision:
    """Note a decision. Raises Problem 403, 404, 409 (not begun, minutes signed), 422."""
    with action("meeting.decide", actor=actor) as act:
        meeting = _open(actor, meeting_id)
        if meeting.state == MeetingState.PLANNED:
            raise conflict("not_begun", "Begin the meeting first; then note its decisions.",
                           "पहले बैठक प्रारम्भ करें; तब निर्णय दर्ज करें।")  # fmt: skip
        last = meeting.decisions.order_by("-number").values_list("number", flat=True).first() or 0
        if last >= DECISIONS_MOST:
            raise conflict("too_many", f"A meeting has at most {DECISIONS_MOST} decisions.",
                           f"एक बैठक में अधिकतम {DECISIONS_MOST} निर्णय।")  # fmt: skip
        now = now_ms()
        made = Decision(meeting=meeting, number=last + 1, created_ms=now, edited_ms=now)
        _fill(made, form.dict())
        made.save(force_insert=True)
        _about(act, meeting)
        act.details(decision=made.number)
    return made


def edit_decision(*, actor: Actor, decision_id: UUID, form: s.ReviewDecisionEdit) -> Decision:
    """Change what was decided, until the minutes are signed. Raises Problem 403, 404, 409, 422."""
    with action("meeting.decision_edit", actor=actor) as act:
        meeting = _open(actor, meeting_selectors.decision(actor, decision_id).meeting_id)
        one = Decision.objects.select_for_update().get(id=decision_id)
        _fresh(one.edited_ms, form.edited_ms)
        _fill(one, form.dict(exclude_unset=True))
        one.edited_ms = max(now_ms(), one.edited_ms + 1)
        one.save()
        _about(act, meeting)
        act.details(decision=one.number)
    return one


def drop_decision(*, actor: Actor, decision_id: UUID) -> None:
    """Take a decision out, until the minutes are signed. Raises Problem 403, 404, 409."""
    with action("meeting.decision_drop", actor=actor) as act:
        one = meeting_selectors.decision(actor, decision_id)
        meeting = _open(actor, one.meeting_id)
        _about(act, meeting)
        act.details(decision=one.number, text=one.text_en or one.text_hi)
        one.delete()


def progress(*, actor: Actor, decision_id: UUID, form: s.ReviewProgressIn) -> Decision:
    """Say what became of a decision, at any time. Raises Problem 403, 404, 409, 422."""
    with action("meeting.decision_progress", actor=actor) as act:
        meeting = meeting_selectors.decision(actor, decision_id).meeting
        one = Decision.objects.select_for_update().get(id=decision_id)
        _fresh(one.edited_ms, form.edited_ms)
        if form.state == DecisionState.DONE and not form.done_note:
            raise invalid(done_note=text("Say what was done.", "क्या किया गया, लिखें।"))
        one.state, one.done_note = form.state, form.done_note
        one.done_on = local_day() if form.state == DecisionState.DONE else None
        one.edited_ms = max(now_ms(), one.edited_ms + 1)
        one.save()
        if one.state == DecisionState.DONE:
            tasks_actions.close_for(actor=actor, key=_task_key(one.id), outcome=one.done_note)
        _about(act, meeting)
        act.details(decision=one.number, state=one.state)
    return one


def _task_key(decision_id: UUID) -> str:
    return f"meeting-decision:{decision_id}"


def _fill(one: Decision, given: dict[str, Any]) -> None:
    if given.get("text") is not None:
        one.text_en, one.text_hi = given["text"]["en"], given["text"]["hi"]
        if not (one.text_en or one.text_hi):
            raise invalid(**{"text.hi": text("Say what was decided.", "निर्णय लिखें।")})
    if "department" in given:
        one.department = _department(given["department"], "department") if given["department"] else None
    if "person_id" in given:
        one.person = _person(given["person_id"])
    if given.get("owner") is not None:
        one.owner_en, one.owner_hi = given["owner"]["en"], given["owner"]["hi"]
    if not (one.owner_en or one.owner_hi):
        if one.person is not None:
            one.owner_en = one.owner_hi = one.person.name
        elif one.department is not None:
            one.owner_en, one.owner_hi = one.department.name_en, one.department.name_hi
    if "due_on" in given:
        one.due_on = given["due_on"]


def _person(person_id: UUID | None) -> User | None:
    if person_id is None:
        return None
    found = User.objects.filter(id=person_id).first()
    if found is None:
        raise invalid(person_id=text("There is no such person.", "ऐसा कोई व्यक्ति नहीं है।"))
    return found


def _department(code: str, field: str) -> Department:
    found = Department.objects.filter(code=code).first()
    if found is None:
        raise invalid(**{field: text("There is no such department.", "ऐसा कोई विभाग नहीं है।")})
    return found


def _locked(actor: Actor, meeting_id: UUID) -> Meeting:
    meeting_selectors.meeting(actor, meeting_id, MANAGE)
    return Meeting.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(id=meeting_id)


def _open(actor: Actor, meeting_id: UUID) -> Meeting:
    """For changes that the chair's signature ends. Raises Problem 403, 404, 409."""
    meeting = _locked(actor, meeting_id)
    if meeting.state == MeetingState.SIGNED:
        raise conflict("minutes_signed", "The minutes are signed; they cannot be changed any more.",
                       "कार्यवृत्त पर हस्ताक्षर हो चुके हैं; अब इसे बदला नहीं जा सकता।")  # fmt: skip
    if meeting.state == MeetingState.CANCELLED:
        raise conflict("cancelled", "This meeting was cancelled. Call a new one.", "यह बैठक निरस्त है। नई बैठक बुलाएँ।")
    return meeting


_NOT_NOW: dict[str, tuple[str, str]] = {
    MeetingState.PLANNED: (
        "This can only be done before the meeting begins.",
        "यह केवल बैठक प्रारम्भ होने से पहले हो सकता है।",
    ),
    MeetingState.BEGUN: ("This can only be done while the meeting is on.", "यह केवल बैठक के दौरान हो सकता है।"),
    MeetingState.ENDED: (
        "End the meeting first; sign its minutes once.",
        "पहले बैठक समाप्त करें; कार्यवृत्त पर एक बार हस्ताक्षर करें।",
    ),
}


def _in_state(actor: Actor, meeting_id: UUID, state: MeetingState) -> Meeting:
    meeting = _locked(actor, meeting_id)
    if meeting.state != state:
        raise Problem(409, "other_state", *_NOT_NOW[state])
    return meeting


def _fresh(now: int, read: int) -> None:
    if now != read:
        raise conflict("edited_meanwhile", "This was saved meanwhile. Load it again, then make your change.",
                       "इसे इस बीच सहेजा गया है। फिर से लोड करें, तब बदलाव करें।")  # fmt: skip


def _save(meeting: Meeting) -> None:
    meeting.edited_ms = max(now_ms(), meeting.edited_ms + 1)
    meeting.save()


def _about(act: Action, meeting: Meeting) -> None:
    act.about(
        "review meeting", meeting.id, meeting.number, jurisdiction=meeting.jurisdiction_path, agency=meeting.agency_code
    )
