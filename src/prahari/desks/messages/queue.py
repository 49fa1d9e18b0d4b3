"""Putting a message into the queue, in the transaction of the action that causes it: both happen or neither.

    with action("consent.give", ...) as act:
        ...
        queue.sms(to=mobile, template="consent_receipt", values={"premises": ..., "number": ..., "link": ...},
                  key=f"receipt:{receipt.id}", about=("premises", premises.id), jurisdiction=..., agency=...)

The same `key` gives the same message, once, however often it is asked for. Nothing is sent before the commit.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from prahari.contracts import sealing
from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.core.phones import mobile
from prahari.desks.accounts.models import Centre
from prahari.desks.common import action, rules
from prahari.desks.messages import templates
from prahari.desks.messages.choices import Channel, Reason, State
from prahari.desks.messages.models import Message, MessageAttachment

ATTACHMENTS_MAX_BYTES = rules.declare(
    "message_attachments_max_bytes", 15_000_000, "Largest total of a mail's attachments, in bytes",
    "एक मेल के संलग्नकों का अधिकतम कुल आकार, बाइट में", rules.whole(100_000, 100_000_000),
)  # fmt: skip

About = tuple[str, UUID | str]


def sms(
    *, to: str, template: str, values: Mapping[str, object], key: str, language: str = "hi", about: About = ("", ""),
    jurisdiction: str = "", agency: str = "", valid_for_s: int | None = None,
) -> Message:  # fmt: skip
    """One SMS. `values` has every placeholder of the template (templates.KNOWN); `valid_for_s`: after that it is not
    sent any more, else as its kind says. A number that is none makes a message that has failed, not an error: what
    causes the message goes on. Raises ValueError for an unknown template or a missing value, RuntimeError outside
    an action."""
    number = mobile(to)
    return _queue(
        Channel.SMS, [number] if number else [], template, values, language, key, about, jurisdiction, agency,
        valid_for_s, (),
    )  # fmt: skip


def mail(
    *, to: Sequence[str], template: str, values: Mapping[str, object], key: str, language: str = "hi",
    attachments: Sequence[tuple[str, bytes, str]] = (), about: About = ("", ""), jurisdiction: str = "",
    agency: str = "", valid_for_s: int | None = None,
) -> Message:  # fmt: skip
    """One mail to all of `to`; attachments as (name, bytes, media type). Otherwise as sms()."""
    addresses = [address.strip() for address in to if _is_address(address.strip())]
    return _queue(
        Channel.MAIL, list(dict.fromkeys(addresses)), template, values, language, key, about, jurisdiction, agency,
        valid_for_s, attachments,
    )  # fmt: skip


def content_context(message_id: UUID) -> str:
    return f"message:{message_id}"


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def hint(channel: Channel, to: Sequence[str]) -> str:
    """Enough to recognise, too little to use: "••••••••10", "r•••@kanpur.example +2"."""
    if not to:
        return ""
    if channel == Channel.SMS:
        return f"••••••••{to[0][-2:]}"
    name, _, domain = to[0].partition("@")
    more = f" +{len(to) - 1}" if len(to) > 1 else ""
    return f"{name[:1]}•••@{domain}"[:110] + more


def _queue(
    channel: Channel, to: list[str], code: str, values: Mapping[str, object], language: str, key: str, about: About,
    jurisdiction: str, agency: str, valid_for_s: int | None, attachments: Sequence[tuple[str, bytes, str]],
) -> Message:  # fmt: skip
    if action.running() is None:
        raise RuntimeError("a message may only be queued as part of an action")
    kind = templates.KNOWN.get(code)
    if kind is None:
        raise ValueError(f"there is no kind of message called {code!r}")
    if missing := sorted(kind.placeholders - values.keys()):
        raise ValueError(f"a message of kind {code!r} needs {', '.join(missing)}")
    if sum(len(data) for _, data, _ in attachments) > rules.value(ATTACHMENTS_MAX_BYTES):
        raise ValueError("the attachments are too large for a mail")
    earlier = Message.objects.filter(key=key).first()
    if earlier is not None:
        return earlier
    try:
        words = templates.in_force(code, channel, language)
    except LookupError as error:
        raise ValueError(str(error)) from None
    everything = {**values, "centre": _centre_name(words.language)}
    body = templates.filled(words.body, everything)
    subject = re.sub(r"\s+", " ", templates.filled(words.subject, everything)).strip()[:300]
    now, message_id = now_ms(), uuid7()
    sealed = sealing.seal(
        orjson.dumps({"to": to, "subject": subject, "body": body}).decode(),
        settings.CONFIG.sealing_key(), content_context(message_id),
    )  # fmt: skip
    message = Message(
        id=message_id, key=key, channel=channel, language=words.language, template=words, template_code=code,
        to_hint=hint(channel, to), sealed_content=sealed, subject="" if kind.secret else subject,
        body="" if kind.secret else body, about_type=about[0], about_id=str(about[1]), jurisdiction_path=jurisdiction,
        agency_code=agency, created_ms=now, next_try_ms=now,
        expires_ms=now + (kind.valid_for_s if valid_for_s is None else valid_for_s) * 1000,
    )  # fmt: skip
    if not to:
        message.state, message.reason, message.sealed_content = State.FAILED, Reason.BAD_RECIPIENT, ""
    # Somebody else may be queuing the same this very moment: the database lets one of the two through.
    Message.objects.bulk_create([message], ignore_conflicts=True)
    saved = Message.objects.get(key=key)
    if saved.id == message.id:
        _attach(message, attachments)
        if message.state == State.QUEUED:
            from prahari.desks.messages.tasks import request_sending

            request_sending(message.id, urgent=kind.urgent)
    return saved


def _attach(message: Message, attachments: Sequence[tuple[str, bytes, str]]) -> None:
    MessageAttachment.objects.bulk_create(
        MessageAttachment(
            message=message, name=name, media_type=media_type, size_bytes=len(data),
            sha256=hashlib.sha256(data).hexdigest(), data=data,
        )
        for name, data, media_type in attachments
    )  # fmt: skip


def _centre_name(language: str) -> str:
    names = Centre.objects.values("name_en", "name_hi").first() or {}
    return str(names.get(f"name_{language}") or "Prahari")


def content(message: Message) -> dict[str, Any]:
    """{"to", "subject", "body"} as sealed; empty once it has been emptied. Raises SealError."""
    if not message.sealed_content:
        return {}
    opened = sealing.unseal(message.sealed_content, settings.CONFIG.sealing_key(), content_context(message.id))
    return dict(orjson.loads(opened))


def forget_secret(message: Message) -> None:
    """Empty what a message of a secret kind said; its recipient goes with it. Others keep it, to be sent again."""
    if templates.KNOWN[message.template_code].secret:
        message.sealed_content = ""
