"""Which consent or order lets a camera be opened now, and the signed permit that says so to the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from prahari.contracts import tokens
from prahari.contracts.media import PermitClaims
from prahari.desks.common.keys import signing_key
from prahari.desks.linking.models import Consent, OrderedCamera
from prahari.desks.registry.choices import COVERAGE

PERMIT_S = 24 * 3600
"""Longest life of a permit; renewed hourly, so an engine cut off from the desks stops within a day."""

STANDS = "stands"

PUBLIC_VIEWS = frozenset(COVERAGE)
"""Placements that look at what anybody may see from the street or a public hall."""


@dataclass(frozen=True, slots=True)
class Permit:
    """A consent or order as it concerns one camera.

    state: stands, not_yet, ended, withdrawn, revoked, not_public_view (for public views only, and this is none).
    """

    camera_id: UUID
    basis: str  # "consent" | "order"
    basis_id: UUID
    title: str
    document: str
    from_ms: int
    to_ms: int | None
    live: bool
    record: bool
    hours: list[list[int]]
    state: str
    reason: str
    created_ms: int
    on_request: bool = False
    public_view_only: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "basis": self.basis,
            "basis_id": str(self.basis_id),
            "title": self.title,
            "document": self.document,
            "from_ms": self.from_ms,
            "to_ms": self.to_ms,
            "scope": {
                "live": self.live, "record": self.record, "hours": self.hours, "on_request": self.on_request,
                "public_view_only": self.public_view_only,
            },
            "state": self.state,
            "reason": self.reason,
        }  # fmt: skip


def all_of(camera_ids: Iterable[UUID], now_ms: int) -> dict[UUID, list[Permit]]:
    """Every consent and order of each camera, newest first."""
    ids = list(camera_ids)
    found: dict[UUID, list[Permit]] = defaultdict(list)
    for consent in Consent.objects.filter(camera_id__in=ids).annotate(placement=F("camera__placement")):
        found[consent.camera_id].append(_of_consent(consent, now_ms))
    for named in OrderedCamera.objects.filter(camera_id__in=ids).select_related("order"):
        found[named.camera_id].append(_of_order(named, now_ms))
    for permits in found.values():
        permits.sort(key=lambda permit: (permit.created_ms, str(permit.basis_id)), reverse=True)
    return found


def _of_consent(consent: Any, now_ms: int) -> Permit:
    """consent: a Consent with the `placement` of its camera."""
    state = state_of(consent.valid_from_ms, consent.valid_to_ms, consent.withdrawn_ms, "withdrawn", now_ms)
    if state == STANDS and consent.public_view_only and consent.placement not in PUBLIC_VIEWS:
        state = "not_public_view"
    return Permit(
        camera_id=consent.camera_id,
        basis="consent",
        basis_id=consent.id,
        title=consent.given_by,
        document=consent.document_note,
        from_ms=consent.valid_from_ms,
        to_ms=consent.valid_to_ms,
        live=consent.live,
        record=consent.record,
        hours=consent.hours,
        state=state,
        reason=consent.withdrawn_reason,
        created_ms=consent.created_ms,
        on_request=consent.on_request,
        public_view_only=consent.public_view_only,
    )


def _of_order(named: OrderedCamera, now_ms: int) -> Permit:
    order = named.order
    return Permit(
        camera_id=named.camera_id,
        basis="order",
        basis_id=order.id,
        title=f"{order.authority} {order.number}",
        document=order.document_note or order.title,
        from_ms=order.valid_from_ms,
        to_ms=order.valid_to_ms,
        live=True,
        record=True,
        hours=[],
        state=state_of(order.valid_from_ms, order.valid_to_ms, order.revoked_ms, "revoked", now_ms),
        reason=order.revoked_reason,
        created_ms=named.created_ms,
    )


def state_of(from_ms: int, to_ms: int | None, taken_back_ms: int | None, taken_back: str, now_ms: int) -> str:
    if taken_back_ms is not None:
        return taken_back
    if to_ms is not None and to_ms <= now_ms:
        return "ended"
    return "not_yet" if from_ms > now_ms else STANDS


def choose(permits: Sequence[Permit], public: bool) -> Permit | None:
    """The permit that counts: of the kind that the owner class asks for, the newest that stands, else the newest."""
    basis = "order" if public else "consent"
    fitting = [permit for permit in permits if permit.basis == basis]
    return next((permit for permit in fitting if permit.state == STANDS), fitting[0] if fitting else None)


def claims(permit: Permit, now_ms: int) -> PermitClaims | None:
    """What the engine is told, or None when the permit does not stand."""
    if permit.state != STANDS:
        return None
    now_s = now_ms // 1000
    exp_s = now_s + PERMIT_S
    if permit.to_ms is not None:
        exp_s = min(exp_s, permit.to_ms // 1000)
    if exp_s <= now_s:
        return None
    return PermitClaims(
        camera_id=str(permit.camera_id),
        basis=permit.basis,
        basis_id=str(permit.basis_id),
        nbf_s=permit.from_ms // 1000,
        exp_s=exp_s,
        live=permit.live,
        record=permit.record,
        hours=[(start, end) for start, end in permit.hours],
        on_request=permit.on_request,
    )


def sign(what: Any) -> str:
    """A token signed with the centre's key."""
    return tokens.sign(what, signing_key())
