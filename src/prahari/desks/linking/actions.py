"""Consents given and withdrawn, orders entered and revoked: each reaches the media engine with its commit."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from uuid import UUID

from prahari.contracts.events import CAMERA_CHANGED, Event, now_ms
from prahari.core.scope import is_within
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, forbidden, invalid, not_found, text
from prahari.desks.linking import facts, selectors
from prahari.desks.linking.models import Consent, Order, OrderedCamera
from prahari.desks.linking.schemas import ConsentIn, OrderIn
from prahari.desks.registry import references
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.models import Camera

MANAGE = selectors.MANAGE
SOURCE = "registry"
_DAY = dt.timedelta(days=1)


def give_consent(*, actor: Actor, camera_id: UUID, form: ConsentIn) -> UUID:
    """Enter a private owner's consent. It counts from now (or `valid_from_ms`). Raises Problem 403, 404, 422."""
    with action("consent.give", actor=actor) as act:
        camera = _locked(actor, camera_id)
        if camera.owner_class.public:
            raise Problem(
                422, "needs_order",
                "This camera belongs to a public owner: it needs an authority's order, not a consent.",
                "यह कैमरा सार्वजनिक स्वामी का है: इसके लिए सहमति नहीं, प्राधिकारी का आदेश चाहिए।",
            )  # fmt: skip
        check_date("given_on", form.given_on)
        now = now_ms()
        start = form.valid_from_ms if form.valid_from_ms is not None else now
        check_period(start, form.valid_to_ms, now)
        if not form.scope.live and not form.scope.record:
            raise invalid(scope=text("Consent must be for live, for recording, or both.",
                                     "सहमति लाइव, रिकॉर्डिंग या दोनों के लिए होनी चाहिए।"))  # fmt: skip
        check_hours(form.scope.hours)
        consent = Consent.objects.create(
            camera=camera, given_by=form.given_by, given_on=form.given_on, live=form.scope.live,
            on_request=form.scope.on_request, public_view_only=form.scope.public_view_only, record=form.scope.record,
            hours=[list(window) for window in form.scope.hours], valid_from_ms=start,
            valid_to_ms=form.valid_to_ms, document_note=form.document_note, recorded_by_id=actor.id, created_ms=now,
        )  # fmt: skip
        _tell(act, camera)
        act.details(consent=str(consent.id), given_by=form.given_by, live=form.scope.live, record=form.scope.record)
    return consent.id


def withdraw_consent(*, actor: Actor, consent_id: UUID, reason: str) -> None:
    """Take a consent back. The engine closes the stream within a second or two. Raises Problem 403, 404, 409."""
    with action("consent.withdraw", actor=actor, reason=reason) as act:
        actor.require(MANAGE)
        camera_id = Consent.objects.filter(id=consent_id).values_list("camera_id", flat=True).first()
        if camera_id is None:
            raise not_found("There is no such consent in your area.", "आपके क्षेत्र में ऐसी कोई सहमति नहीं है।")
        camera = _locked(actor, camera_id)
        consent = Consent.objects.select_for_update().get(id=consent_id)
        if consent.withdrawn_ms is not None:
            raise conflict("withdrawn", "This consent was withdrawn already.", "यह सहमति पहले ही वापस ली जा चुकी है।")
        consent.withdrawn_ms = now_ms()
        consent.withdrawn_reason = reason
        consent.save(update_fields=["withdrawn_ms", "withdrawn_reason"])
        _tell(act, camera)
        act.details(consent=str(consent.id))


def enter_order(*, actor: Actor, form: OrderIn) -> UUID:
    """Enter an authority's order, with the cameras that it names. Raises Problem 403, 409, 422."""
    with action("order.enter", actor=actor) as act:
        actor.require(MANAGE)
        department = references.department(form.department)
        path = form.jurisdiction if form.jurisdiction is not None else _widest(actor, department.agency_id)
        place = references.jurisdiction(path)
        actor.require_in(MANAGE, path, department.agency_id)
        check_date("dated_on", form.dated_on)
        now = now_ms()
        start = form.valid_from_ms if form.valid_from_ms is not None else now
        check_period(start, form.valid_to_ms, now)
        same = Order.objects.filter(authority=form.authority, number=form.number, dated_on=form.dated_on)
        if same.exists():
            raise conflict("order_known", "This order is entered already.", "यह आदेश पहले से दर्ज है।")
        order = Order.objects.create(
            authority=form.authority, number=form.number, dated_on=form.dated_on, title=form.title,
            department=department, jurisdiction=place, valid_from_ms=start, valid_to_ms=form.valid_to_ms,
            document_note=form.document_note, recorded_by_id=actor.id, created_ms=now,
        )  # fmt: skip
        _about(act, order)
        _name_cameras(actor, act, order, form.camera_ids)
    return order.id


def _widest(actor: Actor, agency: str) -> str:
    """Path of the widest area in which the actor manages consents and orders for an agency. Raises Problem 403."""
    paths = [path for path, of in actor.scope.areas(MANAGE) if of in (None, agency)]
    if not paths:
        raise forbidden(MANAGE)
    return min(paths, key=len)


def _about(act: Action, order: Order) -> None:
    act.about("order", order.id, str(order), jurisdiction=order.jurisdiction.path, agency=order.department.agency_id)


def name_cameras(*, actor: Actor, order_id: UUID, camera_ids: list[UUID], reason: str = "") -> None:
    """Add cameras to an order. Raises Problem 403, 404, 422."""
    with action("order.name_cameras", actor=actor, reason=reason) as act:
        order = selectors.order_to_name_in(actor, order_id)
        _about(act, order)
        _name_cameras(actor, act, order, camera_ids)


