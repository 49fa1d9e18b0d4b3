"""What people do with messages: gateways, test messages, words, sending again; and what gateways report."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from django.db import IntegrityError, transaction
from django.utils import timezone

from prahari.contracts.clock import IST, local_day
from prahari.contracts.events import now_ms
from prahari.core import phones
from prahari.core.ids import uuid7
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, not_found, text
from prahari.desks.messages import gateways, httpsms, queue, schemas, selectors, templates
from prahari.desks.messages.choices import OPEN, Channel, Reason, State
from prahari.desks.messages.models import Gateway, Message, MessageTemplate
from prahari.desks.messages.tasks import request_sending

REPORT_MAX_BYTES = 20_000
RETRY_FOR_MS = 24 * 3_600_000


def create_gateway(*, actor: Actor, form: schemas.GatewayIn) -> UUID:
    """Raises Problem 403, 409 (name taken), 422."""
    selectors.require_all(actor)
    with action("gateway.create", actor=actor, reason=form.reason) as act:
        gateway = Gateway(channel=form.channel, name=form.name, active=form.active is not False, sort=form.sort or 0)
        gateways.set_report_key(gateway, secrets.token_urlsafe(24))
        _set(gateway, form.settings, form.secrets or {})
        _save(gateway, new=True)
        act.about("gateway", gateway.id, gateway.name)
        act.details(secrets=sorted(form.secrets or {}))
    return gateway.id


def edit_gateway(*, actor: Actor, gateway_id: UUID, form: schemas.GatewayEdit) -> None:
    """Raises Problem 403, 404, 409 (saved meanwhile, name taken), 422. A changed gateway is tried afresh."""
    selectors.require_all(actor)
    with action("gateway.edit", actor=actor, reason=form.reason) as act:
        gateway = selectors.gateway(actor, gateway_id, for_edit=True)
        if gateway.edited_ms != form.edited_ms:
            raise conflict("edited_meanwhile",
                           "This gateway was changed meanwhile. Load it again, then make your change.",
                           "यह गेटवे इस बीच बदला गया है। फिर से लोड करें, तब बदलाव करें।")  # fmt: skip
        if form.name is not None:
            gateway.name = form.name
        if form.active is not None:
            gateway.active = form.active
        if form.sort is not None:
            gateway.sort = form.sort
        _set(gateway, form.settings or gateways.settings_of(gateway), form.secrets or {})
        gateway.failures, gateway.rests_until_ms, gateway.failing_since_ms = 0, 0, None
        gateway.last_reason = gateway.last_detail = ""
        _save(gateway, new=False)
        act.about("gateway", gateway.id, gateway.name)
        act.details(secrets=sorted(form.secrets or {}))
        waiting = Message.objects.filter(state=State.QUEUED, channel=gateway.channel, next_try_ms__gt=now_ms())
        waiting.update(next_try_ms=now_ms())  # the sweep takes them within the minute


def _set(
    gateway: Gateway, form: schemas.HttpSettings | schemas.SmtpSettings, changed: Mapping[str, str | None]
) -> None:
    if (gateway.channel == Channel.SMS) != isinstance(form, schemas.HttpSettings):
        raise invalid(settings=text("SMS leaves by HTTP, mail by SMTP.", "एसएमएस HTTP से और मेल SMTP से जाता है।"))
    held: dict[str, str] = {**gateways.secrets(gateway)}
    for name, value in changed.items():
        if value is None:
            held.pop(name, None)
        else:
            held[name] = value
    if isinstance(form, schemas.HttpSettings):
        for field, pattern in (("success_pattern", form.success_pattern), ("refused_pattern", form.refused_pattern)):
            try:
                re.compile(pattern)
            except re.error:
                raise invalid(**{f"settings.{field}": text("This is no regular expression.",
                                                           "यह मान्य रेगुलर एक्सप्रेशन नहीं है।")}) from None  # fmt: skip
        if unknown := httpsms.unknown_names(form, set(held)):
            names = ", ".join(f"{{{name}}}" for name in unknown)
            raise invalid(**{"settings.url": text(f"Nothing is known to fill in for {names}.",
                                                  f"{names} के लिए भरने को कुछ ज्ञात नहीं है।")})  # fmt: skip
    gateway.settings = form.dict()
    gateways.seal_secrets(gateway, held)


def _save(gateway: Gateway, *, new: bool) -> None:
    gateway.edited_ms = max(now_ms(), (gateway.edited_ms or 0) + 1)
    try:
        with transaction.atomic():
            gateway.save(force_insert=new)
    except IntegrityError:
        raise conflict("name_taken", "There is a gateway of this name already.",
                       "इस नाम का गेटवे पहले से है।") from None  # fmt: skip


def send_test(*, actor: Actor, gateway_id: UUID, form: schemas.GatewayTestIn) -> Message:
    """Queue a test message; it leaves by the first gateway of its channel, as any other would. Raises Problem 403, 404,
    409 (switched off, or another comes before it), 422."""
    selectors.require_all(actor)
    with action("gateway.test", actor=actor) as act:
        gateway = selectors.gateway(actor, gateway_id)
        first = Gateway.objects.filter(channel=gateway.channel, active=True).first()
        if first is None or first.id != gateway.id:
            raise conflict("not_first", "Messages do not leave by this gateway: switch it on and put it first.",
                           "संदेश इस गेटवे से नहीं जाते: इसे चालू करें और पहले स्थान पर रखें।")  # fmt: skip
        at = timezone.now().astimezone(IST).strftime("%H:%M")
        about = ("gateway", gateway.id)
        # A rest of the gateway is over when somebody wants to see whether it works again.
        Gateway.objects.filter(id=gateway.id).update(rests_until_ms=0)
        key, values = f"gateway test {uuid7()}", {"at": at}
        if gateway.channel == Channel.SMS:
            if not phones.mobile(form.to):
                raise invalid(to=text("A mobile number of ten digits is expected.", "दस अंकों का मोबाइल नंबर अपेक्षित है।"))
            sent = queue.sms(to=form.to, template="test", values=values, key=key, language=form.language, about=about)
        else:
            sent = queue.mail(to=[form.to], template="test", values=values, key=key, language=form.language,
                              about=about)  # fmt: skip
            if sent.reason == Reason.BAD_RECIPIENT:
                raise invalid(to=text("A mail address is expected.", "मेल पता अपेक्षित है।"))
        act.about("gateway", gateway.id, gateway.name)
        act.details(to=sent.to_hint)
    return sent


def retry(*, actor: Actor, message_id: UUID) -> None:
    """Try a message again that has failed or was too late; not one that held a secret: that is gone.

    Raises Problem 403, 404, 409."""
    with action("message.retry", actor=actor) as act:
        selectors.message(actor, message_id)
        message = Message.objects.select_for_update().get(id=message_id)
        if not selectors.may_retry(message):
            raise conflict("not_to_retry", "This message cannot be sent again. Start what it was for anew.",
                           "यह संदेश दोबारा नहीं भेजा जा सकता। जिस काम के लिए था, उसे फिर से शुरू करें।")  # fmt: skip
        now = now_ms()
        message.state, message.reason, message.detail = State.QUEUED, "", ""
        message.attempts_made, message.next_try_ms = 0, now
        message.expires_ms = max(message.expires_ms, now + RETRY_FOR_MS)
        message.save()
        request_sending(message.id)
        act.about("message", message.id, message.template_code,
                  jurisdiction=message.jurisdiction_path, agency=message.agency_code)  # fmt: skip


def add_template(*, actor: Actor, form: schemas.MessageTemplateIn) -> UUID:
    """New words from a day on. Raises Problem 403, 409 (that day has some), 422."""
    selectors.require_all(actor)
    kind = templates.KNOWN.get(form.code)
    if kind is None:
        raise invalid(code=text("There is no such kind of message.", "इस प्रकार का कोई संदेश नहीं है।"))
    for field, words in (("subject", form.subject), ("body", form.body)):
        try:
            unknown = templates.fields_of(words) - kind.placeholders - templates.COMMON
        except ValueError:
            raise invalid(**{field: text("Braces are only for placeholders such as {centre}.",
                                         "कोष्ठक { } केवल {centre} जैसे स्थान-चिह्नों के लिए हैं।")}) from None  # fmt: skip
        if unknown:
            names = ", ".join(f"{{{name}}}" for name in sorted(unknown))
            raise invalid(**{field: text(f"This message has nothing to put in for {names}.",
                                         f"इस संदेश में {names} के लिए कुछ नहीं है।")})  # fmt: skip
    if kind.secret and "code" not in templates.fields_of(form.body):
        raise invalid(body=text("The code itself is missing: write {code}.", "कोड ही नहीं है: {code} लिखें।"))
    if form.channel == Channel.MAIL and not form.subject:
        raise invalid(subject=text("A mail needs a subject.", "मेल के लिए विषय चाहिए।"))
    if form.valid_from < local_day():
        raise invalid(valid_from=text("Words can be changed from today on, not for the past.",
                                      "शब्द आज से बदले जा सकते हैं, बीते समय के लिए नहीं।"))  # fmt: skip
    with action("message_template.add", actor=actor, reason=form.reason) as act:
        row = MessageTemplate(**form.dict(exclude={"reason"}), created_ms=now_ms())
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise conflict("day_taken", "There are new words from this day already. Choose another day.",
                           "इस दिन से नए शब्द पहले से दर्ज हैं। दूसरा दिन चुनें।") from None  # fmt: skip
        act.about("message template", row.id, f"{row.code} {row.channel} {row.language}")
    return row.id


def take_report(key: str, body: bytes, form: Mapping[str, str]) -> None:
    """A gateway's word on a delivery: any number of times, in any order, also before its own answer to the message.

    `delivered` stands for good. What cannot be read or is about nothing of ours is answered like the rest: a gateway
    cannot mend it. Raises Problem 404 for an address that is none of ours."""
    gateway = Gateway.objects.filter(report_key=gateways.hashed(key)).first()
    if gateway is None:
        raise not_found("There is nothing at this address.", "इस पते पर कुछ नहीं है।")
    settings = gateways.settings_of(gateway)
    if not isinstance(settings, schemas.HttpSettings):
        raise not_found("There is nothing at this address.", "इस पते पर कुछ नहीं है।")
    if len(body) > REPORT_MAX_BYTES:
        raise Problem(413, "too_large", "That is too much at once.", "यह एक बार में बहुत अधिक है।")
    report: dict[str, Any] = dict(form)
    if not report:
        try:
            read = orjson.loads(body)
        except ValueError:
            return
        report = read if isinstance(read, dict) else {}
    status = str(report.get(settings.report_status_field, ""))
    reference = str(report.get(settings.report_reference_field, ""))
    try:
        message_id = UUID(reference)
    except ValueError:
        return
    if status in settings.report_delivered:
        _reported(message_id, gateway, delivered=True)
    elif status in settings.report_failed:
        _reported(message_id, gateway, delivered=False)


def _reported(message_id: UUID, gateway: Gateway, *, delivered: bool) -> None:
    """Not an audited action: no person does it, and the message's own row says all of it."""
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(id=message_id, channel=gateway.channel).first()
        if message is None or message.state in (State.DELIVERED, State.EXPIRED) or not message.attempts_made:
            return
        now = now_ms()
        if delivered:
            message.state, message.delivered_ms, message.reason, message.detail = State.DELIVERED, now, "", ""
        elif message.state == State.SENT or message.state in OPEN:
            message.state, message.reason = State.FAILED, Reason.UNDELIVERED
        message.sent_ms = message.sent_ms or now
        queue.forget_secret(message)
        message.save()
