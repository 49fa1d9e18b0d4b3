"""Being at a post: signing on, breaks, handing over, signing off. A post's row is held while any of it is written, so
two who sign on at once are told of each other."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.common import rules as dated
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, not_found, text
from prahari.desks.shifts import posts, rules, selectors, telling
from prahari.desks.shifts.choices import NEVER_MS, Came, DutyState, Ended, HandoverState
from prahari.desks.shifts.models import Duty, DutyBreak, Post, RosterEntry, ShiftHandover

MINUTE_MS = 60_000


def sign_on(*, actor: Actor, post_id: UUID, key: UUID) -> Duty:
    """At the post from now on; beside the one who is there, to take over from them. The same key signs on once.

    Raises Problem 403, 404, 409 (signed on already; somebody else is taking over).
    """
    with action("shift.sign_on", actor=actor) as act, _held(act, actor, post_id) as post:
        known = Duty.objects.filter(key=key, person_id=actor.id).first()
        return known or _begin(act, actor, post, key)


def items_of(actor: Actor, duty_id: UUID) -> list[posts.Item]:
    """What would be handed over now. Raises Problem 403, 404."""
    duty = _own(actor, duty_id)
    return posts.open_items(actor, duty.post, duty.person_id)


def offer(*, actor: Actor, duty_id: UUID, note: str) -> ShiftHandover:
    """Hand over to whoever comes next: a note, and everything that is open here now. Raises Problem 403, 404, 409."""
    duty = _own(actor, duty_id)
    with action("shift.hand_over", actor=actor) as act, _held(act, actor, duty.post_id) as post:
        duty = _still(duty, DutyState.ON)
        if ShiftHandover.objects.filter(post=post, state=HandoverState.OFFERED).exists():
            raise conflict("offered", "You have handed over already. Take that back to write another note.",
                           "आप कार्यभार सौंप चुके हैं। नई टिप्पणी के लिए पहले उसे वापस लें।")  # fmt: skip
        items = posts.open_items(actor, post, duty.person_id)
        made = ShiftHandover.objects.create(post=post, from_duty=duty, note=note, items=items, offered_ms=now_ms())
        act.details(handover=str(made.id), items=len(items))
        telling.changed(act, post, "handover_offered")
    return made


def withdraw(*, actor: Actor, handover_id: UUID) -> None:
    """By whoever gave it, before it is accepted. Raises Problem 403, 404, 409."""
    found = selectors.handover(actor, handover_id)
    if found.from_duty.person_id != actor.id:
        raise _not_yours()
    with action("shift.withdraw_handover", actor=actor) as act, _held(act, actor, found.post_id) as post:
        given = _offered(found)
        given.state, given.answered_ms = HandoverState.WITHDRAWN, now_ms()
        given.save()
        telling.changed(act, post, "handover_withdrawn")


def accept(*, actor: Actor, handover_id: UUID, remark: str, key: UUID) -> Duty:
    """The next takes over: the post is theirs, the other's duty ends. Signs on whoever is not yet.

    Raises Problem 403, 404, 409 (withdrawn, accepted by another; on duty elsewhere), 422.
    """
    found = selectors.handover(actor, handover_id)
    if found.from_duty.person_id == actor.id:
        raise conflict("own", "Somebody else has to take over from you.", "कार्यभार आपसे कोई दूसरा ही ले सकता है।")
    with action("shift.accept_handover", actor=actor) as act, _held(act, actor, found.post_id) as post:
        given = _offered(found)
        own = selectors.duty_of(actor)
        if own is not None and own.post_id != post.id:
            raise _on_duty_elsewhere(own)
        taking = Duty.objects.get(id=own.id) if own is not None else _begin(act, actor, post, key)
        now = now_ms()
        leaving = Duty.objects.get(id=given.from_duty_id)
        _end(leaving, Ended.HANDED_OVER, now)
        _take(taking, now)
        given.state, given.to_duty, given.remark, given.answered_ms = HandoverState.ACCEPTED, taking, remark, now
        given.save()
        act.details(handover=str(given.id), taken_from=str(leaving.person_id))
        telling.changed(act, post, "handed_over")
    return taking


def sign_off(*, actor: Actor, duty_id: UUID, reason: str) -> None:
    """Leave without handing over, with a reason; whoever came to take over has the post then.

    Raises Problem 403, 404, 409, 422.
    """
    duty = _own(actor, duty_id)
    with action("shift.sign_off", actor=actor, reason=reason) as act, _held(act, actor, duty.post_id) as post:
        duty = _still(duty)
        if duty.state == DutyState.ON and len(reason) < 3:
            raise invalid(reason=text("Say why you leave without handing over.",
                                      "बिना कार्यभार सौंपे जाने का कारण लिखें।"))  # fmt: skip
        _leave(duty, Ended.SIGNED_OFF, reason)
        telling.changed(act, post, "signed_off")


def relieve(*, actor: Actor, duty_id: UUID, reason: str) -> None:
    """A supervisor ends somebody's duty: forgotten, or taken ill. Raises Problem 403, 404, 409."""
    actor.require(selectors.MANAGE)
    duty = Duty.objects.select_related("post").filter(id=duty_id).first()
    if duty is None or not actor.may(selectors.MANAGE, duty.post.jurisdiction_path, duty.post.agency_code):
        raise _no_duty()
    with action("shift.relieve", actor=actor, reason=reason) as act, _held(act, actor, duty.post_id, sit=False) as post:
        duty = _still(duty)
        _leave(duty, Ended.RELIEVED, reason)
        act.details(person=str(duty.person_id))
        telling.changed(act, post, "relieved")


