"""Endpoints of the search."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import passed_on, reply, responses
from prahari.desks.registry import search
from prahari.desks.registry.schemas import Found
from prahari.desks.search import asking, selectors
from prahari.desks.search.schemas import SearchGroups

router = Router(tags=["search"])


OF_EACH = Query(ge=1, le=200, description="Of each kind")


@router.get("/search", response=responses(Found))
def search_everything(request: HttpRequest, q: str = "", most: Annotated[int | None, OF_EACH] = None) -> HttpResponse:
    """Cameras, premises and places, however their names are typed."""
    actor = actor_of(request)
    asking.note(actor, q)
    return passed_on(search.everything(actor, q, most))


@router.get("/search/more", response=responses(SearchGroups))
def search_more(request: HttpRequest, q: str = "", most: Annotated[int, OF_EACH] = 4) -> HttpResponse:
    """Everything else that has a name: devices, incidents, units, orders, lists, people, ...; so many of each."""
    actor = actor_of(request)
    asking.note(actor, q)
    return reply(selectors.groups(actor, q, most))
