"""What supervisors plan: posts, patterns, the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from prahari.contracts.clock import IST
from prahari.contracts.events import now_ms
from prahari.core import rostering
from prahari.core.ids import uuid7
from prahari.desks.accounts.models import Role, User
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import conflict, invalid, text
from prahari.desks.registry import references
from prahari.desks.registry import selectors as registry
from prahari.desks.shifts import rules, schemas, selectors, telling
from prahari.desks.shifts.choices import NEVER_MS
from prahari.desks.shifts.models import Post, PostCamera, RosterEntry, ShiftPattern

MANAGE = selectors.MANAGE
ENTRIES_MOST = 2_000


def create_post(*, actor: Actor, form: schemas.PostIn) -> UUID:
    """Raises Problem 403, 409 (code used), 422."""
    with action("shift.create_post", actor=actor, reason=form.reason) as act:
        actor.require_in(MANAGE, form.jurisdiction, form.agency)
        if Post.objects.filter(code=form.code).exists():
            raise conflict("code_used", "There is a post with this code.", "इस कोड का डेस्क पहले से है।")
        post = Post(code=form.code)
        _fill_post(actor, post, form)
        post.save(force_insert=True)
        _name_cameras(actor, post, form.cameras)
        telling.about(act, post)
        telling.changed(act, post, "post")
    return post.id


def edit_post(*, actor: Actor, post_id: UUID, form: schemas.PostEdit) -> None:
    """Raises Problem 403, 404, 409 `changed`, 422."""
    with action("shift.edit_post", actor=actor, reason=form.reason) as act:
        seen = selectors.post(actor, post_id, MANAGE)
        post = Post.objects.select_for_update(of=("self",), no_key=True).get(id=post_id)
        if post.version != form.version:
            raise Changed(selectors.post_row(seen))
        actor.require_in(MANAGE, form.jurisdiction, form.agency)
        _fill_post(actor, post, form)
        post.active = form.active
        post.version += 1
        post.save()
        _name_cameras(actor, post, form.cameras)
        telling.about(act, post)
        telling.changed(act, post, "post")


def _fill_post(actor: Actor, post: Post, form: schemas.PostFields) -> None:
    post.name_en, post.name_hi = form.name.en, form.name.hi
    post.jurisdiction_path = references.jurisdiction(form.jurisdiction).path
    post.agency_code = references.agency(form.agency).code
    post.role = None
    if form.role:
        post.role = Role.objects.filter(code=form.role).first()
        if post.role is None:
            raise invalid(role=text("There is no such role.", "ऐसी कोई भूमिका नहीं है।"))
    post.watch_area = ""
    if form.watch_area:
        post.watch_area = references.jurisdiction(form.watch_area, "watch_area").path
        actor.require_in(MANAGE, post.watch_area, form.agency)
    post.edited_ms = now_ms()


def _name_cameras(actor: Actor, post: Post, wanted: Sequence[UUID]) -> None:
    seen = set(registry.cameras_in(actor, registry.VIEW).filter(id__in=wanted).values_list("id", flat=True))
    had = set(PostCamera.objects.filter(post=post).values_list("camera_id", flat=True))
    if unknown := set(wanted) - seen - had:
        raise invalid(cameras=text(f"{len(unknown)} of these cameras are not in your area.",
                                   f"इनमें से {len(unknown)} कैमरे आपके क्षेत्र में नहीं हैं।"))  # fmt: skip
    PostCamera.objects.filter(post=post).exclude(camera__in=wanted).delete()
    PostCamera.objects.bulk_create(
        PostCamera(post=post, camera_id=one) for one in dict.fromkeys(wanted) if one not in had
    )


def create_pattern(*, actor: Actor, form: schemas.PatternIn) -> UUID:
    with action("shift.create_pattern", actor=actor, reason=form.reason) as act:
        actor.require_in(MANAGE, form.jurisdiction, form.agency)
        pattern = ShiftPattern()
        _fill_pattern(pattern, form)
        pattern.save(force_insert=True)
        _about_pattern(act, pattern)
    return pattern.id


def edit_pattern(*, actor: Actor, pattern_id: UUID, form: schemas.PatternEdit) -> None:
    """Rosters made from it stay as they are. Raises Problem 403, 404, 409 `changed`, 422."""
    with action("shift.edit_pattern", actor=actor, reason=form.reason) as act:
        selectors.pattern(actor, pattern_id, MANAGE)
        pattern = ShiftPattern.objects.select_for_update().get(id=pattern_id)
        if pattern.version != form.version:
            raise Changed(selectors.pattern_row(pattern))
        actor.require_in(MANAGE, form.jurisdiction, form.agency)
        _fill_pattern(pattern, form)
        pattern.active = form.active
        pattern.version += 1
        pattern.save()
        _about_pattern(act, pattern)


def _fill_pattern(pattern: ShiftPattern, form: schemas.PatternFields) -> None:
    pattern.name_en, pattern.name_hi = form.name.en, form.name.hi
    pattern.jurisdiction_path = references.jurisdiction(form.jurisdiction).path
    pattern.agency_code = references.agency(form.agency).code
    if any(which is not None and which >= len(form.turns) for which in form.cycle) or set(form.cycle) == {None}:
        raise invalid(cycle=text("Each day is one of the turns or free, and not all are free.",
                                 "हर दिन कोई पाली या अवकाश हो, और सब अवकाश न हों।"))  # fmt: skip
    pattern.turns = [one.dict() for one in form.turns]
    pattern.cycle = form.cycle
    pattern.edited_ms = now_ms()


def _about_pattern(act: Action, pattern: ShiftPattern) -> None:
    act.about("shift pattern", pattern.id, pattern.name_en, jurisdiction=pattern.jurisdiction_path,
              agency=pattern.agency_code)  # fmt: skip


def lay_out(*, actor: Actor, form: schemas.LayOutIn) -> dict[str, Any]:
    """ShiftLaidOut: turns of a pattern for people at a post, as drafts; `keep` False only shows them.

    A turn that stands in the roster already is not made twice. Raises Problem 403, 404, 422.
    """
    post = selectors.post(actor, form.post, MANAGE)
    pattern = selectors.pattern(actor, form.pattern)
    people = _people(post, [one.person for one in form.people])
    turns = [rostering.Turn(_minutes(one["start"]), one["minutes"]) for one in pattern.turns]
    begins = [one.begin for one in form.people]
    laid = rostering.lay_out(pattern.cycle, turns, begins, form.first, form.weeks * 7, IST)
    if len(laid) > ENTRIES_MOST:
        raise invalid(
            weeks=text(f"That makes more than {ENTRIES_MOST} entries.", f"इससे {ENTRIES_MOST} से अधिक प्रविष्टियाँ बनेंगी।")
        )
    now = now_ms()
    made = [
        RosterEntry(
            id=uuid7(), post=post, person=people[form.people[who].person], pattern=pattern, from_ms=from_ms,
            to_ms=to_ms,
            turn_en=pattern.turns[which]["name"]["en"], turn_hi=pattern.turns[which]["name"]["hi"], edited_ms=now,
        )
        for who, which, from_ms, to_ms in laid
    ]  # fmt: skip
    standing = set(
        RosterEntry.objects.filter(post=post, cancelled_ms__isnull=True, from_ms__in={one.from_ms for one in made})
        .values_list("person_id", "from_ms")
    )  # fmt: skip
    fresh = [one for one in made if (one.person_id, one.from_ms) not in standing]
    found = selectors.clashes_around(fresh, rules.limits())
    if form.keep:
        with action("shift.lay_out", actor=actor) as act:
            RosterEntry.objects.bulk_create(fresh, ignore_conflicts=True)
            telling.about(act, post)
            act.details(entries=len(fresh), weeks=form.weeks, pattern=str(pattern.id))
            telling.changed(act, post, "roster")
    return {
        "items": [selectors.entry_row(one) for one in fresh],
        "clashes": [selectors.clash_row(one) for one in found],
        "standing": len(made) - len(fresh),
        "kept": form.keep,
    }


def add_entry(*, actor: Actor, form: schemas.EntryIn) -> RosterEntry:
    """Raises Problem 403, 404, 409 (twice), 422."""
    with action("shift.add_entry", actor=actor) as act:
        post = selectors.post(actor, form.post, MANAGE)
        person = _people(post, [form.person])[form.person]
        one = RosterEntry(post=post, person=person, from_ms=form.from_ms, to_ms=form.to_ms, note=form.note,
                          edited_ms=now_ms())  # fmt: skip
        _write(act, one, new=True)
    return one


def edit_entry(*, actor: Actor, entry_id: UUID, form: schemas.EntryEdit) -> RosterEntry:
    """One that is published is changed with a reason, and is told of. Raises Problem 403, 404, 409 `changed`, 422."""
    with action("shift.edit_entry", actor=actor, reason=form.reason) as act:
        one = _for_change(actor, entry_id, form.version, form.reason)
        one.person = _people(one.post, [form.person])[form.person]
        one.from_ms, one.to_ms, one.note = form.from_ms, form.to_ms, form.note
        if one.published_ms is not None:
            one.next_ms = one.from_ms if one.to_ms > now_ms() else NEVER_MS
            one.level, one.came = 0, ""
        _write(act, one)
    return one


def cancel_entry(*, actor: Actor, entry_id: UUID, form: schemas.EntryCancel) -> None:
    """A draft is deleted; one that was published stays, as cancelled. Raises Problem 403, 404, 409, 422."""
    with action("shift.cancel_entry", actor=actor, reason=form.reason) as act:
        one = _for_change(actor, entry_id, form.version, form.reason)
        telling.about(act, one.post)
        act.details(person=str(one.person_id), from_ms=one.from_ms)
        if one.published_ms is None:
            one.delete()
        else:
            one.cancelled_ms, one.next_ms = now_ms(), NEVER_MS
            one.version += 1
            one.save()
        telling.changed(act, one.post, "roster")


def publish(*, actor: Actor, form: schemas.PublishIn) -> dict[str, Any]:
    """ShiftPublished: drafts of a window become what counts. What rest rules speak against needs a reason; one person
    at two places cannot be published. Raises Problem 403, 409 `clashes`, 422."""
    selectors.window(form.from_ms, form.to_ms, selectors.ROSTER_DAYS_MOST)
    with action("shift.publish", actor=actor, reason=form.reason) as act:
        drafts = list(
            selectors.entries_in(actor, MANAGE).select_for_update(of=("self",)).filter(
                published_ms__isnull=True, from_ms__gte=form.from_ms, from_ms__lt=form.to_ms
            )
        )  # fmt: skip
        found = selectors.clashes_around(drafts, rules.limits())
        if any(one.forbids for one in found):
            raise conflict("clashes", "Somebody is at two posts at once. Mend that first.",
                           "कोई व्यक्ति एक साथ दो डेस्कों पर है। पहले उसे ठीक करें।")  # fmt: skip
        if found and len(form.reason) < 3:
            raise invalid(reason=text(
                f"{len(found)} things speak against this roster. Say why it is to count all the same.",
                f"इस सूची में {len(found)} आपत्तियाँ हैं। फिर भी लागू करने का कारण लिखें।",
            ))  # fmt: skip
        now = now_ms()
        for one in drafts:
            one.published_ms = one.edited_ms = now
            one.next_ms = one.from_ms if one.to_ms > now else NEVER_MS
            one.version += 1
        RosterEntry.objects.bulk_update(drafts, ["published_ms", "edited_ms", "next_ms", "version"])
        of_posts = Counter(one.post for one in drafts)
        act.about("roster", f"{form.from_ms}-{form.to_ms}", f"{len(drafts)}")
        act.details(clashes=dict(Counter(one.kind for one in found)))
        for at, post in enumerate(of_posts):
            telling.about(act, post, also=at > 0)
            telling.changed(act, post, "roster")
    return {"published": len(drafts), "clashes": len(found)}


def _for_change(actor: Actor, entry_id: UUID, version: int, reason: str) -> RosterEntry:
    selectors.entry(actor, entry_id)
    one = RosterEntry.objects.select_for_update(of=("self",)).select_related("post__role", "person").get(id=entry_id)
    if one.version != version:
        raise Changed(selectors.entry_row(one))
    if one.cancelled_ms is not None:
        raise conflict("cancelled", "This entry was cancelled.", "यह प्रविष्टि रद्द हो चुकी है।")
    if one.published_ms is not None and len(reason) < 3:
        raise invalid(reason=text("It is published: say why.", "यह प्रकाशित है: कारण लिखें।"))
    return one


def _write(act: Action, one: RosterEntry, new: bool = False) -> None:
    if one.to_ms - one.from_ms > 36 * 3_600_000 or one.to_ms <= one.from_ms:
        raise invalid(to_ms=text("A turn ends after it begins, within 36 hours.",
                                 "पाली आरम्भ के बाद, 36 घंटे के भीतर समाप्त हो।"))  # fmt: skip
    one.version += 0 if new else 1
    one.edited_ms = now_ms()
    try:
        with transaction.atomic():
            one.save(force_insert=new)
    except IntegrityError:
        raise conflict("twice", "This turn stands in the roster already.",
                       "यह पाली सूची में पहले से है।") from None  # fmt: skip
    telling.about(act, one.post)
    act.details(person=str(one.person_id), from_ms=one.from_ms)
    telling.changed(act, one.post, "roster")


def _people(post: Post, wanted: Sequence[UUID]) -> dict[UUID, User]:
    """Raises Problem 422 when one of them may not sit there."""
    found = {person.id: person for person in selectors.may_sit(post).filter(id__in=wanted)}
    if missing := set(wanted) - set(found):
        name = User.objects.filter(id__in=missing).values_list("name", flat=True).first() or "?"
        raise invalid(person=text(f"{name} may not sit at this post.", f"{name} इस डेस्क पर नहीं बैठ सकते।"))
    return found


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)
