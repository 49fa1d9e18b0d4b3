"""From what a form holds to rows; what does not exist is told beside its field. Scope of this desk's rows."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from prahari.desks.accounts.models import Centre, Jurisdiction
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, not_found, text
from prahari.desks.common.scoping import restrict
from prahari.desks.works import geometry
from prahari.desks.works.models import DelayReason, Package, Project, WorkKind

VIEW = "works.view"
EDIT = "works.edit"
M = TypeVar("M", bound=Model)
_OWN = ("jurisdiction__path", "agency_id")
_OF_PACKAGE = ("package__jurisdiction__path", "package__agency_id")


def projects_in(actor: Actor, permission: str = VIEW) -> QuerySet[Project]:
    actor.require(permission)
    return restrict(Project.objects.all(), actor.scope, permission, *_OWN)


def packages_in(actor: Actor, permission: str = VIEW) -> QuerySet[Package]:
    actor.require(permission)
    return restrict(Package.objects.all(), actor.scope, permission, *_OWN)


def of_packages_in(actor: Actor, model: type[M], permission: str = VIEW) -> QuerySet[M]:
    """Delays, milestones, ... of packages in the actor's area."""
    actor.require(permission)
    return restrict(model._default_manager.all(), actor.scope, permission, *_OF_PACKAGE)


def found(rows: QuerySet[M], row_id: UUID) -> M:
    """Raises Problem 404."""
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise not_found()
    return row


def locked(rows: QuerySet[M], row_id: UUID) -> M:
    """The row, held until the end of the transaction. Raises Problem 404."""
    found(rows, row_id)
    return rows.model._default_manager.select_for_update().get(pk=row_id)


def place(path: str) -> Jurisdiction:
    row = Jurisdiction.objects.defer("boundary").filter(path=path).first()
    if row is None:
        raise invalid(jurisdiction=text("There is no such place in the tree.", "ऐसा कोई क्षेत्र नहीं है।"))
    return row


def kind(code: str) -> WorkKind:
    row = WorkKind.objects.filter(code=code, active=True).first()
    if row is None:
        raise invalid(kind=text(f"There is no {code!r} in this list.", f"इस सूची में {code!r} नहीं है।"))
    return row


def delay_reason(code: str) -> DelayReason:
    row = DelayReason.objects.filter(code=code, active=True).first()
    if row is None:
        raise invalid(reason=text(f"There is no {code!r} in this list.", f"इस सूची में {code!r} नहीं है।"))
    return row


def check_geometry(given: object) -> None:
    """Raises Problem 422."""
    if given is None:
        return
    centre = Centre.objects.filter(id=1).first()
    wrong = geometry.problem(given, centre.bounds if centre else ())
    if wrong is not None:
        raise invalid(geometry=wrong)
