"""Posts, patterns, the roster and who is on duty, in the actor's scope."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from prahari.contracts.events import now_ms
from prahari.core import rostering
from prahari.desks.accounts.models import RoleGrant, User
from prahari.desks.common import paging
from prahari.desks.common import rules as dated
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, not_found, text
from prahari.desks.common.scoping import restrict, within
from prahari.desks.programme.officers import covering
from prahari.desks.registry.models import Camera
from prahari.desks.shifts import rules
from prahari.desks.shifts.choices import DutyState, HandoverState
from prahari.desks.shifts.models import Duty, DutyBreak, Post, PostCamera, RosterEntry, ShiftHandover, ShiftPattern

VIEW = "shift.view"
MANAGE = "shift.manage"
DAY_MS = 86_400_000
ROSTER_DAYS_MOST = 62
MUST_WATCH_MOST = 500


# Posts and patterns


def posts_in(actor: Actor, permission: str = VIEW) -> QuerySet[Post]:
    actor.require(permission)
    cameras = PostCamera.objects.select_related("camera").order_by("camera__reg_id")
    found = Post.objects.select_related("role").prefetch_related(Prefetch("cameras", queryset=cameras))
    return restrict(found, actor.scope, permission)


def post(actor: Actor, post_id: UUID, permission: str = VIEW) -> Post:
    """Raises Problem 403, 404."""
    found = posts_in(actor, permission).filter(id=post_id).first()
    if found is None:
        raise not_found("There is no such post in your area.", "आपके क्षेत्र में ऐसा कोई डेस्क नहीं है।")
    return found


def post_row(one: Post) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "code": one.code,
        "name": text(one.name_en, one.name_hi),
        "jurisdiction": one.jurisdiction_path,
        "agency": one.agency_code,
        "role": one.role and {"code": one.role.code, "name": one.role.name},
        "watch_area": one.watch_area,
        "cameras": [camera_named(row.camera) for row in one.cameras.all()],
        "active": one.active,
        "version": one.version,
    }


def camera_named(camera: Camera) -> dict[str, Any]:
    return {"id": str(camera.id), "reg_id": camera.reg_id, "name": text(camera.name_en, camera.name_hi)}


def post_list(actor: Actor) -> dict[str, Any]:
    found = posts_in(actor)
    return whole([post_row(one) for one in found])


def must_watch(one: Post) -> QuerySet[Camera]:
    """Cameras that must be watched from a post, as the register is now."""
    wanted = Q(id__in=PostCamera.objects.filter(post=one).values("camera_id"))
    if one.watch_area:
        wanted |= within(one.watch_area)
    found: QuerySet[Camera] = Camera.objects.filter(wanted, retired_ms__isnull=True).order_by("reg_id")
    return found[:MUST_WATCH_MOST]


def may_sit(one: Post) -> QuerySet[User]:
    """People who may be at a post: one grant of theirs, for its place and agency, holds all that its role may do."""
    needed = [VIEW, *(one.role.permissions if one.role else ())]
    standing = Q(valid_to__isnull=True) | Q(valid_to__gt=timezone.now())
    grants = RoleGrant.objects.filter(
        standing, Q(agency__isnull=True) | Q(agency_id=one.agency_code),
        jurisdiction__path__in=covering(one.jurisdiction_path), role__permissions__contains=needed,
    )  # fmt: skip
    return User.objects.filter(id__in=grants.values("user_id"), locked=False).order_by("name", "id")


def sitters(actor: Actor, post_id: UUID) -> dict[str, Any]:
    """ShiftPeople: who may be at a post, and where each of them is on duty now."""
    one = post(actor, post_id)
    people = list(may_sit(one)[:500])
    now_at = dict(present().filter(person__in=people).values_list("person_id", "post__code"))
    return whole([{**who(person), "on_duty_at": now_at.get(person.id, "")} for person in people])


def who(person: User) -> dict[str, Any]:
    return {"id": str(person.id), "name": person.name}


def whole(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"items": items, "next": None, "total": len(items), "as_of_ms": now_ms()}


def patterns_in(actor: Actor, permission: str = VIEW) -> QuerySet[ShiftPattern]:
    actor.require(permission)
    return restrict(ShiftPattern.objects.all(), actor.scope, permission)


def pattern(actor: Actor, pattern_id: UUID, permission: str = VIEW) -> ShiftPattern:
    found = patterns_in(actor, permission).filter(id=pattern_id).first()
    if found is None:
        raise not_found("There is no such pattern in your area.", "आपके क्षेत्र में ऐसा कोई पाली-क्रम नहीं है।")
    return found


def pattern_row(one: ShiftPattern) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "name": text(one.name_en, one.name_hi),
        "jurisdiction": one.jurisdiction_path,
        "agency": one.agency_code,
        "turns": one.turns,
        "cycle": one.cycle,
        "active": one.active,
        "version": one.version,
    }


def pattern_list(actor: Actor) -> dict[str, Any]:
    return whole([pattern_row(one) for one in patterns_in(actor)])


# The roster


def entries_in(actor: Actor, permission: str = VIEW) -> QuerySet[RosterEntry]:
    """Drafts are seen by those who plan; everybody else sees what is published."""
    actor.require(permission)
    found = RosterEntry.objects.select_related("post", "person")
    seen = restrict(found, actor.scope, permission, "post__jurisdiction_path", "post__agency_code")
    if permission == MANAGE:
        return seen
    drafts = found.none()
    if actor.has(MANAGE):
        drafts = restrict(found, actor.scope, MANAGE, "post__jurisdiction_path", "post__agency_code")
    return seen.filter(Q(published_ms__isnull=False) | Q(id__in=drafts.values("id")))


def entry(actor: Actor, entry_id: UUID, permission: str = MANAGE) -> RosterEntry:
    found = entries_in(actor, permission).filter(id=entry_id).first()
    if found is None:
        raise not_found("There is no such entry of the roster in your area.",
                        "आपके क्षेत्र की ड्यूटी सूची में ऐसी कोई प्रविष्टि नहीं है।")  # fmt: skip
    return found


def entry_row(one: RosterEntry) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "post": one.post.code,
        "post_id": str(one.post_id),
        "person": who(one.person),
        "from_ms": one.from_ms,
        "to_ms": one.to_ms,
        "turn": text(one.turn_en, one.turn_hi),
        "note": one.note,
        "published": one.published_ms is not None,
        "cancelled": one.cancelled_ms is not None,
        "came": one.came,
        "told": one.told,
        "version": one.version,
    }


def window(from_ms: int, to_ms: int, days: int) -> None:
    """Raises Problem 422 for a window that is empty or too long."""
    if not from_ms < to_ms <= from_ms + days * DAY_MS:
        raise invalid(to_ms=text(f"Choose from a moment to a later one, {days} days at most.",
                                 f"एक समय से बाद के समय तक चुनें, अधिकतम {days} दिन।"))  # fmt: skip


def roster(actor: Actor, from_ms: int, to_ms: int) -> dict[str, Any]:
    """ShiftRoster: what the actor sees of a window, and what speaks against it. Cancelled entries are left out."""
    window(from_ms, to_ms, ROSTER_DAYS_MOST)
    found = list(
        entries_in(actor).filter(from_ms__lt=to_ms, to_ms__gt=from_ms, cancelled_ms__isnull=True).order_by(
            "from_ms", "post__code", "id"
        )
    )  # fmt: skip
    limits = rules.limits()
    return {
        "items": [entry_row(one) for one in found],
        "clashes": [clash_row(one) for one in clashes_around(found, limits)],
        "limits": {"rest_hours": limits.rest_hours, "longest_hours": limits.longest_hours,
                   "week_hours": limits.week_hours},
        "may_manage": actor.has(MANAGE),
        "as_of_ms": now_ms(),
    }  # fmt: skip


def clash_row(one: rostering.Clash) -> dict[str, Any]:
    return {"kind": one.kind, "entries": list(one.stints), "hours": one.hours, "forbids": one.forbids}


def stint(one: RosterEntry) -> rostering.Stint:
    return rostering.Stint(str(one.id), str(one.person_id), str(one.post_id), one.from_ms, one.to_ms)


def clashes_around(entries: Iterable[RosterEntry], limits: rostering.Limits) -> list[rostering.Clash]:
    """What speaks against these entries, together with a week of the same people and posts on either side: somebody's
    week does not end where a page does. Only clashes that these entries have a part in."""
    given = {one.id: one for one in entries}
    if not given:
        return []
    near = RosterEntry.objects.filter(
        Q(person__in={one.person_id for one in given.values()}) | Q(post__in={one.post_id for one in given.values()}),
        from_ms__lt=max(one.to_ms for one in given.values()) + 7 * DAY_MS,
        to_ms__gt=min(one.from_ms for one in given.values()) - 7 * DAY_MS,
        cancelled_ms__isnull=True,
    ).exclude(id__in=given)  # fmt: skip
    wanted = {str(one) for one in given}
    found = rostering.clashes([stint(one) for one in (*given.values(), *near)], limits)
    return [one for one in found if wanted & set(one.stints)]


# On duty


def present() -> QuerySet[Duty]:
    breaks = DutyBreak.objects.filter(to_ms__isnull=True).select_related("cover")
    found = Duty.objects.filter(to_ms__isnull=True).select_related("post", "person", "roster")
    return found.prefetch_related(Prefetch("breaks", queryset=breaks, to_attr="running_breaks"))


def duty_row(one: Any) -> dict[str, Any]:
    """A ShiftDuty of one from `present`."""
    away = one.running_breaks[0] if one.running_breaks else None
    return {
        "id": str(one.id),
        "post": one.post.code,
        "person": who(one.person),
        "state": one.state,
        "from_ms": one.from_ms,
        "on_ms": one.on_ms,
        "to_ms": one.to_ms,
        "ends_ms": one.roster.to_ms if one.roster else None,
        "away": away and {"from_ms": away.from_ms, "cover": who(away.cover)},
    }


def duty_of(actor: Actor) -> Any:
    """The actor's running duty with its break, or None."""
    return present().filter(person_id=actor.id).first()


