"""Endpoints of the owner's pages. An owner's session is no console's: for everybody else these are closed (401); what
the right owner may do and no other owner is in tests/unit/desks/owners."""

from __future__ import annotations

from uuid import uuid4

import owners_rig
import registry_rig as rig
from prahari.contracts.events import now_ms
from prahari.desks.owners.models import Registration
from scope import Endpoint, World


def premises(world: World) -> dict[str, str]:
    return {"premises_id": str(rig.premises(world).pk)}


def registration(world: World) -> dict[str, str]:
    made = Registration.objects.create(
        key=uuid4(), premises=owners_rig.premises(world), mobile_key="k", created_ms=now_ms()
    )
    return {"registration_id": str(made.pk)}


WORK = "linking.work"
ID = "00000000-0000-7000-8000-000000000001"


def owners_only(method: str, path: str, **more: object) -> Endpoint:
    """Asked with a fixed id: nobody without an owner's session gets as far as looking for it."""
    return Endpoint(method, path, None, row=_fixed(path), success=401, elsewhere=401, **more)  # type: ignore[arg-type]


def _fixed(path: str) -> object:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return (lambda world: dict.fromkeys(names, ID)) if names else None


ENDPOINTS = [
    Endpoint("GET", "/owner/start", None, public=True),
    # Without a page's CSRF token nothing is written; the test client passes that by.
    Endpoint("POST", "/owner/code", None, body={"mobile": "12"}, success=422, public=True),
    Endpoint("POST", "/owner/session", None, body={"mobile": "9876543210", "code": "123456"}, success=409, public=True),
    Endpoint("GET", "/owner/receipt-check", None, query="number=X-1&code=000000", success=404, public=True),
    owners_only("GET", "/owner/session"),
    owners_only("DELETE", "/owner/session"),
    owners_only("GET", "/owner/premises"),
    owners_only("POST", "/owner/premises"),
    owners_only("POST", "/owner/files"),
    owners_only("GET", "/owner/premises/{premises_id}"),
    owners_only("POST", "/owner/premises/{premises_id}/code"),
    owners_only("POST", "/owner/premises/{premises_id}/words"),
    owners_only("POST", "/owner/premises/{premises_id}/consent"),
    owners_only("POST", "/owner/premises/{premises_id}/withdraw"),
    owners_only("POST", "/owner/premises/{premises_id}/confirm"),
    owners_only("POST", "/owner/premises/{premises_id}/testimonial"),
    owners_only("POST", "/owner/cameras/{camera_id}/look"),
    owners_only("GET", "/owner/cameras/{camera_id}/views"),
    owners_only("GET", "/owner/receipts/{receipt_id}"),
    owners_only("GET", "/owner/receipts/{receipt_id}/pdf"),
    Endpoint("GET", "/owner-registrations", WORK, row=registration, lists=True),
    Endpoint("POST", "/owner-registrations/{registration_id}/review", WORK, row=registration,
             body={"accept": True, "reason": "seen there"}, success=204),
    Endpoint("GET", "/premises/{premises_id}/owner-link", WORK, row=premises),
]  # fmt: skip
