"""Everything that people do to accounts. Nobody gives more than they hold, and nobody gives it to themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from prahari.contracts.events import ACCESS_CHANGED, Event, now_ms
from prahari.desks.accounts import passwords, recent, selectors
from prahari.desks.accounts.models import (
    Agency,
    Centre,
    Jurisdiction,
    Role,
    RoleGrant,
    SecurityPolicy,
    Session,
    User,
)
from prahari.desks.common import holders
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, forbidden, invalid, not_found, text

SOURCE = "accounts"


def _beyond() -> Problem:
    return Problem(
        403,
        "beyond_own_rights",
        "This goes beyond your own rights. Ask somebody who holds them all.",
        "यह आपके अपने अधिकारों से अधिक है। जिसके पास ये सब हों, उससे कहें।",
    )


def _not_oneself() -> Problem:
    return Problem(
        403,
        "not_oneself",
        "Nobody does this to their own account. Ask another administrator.",
        "अपने ही खाते पर यह नहीं किया जा सकता। किसी दूसरे प्रशासक से कहें।",
    )


def _access_changed(act: Action, user_id: UUID) -> None:
    """Open event streams and pictures of this person end; they come back with what is held now."""
    recent.forget()
    holders.end_pictures(user_id)
    act.emit(SOURCE, Event(ACCESS_CHANGED, str(user_id), now_ms(), {"user_id": str(user_id)}))


def _about(act: Action, user: User) -> None:
    act.about("user", user.pk, user.username, jurisdiction=user.jurisdiction.path, agency=user.agency_id or "")


def _area(path: str | None, agency: str | None) -> tuple[Jurisdiction, Agency | None]:
    jurisdiction = Jurisdiction.objects.filter(path=path).first()
    if jurisdiction is None:
        raise invalid(jurisdiction=text("There is no such jurisdiction.", "ऐसा कोई क्षेत्राधिकार नहीं है।"))
    row = None
    if agency is not None:
        row = Agency.objects.filter(code=agency, active=True).first()
        if row is None:
            raise invalid(agency=text("There is no such agency.", "ऐसी कोई एजेंसी नहीं है।"))
    return jurisdiction, row


def _other(actor: Actor, user_id: UUID) -> User:
    """Somebody whom the actor may act on, locked against simultaneous changes. Raises Problem 404 or 403."""
    found = selectors.person(actor, user_id)
    if found.pk == actor.id:
        raise _not_oneself()
    user = User.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=found.pk)
    if not selectors.covers_person(actor.scope, user):
        raise _beyond()
    return user


def _end_sessions(user_id: UUID, keep: str = "") -> None:
    Session.objects.filter(user_id=user_id).exclude(session_key=keep).delete()
    recent.forget()


# One's own account


def set_language(*, actor: Actor, language: str) -> None:
    with action("account.language", actor=actor) as act:
        user = User.objects.select_related("jurisdiction").get(pk=actor.id)
        user.language = language
        user.save(update_fields=["language"])
        _about(act, user)


def change_password(*, actor: Actor, current: str, new: str) -> User:
    """The person's own; ends all their other sessions. Raises Problem 422."""
    user = User.objects.select_related("jurisdiction").get(pk=actor.id)
    if not user.check_password(current):
        raise invalid(current=text("This is not your present password.", "यह आपका वर्तमान पासवर्ड नहीं है।"))
    if user.check_password(new):
        raise invalid(new=text("Choose another one than before.", "पहले से अलग पासवर्ड चुनें।"))
    try:
        password_validation.validate_password(new, user)
    except ValidationError as error:
        raise invalid(new=_weak(error)) from None
    with action("account.password", actor=actor) as act:
        user.set_password(new)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        _end_sessions(user.pk, keep=actor.session)
        _about(act, user)
        _access_changed(act, user.pk)
    return user


_WEAK = {
    "password_too_short": text("Use at least 10 characters.", "कम से कम 10 अक्षर रखें।"),
    "password_too_common": text("Too many people use this one.", "यह बहुत प्रचलित पासवर्ड है।"),
    "password_too_similar": text("This is too close to your name.", "यह आपके नाम से बहुत मिलता है।"),
}


def _weak(error: ValidationError) -> dict[str, str]:
    codes = [one.code for one in error.error_list]
    return next((_WEAK[code] for code in codes if code in _WEAK), text("Too weak.", "पासवर्ड कमज़ोर है।"))


# Other people


