"""Reads of messages, gateways and templates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import forbidden, not_found
from prahari.desks.common.scoping import restrict
from prahari.desks.messages import gateways, templates
from prahari.desks.messages.choices import OPEN, State
from prahari.desks.messages.models import Gateway, Message, MessageTemplate

MANAGE = "programme.manage"
DAY_MS = 86_400_000


def require_all(actor: Actor) -> None:
    """Gateways and words are the whole centre's: so must the permission be. Raises Problem 403."""
    if not actor.may(MANAGE, "", ""):
        raise forbidden(MANAGE)


def messages_in(actor: Actor) -> QuerySet[Message]:
    """Those about the actor's area; those about none are seen by who manages the whole centre."""
    actor.require(MANAGE)
    return restrict(Message.objects.all(), actor.scope, MANAGE)


def message(actor: Actor, message_id: UUID) -> Message:
    found = messages_in(actor).filter(id=message_id).select_related("gateway").first()
    if found is None:
        raise not_found("There is no such message in your area.", "आपके क्षेत्र में ऐसा कोई संदेश नहीं है।")
    return found


def message_page(
    actor: Actor, state: str, channel: str, template: str, about_id: str, limit: int, cursor: str | None
) -> dict[str, Any]:
    """MessagePage, newest first."""
    found = messages_in(actor)
    if state:
        found = found.filter(state__in=state.split(","))
    if channel:
        found = found.filter(channel=channel)
    if template:
        found = found.filter(template_code=template)
    if about_id:
        found = found.filter(about_id=about_id)
    return paging.page(found.defer("sealed_content"), ("-id",), limit, cursor, row)


def counts(actor: Actor) -> dict[str, int]:
    """MessageCounts."""
    since = now_ms() - DAY_MS
    return messages_in(actor).aggregate(
        queued=Count("id", filter=Q(state__in=OPEN)),
        sent_24h=Count("id", filter=Q(sent_ms__gte=since)),
        failed_24h=Count("id", filter=Q(state__in=[State.FAILED, State.EXPIRED], created_ms__gte=since)),
    )


def row(found: Message) -> dict[str, Any]:
    return {
        "id": found.id,
        "channel": found.channel,
        "template": found.template_code,
        "language": found.language,
        "to_hint": found.to_hint,
        "subject": found.subject,
        "state": found.state,
        "reason": found.reason,
        "attempts": found.attempts_made,
        "about_type": found.about_type,
        "about_id": found.about_id,
        "jurisdiction": found.jurisdiction_path,
        "created_ms": found.created_ms,
        "sent_ms": found.sent_ms,
        "delivered_ms": found.delivered_ms,
        "next_try_ms": found.next_try_ms if found.state == State.QUEUED else None,
        "expires_ms": found.expires_ms,
    }


def detail(actor: Actor, message_id: UUID) -> dict[str, Any]:
    """MessageDetail."""
    found = message(actor, message_id)
    return {
        **row(found),
        "body": found.body,
        "secret": templates.KNOWN[found.template_code].secret,
        "detail": found.detail,
        "provider_id": found.provider_id,
        "gateway": found.gateway.name if found.gateway else "",
        "attempts_list": [
            {"at_ms": one.at_ms, "ended_ms": one.ended_ms, "gateway": one.gateway_name, "reason": one.reason,
             "detail": one.detail}
            for one in found.attempts.all()
        ],
        "attachments": list(found.attachments.values("name", "media_type", "size_bytes", "sha256")),
        "may_retry": may_retry(found),
    }  # fmt: skip


def may_retry(found: Message) -> bool:
    ended = found.state in (State.FAILED, State.EXPIRED)
    return ended and bool(found.sealed_content) and not templates.KNOWN[found.template_code].secret


def gateway(actor: Actor, gateway_id: UUID, *, for_edit: bool = False) -> Gateway:
    require_all(actor)
    rows = Gateway.objects.select_for_update() if for_edit else Gateway.objects.all()
    found = rows.filter(id=gateway_id).first()
    if found is None:
        raise not_found()
    return found


def gateway_list(actor: Actor) -> list[dict[str, Any]]:
    """GatewayOut rows in the order in which they are tried."""
    require_all(actor)
    waiting = dict(
        Message.objects.filter(state__in=OPEN).order_by().values_list("channel").annotate(number=Count("id"))
    )
    return [gateway_row(one, waiting.get(one.channel, 0)) for one in Gateway.objects.all()]


def gateway_row(found: Gateway, queued: int | None = None) -> dict[str, Any]:
    if queued is None:
        queued = Message.objects.filter(state__in=OPEN, channel=found.channel).count()
    if not found.active:
        state = "off"
    elif found.failures:
        state = "failing"
    else:
        state = "works" if found.last_sent_ms else "untried"
    return {
        "id": found.id,
        "channel": found.channel,
        "name": found.name,
        "active": found.active,
        "sort": found.sort,
        "settings": gateways.settings_of(found).dict(),
        "secret_names": sorted(gateways.secrets(found)),
        "report_url": gateways.report_url(found) if found.channel == "sms" else "",
        "health": {
            "state": state,
            "last_sent_ms": found.last_sent_ms,
            "failing_since_ms": found.failing_since_ms,
            "failures": found.failures,
            "rests_until_ms": found.rests_until_ms,
            "reason": found.last_reason,
            "detail": found.last_detail,
        },
        "queued": queued,
        "edited_ms": found.edited_ms,
    }


def template_list(actor: Actor) -> list[dict[str, Any]]:
    """MessageTemplateOut rows: every version of every text, newest first within each."""
    require_all(actor)
    today = local_day()
    newest: set[tuple[str, str, str]] = set()
    rows = []
    for one in MessageTemplate.objects.all():
        which = (one.code, one.channel, one.language)
        in_force = one.valid_from <= today and which not in newest
        if in_force:
            newest.add(which)
        kind = templates.KNOWN.get(one.code)
        rows.append(
            {
                "id": one.id,
                "code": one.code,
                "channel": one.channel,
                "language": one.language,
                "subject": one.subject,
                "body": one.body,
                "dlt_template_id": one.dlt_template_id,
                "header": one.header,
                "valid_from": one.valid_from,
                "placeholders": sorted((kind.placeholders if kind else frozenset()) | templates.COMMON),
                "in_force": in_force,
            }
        )
    return rows