def name_in_order(*, actor: Actor, camera: Camera, order_id: UUID) -> None:
    """A camera just entered, within that action. Raises Problem 403, 422."""
    actor.require(MANAGE)
    order = selectors.orders_for(actor).filter(id=order_id).select_related("jurisdiction").first()
    if order is None:
        raise invalid(order_id=text("There is no such order in your area.", "आपके क्षेत्र में ऐसा कोई आदेश नहीं है।"))
    if not camera.owner_class.public:
        raise invalid(order_id=_NEEDS_CONSENT)
    if not is_within(camera.jurisdiction.path, order.jurisdiction.path):
        raise invalid(order_id=_OUTSIDE)
    actor.require_in(MANAGE, camera.jurisdiction.path, camera.agency_id)
    OrderedCamera.objects.get_or_create(order=order, camera=camera, defaults={"created_ms": now_ms()})


_OUTSIDE = text("A camera lies outside the place that this order is for.", "कोई कैमरा इस आदेश के क्षेत्र से बाहर है।")
_NEEDS_CONSENT = text(
    "A private owner's camera needs the owner's consent, not an order.",
    "निजी स्वामी के कैमरे के लिए आदेश नहीं, स्वामी की सहमति चाहिए।",
)


def _name_cameras(actor: Actor, act: Action, order: Order, camera_ids: list[UUID]) -> None:
    ids = list(dict.fromkeys(camera_ids))
    found = registry.cameras_in(actor, MANAGE).filter(id__in=ids, retired_ms__isnull=True)
    rows = list(found.values_list("id", "owner_class__public", "jurisdiction_path", "agency_id"))
    if len(rows) != len(ids):
        raise invalid(camera_ids=text(f"{len(ids) - len(rows)} of these cameras are not in your area.",
                                      f"इनमें से {len(ids) - len(rows)} कैमरे आपके क्षेत्र में नहीं हैं।"))  # fmt: skip
    if not all(row[1] for row in rows):
        raise invalid(camera_ids=_NEEDS_CONSENT)
    if not all(is_within(row[2], order.jurisdiction.path) for row in rows):
        raise invalid(camera_ids=_OUTSIDE)
    if order.revoked_ms is not None:
        raise conflict("revoked", "This order is revoked.", "यह आदेश निरस्त है।")
    now = now_ms()
    OrderedCamera.objects.bulk_create(
        [OrderedCamera(order=order, camera_id=row[0], created_ms=now) for row in rows], ignore_conflicts=True
    )
    act.details(cameras=len(rows))
    emit(act, [(row[0], row[2], row[3]) for row in rows])


def revoke_order(*, actor: Actor, order_id: UUID, reason: str) -> None:
    """Take an order back: every camera that stands on it alone is closed. Raises Problem 403, 404, 409."""
    with action("order.revoke", actor=actor, reason=reason) as act:
        selectors.order(actor, order_id)
        order = (
            Order.objects.select_for_update(of=("self",)).select_related("department", "jurisdiction").get(id=order_id)
        )
        if order.revoked_ms is not None:
            raise conflict("revoked", "This order was revoked already.", "यह आदेश पहले ही निरस्त हो चुका है।")
        order.revoked_ms = now_ms()
        order.revoked_reason = reason
        order.save(update_fields=["revoked_ms", "revoked_reason"])
        rows = list(order.named.values_list("camera_id", "camera__jurisdiction_path", "camera__agency_id"))
        _about(act, order)
        act.details(cameras=len(rows))
        emit(act, rows)


def _locked(actor: Actor, camera_id: UUID) -> Camera:
    """The camera, held until the end of the transaction: its plans go out in the order of the writes."""
    registry.camera(actor, camera_id, MANAGE)
    camera = Camera.objects.select_for_update(of=("self",)).select_related("owner_class").get(id=camera_id)
    if camera.retired_ms is not None:
        raise conflict("retired", "This camera is retired.", "यह कैमरा सेवामुक्त है।")
    return camera


def _tell(act: Action, camera: Camera) -> None:
    act.about("camera", camera.id, f"{camera.reg_id} {camera.name_en}",
              jurisdiction=camera.jurisdiction_path, agency=camera.agency_id)  # fmt: skip
    emit(act, [(camera.id, camera.jurisdiction_path, camera.agency_id)])


def emit(act: Action, rows: list[tuple[UUID, str, str]]) -> None:
    """The engine first: a withdrawal must not wait behind the news of it."""
    at = now_ms()
    facts.settle_and_publish([row[0] for row in rows])
    by_area: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for camera_id, path, agency in rows:
        by_area[path, agency].append(camera_id)
    for (path, agency), ids in by_area.items():
        act.emit(SOURCE, *(
            Event(CAMERA_CHANGED, str(one), at, {"change": "edited"}, jurisdiction=path, agency=agency) for one in ids
        ))  # fmt: skip


def check_date(field: str, day: dt.date) -> None:
    if day > dt.datetime.now(dt.UTC).date() + _DAY:
        raise invalid(**{field: text("This date lies in the future.", "यह दिनांक भविष्य का है।")})


def check_hours(hours: list[tuple[int, int]]) -> None:
    if any(begin >= end for begin, end in hours):
        raise invalid(hours=text("Each window must end after it begins. Split one over midnight into two.",
                                 "हर अवधि का अंत आरम्भ के बाद हो। आधी रात पार करने वाली को दो में बाँटें।"))  # fmt: skip


def check_period(start_ms: int, end_ms: int | None, now: int) -> None:
    if end_ms is not None and (end_ms <= start_ms or end_ms <= now):
        raise invalid(valid_to_ms=text("It must end after it begins, and in the future.",
                                       "इसका अंत आरम्भ के बाद और भविष्य में होना चाहिए।"))  # fmt: skip
