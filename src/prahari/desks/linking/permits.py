"""Which consent or order lets a camera be opened now, and the signed permit that says so to the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from prahari.contracts import tokens
from prahari.contracts.media import PermitClaims
from prahari.desks.common.keys import signing_key
from prahari.desks.linking.models import Consent, OrderedCamera

PERMIT_S = 24 * 3600
"""Longest life of a permit; renewed hourly, so an engine cut off from the desks stops within a day."""

STANDS = "stands"


@dataclass(frozen=True, slots=True)
class Permit:
    """A consent or order as it concerns one camera. state: stands, not_yet, ended, withdrawn, revoked."""

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

    def as_json(self) -> dict[str, Any]:
        return {
            "basis": self.basis,
            "basis_id": str(self.basis_id),
            "title": self.title,
            "document": self.document,
            "from_ms": self.from_ms,
            "to_ms": self.to_ms,
            "scope": {"live": self.live, "record": self.record, "hours": self.hours},
            "state": self.state,
            "reason": self.reason,
        }


def all_of(camera_ids: Iterable[UUID], now_ms: int) -> dict[UUID, list[Permit]]:
    """Every consent and order of each camera, newest first."""
    ids = list(camera_ids)
    found: dict[UUID, list[Permit]] = defaultdict(list)
    for consent in Consent.objects.filter(camera_id__in=ids):
        found[consent.camera_id].append(_of_consent(consent, now_ms))
    for named in OrderedCamera.objects.filter(camera_id__in=ids).select_related("order"):
        found[named.camera_id].append(_of_order(named, now_ms))
    for permits in found.values():
        permits.sort(key=lambda permit: (permit.created_ms, str(permit.basis_id)), reverse=True)
    return found


def _of_consent(consent: Consent, now_ms: int) -> Permit:
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
        state=state_of(consent.valid_from_ms, consent.valid_to_ms, consent.withdrawn_ms, "withdrawn", now_ms),
        reason=consent.withdrawn_reason,
        created_ms=consent.created_ms,
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
    )


def sign(what: Any) -> str:
    """A token signed with the centre's key."""
    return tokens.sign(what, signing_key())