def begin_break(*, actor: Actor, duty_id: UUID, cover: UUID) -> None:
    """Away for a while; `cover` answers for the post. Raises Problem 403, 404, 409, 422."""
    duty = _own(actor, duty_id)
    with action("shift.break", actor=actor) as act, _held(act, actor, duty.post_id) as post:
        duty = _still(duty, DutyState.ON)
        if duty.breaks.filter(to_ms__isnull=True).exists():
            raise conflict("away", "You are on a break already.", "आप पहले से विराम पर हैं।")
        person = selectors.may_sit(post).filter(id=cover).exclude(id=actor.id).first()
        if person is None:
            raise invalid(cover=text("This person may not sit at this post.",
                                     "यह व्यक्ति इस डेस्क पर नहीं बैठ सकता।"))  # fmt: skip
        if DutyBreak.objects.filter(duty__person=person, to_ms__isnull=True).exists():
            raise invalid(cover=text("This person is on a break.", "यह व्यक्ति स्वयं विराम पर है।"))
        DutyBreak.objects.create(duty=duty, cover=person, from_ms=now_ms())
        act.details(cover=str(person.id))
        telling.changed(act, post, "break")


def end_break(*, actor: Actor, duty_id: UUID) -> None:
    """Back at the post. Raises Problem 403, 404, 409."""
    duty = _own(actor, duty_id)
    with action("shift.back", actor=actor) as act, _held(act, actor, duty.post_id) as post:
        duty = _still(duty)
        if not duty.breaks.filter(to_ms__isnull=True).update(to_ms=now_ms()):
            raise conflict("not_away", "You are not on a break.", "आप विराम पर नहीं हैं।")
        telling.changed(act, post, "back")


def next_check_ms(now: int) -> int:
    """When somebody is asked the next time whether they are at the desk: drawn by chance between the rules' bounds."""
    most = dated.value(rules.CHECK_MOST_MINUTES)
    if most is None:
        return NEVER_MS
    least = min(dated.value(rules.CHECK_LEAST_MINUTES), most)
    return now + least * MINUTE_MS + secrets.randbelow((most - least) * MINUTE_MS + 1)


@contextmanager
def _held(act: Action, actor: Actor, post_id: UUID, sit: bool = True) -> Iterator[Post]:
    """The post's row, and the actor's own: whoever signs on at two posts at once does one after the other.

    sit: the actor must be somebody who may be there. Raises Problem 403, 404.
    """
    User.objects.select_for_update(of=("self",), no_key=True).filter(id=actor.id).first()
    selectors.post(actor, post_id, selectors.VIEW if sit else selectors.MANAGE)
    post = Post.objects.select_for_update(of=("self",), no_key=True).select_related("role").get(id=post_id)
    telling.about(act, post)
    if sit and not selectors.may_sit(post).filter(id=actor.id).exists():
        raise Problem(403, "may_not_sit", "Your role does not allow you to sit at this post.",
                      "आपकी भूमिका इस डेस्क पर बैठने की अनुमति नहीं देती।")  # fmt: skip
    yield post


