"""Endpoints of the messages desk."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from pydantic import StringConstraints

from prahari.desks.accounts.authentication import anybody
from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.messages import actions, schemas, selectors

router = Router(tags=["messages"])

Filter = Annotated[str, StringConstraints(max_length=120, pattern=r"^[A-Za-z0-9_,-]*$")]
ReportKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,64}$")]


@router.get("/messages", response=responses(schemas.MessagePage))
def list_messages(
    request: HttpRequest, state: Filter = "", channel: Filter = "", template: Filter = "", about_id: Filter = "",
    limit: Limit = LIMIT_DEFAULT, cursor: str | None = None,
) -> HttpResponse:  # fmt: skip
    return reply(selectors.message_page(actor_of(request), state, channel, template, about_id, limit, cursor))


@router.get("/messages/counts", response=responses(schemas.MessageCounts))
def count_messages(request: HttpRequest) -> HttpResponse:
    return reply(selectors.counts(actor_of(request)))


@router.get("/messages/{message_id}", response=responses(schemas.MessageDetail))
def get_message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    return reply(selectors.detail(actor_of(request), message_id))


@router.post("/messages/{message_id}/retry", response=responses(schemas.MessageDetail))
def retry_message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    actions.retry(actor=actor, message_id=message_id)
    return reply(selectors.detail(actor, message_id))


@router.get("/message-gateways", response=responses(schemas.GatewayList))
def list_gateways(request: HttpRequest) -> HttpResponse:
    return reply({"items": selectors.gateway_list(actor_of(request))})


@router.post("/message-gateways", response=responses(schemas.GatewayOut, 201))
def create_gateway(request: HttpRequest, payload: schemas.GatewayIn) -> HttpResponse:
    actor = actor_of(request)
    gateway_id = actions.create_gateway(actor=actor, form=payload)
    return reply(selectors.gateway_row(selectors.gateway(actor, gateway_id)), 201)


@router.patch("/message-gateways/{gateway_id}", response=responses(schemas.GatewayOut))
def edit_gateway(request: HttpRequest, gateway_id: UUID, payload: schemas.GatewayEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_gateway(actor=actor, gateway_id=gateway_id, form=payload)
    return reply(selectors.gateway_row(selectors.gateway(actor, gateway_id)))


@router.post("/message-gateways/{gateway_id}/test", response=responses(schemas.MessageRow, 202))
def test_gateway(request: HttpRequest, gateway_id: UUID, payload: schemas.GatewayTestIn) -> HttpResponse:
    sent = actions.send_test(actor=actor_of(request), gateway_id=gateway_id, form=payload)
    return reply(selectors.row(sent), 202)


@router.get("/message-templates", response=responses(schemas.MessageTemplateList))
def list_templates(request: HttpRequest) -> HttpResponse:
    return reply({"items": selectors.template_list(actor_of(request))})


@router.post("/message-templates", response=responses(schemas.MessageTemplateList, 201))
def add_template(request: HttpRequest, payload: schemas.MessageTemplateIn) -> HttpResponse:
    actor = actor_of(request)
    actions.add_template(actor=actor, form=payload)
    return reply({"items": selectors.template_list(actor)}, 201)


@router.post("/message-reports/{key}", auth=anybody, response=responses(None, 204))
def take_report(request: HttpRequest, key: Annotated[ReportKey, Path()]) -> HttpResponse:
    """A gateway reports a delivery here, as JSON or as a form; the address itself is the gateway's proof."""
    actions.take_report(key, request.body, {name: str(value) for name, value in request.POST.items()})
    return HttpResponse(status=204)
