"""Shapes of the search."""

from __future__ import annotations

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema


class SearchHit(Schema):
    """`to`: its address in the console. `note`: what else was searched of it."""

    id: str
    title: Bilingual
    note: str
    to: str


class SearchGroup(Schema):
    """total: how many there are in all."""

    kind: str
    name: Bilingual
    items: list[SearchHit]
    total: int


class SearchGroups(Schema):
    groups: list[SearchGroup]
