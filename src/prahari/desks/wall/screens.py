"""Setting screens up: what hangs where, which kiosk is enrolled for it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from prahari.contracts.events import ACCESS_CHANGED, Event, now_ms
from prahari.core.scope import is_within
from prahari.core.wallplan import Rect
from prahari.desks.common import rules as dated
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import Problem, invalid, text
from prahari.desks.registry import references
from prahari.desks.wall import rules, showing, states
from prahari.desks.wall.choices import Ended
from prahari.desks.wall.models import Screen, ScreenEnrolment, Showing
from prahari.desks.wall.screen_schemas import EnrolmentIn, ScreenCodeIn, ScreenEdit, ScreenFields, ScreenIn

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No I, O, 0, 1: codes are read from across a room."""
WAITING_MOST = 200
WAITING_MOST_AN_ADDRESS = 20


def create(*, actor: Actor, form: ScreenIn) -> Screen:
    """Raises Problem 403, 422."""
    with action("screen.create", actor=actor, reason=form.reason) as act:
        _may_set_up(actor, form)
        one = Screen()
        _fill(one, form)
        one.save(force_insert=True)
        states.about(act, one)
        states.changed(act, [one], "setup")
    return one


def edit(*, actor: Actor, screen_id: UUID, form: ScreenEdit) -> Screen:
    """What does not fit a smaller grid is taken away. Raises Problem 403, 404, 409 `changed`, 422."""
    with action("screen.edit", actor=actor, reason=form.reason) as act:
        one = _held(actor, screen_id)
        if one.setup != form.setup:
            raise Changed(states.state(one, actor))
        _may_set_up(actor, form)
        _fill(one, form)
        one.active = form.active
        one.setup += 1
        one.version += 1
        one.save()
        for each in states.standing_on(one):
            if not Rect(each.x, each.y, each.w, each.h).fits(one.columns, one.rows):
                each.ended_ms, each.ended = now_ms(), Ended.REPLACED
                each.save(update_fields=["ended_ms", "ended"])
        states.about(act, one)
        states.changed(act, [one], "setup")
        _end_streams(act, one)
    return one


def _may_set_up(actor: Actor, form: ScreenFields) -> None:
    for permission in (states.CONTROL, states.SET_UP):
        actor.require(permission)
        # A screen of all agencies is set up by whoever holds it for one of them there.
        areas = actor.scope.areas(permission)
        if not any(_holds(path, agency, form) for path, agency in areas):
            actor.require_in(permission, form.jurisdiction, form.agency or "*")


def _holds(path: str, agency: str | None, form: ScreenFields) -> bool:
    return is_within(form.jurisdiction, path) and (agency is None or form.agency in ("", agency))


def _fill(one: Screen, form: ScreenFields) -> None:
    one.name_en, one.name_hi, one.place = form.name.en, form.name.hi, form.place
    one.jurisdiction_path = references.jurisdiction(form.jurisdiction).path
    one.agency_code = references.agency(form.agency).code if form.agency else ""
    one.columns, one.rows, one.language = form.columns, form.rows, form.language
    one.reserved = list(form.reserved) if form.reserved else None
    if form.reserved and not Rect(*form.reserved).fits(form.columns, form.rows):
        raise invalid(reserved=text("These tiles are not within the screen.", "ये टाइलें स्क्रीन के भीतर नहीं हैं।"))
    if form.alarm_severity and not form.reserved:
        raise invalid(reserved=text("Say on which tiles alarms come.", "बताएँ कि अलार्म किन टाइलों पर आएँ।"))
    one.alarm_severity, one.alarm_for_s = form.alarm_severity, form.alarm_for_s
    one.edited_ms = now_ms()


def enrol(*, actor: Actor, screen_id: UUID, form: ScreenCodeIn) -> Screen:
    """The kiosk that shows this code is the screen's from now on; one enrolled before is so no more.

    Raises Problem 403, 404, 409 (wrong code, or out of time).
    """
    with action("screen.enrol", actor=actor, reason=form.reason) as act:
        one = _held(actor, screen_id)
        found = ScreenEnrolment.objects.select_for_update().filter(
            code_hash=_hash(form.code), expires_ms__gt=now_ms()
        ).first()  # fmt: skip
        if found is None:
            raise Problem(
                409, "wrong_code", "No screen shows this code now. Read it from the screen once more.",
                "कोई स्क्रीन अभी यह कोड नहीं दिखा रही। स्क्रीन से फिर पढ़ें।",
                {"code": text("Not shown anywhere now.", "अभी कहीं नहीं दिख रहा।")},
            )  # fmt: skip
        before = bool(one.key_hash)
        _unpair(act, found.key_hash, one)
        one.key_hash, one.seen_ms = found.key_hash, None
        one.key_ms = one.enrolled_ms = now_ms()
        one.save()
        states.about(act, one)
        act.details(kiosk=found.ip, in_place_of_another=before)
        found.delete()
        states.changed(act, [one], "enrolled")
        _end_streams(act, one)
    return one