def board(actor: Actor) -> dict[str, Any]:
    """ShiftBoard: each active post, who is there, who is expected, what is being handed over."""
    posts = list(posts_in(actor).filter(active=True))
    now = now_ms()
    there: dict[UUID, list[Any]] = {}
    for duty in present().filter(post__in=posts):
        there.setdefault(duty.post_id, []).append(duty)
    due = RosterEntry.objects.filter(
        post__in=posts, published_ms__isnull=False, cancelled_ms__isnull=True, to_ms__gt=now, from_ms__lt=now + DAY_MS
    ).select_related("post", "person").order_by("from_ms", "id")  # fmt: skip
    coming: dict[UUID, list[RosterEntry]] = {}
    for one in due:
        coming.setdefault(one.post_id, []).append(one)
    offered = dict(
        ShiftHandover.objects.filter(post__in=posts, state=HandoverState.OFFERED).values_list("post_id", "id")
    )
    rows = [_on_board(one, there.get(one.id, []), coming.get(one.id, []), offered.get(one.id), now) for one in posts]
    return whole(rows) | {"break_minutes": dated.value(rules.BREAK_MINUTES)}


def _on_board(one: Post, there: list[Any], coming: list[RosterEntry], offered: UUID | None, now: int) -> dict[str, Any]:
    by_state = {duty.state: duty_row(duty) for duty in there}
    return {
        "id": str(one.id),
        "code": one.code,
        "name": text(one.name_en, one.name_hi),
        "jurisdiction": one.jurisdiction_path,
        "agency": one.agency_code,
        "on": by_state.get(DutyState.ON),
        "incoming": by_state.get(DutyState.INCOMING),
        "due": [entry_row(entry) for entry in coming if entry.from_ms <= now],
        "next": next((entry_row(entry) for entry in coming if entry.from_ms > now), None),
        "handover": offered and str(offered),
    }


