"""What the wall's endpoints take and answer."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import In, PageOf, Who

Grid = Literal[1, 4, 9, 16, 25]
LayoutName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00]*$")
]
Tiles = Annotated[list[UUID | None], Field(max_length=25)]


class LayoutIn(In):
    name: LayoutName
    grid: Grid
    tiles: Tiles
    shared: bool = False


class LayoutEdit(In):
    name: LayoutName | None = None
    grid: Grid | None = None
    tiles: Tiles | None = None
    shared: bool | None = None
    edited_ms: int = Field(description="As read: when somebody else has saved since, the answer is 409")


class Layout(Schema):
    id: UUID
    name: str
    grid: Grid
    tiles: list[UUID | None]
    shared: bool
    owner: Who
    edited_ms: int


class Layouts(PageOf):
    items: list[Layout]
