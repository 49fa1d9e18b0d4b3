"""Who a list is taken in for, also in the background: the person's rights as they are then."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from prahari.core.scope import Grant, Scope
from prahari.desks.accounts.models import Centre, RoleGrant, User
from prahari.desks.common.actor import Actor, system
from prahari.desks.common.errors import forbidden
from prahari.desks.lists.understanding import Area
from prahari.desks.registry.models import Department

IMPORT = "list.import"
COMMAND = "import command"


def actor_of_person(user_id: UUID | None) -> Actor:
    """The person with all their grants; None: the command line, which is the centre itself."""
    if user_id is None:
        return system(COMMAND)
    user = User.objects.get(id=user_id)
    standing = RoleGrant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=timezone.now()), user=user)
    grants = (
        [] if user.locked else list(standing.select_related("role", "jurisdiction").defer("jurisdiction__boundary"))
    )
    return Actor(
        id=user.id,
        username=user.username,
        name=user.name,
        language=user.language,
        scope=Scope(tuple(Grant(g.jurisdiction.path, g.agency_id, frozenset(g.role.permissions)) for g in grants)),
    )


def home_of(actor: Actor) -> tuple[str, str]:
    """(jurisdiction path, agency code) that a list of theirs belongs to: the widest area in which they may import.
    Raises Problem 403."""
    areas = sorted(actor.scope.areas(IMPORT), key=lambda area: (len(area[0]), area[1] is not None))
    if not areas:
        raise forbidden(IMPORT)
    return areas[0][0], areas[0][1] or ""


def area_of(actor: Actor) -> Area:
    """Where the actor may list premises."""
    areas = list(actor.scope.areas(IMPORT))
    known: dict[tuple[str, str | None], bool] = {}

    def allows(path: str, agency: str | None = None) -> bool:
        slot = (path, agency)
        if slot not in known:
            known[slot] = any(
                (not where or path == where or path.startswith(f"{where}."))
                and (agency is None or whose is None or whose == agency)
                for where, whose in areas
            )
        return known[slot]

    centre = Centre.objects.filter(id=1).first()
    bounds = tuple(centre.bounds) if centre is not None and len(centre.bounds) == 4 else None
    return Area(allows, dict(Department.objects.values_list("code", "agency_id")), bounds)  # type: ignore[arg-type]
