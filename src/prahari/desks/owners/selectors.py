"""What an owner sees: their own premises and cameras, found by the number they proved, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from prahari.contracts.clock import IST, local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import RoleGrant, User
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common import paging, rules
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.common.scoping import restrict
from prahari.desks.linking import permits, receipts
from prahari.desks.linking.models import CameraLinkage, Consent, Linkage, PremisesConsent, Receipt
from prahari.desks.linking.schemas import PremisesScope
from prahari.desks.linking.steps import CameraStep
from prahari.desks.owners import rules as limits
from prahari.desks.owners import sessions, texts
from prahari.desks.owners.models import OwnerSession, Registration, Review
from prahari.desks.registry.models import Camera, CameraState, Contact, OwnerClass, Premises

VERIFY = "linking.work"
VIEWS_DAYS = 90
WATCH = "camera.watch"


def premises_in(session: OwnerSession) -> QuerySet[Premises]:
    """Premises whose contact has this number, and those registered with it (unless an officer rejected that)."""
    mine = Contact.objects.filter(premises=OuterRef("pk"), mobile_key=session.mobile_key)
    entered = Registration.objects.filter(premises=OuterRef("pk"), mobile_key=session.mobile_key)
    refused = Registration.objects.filter(premises=OuterRef("pk"), review=Review.REJECTED)
    return Premises.objects.filter(Q(Exists(mine)) | Q(Exists(entered))).exclude(Exists(refused))


def premises(session: OwnerSession, premises_id: UUID) -> Premises:
    """Raises Problem 404: whether premises of somebody else exist is nobody's business."""
    found = premises_in(session).filter(id=premises_id).select_related("jurisdiction", "owner_class").first()
    if found is None:
        raise not_found("There are no such premises under your number.", "आपके नंबर पर ऐसा कोई प्रतिष्ठान नहीं है।")
    return found


def camera(session: OwnerSession, camera_id: UUID) -> Camera:
    """A camera of the owner's own premises. Raises Problem 404."""
    found = (
        Camera.objects.filter(id=camera_id, retired_ms__isnull=True, premises__in=premises_in(session))
        .select_related("premises", "owner_class")
        .first()
    )
    if found is None:
        raise not_found("There is no such camera under your number.", "आपके नंबर पर ऐसा कोई कैमरा नहीं है।")
    return found


def owner_classes() -> list[dict[str, Any]]:
    """Coded: classes of private owners, as the register sorts them."""
    rows = OwnerClass.objects.filter(active=True, public=False).order_by("sort", "code")
    return [{"code": row.code, "name": {"en": row.name_en, "hi": row.name_hi}} for row in rows]


def may_register(session: OwnerSession) -> bool:
    mine = Registration.objects.filter(mobile_key=session.mobile_key, review=Review.WAITING)
    return mine.count() < rules.value(limits.REGISTRATIONS_NUMBER)


def cards(session: OwnerSession) -> list[dict[str, Any]]:
    """OwnerPremisesCards by name."""
    found = list(premises_in(session).select_related("owner_class").order_by("name_en", "id")[:200])
    ids = [one.id for one in found]
    steps = dict(Linkage.objects.filter(premises_id__in=ids).values_list("premises_id", "step"))
    reviews = dict(Registration.objects.filter(premises_id__in=ids).values_list("premises_id", "review"))
    consents = _consents(ids)
    cameras = defaultdict(list)
    for row in Camera.objects.filter(premises_id__in=ids, retired_ms__isnull=True).values_list("premises_id", "id"):
        cameras[row[0]].append(row[1])
    every = [camera_id for some in cameras.values() for camera_id in some]
    now = now_ms()
    live = set(
        CameraState.objects.filter(camera_id__in=every, status="live", proof_until_ms__gt=now).values_list(
            "camera_id", flat=True
        )
    )
    waiting = set(
        CameraLinkage.objects.filter(camera_id__in=every, step=CameraStep.VERIFIED_LIVE).values_list(
            "camera_id", flat=True
        )
    )
    return [
        {
            "id": one.id,
            "name": {"en": one.name_en, "hi": one.name_hi},
            "address": {"en": one.address_en, "hi": one.address_hi},
            "owner_class": _coded(one.owner_class),
            "step": steps.get(one.id, "listed"),
            "consent": consents.get(one.id, "none"),
            "cameras": len(cameras[one.id]),
            "live": len(live.intersection(cameras[one.id])),
            "to_confirm": len(waiting.intersection(cameras[one.id])),
            "review": reviews.get(one.id),
        }
        for one in found
    ]


