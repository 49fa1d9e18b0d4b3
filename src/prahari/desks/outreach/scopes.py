"""Which rows of this desk an actor sees: by their own place and agency, or by those of their premises."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from prahari.desks.accounts.models import Agency, Jurisdiction
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, not_found, text
from prahari.desks.common.scoping import restrict
from prahari.desks.registry import premises as premises_reads
from prahari.desks.registry.models import Premises

VIEW = "outreach.view"
EDIT = "outreach.edit"
OWN = ("jurisdiction__path", "agency_id")
OF_PREMISES = ("premises__jurisdiction__path", "premises__agency_id")
M = TypeVar("M", bound=Model)


def rows(actor: Actor, model: type[M], columns: tuple[str, str] = OWN, permission: str = VIEW) -> QuerySet[M]:
    """Rows of `model` for which the actor holds `permission`. Raises Problem 403 when it is held nowhere."""
    actor.require(permission)
    return restrict(model._default_manager.all(), actor.scope, permission, *columns)


def one(
    actor: Actor, model: type[M], row_id: UUID, columns: tuple[str, str] = OWN, permission: str = VIEW,
    *, lock: bool = False,
) -> M:  # fmt: skip
    """That row, locked until the end of the transaction if asked. Raises Problem 403, 404."""
    found = rows(actor, model, columns, permission).filter(pk=row_id).first()
    if found is None:
        raise not_found()
    return model._default_manager.select_for_update().get(pk=row_id) if lock else found


def premises_of(actor: Actor, ids: list[UUID], field: str, permission: str = EDIT) -> dict[UUID, Premises]:
    """Premises for which the actor holds `permission`. Raises Problem 422 at `field` when one is missing."""
    wanted = set(ids)
    found = {
        row.id: row
        for row in premises_reads.premises_in(actor, permission)
        .filter(id__in=wanted)
        .select_related("jurisdiction")
        .defer("jurisdiction__boundary")
    }
    if len(found) != len(wanted):
        missing = len(wanted) - len(found)
        raise invalid(**{field: text(f"{missing} of these premises are not in your area.",
                                     f"इनमें से {missing} प्रतिष्ठान आपके क्षेत्र में नहीं हैं।")})  # fmt: skip
    return found


def place(path: str) -> Jurisdiction:
    found = Jurisdiction.objects.defer("boundary").filter(path=path).first()
    if found is None:
        raise invalid(jurisdiction=text("There is no such place in the tree.", "ऐसा कोई क्षेत्र नहीं है।"))
    return found


def agency(code: str) -> Agency:
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise invalid(agency=text(f"There is no {code!r} in this list.", f"इस सूची में {code!r} नहीं है।"))
    return found


def area(of: Jurisdiction) -> dict[str, Any]:
    return {"path": of.path, "name": {"en": of.name_en, "hi": of.name_hi}}