def create_user(
    *,
    actor: Actor,
    username: str,
    name: str,
    language: str = "hi",
    jurisdiction: str | None = None,
    agency: str | None = None,
    reason: str = "",
) -> tuple[User, str]:
    """A new account without rights, and its one-time password. Raises Problem 403, 409, 422."""
    actor.require("user.manage")
    if jurisdiction is None:
        path, own_agency = next(iter(actor.scope.areas("user.manage")))
        jurisdiction, agency = path, agency or own_agency
    with action("user.create", actor=actor, reason=reason) as act:
        where, whose = _area(jurisdiction, agency)
        if not selectors.covers(actor.scope, ["user.manage"], where.path, agency):
            raise forbidden("user.manage")
        password = passwords.one_time()
        user = User(username=username, name=name, language=language, jurisdiction=where, agency=whose)
        user.set_password(password)
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError:
            raise conflict("name_taken", "Somebody has this user name already.", "यह उपयोगकर्ता नाम पहले से है।") from None
        _about(act, user)
    return user, password


def edit_user(*, actor: Actor, user_id: UUID, changes: dict[str, Any], reason: str = "") -> User:
    """`changes`: some of name, language, locked, jurisdiction, agency. Locking ends all sessions at once."""
    with action("user.edit", actor=actor, reason=reason) as act:
        user = _other(actor, user_id)
        if "jurisdiction" in changes or "agency" in changes:
            path, agency = changes.get("jurisdiction"), changes.get("agency", user.agency_id)
            where, whose = _area(user.jurisdiction.path if path is None else path, agency)
            if not selectors.covers(actor.scope, ["user.manage"], where.path, agency):
                raise forbidden("user.manage")
            user.jurisdiction, user.agency = where, whose
        for field in ("name", "language", "locked"):
            if changes.get(field) is not None:
                setattr(user, field, changes[field])
        user.save(update_fields=["name", "language", "locked", "jurisdiction", "agency"])
        if user.locked:
            _end_sessions(user.pk)
            _access_changed(act, user.pk)
        _about(act, user)
        act.details(**changes)
    return user


def reset_password(*, actor: Actor, user_id: UUID, second_factor: bool = False, reason: str = "") -> str:
    """A new one-time password; ends all sessions of the account."""
    with action("user.reset_password", actor=actor, reason=reason) as act:
        user = _other(actor, user_id)
        password = _new_password(user)
        if second_factor:
            Authenticator.objects.filter(user_id=user.pk).delete()
        _access_changed(act, user.pk)
        _about(act, user)
        act.details(second_factor=second_factor)
    return password


def _new_password(user: User) -> str:
    password = passwords.one_time()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _end_sessions(user.pk)
    return password


def give_role(
    *,
    actor: Actor,
    user_id: UUID,
    role: str,
    jurisdiction: str,
    agency: str | None = None,
    valid_to: dt.datetime | None = None,
    reason: str = "",
) -> RoleGrant:
    """Raises Problem 403 when the role, the area or the person goes beyond what the actor holds."""
    with action("user.give_role", actor=actor, reason=reason) as act:
        user = _other(actor, user_id)
        what = Role.objects.filter(code=role).first()
        if what is None:
            raise invalid(role=text("There is no such role.", "ऐसी कोई भूमिका नहीं है।"))
        where, whose = _area(jurisdiction, agency)
        if not selectors.covers(actor.scope, ["user.manage", *what.permissions], where.path, agency):
            raise _beyond()
        if valid_to is not None and valid_to <= timezone.now():
            raise invalid(valid_to_ms=text("This time is past.", "यह समय बीत चुका है।"))
        grant, made = RoleGrant.objects.get_or_create(
            user=user,
            role=what,
            agency=whose,
            jurisdiction=where,
            defaults={"given_by_id": actor.id, "valid_to": valid_to},
        )
        if not made and grant.valid_to != valid_to:
            grant.valid_to, grant.given_by_id = valid_to, actor.id
            grant.save(update_fields=["valid_to", "given_by"])
        _access_changed(act, user.pk)
        _about(act, user)
        act.details(role=role, jurisdiction=jurisdiction, agency=agency)
    return grant


def take_role(*, actor: Actor, user_id: UUID, grant_id: UUID, reason: str = "") -> None:
    """Rights are read with each request, so this holds from the next one on; open event streams end at once."""
    with action("user.take_role", actor=actor, reason=reason) as act:
        user = _other(actor, user_id)
        grant = user.grants.select_related("role", "jurisdiction").filter(pk=grant_id).first()
        if grant is None:
            raise not_found()
        act.details(role=grant.role_id, jurisdiction=grant.jurisdiction.path, agency=grant.agency_id)
        grant.delete()
        _access_changed(act, user.pk)
        _about(act, user)


# The centre


def _require_whole_centre(actor: Actor) -> None:
    if not selectors.covers(actor.scope, ["user.manage"], "", None):
        raise forbidden("user.manage")