def _consents(ids: list[UUID]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    now = now_ms()
    for row in PremisesConsent.objects.filter(premises_id__in=ids).order_by("created_ms"):
        stands = row.withdrawn_ms is None and (row.valid_to_ms is None or row.valid_to_ms > now)
        found[row.premises_id] = "given" if stands else "ended"
    # Consents that an officer entered for single cameras are the owner's, too, to see and to take back.
    single = Consent.objects.filter(camera__premises_id__in=ids, withdrawn_ms__isnull=True)
    for premises_id in single.exclude(valid_to_ms__lte=now).values_list("camera__premises_id", flat=True).distinct():
        found[premises_id] = "given"
    return found


def standing(premises_id: UUID) -> PremisesConsent | None:
    """The consent that stands, also one that has run out but was not taken back."""
    return PremisesConsent.objects.filter(premises_id=premises_id, withdrawn_ms__isnull=True).first()


def detail(session: OwnerSession, premises_id: UUID) -> dict[str, Any]:
    """OwnerPremisesDetail. Raises Problem 404."""
    found = premises(session, premises_id)
    [card] = [one for one in cards(session) if one["id"] == found.id]
    consent = standing(found.id)
    linkage = Linkage.objects.filter(premises=found).first()
    registration = Registration.objects.filter(premises=found).first()
    reported = linkage.cameras_reported if linkage else 0
    return {
        **card,
        "covered": _cameras(found),
        "standing": _consent_row(consent) if consent else None,
        "receipts": list(Receipt.objects.filter(premises=found).values("id", "number", "kind", "issued_ms")[:50]),
        "needs_order": found.owner_class.public,
        "cameras_reported": max(reported, (registration.answers.get("cameras", 0) if registration else 0)),
    }


def _cameras(found: Premises) -> list[dict[str, Any]]:
    """OwnerCameraOuts: the state of each in words that an owner needs."""
    rows = list(
        Camera.objects.filter(premises=found, retired_ms__isnull=True)
        .select_related("linkage", "state")
        .order_by("reg_id")
    )
    now = now_ms()
    leaves = permits.all_of([row.id for row in rows], now)
    shown = []
    for row in rows:
        linkage = getattr(row, "linkage", None)
        step = linkage.step if linkage else CameraStep.ENTERED
        permit = permits.choose(leaves.get(row.id, []), found.owner_class.public)
        stands = permit is not None and permit.state == "stands"
        state = getattr(row, "state", None)
        what, reason, since = _state(step, stands, state, now)
        shown.append(
            {
                "id": row.id,
                "name": {"en": row.name_en, "hi": row.name_hi},
                "placement": row.placement,
                "step": step,
                "state": what,
                "reason": reason,
                "since_ms": since,
                "may_look": bool(stands and permit is not None and permit.live and row.url),
            }
        )
    return shown


def _state(step: str, stands: bool, state: CameraState | None, now: int) -> tuple[str, str, int | None]:
    """(state, reason code, since): live since, waiting to be linked, stopped because."""
    if step == CameraStep.WITHDRAWN:
        return "withdrawn", "", None
    if not stands or step in (CameraStep.ENTERED, CameraStep.REACHABLE):
        return "not_linked", "" if stands else "no_consent", None
    if state is None or state.status == "unknown":
        return "waiting", "", None
    if state.status == "live" and (state.proof_until_ms or 0) > now:
        return "live", "", state.since_ms
    if state.status in ("live", "stalled"):
        return "stalled", state.reason, state.since_ms
    return "stopped", state.reason, state.since_ms


def _consent_row(consent: PremisesConsent) -> dict[str, Any]:
    scope = PremisesScope(
        live=consent.live, record=consent.record, hours=[(one[0], one[1]) for one in consent.hours],
        public_view_only=consent.public_view_only,
    )  # fmt: skip
    until = None if consent.valid_to_ms is None else local_day(consent.valid_to_ms - 1)
    both = zip(texts.lines(scope, until, "en"), texts.lines(scope, until, "hi"), strict=True)
    return {
        "id": consent.id, "given_by": consent.given_by, "given_ms": consent.created_ms, "channel": consent.channel,
        "live": consent.live, "record": consent.record, "hours": scope.hours,
        "public_view_only": consent.public_view_only, "valid_to_ms": consent.valid_to_ms,
        "lines": [{"en": en, "hi": hi} for en, hi in both],
    }  # fmt: skip


def receipt(session: OwnerSession, receipt_id: UUID) -> Receipt:
    """A receipt for the owner's own premises. Raises Problem 404."""
    found = Receipt.objects.filter(id=receipt_id, premises__in=premises_in(session)).first()
    if found is None:
        raise not_found("There is no such receipt under your number.", "आपके नंबर पर ऐसी कोई रसीद नहीं है।")
    return found


def receipt_row(found: Receipt) -> dict[str, Any]:
    """OwnerReceipt."""
    return {
        "number": found.number, "kind": found.kind, "issued_ms": found.issued_ms, "check_code": found.check_code,
        "sha256": found.sha256, "premises": found.facts["premises"], "cameras": found.facts.get("cameras"),
        "recordings": str(found.facts.get("recordings", "")), "genuine": receipts.digest(found) == found.sha256,
    }  # fmt: skip


def views(session: OwnerSession, camera_id: UUID) -> dict[str, Any]:
    """OwnerViews of the last 90 days, a row for each person and day, newest first. No officer's name.

    Raises Problem 404."""
    found = camera(session, camera_id)
    since_ms = now_ms() - VIEWS_DAYS * 86_400_000
    entries = AuditEntry.objects.filter(
        object_id=str(found.id), action=WATCH, at__gte=dt.datetime.fromtimestamp(since_ms / 1000, dt.UTC)
    ).order_by("-at", "-id")[:5000]
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for entry in entries:
        at = int(entry.at.timestamp() * 1000)
        day = entry.at.astimezone(IST).date()
        purpose = str(entry.details.get("purpose") or entry.reason)
        own = bool(entry.details.get("owner"))
        row = rows.setdefault(
            (day, entry.actor_id, own, purpose),
            {"day": day, "first_ms": at, "last_ms": at, "times": 0, "who": "owner" if own else "officer",
             "actor_id": entry.actor_id, "purpose": "" if own else purpose},
        )  # fmt: skip
        row["first_ms"] = min(row["first_ms"], at)
        row["times"] += 1
    people = _people({row["actor_id"] for row in rows.values() if row["actor_id"]})
    for row in rows.values():
        row["agency"], row["role"] = people.get(row.pop("actor_id"), (None, None))
    return {"items": list(rows.values()), "since_ms": since_ms}


def _people(ids: set[UUID]) -> dict[Any, tuple[dict[str, str] | None, dict[str, str] | None]]:
    """User id -> (agency's name, role's name)."""
    roles = {
        grant.user_id: grant.role
        for grant in RoleGrant.objects.filter(user_id__in=ids).select_related("role").order_by("-role__sort")
    }
    return {
        user.id: (
            {"en": user.agency.name_en, "hi": user.agency.name_hi} if user.agency else None,
            {"en": roles[user.id].name_en, "hi": roles[user.id].name_hi} if user.id in roles else None,
        )
        for user in User.objects.filter(id__in=ids).select_related("agency")
    }


def _coded(row: OwnerClass) -> dict[str, Any]:
    return {"code": row.code, "name": {"en": row.name_en, "hi": row.name_hi}}


def registrations_in(actor: Actor) -> QuerySet[Registration]:
    """For officers: what owners entered in their area."""
    actor.require(VERIFY)
    rows = Registration.objects.select_related("premises__owner_class", "premises__jurisdiction")
    return restrict(rows, actor.scope, VERIFY, "premises__jurisdiction__path", "premises__agency_id")


def registration_page(actor: Actor, review: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """RegistrationPage, newest first."""
    found = registrations_in(actor)
    if review:
        found = found.filter(review=review)
    return paging.page(found, ("-created_ms", "-id"), limit, cursor, registration_row)


def registration_row(found: Registration) -> dict[str, Any]:
    place = found.premises
    return {
        "id": found.id, "premises": place.id, "name": {"en": place.name_en, "hi": place.name_hi},
        "address": {"en": place.address_en, "hi": place.address_hi}, "owner_class": _coded(place.owner_class),
        "jurisdiction": place.jurisdiction.path, "cameras": found.answers.get("cameras", 0),
        "covers": found.answers.get("covers", []), "recorder": found.answers.get("recorder", ""),
        "photo": found.photo_id, "lat": place.lat, "lon": place.lon, "review": found.review,
        "review_note": found.review_note, "created_ms": found.created_ms,
    }  # fmt: skip


def me(session: OwnerSession) -> dict[str, Any]:
    """OwnerMe."""
    return {
        "mobile_hint": f"••••••••{sessions.mobile_of(session)[-2:]}",
        "idle_minutes": rules.value(limits.SESSION_IDLE_MINUTES),
    }
