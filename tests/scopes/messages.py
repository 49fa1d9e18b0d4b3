"""Endpoints of the messages desk."""

from __future__ import annotations

from typing import Any

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.messages import actions, queue, schemas
from prahari.desks.messages.choices import State
from prahari.desks.messages.models import Gateway, Message
from scope import Endpoint, World

REPORT_KEY = "a-report-key-of-the-tests"


def message(world: World) -> dict[str, str]:
    """One that has failed, about World.HOME and World.AGENCY."""
    with action("test.message", actor=system("test")) as act:
        act.about("test", "1")
        made = queue.sms(to="9876543210", template="test", values={"at": "10:00"}, key=f"scope {now_ms()}",
                         jurisdiction=World.HOME, agency=World.AGENCY)  # fmt: skip
    Message.objects.filter(id=made.id).update(state=State.FAILED)
    return {"message_id": str(made.id)}


def gateway(world: World) -> dict[str, str]:
    form = schemas.GatewayIn(channel="sms", name="Gateway", settings=schemas.HttpSettings(url="http://127.0.0.1:9/"))
    made = Gateway.objects.get(id=actions.create_gateway(actor=system("test"), form=form))
    Gateway.objects.filter(id=made.id).update(edited_ms=1)
    return {"gateway_id": str(made.id)}


def report(world: World) -> dict[str, str]:
    from prahari.desks.messages import gateways

    found = Gateway.objects.get(id=gateway(world)["gateway_id"])
    gateways.set_report_key(found, REPORT_KEY)
    found.save()
    return {"key": REPORT_KEY}


MANAGE = "programme.manage"
CENTRE: dict[str, Any] = {"elsewhere": 403, "everywhere": True}
MAIL = {
    "channel": "mail",
    "name": "Mail",
    "settings": {"kind": "smtp", "host": "mail.example", "sender": "a@b.example"},
}
WORDS = {
    "code": "test", "channel": "sms", "language": "en", "body": "{centre}: test of {at}", "reason": "registered anew",
    "valid_from": local_day().isoformat(),
}  # fmt: skip

ENDPOINTS = [
    Endpoint("GET", "/messages", MANAGE, row=message, lists=True),
    Endpoint("GET", "/messages/counts", MANAGE),
    Endpoint("GET", "/messages/{message_id}", MANAGE, row=message),
    Endpoint("POST", "/messages/{message_id}/retry", MANAGE, row=message),
    Endpoint("GET", "/message-gateways", MANAGE, **CENTRE),
    Endpoint("POST", "/message-gateways", MANAGE, body=MAIL, success=201, **CENTRE),
    Endpoint("PATCH", "/message-gateways/{gateway_id}", MANAGE, row=gateway,
             body={"sort": 3, "reason": "as asked", "edited_ms": 1}, **CENTRE),
    Endpoint("POST", "/message-gateways/{gateway_id}/test", MANAGE, row=gateway, body={"to": "9876543210"},
             success=202, **CENTRE),
    Endpoint("GET", "/message-templates", MANAGE, **CENTRE),
    Endpoint("POST", "/message-templates", MANAGE, body=WORDS, success=201, **CENTRE),
    # The address itself is the gateway's proof: it is asked without a session.
    Endpoint("POST", "/message-reports/{key}", None, row=report, body={}, success=204, public=True, elsewhere=204),
]  # fmt: skip