def create_agency(*, actor: Actor, code: str, name_en: str, name_hi: str) -> Agency:
    _require_whole_centre(actor)
    with action("agency.create", actor=actor) as act:
        agency, made = Agency.objects.get_or_create(code=code, defaults={"name_en": name_en, "name_hi": name_hi})
        if not made:
            raise conflict("code_taken", "An agency has this code already.", "इस कोड की एजेंसी पहले से है।")
        act.about("agency", code, name_en)
    return agency


def edit_agency(*, actor: Actor, code: str, changes: dict[str, Any], reason: str = "") -> Agency:
    """`changes`: some of name_en, name_hi, active."""
    _require_whole_centre(actor)
    with action("agency.edit", actor=actor, reason=reason) as act:
        agency = Agency.objects.select_for_update().filter(code=code).first()
        if agency is None:
            raise not_found()
        for field, value in changes.items():
            setattr(agency, field, value)
        agency.save()
        act.about("agency", code, agency.name_en)
        act.details(**changes)
    return agency


def edit_policy(*, actor: Actor, changes: dict[str, Any], reason: str = "") -> None:
    _require_whole_centre(actor)
    with action("policy.edit", actor=actor, reason=reason) as act:
        policy = SecurityPolicy.objects.select_for_update().get(pk=1)
        for field, value in changes.items():
            setattr(policy, field, value)
        policy.save()
        recent.forget()
        act.about("security_policy", 1, "Rules of signing in")
        act.details(**changes)


def set_centre(
    *,
    actor: Actor,
    code: str,
    name_en: str,
    name_hi: str,
    centre: tuple[float, float],
    bounds: tuple[float, float, float, float],
    demo: bool = False,
) -> None:
    """Name and place of this installation; centre is (lon, lat), bounds west, south, east, north, in degrees."""
    _require_whole_centre(actor)
    with action("centre.edit", actor=actor) as act:
        values = {"code": code, "name_en": name_en, "name_hi": name_hi, "lon": centre[0], "lat": centre[1]}
        Centre.objects.update_or_create(pk=1, defaults={**values, "bounds": list(bounds), "demo": demo})
        act.about("centre", code, name_en)


def lay_out_jurisdictions(*, actor: Actor, areas: Iterable[Any]) -> int:
    """Make or bring up to date the areas (contracts.city.Area) of the tree; none is removed. How many there are."""
    _require_whole_centre(actor)
    with action("jurisdiction.lay_out", actor=actor) as act:
        rows = [
            Jurisdiction(
                path=area.path,
                level=area.level,
                name_en=area.name.en,
                name_hi=area.name.hi,
                lgd_code=area.lgd_code,
                boundary=_polygon(area.boundary),
                population=area.population,
            )
            for area in areas
        ]
        Jurisdiction.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["level", "name_en", "name_hi", "lgd_code", "boundary", "population"],
        )
        act.about("jurisdiction", "", "Tree of jurisdictions")
        act.details(areas=len(rows))
    return len(rows)


def _polygon(rings: list[list[tuple[float, float]]]) -> dict[str, Any] | None:
    if not rings:
        return None
    closed = [[list(point) for point in (ring if ring[0] == ring[-1] else [*ring, ring[0]])] for ring in rings]
    return {"type": "Polygon", "coordinates": closed}


FIRST_ADMINISTRATOR_LOCK = 0x61646D69


def first_administrator(*, actor: Actor, reset: str | None = None) -> dict[str, str]:
    """{"username", "password"} of the account made or, with `reset`, given a new one-time password; {} when there is
    an administrator of the whole centre already. Raises Problem 404 when there is nobody to reset."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # two supervisors may start at once
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST_ADMINISTRATOR_LOCK])
        if reset is not None:
            return _reset_by_name(actor, reset)
        root = Jurisdiction.objects.get(path="")
        if RoleGrant.objects.filter(role_id="administrator", jurisdiction=root, agency=None).exists():
            return {}
        with action("user.first_administrator", actor=actor) as act:
            password = passwords.one_time()
            user = User(username="admin", name="Administrator", language="hi", jurisdiction=root)
            user.set_password(password)
            user.save(force_insert=True)
            RoleGrant.objects.create(user=user, role_id="administrator", jurisdiction=root)
            _about(act, user)
        return {"username": user.username, "password": password}


def _reset_by_name(actor: Actor, username: str) -> dict[str, str]:
    with action("user.reset_password", actor=actor, reason="from the command line") as act:
        user = (
            User.objects.select_for_update(of=("self",))
            .select_related("jurisdiction")
            .filter(username=username.strip().lower())
            .first()
        )
        if user is None:
            raise not_found(f"There is no user {username!r}.")
        user.locked = False
        user.save(update_fields=["locked"])
        password = _new_password(user)
        Authenticator.objects.filter(user_id=user.pk).delete()
        _access_changed(act, user.pk)
        _about(act, user)
    return {"username": user.username, "password": password}
