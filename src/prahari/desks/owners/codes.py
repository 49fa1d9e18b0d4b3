"""One-time codes: sent by SMS, checked once, counted so that neither guessing nor hammering pays.

How well guessing is held off: a code is one of a million, has 5 attempts and a number gets at most 15 codes a day, so
whoever aims at one number hits it within a day with a probability below 75 in a million; an address has 30 wrong codes
an hour, and the whole centre 500: any attack on all numbers together hits one within an hour with less than 1 in 2,000.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import NoReturn
from uuid import UUID

from django.db import connection, transaction

from prahari.contracts.events import now_ms
from prahari.core import phones
from prahari.core.ids import uuid7
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, invalid, text
from prahari.desks.messages import queue
from prahari.desks.owners import rules as limits
from prahari.desks.owners.keyed import keyed, same
from prahari.desks.owners.models import OneTimeCode, Purpose, WrongGuess
from prahari.desks.registry.premises import mobile_key

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
DIGITS = 6
_LOCK = 0x6F776E72
"""Advisory lock while codes are counted and sent: two requests at once must not both be the last one allowed."""


def number(written: str) -> str:
    """+919876543210. Raises Problem 422."""
    found = phones.mobile(written)
    if not found:
        raise invalid(mobile=text("Write the mobile number with its ten digits.", "दस अंकों का मोबाइल नंबर लिखें।"))
    return found


def ask(
    *, actor: Actor, mobile: str, purpose: Purpose, language: str, premises_id: UUID | None = None
) -> dict[str, int]:
    """Send a code: {"valid_s", "pause_s"}, the same whether anybody knows the number. Raises Problem 422, 429."""
    to = number(mobile)
    key, address_key = mobile_key(to), keyed("address", actor.ip)
    with action("owner.code", actor=actor) as act:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        now = now_ms()
        _within_limits(key, address_key, now)
        minutes = rules.value(limits.CODE_MINUTES)
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        one = OneTimeCode(
            id=uuid7(), mobile_key=key, address_key=address_key, purpose=purpose, premises_id=premises_id,
            created_ms=now, expires_ms=now + minutes * 60_000,
        )  # fmt: skip
        # The newest code alone is good: an older SMS that comes late opens nothing.
        OneTimeCode.objects.filter(
            mobile_key=key, purpose=purpose, premises_id=premises_id, used_ms__isnull=True, expires_ms__gt=now
        ).update(expires_ms=now)
        one.code_hash = _hash(one.id, code)
        one.message_id = queue.sms(
            to=to, template="one_time_code", values={"code": code, "minutes": minutes}, language=language,
            key=f"owner code {one.id}", about=("owner code", one.id), valid_for_s=minutes * 60,
        ).id  # fmt: skip
        one.save(force_insert=True)
        act.about("owner code", one.id, purpose)
        act.details(mobile_last2=to[-2:], purpose=purpose)
    return {"valid_s": minutes * 60, "pause_s": rules.value(limits.CODE_PAUSE_S)}


def prove(*, actor: Actor, mobile: str, purpose: Purpose, code: str, premises_id: UUID | None = None) -> OneTimeCode:
    """The code that was right; `use` it in the transaction of what it is for. Call outside any: a wrong try is counted
    whatever comes after. Raises Problem 409 (wrong, used, expired: the same answer for all), 429."""
    key, address_key = mobile_key(number(mobile)), keyed("address", actor.ip)
    now = now_ms()
    _guesses_left("code", address_key, now)
    found = _spend_attempt(key, purpose, premises_id, now)
    if found is None or not same(found.code_hash, _hash(found.id, code)):
        _count_wrong("code", address_key, now)
        _refuse()
    return found


def use(one: OneTimeCode) -> None:
    """Use a code up: when what it was for fails, it stays good. Two tabs with the same code: one of them gets it, the
    other is refused. Raises Problem 409."""
    if not OneTimeCode.objects.filter(id=one.id, used_ms__isnull=True).update(used_ms=now_ms()):
        _refuse()


def _spend_attempt(key: str, purpose: str, premises_id: UUID | None, now: int) -> OneTimeCode | None:
    """The code that may be tried now, with one attempt fewer left: taken before it is compared."""
    with transaction.atomic():
        found = (
            OneTimeCode.objects.select_for_update()
            .filter(mobile_key=key, purpose=purpose, premises_id=premises_id, used_ms__isnull=True, expires_ms__gt=now)
            .order_by("-created_ms")
            .first()
        )
        if found is None or found.attempts >= rules.value(limits.CODE_ATTEMPTS):
            return None
        found.attempts += 1
        found.save(update_fields=["attempts"])
        return found


def _hash(code_id: UUID, code: str) -> str:
    """Of the digits, in whichever script they were typed."""
    digits = "".join(str(unicodedata.decimal(char)) for char in code if char.isdecimal())
    return keyed("code", f"{code_id}:{digits}")


def _within_limits(key: str, address_key: str, now: int) -> None:
    mine = OneTimeCode.objects.filter(mobile_key=key)
    newest = mine.order_by("-created_ms").values_list("created_ms", flat=True).first()
    pause_s = rules.value(limits.CODE_PAUSE_S)
    if newest is not None and newest > now - pause_s * 1000:
        wait_s = -(-(newest + pause_s * 1000 - now) // 1000)
        raise Problem(
            429, "wait", f"A code was sent just now. Wait {wait_s} seconds, then ask again.",
            f"कोड अभी भेजा गया है। {wait_s} सेकंड रुकें, फिर माँगें।",
        )  # fmt: skip
    everybody = OneTimeCode.objects.all()
    for rows, since_ms, rule in (
        (mine, HOUR_MS, limits.CODES_NUMBER_HOUR),
        (mine, DAY_MS, limits.CODES_NUMBER_DAY),
        (everybody.filter(address_key=address_key), HOUR_MS, limits.CODES_ADDRESS_HOUR),
        (everybody, HOUR_MS, limits.CODES_CENTRE_HOUR),
    ):
        if rows.filter(created_ms__gt=now - since_ms).count() >= rules.value(rule):
            raise too_many()


def _guesses_left(kind: str, address_key: str, now: int) -> None:
    wrong = WrongGuess.objects.filter(kind=kind, at_ms__gt=now - HOUR_MS)
    if wrong.filter(address_key=address_key).count() >= rules.value(
        limits.WRONG_ADDRESS_HOUR
    ) or wrong.count() >= rules.value(limits.WRONG_CENTRE_HOUR):
        raise too_many()


def _count_wrong(kind: str, address_key: str, now: int) -> None:
    WrongGuess.objects.create(kind=kind, address_key=address_key, at_ms=now)


def guarded_guess(ip: str) -> None:
    """Before somebody tries a receipt's check code. Raises Problem 429."""
    _guesses_left("receipt", keyed("address", ip), now_ms())


def wrong_receipt(ip: str) -> None:
    _count_wrong("receipt", keyed("address", ip), now_ms())


def too_many() -> Problem:
    return Problem(
        429, "too_many", "Too many attempts. Try again in an hour, or ask the officer who visited you.",
        "बहुत अधिक प्रयास हुए। एक घंटे बाद फिर प्रयास करें, या आपसे मिले अधिकारी से कहें।",
    )  # fmt: skip


def _refuse() -> NoReturn:
    raise Problem(
        409, "wrong_code",
        "This code is wrong or no longer good. Look at the newest SMS, or ask for a new code.",
        "यह कोड ग़लत है या अब मान्य नहीं है। सबसे नया एसएमएस देखें, या नया कोड माँगें।",
        {"code": text("Wrong or no longer good.", "ग़लत है या अब मान्य नहीं।")},
    )  # fmt: skip
