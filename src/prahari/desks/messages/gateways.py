"""Gateways as the sender sees them: which one is used, its secrets, where it may report to."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import orjson
from django.conf import settings
from django.db.models import QuerySet
from pydantic import TypeAdapter

from prahari.contracts import sealing
from prahari.contracts.events import now_ms
from prahari.contracts.messages import Mailer, SmsGateway
from prahari.desks.messages.choices import Channel
from prahari.desks.messages.httpsms import HttpGateway
from prahari.desks.messages.models import Gateway
from prahari.desks.messages.schemas import GatewaySettings, HttpSettings, SmtpSettings
from prahari.desks.messages.smtpmail import SmtpMailer

_settings: TypeAdapter[Any] = TypeAdapter(GatewaySettings)


def choose(channel: Channel) -> Gateway | None:
    """The first that is switched on and does not rest just now; when all rest, the one that wakes first."""
    usable: QuerySet[Gateway] = Gateway.objects.filter(channel=channel, active=True)
    now = now_ms()
    return usable.filter(rests_until_ms__lte=now).first() or usable.order_by("rests_until_ms").first()


def sms(gateway: Gateway) -> SmsGateway:
    form = settings_of(gateway)
    assert isinstance(form, HttpSettings)
    return HttpGateway(form, secrets(gateway))


def mailer(gateway: Gateway) -> Mailer:
    form = settings_of(gateway)
    assert isinstance(form, SmtpSettings)
    return SmtpMailer(form, secrets(gateway).get("password", ""))


def settings_of(gateway: Gateway) -> HttpSettings | SmtpSettings:
    found: HttpSettings | SmtpSettings = _settings.validate_python(gateway.settings)
    return found


def _context(gateway: Gateway) -> str:
    return f"gateway:{gateway.id}"


def secrets(gateway: Gateway) -> dict[str, str]:
    """Raises SealError."""
    if not gateway.sealed_secrets:
        return {}
    opened = sealing.unseal(gateway.sealed_secrets, settings.CONFIG.sealing_key(), _context(gateway))
    return dict(orjson.loads(opened))


def seal_secrets(gateway: Gateway, values: Mapping[str, str]) -> None:
    plain = orjson.dumps(dict(values)).decode()
    gateway.sealed_secrets = sealing.seal(plain, settings.CONFIG.sealing_key(), _context(gateway)) if values else ""


def set_report_key(gateway: Gateway, key: str) -> None:
    """The last part of the address at which this gateway reports deliveries."""
    gateway.report_key = hashed(key)
    gateway.sealed_report_key = sealing.seal(key, settings.CONFIG.sealing_key(), f"{_context(gateway)}:report")


def report_url(gateway: Gateway) -> str:
    """Raises SealError."""
    config = settings.CONFIG
    key = sealing.unseal(gateway.sealed_report_key, config.sealing_key(), f"{_context(gateway)}:report")
    host = {"0.0.0.0": None, "::": None}.get(config.bind, config.bind)  # noqa: S104 - compared, not bound
    return f"{config.origin(config.port, host or _public_name())}/api/v1/message-reports/{key}"


def _public_name() -> str:
    """A name under which others reach the centre: the first that is allowed and no wildcard."""
    names = [name for name in settings.ALLOWED_HOSTS if name not in {"*", "localhost", "127.0.0.1", "[::1]"}]
    return names[0] if names else "localhost"


def hashed(key: str) -> str:
    return hmac.new(settings.CONFIG.sealing_key(), b"gateway report" + key.encode(), hashlib.sha256).hexdigest()