def _unpair(act: Action, key_hash: str, but: Screen) -> None:
    """The kiosk stood before another screen until now."""
    before = Screen.objects.select_for_update(of=("self",), no_key=True).filter(key_hash=key_hash).exclude(id=but.id)
    for one in before:
        one.key_hash, one.enrolled_ms = "", None
        one.save(update_fields=["key_hash", "enrolled_ms"])
        states.changed(act, [one], "revoked")


def revoke(*, actor: Actor, screen_id: UUID, reason: str) -> Screen:
    """Its kiosk is believed no more, and shows nothing within seconds. Raises Problem 403, 404."""
    with action("screen.revoke", actor=actor, reason=reason) as act:
        one = _held(actor, screen_id)
        one.key_hash, one.enrolled_ms = "", None
        one.save()
        states.about(act, one)
        states.changed(act, [one], "revoked")
        _end_streams(act, one)
    return one


def change_key(*, actor: Actor, screen: Screen, key_hash: str) -> None:
    """The kiosk has made itself another key: the one that it asks with now is good no more.

    It keeps both until it knows: an answer that is lost on its way costs nothing. Raises Problem 409 (not its own).
    """
    with action("screen.change_key", actor=actor) as act:
        one = Screen.objects.select_for_update(of=("self",), no_key=True).get(id=screen.id)
        if Screen.objects.filter(key_hash=key_hash).exclude(id=one.id).exists():
            raise Problem(409, "key_used", "Make another key.", "दूसरी कुंजी बनाएँ।")
        if one.key_hash == screen.key_hash:  # else somebody revoked it, or enrolled another, in between
            one.key_hash, one.key_ms = key_hash, now_ms()
            one.save(update_fields=["key_hash", "key_ms"])
        states.about(act, one)


def wait(*, ip: str, form: EnrolmentIn) -> dict[str, Any]:
    """A kiosk waits to be enrolled: an EnrolmentOut with the code that it shows. Nobody is signed in.

    Raises Problem 429.
    """
    now = now_ms()
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    expires_ms = now + dated.value(rules.CODE_MINUTES) * 60_000
    with transaction.atomic():
        ScreenEnrolment.objects.filter(expires_ms__lte=now).delete()
        others = ScreenEnrolment.objects.exclude(key_hash=form.key_hash)
        if others.count() >= WAITING_MOST or others.filter(ip=ip or None).count() >= WAITING_MOST_AN_ADDRESS:
            raise Problem(429, "too_many_attempts", "Too many screens are waiting. Try again in some minutes.",
                          "बहुत-सी स्क्रीन प्रतीक्षा में हैं। कुछ मिनट बाद प्रयास करें।")  # fmt: skip
        ScreenEnrolment.objects.update_or_create(
            key_hash=form.key_hash,
            defaults={"code_hash": _hash(code), "ip": ip or None, "created_ms": now, "expires_ms": expires_ms},
        )
    return {"code": f"{code[:4]}-{code[4:]}", "expires_ms": expires_ms}


def _hash(code: str) -> str:
    plain = "".join(char for char in code.upper() if char.isascii() and char.isalnum())
    key = hashlib.sha256(b"screen code\0" + settings.CONFIG.sealing_key()).digest()
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()


def _held(actor: Actor, screen_id: UUID) -> Screen:
    actor.require(states.SET_UP)
    states.screen(actor, screen_id, states.SET_UP)
    return showing.held(actor, screen_id)


def _end_streams(act: Action, one: Screen) -> None:
    """Its scope is another one, or none: its open event stream ends."""
    act.emit("wall", Event(ACCESS_CHANGED, str(one.id), now_ms(), {"user_id": str(one.id)}, one.jurisdiction_path))


def forget_old() -> int:
    """What is kept no longer of what was shown. How many."""
    before = now_ms() - dated.value(rules.KEEP_DAYS) * 86_400_000
    return Showing.objects.filter(ended_ms__lt=before).delete()[0]
