"""One-time codes to enrol a box: found by their first group, the rest compared by a keyed hash, few tries each."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import NoReturn

from django.conf import settings
from django.db import transaction

from prahari.contracts.events import now_ms
from prahari.desks.common import rules as dated
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, text
from prahari.desks.edge import rules
from prahari.desks.edge.models import EdgeCode, EdgeSite

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No I, O, 0, 1: codes are read aloud."""


def make(actor: Actor, site: EdgeSite) -> tuple[str, EdgeCode]:
    """(the code, its row). Inside an action. An older code of the site is good no more."""
    now = now_ms()
    EdgeCode.objects.filter(site=site, used_ms__isnull=True, expires_ms__gt=now).update(expires_ms=now)
    EdgeCode.objects.filter(expires_ms__lt=now - 86_400_000).delete()
    mark = "".join(secrets.choice(LETTERS) for _ in range(6))
    secret = f"{secrets.randbelow(10**8):08d}"
    row = EdgeCode.objects.create(
        site=site, mark=mark, code_hash=_hash(mark, secret), made_by_id=actor.id, created_ms=now,
        expires_ms=now + dated.value(rules.CODE_MINUTES) * 60_000,
    )  # fmt: skip
    return f"{mark}-{secret[:4]}-{secret[4:]}", row


def prove(code: str) -> EdgeCode:
    """The code that was right; `use` it in the transaction of what it is for. Call outside any transaction: a wrong try
    counts whatever comes after. Raises Problem 409 (wrong, used, tried too often, expired: the same for all)."""
    mark, secret = split(code)
    with transaction.atomic():
        found = EdgeCode.objects.select_for_update().filter(mark=mark).first()
        if found is None or found.used_ms is not None or found.expires_ms <= now_ms():
            _refuse()
        if found.attempts >= dated.value(rules.CODE_ATTEMPTS):
            _refuse()
        found.attempts += 1
        found.save(update_fields=["attempts"])
    if not hmac.compare_digest(found.code_hash, _hash(mark, secret)):
        _refuse()
    return found


def use(one: EdgeCode) -> None:
    """Raises Problem 409: somebody else was first."""
    if not EdgeCode.objects.filter(id=one.id, used_ms__isnull=True).update(used_ms=now_ms()):
        _refuse()


def split(code: str) -> tuple[str, str]:
    """(mark, digits) of what was typed or scanned."""
    plain = "".join(char for char in code.upper() if char.isascii() and char.isalnum())
    return plain[:6], plain[6:14]


def _hash(mark: str, secret: str) -> str:
    key = hashlib.sha256(b"edge code\0" + settings.CONFIG.sealing_key()).digest()
    return hmac.new(key, f"{mark}:{secret}".encode(), hashlib.sha256).hexdigest()


def _refuse() -> NoReturn:
    raise Problem(
        409, "wrong_code", "This code is wrong or no longer good. Ask the centre for a new one.",
        "यह कोड ग़लत है या अब मान्य नहीं है। केंद्र से नया कोड लें।",
        {"code": text("Wrong or no longer good.", "ग़लत है या अब मान्य नहीं।")},
    )  # fmt: skip
