"""Departments, owner classes, place classes and retention: the short lists."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.registry import lookups, schemas
from prahari.desks.registry.models import Department, OwnerClass, PlaceClass, RetentionClass
from prahari.desks.registry.premises_actions import save_lookup

router = Router(tags=["lists"])


class Departments(schemas.PageOf):
    items: list[schemas.DepartmentRow]


class OwnerClasses(schemas.PageOf):
    items: list[schemas.OwnerClassRow]


class PlaceClasses(schemas.PageOf):
    items: list[schemas.PlaceClassRow]


class RetentionClasses(schemas.PageOf):
    items: list[schemas.RetentionRow]


def _create(request: HttpRequest, model: type[lookups.Lookup], payload: schemas.LookupIn) -> HttpResponse:
    fields = payload.dict(exclude={"code", "reason"})
    save_lookup(actor=actor_of(request), model=model, code=payload.code, fields=fields, new=True, reason=payload.reason)
    return reply(lookups.one_of(model, payload.code), 201)


def _edit(request: HttpRequest, model: type[lookups.Lookup], code: str, payload: schemas.LookupEdit) -> HttpResponse:
    fields = payload.dict(exclude_unset=True, exclude={"reason"})
    save_lookup(actor=actor_of(request), model=model, code=code, fields=fields, new=False, reason=payload.reason)
    return reply(lookups.one_of(model, code))


@router.get("/departments", response=responses(Departments))
def list_departments(request: HttpRequest) -> HttpResponse:
    return reply(lookups.list_of(Department))


@router.post("/departments", response=responses(schemas.DepartmentRow, 201))
def create_department(request: HttpRequest, payload: schemas.DepartmentIn) -> HttpResponse:
    return _create(request, Department, payload)


@router.patch("/departments/{code}", response=responses(schemas.DepartmentRow))
def edit_department(request: HttpRequest, code: schemas.Code, payload: schemas.DepartmentEdit) -> HttpResponse:
    return _edit(request, Department, code, payload)


@router.get("/owner-classes", response=responses(OwnerClasses))
def list_owner_classes(request: HttpRequest) -> HttpResponse:
    return reply(lookups.list_of(OwnerClass))


@router.post("/owner-classes", response=responses(schemas.OwnerClassRow, 201))
def create_owner_class(request: HttpRequest, payload: schemas.OwnerClassIn) -> HttpResponse:
    return _create(request, OwnerClass, payload)


@router.patch("/owner-classes/{code}", response=responses(schemas.OwnerClassRow))
def edit_owner_class(request: HttpRequest, code: schemas.Code, payload: schemas.OwnerClassEdit) -> HttpResponse:
    return _edit(request, OwnerClass, code, payload)


@router.get("/place-classes", response=responses(PlaceClasses))
def list_place_classes(request: HttpRequest) -> HttpResponse:
    return reply(lookups.list_of(PlaceClass))


@router.post("/place-classes", response=responses(schemas.PlaceClassRow, 201))
def create_place_class(request: HttpRequest, payload: schemas.PlaceClassIn) -> HttpResponse:
    return _create(request, PlaceClass, payload)


@router.patch("/place-classes/{code}", response=responses(schemas.PlaceClassRow))
def edit_place_class(request: HttpRequest, code: schemas.Code, payload: schemas.PlaceClassEdit) -> HttpResponse:
    return _edit(request, PlaceClass, code, payload)


@router.get("/retention-classes", response=responses(RetentionClasses))
def list_retention_classes(request: HttpRequest) -> HttpResponse:
    return reply(lookups.list_of(RetentionClass))
