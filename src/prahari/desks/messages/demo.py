"""The demonstration's gateways: the simulated ones beside it (python -m prahari.simcity.messages)."""

from __future__ import annotations

import os

from django.conf import settings

from prahari.contracts.city import City
from prahari.desks.common.actor import system
from prahari.desks.messages import actions, schemas
from prahari.desks.messages.models import Gateway

SMS, MAIL = "Simulated SMS", "Simulated mail"


def load(city: City) -> None:
    """Idempotent: a gateway that somebody has changed since stays as it is."""
    actor, port = system("demo"), settings.CONFIG.port
    username, password = os.environ.get("SIMCITY_USERNAME", ""), os.environ.get("SIMCITY_PASSWORD", "")
    have = set(Gateway.objects.values_list("name", flat=True))
    if SMS not in have:
        actions.create_gateway(actor=actor, form=schemas.GatewayIn(
            channel="sms", name=SMS, settings=sms_settings(f"http://127.0.0.1:{port + 6}/send"),
            secrets={"key": password}, reason="demonstration",
        ))  # fmt: skip
    if MAIL not in have:
        form = schemas.SmtpSettings(
            host="127.0.0.1", port=port + 7, security="none", username=username,
            sender=f"iccc@{city.code.lower()}.example", sender_name=city.name.en,
        )  # fmt: skip
        actions.create_gateway(actor=actor, form=schemas.GatewayIn(
            channel="mail", name=MAIL, settings=form, secrets={"password": password}, reason="demonstration",
        ))  # fmt: skip


def sms_settings(url: str) -> schemas.HttpSettings:
    """How the simulated SMS gateway wants to be spoken to; also what a new gateway's form may start from."""
    return schemas.HttpSettings(
        url=url,
        headers={"Authorization": "Bearer {secret_key}"},
        body='{"to": "{to}", "text": "{text}", "reference": "{reference}", "sender": "{header}", '
        '"template_id": "{dlt_template_id}", "report_url": "{report_url}"}',
        success_pattern='"status": ?"accepted"',
        id_field="data.id",
    )
