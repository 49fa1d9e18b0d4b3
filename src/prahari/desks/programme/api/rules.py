"""Dated rules of the centre, and the scorecards."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.programme import rules_desk, scorecards
from prahari.desks.programme import schemas_orders as s

router = Router(tags=["programme"])


@router.get("/rules", response=responses(s.RulesOut))
def list_rules(request: HttpRequest) -> HttpResponse:
    return reply(rules_desk.page(actor_of(request)))


@router.post("/rules", response=responses(None, 204))
def set_rule(request: HttpRequest, payload: s.RuleIn) -> HttpResponse:
    rules_desk.set_value(actor=actor_of(request), form=payload)
    return HttpResponse(status=204)


@router.get("/scorecards", response=responses(s.Scorecards))
def list_scorecards(request: HttpRequest, by: Literal["department", "police_station"] = "department") -> HttpResponse:
    return reply(scorecards.scorecards(actor_of(request), by))