def handovers_in(actor: Actor) -> QuerySet[ShiftHandover]:
    actor.require(VIEW)
    found = ShiftHandover.objects.select_related("post", "from_duty__person", "to_duty__person")
    return restrict(found, actor.scope, VIEW, "post__jurisdiction_path", "post__agency_code")


def handover(actor: Actor, handover_id: UUID) -> ShiftHandover:
    found = handovers_in(actor).filter(id=handover_id).first()
    if found is None:
        raise not_found("There is no such hand-over in your area.", "आपके क्षेत्र में ऐसा कोई कार्यभार नहीं है।")
    return found


def handover_row(one: ShiftHandover) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "post": one.post.code,
        "post_name": text(one.post.name_en, one.post.name_hi),
        "state": one.state,
        "given_by": who(one.from_duty.person),
        "taken_by": one.to_duty and who(one.to_duty.person),
        "note": one.note,
        "items": one.items,
        "remark": one.remark,
        "offered_ms": one.offered_ms,
        "answered_ms": one.answered_ms,
    }


def handover_page(actor: Actor, post_code: str, limit: int, cursor: str | None) -> dict[str, Any]:
    found = handovers_in(actor)
    if post_code:
        found = found.filter(post__code=post_code)
    return paging.page(found, ("-offered_ms", "-id"), limit, cursor, handover_row)
