"""What of this desk an actor may see: rows of their area, and those set above it that bind it too: orders, officers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from prahari.core.scope import Scope
from prahari.desks.common.actor import ROOT, Actor
from prahari.desks.common.errors import forbidden
from prahari.desks.common.scoping import NOTHING, either, within
from prahari.desks.programme.officers import covering

VIEW = "linking.view"
WORK = "linking.work"
MANAGE = "programme.manage"


def meets_q(scope: Scope, permission: str, path: str = "jurisdiction__path", agency: str = "agency_id") -> Q:
    """Rows whose area lies in the actor's or holds it, of the actor's agency or of none in particular."""
    found = NOTHING
    for area, of_agency in scope.areas(permission):
        one = either(within(area, path), Q(**{f"{path}__in": covering(area)}))
        if of_agency is not None:
            one &= Q(**{f"{agency}__isnull": True}) | Q(**{agency: of_agency})
        if not one:
            return one
        found |= one
    return found


def meeting(
    queryset: QuerySet[Any], actor: Actor, path: str = "jurisdiction__path", agency: str = "agency_id"
) -> QuerySet[Any]:
    """Raises Problem 403 for whoever does not see the programme anywhere."""
    actor.require(VIEW)
    return queryset.filter(meets_q(actor.scope, VIEW, path, agency))


def manages(actor: Actor, path: str, agency: str | None) -> bool:
    """Whether the actor manages the programme for this area; agency None: for every agency of it."""
    return any(
        (not area or path == area or path.startswith(f"{area}.")) and of_agency in (None, agency)
        for area, of_agency in actor.scope.areas(MANAGE)
    )


def require_manage(actor: Actor, path: str, agency: str | None) -> None:
    """Raises Problem 403."""
    if not manages(actor, path, agency):
        raise forbidden(MANAGE)


def require_whole_centre(actor: Actor) -> None:
    """For what is the whole centre's: ranks, offices, rules, holidays. Raises Problem 403."""
    require_manage(actor, ROOT, None)
