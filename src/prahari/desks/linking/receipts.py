"""Receipts: what an owner holds in hand of a consent, a withdrawal or a confirmation, and how anybody can check one."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Centre
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.linking import linkages
from prahari.desks.linking.models import PremisesConsent, Receipt
from prahari.desks.registry.models import Premises


def issue(kind: str, premises: Premises, consent: PremisesConsent | None, facts: dict[str, Any]) -> Receipt:
    """A receipt with the next number, inside the action that it is for. `facts`: plain JSON, no personal secrets."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('linking_receipt_number')")
        running = cursor.fetchone()[0]
    code = Centre.objects.filter(id=1).values_list("code", flat=True).first() or "centre"
    receipt = Receipt(
        number=f"{code.upper()}-R-{running:06d}", kind=kind, premises=premises, consent=consent,
        check_code=f"{secrets.randbelow(10**6):06d}", issued_ms=now_ms(),
        facts={"premises": {"en": premises.name_en, "hi": premises.name_hi}, **facts},
    )  # fmt: skip
    receipt.sha256 = digest(receipt)
    receipt.save(force_insert=True)
    return receipt


def digest(receipt: Receipt) -> str:
    """SHA-256 over what the receipt says."""
    body = {
        "number": receipt.number, "kind": receipt.kind, "premises": str(receipt.premises_id),
        "issued_ms": receipt.issued_ms, "facts": receipt.facts,
    }  # fmt: skip
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


def row(receipt: Receipt) -> dict[str, Any]:
    """A ReceiptOut."""
    return {
        "id": receipt.id, "number": receipt.number, "kind": receipt.kind, "issued_ms": receipt.issued_ms,
        "check_code": receipt.check_code, "sha256": receipt.sha256, "facts": receipt.facts,
        "genuine": digest(receipt) == receipt.sha256,
    }  # fmt: skip


def one(actor: Actor, receipt_id: UUID) -> dict[str, Any]:
    """For officers. Raises Problem 403, 404."""
    receipt = Receipt.objects.filter(id=receipt_id).first()
    if receipt is None:
        actor.require(linkages.VIEW)
        raise _unknown()
    linkages.premises_to_work(actor, receipt.premises_id, linkages.VIEW)
    return row(receipt)


def check(number: str, check_code: str) -> dict[str, Any]:
    """For whoever holds the receipt: nobody finds one without its code. Raises Problem 404."""
    receipt = Receipt.objects.filter(number=number.strip().upper()).first()
    if receipt is None or not hmac.compare_digest(receipt.check_code.encode(), check_code.strip().encode()):
        raise _unknown()
    return row(receipt)


def _unknown() -> Exception:
    return not_found("There is no receipt with this number and check code.",
                     "इस संख्या और जाँच कोड की कोई रसीद नहीं है।")  # fmt: skip
