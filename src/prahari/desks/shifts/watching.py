"""Stretches of pictures before people: taken in from consoles, and reported. The arithmetic is core.attention's.

A look at others' attention is an action of its own, audited; one's own figures are one's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.core import attention
from prahari.core.intervals import Stretch, difference, union
from prahari.desks.accounts.models import User
from prahari.desks.common import rules as dated
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, text
from prahari.desks.common.scoping import restrict, within
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.models import Camera
from prahari.desks.shifts import rules, schemas, selectors
from prahari.desks.shifts.choices import CheckState
from prahari.desks.shifts.models import AttentionCheck, AttentionStretch, Duty, DutyBreak

ATTENTION = "attention.view"
LONGEST_MS = 600_000
"""Consoles cut what goes on at least every minute or so; what is longer than this was not measured."""
OLDEST_MS = 12 * 3_600_000
AHEAD_MS = 1_000
CAMERAS_MOST = 60
HOURS_MOST = 26
DUTY_DAYS_MOST = 31


def take_in(*, actor: Actor, form: schemas.WatchedIn) -> dict[str, int]:
    """{"kept", "refused"}: what cannot be is left out and the rest kept, since a console has no use for an error here.

    `sent_ms` is the console's clock as it sends, by which its times are put right. Not an action: nobody does it, a
    console measures; it comes several times a minute.
    """
    actor.require("camera.live")
    now = now_ms()
    off_ms = now - form.sent_ms
    cameras = set(
        registry.cameras_in(actor, "camera.live")
        .filter(id__in={one.camera for one in form.stretches}).values_list("id", flat=True)
    )  # fmt: skip
    sound = []
    for one in form.stretches:
        start, end = one.from_ms + off_ms, min(one.to_ms + off_ms, now)
        if one.camera in cameras and 0 < end - start <= LONGEST_MS and start >= now - OLDEST_MS:
            sound.append(AttentionStretch(
                id=one.id, camera_id=one.camera, person_id=actor.id, from_ms=start, to_ms=end, came_ms=now
            ))  # fmt: skip
    if sound:
        _attribute(actor, sound)
        AttentionStretch.objects.bulk_create(sound, ignore_conflicts=True)
    return {"kept": len(sound), "refused": len(form.stretches) - len(sound)}


def _attribute(actor: Actor, stretches: Sequence[AttentionStretch]) -> None:
    """Each to the duty in which it began."""
    first, last = min(one.from_ms for one in stretches), max(one.from_ms for one in stretches)
    near = list(
        Duty.objects.filter(Q(to_ms__isnull=True) | Q(to_ms__gt=first), person_id=actor.id, from_ms__lte=last)
        .values_list("id", "from_ms", "to_ms")
    )  # fmt: skip
    for one in stretches:
        one.duty_id = next(
            (duty for duty, start, end in near if start <= one.from_ms and (end is None or one.from_ms < end)), None
        )


def by_camera(actor: Actor, wanted: schemas.AttentionFilters) -> dict[str, Any]:
    """AttentionReport: cameras by name, of a post or of an area, in a window. Raises Problem 403, 404, 422."""
    selectors.window(wanted.from_ms, wanted.to_ms, 2)
    if wanted.to_ms - wanted.from_ms > HOURS_MOST * 3_600_000:
        raise invalid(to_ms=text(f"At most {HOURS_MOST} hours at once.", f"एक बार में अधिकतम {HOURS_MOST} घंटे।"))
    with action("attention.look", actor=actor) as act:
        actor.require(ATTENTION)
        found = registry.cameras_in(actor, ATTENTION)
        if wanted.cameras:
            found = found.filter(id__in=wanted.cameras)
            act.about("attention", "cameras", ", ".join(str(one) for one in wanted.cameras)[:300])
        elif wanted.post is not None:
            post = selectors.post(actor, wanted.post, ATTENTION)
            found = found.filter(id__in=[one.id for one in selectors.must_watch(post)])
            act.about("attention", post.id, post.name_en, jurisdiction=post.jurisdiction_path, agency=post.agency_code)
        else:
            found = found.filter(within(wanted.area))
            act.about("attention", "area", wanted.area, jurisdiction=wanted.area)
        rows = list(found.filter(retired_ms__isnull=True).order_by("reg_id")[: CAMERAS_MOST + 1])
        act.details(from_ms=wanted.from_ms, to_ms=wanted.to_ms, cameras=len(rows[:CAMERAS_MOST]))
    to_ms = min(wanted.to_ms, now_ms())
    return _report(rows[:CAMERAS_MOST], wanted.from_ms, to_ms) | {
        "from_ms": wanted.from_ms, "to_ms": wanted.to_ms, "more": len(rows) > CAMERAS_MOST,
    }  # fmt: skip


def _report(cameras: Sequence[Camera], from_ms: int, to_ms: int) -> dict[str, Any]:
    found = AttentionStretch.objects.filter(camera__in=cameras, from_ms__lt=to_ms, from_ms__gt=from_ms - LONGEST_MS)
    stretches = [
        attention.Watched(str(camera), str(person), post or "", start, end)
        for camera, person, post, start, end in found.values_list(
            "camera_id", "person_id", "duty__post__code", "from_ms", "to_ms"
        )
    ]
    names = {str(key): name for key, name in User.objects.filter(
        id__in={one.person for one in stretches}).values_list("id", "name")}  # fmt: skip
    named = {str(one.id): one for one in cameras}
    return {
        "cameras": [
            selectors.camera_named(named[one.camera]) | {
                "share": round(one.share, 4),
                "people": [
                    {"person": {"id": person, "name": names[person]}, "post": post, "stretches": own}
                    for (person, post), own in one.people.items()
                ],
                "nobody": one.nobody,
            }
            for one in attention.by_camera(named, stretches, from_ms, to_ms)
        ],
        "known_to_ms": to_ms,
        "as_of_ms": now_ms(),
    }  # fmt: skip


def by_duty(actor: Actor, from_ms: int, to_ms: int, post: UUID | None) -> dict[str, Any]:
    """AttentionDuties: for each duty of a window, how the cameras of its post fared. Raises Problem 403, 404, 422."""
    selectors.window(from_ms, to_ms, DUTY_DAYS_MOST)
    with action("attention.look", actor=actor) as act:
        actor.require(ATTENTION)
        found = restrict(Duty.objects.all(), actor.scope, ATTENTION, "post__jurisdiction_path", "post__agency_code")
        if post is not None:
            one = selectors.post(actor, post, ATTENTION)
            found = found.filter(post=one)
            act.about("attention", one.id, one.name_en, jurisdiction=one.jurisdiction_path, agency=one.agency_code)
        else:
            act.about("attention", "duties")
        act.details(from_ms=from_ms, to_ms=to_ms)
    return _duties(found, from_ms, to_ms)


def own(actor: Actor, from_ms: int, to_ms: int) -> dict[str, Any]:
    """AttentionDuties of the actor."""
    actor.require(selectors.VIEW)
    selectors.window(from_ms, to_ms, DUTY_DAYS_MOST)
    return _duties(Duty.objects.filter(person_id=actor.id), from_ms, to_ms)


def _duties(found: QuerySet[Duty], from_ms: int, to_ms: int) -> dict[str, Any]:
    now = now_ms()
    duties = list(
        found.filter(Q(to_ms__isnull=True) | Q(to_ms__gt=from_ms), on_ms__lt=to_ms)
        .select_related("post__role", "person").order_by("-from_ms", "-id")[:200]
    )  # fmt: skip
    watched = _watched(duties)
    away = defaultdict(list)
    for duty_id, start, end in DutyBreak.objects.filter(duty__in=duties).values_list("duty_id", "from_ms", "to_ms"):
        away[duty_id].append((start, end or now))
    asked = _checks(duties)
    least_ms = dated.value(rules.LEAST_S) * 1000
    cameras = {post: list(selectors.must_watch(post)) for post in {one.post for one in duties}}
    items = []
    for duty in duties:
        must = cameras[duty.post]
        there = difference(union([(duty.on_ms or duty.from_ms, duty.to_ms or now)]), union(away[duty.id]))
        share = attention.duty_share([str(one.id) for one in must], watched[duty.id], there, least_ms)
        never = set(share.never)
        items.append({
            "duty": str(duty.id),
            "post": duty.post.code,
            "post_id": str(duty.post_id),
            "person": selectors.who(duty.person),
            "from_ms": duty.on_ms,
            "to_ms": duty.to_ms,
            "cameras": share.cameras,
            "watched": share.watched,
            "share": round(share.share, 4),
            "never": [selectors.camera_named(one) for one in must if str(one.id) in never][:50],
            "checks": asked[duty.id],
        })  # fmt: skip
    return selectors.whole(items) | {"least_s": least_ms // 1000}


def _watched(duties: Iterable[Duty]) -> dict[UUID, dict[str, list[Stretch]]]:
    found: dict[UUID, dict[str, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    rows = AttentionStretch.objects.filter(duty__in=duties).values_list("duty_id", "camera_id", "from_ms", "to_ms")
    for duty, camera, start, end in rows.iterator():
        found[duty][str(camera)].append((start, end))
    return found


def _checks(duties: Iterable[Duty]) -> dict[UUID, dict[str, int]]:
    none = {"answered": 0, "missed": 0, "not_shown": 0, "excused": 0}
    found: dict[UUID, dict[str, int]] = defaultdict(lambda: dict(none))
    counted = AttentionCheck.objects.filter(duty__in=duties).values("duty_id").order_by().annotate(
        answered=Count("id", filter=Q(state=CheckState.ANSWERED)),
        missed=Count("id", filter=Q(state=CheckState.MISSED, shown_ms__isnull=False)),
        not_shown=Count("id", filter=Q(state=CheckState.MISSED, shown_ms__isnull=True)),
        excused=Count("id", filter=Q(state=CheckState.EXCUSED)),
    )  # fmt: skip
    for row in counted:
        found[row.pop("duty_id")] = row
    return found


def forget_old() -> int:
    """Delete what is kept no longer, some at a time. How many."""
    before = now_ms() - dated.value(rules.KEEP_DAYS) * selectors.DAY_MS
    deleted = 0
    while some := list(AttentionStretch.objects.filter(from_ms__lt=before).values_list("id", flat=True)[:5_000]):
        deleted += AttentionStretch.objects.filter(id__in=some).delete()[0]
    return deleted