def _begin(act: Action, actor: Actor, post: Post, key: UUID) -> Duty:
    if not post.active:
        raise conflict("not_active", "This post is not in use.", "यह डेस्क उपयोग में नहीं है।")
    own = selectors.duty_of(actor)
    if own is not None:
        raise _on_duty_elsewhere(own)
    there = {one.state: one for one in Duty.objects.filter(post=post, to_ms__isnull=True).select_related("person")}
    if DutyState.INCOMING in there:
        name = there[DutyState.INCOMING].person.name
        raise conflict("taken_over", f"{name} is taking over here already.", f"{name} यहाँ पहले से कार्यभार ले रहे हैं।")
    now = now_ms()
    duty = Duty(key=key, post=post, person_id=actor.id, roster=_turn(actor, post, now), from_ms=now,
                state=DutyState.INCOMING)  # fmt: skip
    if DutyState.ON not in there:
        duty.state, duty.on_ms, duty.next_check_ms = DutyState.ON, now, next_check_ms(now)
    duty.save(force_insert=True)
    telling.changed(act, post, "signed_on", person=str(actor.id))
    return duty


def _turn(actor: Actor, post: Post, now: int) -> RosterEntry | None:
    """The turn of the roster that somebody signs on for, marked as come to."""
    early_ms = dated.value(rules.EARLY_MINUTES) * MINUTE_MS
    found = RosterEntry.objects.filter(
        post=post, person_id=actor.id, published_ms__isnull=False, cancelled_ms__isnull=True, to_ms__gt=now,
        from_ms__lte=now + early_ms,
    ).order_by("from_ms").first()  # fmt: skip
    if found is not None and found.came in (Came.NOT_YET, Came.ABSENT):
        late = now > found.from_ms + dated.value(rules.LATE_MINUTES) * MINUTE_MS
        found.came, found.next_ms = (Came.LATE if late else Came.ON_TIME), NEVER_MS
        found.save(update_fields=["came", "next_ms"])
    elif found is not None:
        RosterEntry.objects.filter(id=found.id).update(next_ms=NEVER_MS)
    return found


def _take(duty: Duty, now: int) -> None:
    duty.state, duty.next_check_ms = DutyState.ON, next_check_ms(now)
    duty.on_ms = duty.on_ms or now
    duty.save()


def _leave(duty: Duty, how: Ended, reason: str) -> None:
    now = now_ms()
    ShiftHandover.objects.filter(from_duty=duty, state=HandoverState.OFFERED).update(
        state=HandoverState.WITHDRAWN, answered_ms=now
    )
    was_on = duty.state == DutyState.ON
    _end(duty, how, now, reason)
    following = Duty.objects.filter(post_id=duty.post_id, state=DutyState.INCOMING).first() if was_on else None
    if following is not None:
        _take(following, now)


def _end(duty: Duty, how: Ended, now: int, reason: str = "") -> None:
    duty.breaks.filter(to_ms__isnull=True).update(to_ms=now)
    duty.state, duty.to_ms, duty.ended, duty.reason = DutyState.OFF, now, how, reason
    duty.next_check_ms = NEVER_MS
    duty.save()


def _own(actor: Actor, duty_id: UUID) -> Duty:
    actor.require(selectors.VIEW)
    found = Duty.objects.filter(id=duty_id, person_id=actor.id).first()
    if found is None:
        raise _no_duty()
    return found


def _still(duty: Duty, *states: DutyState) -> Duty:
    """As it is now that the post is held."""
    fresh = Duty.objects.get(id=duty.id)
    if fresh.to_ms is not None or (states and fresh.state not in states):
        raise conflict("not_on", "You are not on duty at this post any more.",
                       "आप अब इस डेस्क पर ड्यूटी पर नहीं हैं।")  # fmt: skip
    return fresh


def _offered(found: ShiftHandover) -> ShiftHandover:
    fresh = ShiftHandover.objects.get(id=found.id)
    if fresh.state != HandoverState.OFFERED:
        raise conflict("answered", "This hand-over was accepted or taken back meanwhile.",
                       "यह कार्यभार इस बीच स्वीकार हो गया या वापस ले लिया गया।")  # fmt: skip
    return fresh


def _on_duty_elsewhere(own: Duty) -> Problem:
    return conflict("on_duty", f"You are on duty at {own.post.name_en} already.",
                    f"आप पहले से {own.post.name_hi} पर ड्यूटी पर हैं।")  # fmt: skip


def _no_duty() -> Problem:
    return not_found("There is no such duty.", "ऐसी कोई ड्यूटी नहीं है।")


def _not_yours() -> Problem:
    return Problem(403, "not_yours", "Only whoever handed over can take it back.",
                   "केवल सौंपने वाला ही इसे वापस ले सकता है।")  # fmt: skip
