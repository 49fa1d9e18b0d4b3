"""What is found of everything besides cameras, premises and places."""

from __future__ import annotations

from typing import Any

from prahari.desks.common.actor import Actor
from prahari.desks.registry.filters import needles
from prahari.desks.search.sources import SOURCES, Source


def groups(actor: Actor, asked: str, most: int) -> dict[str, Any]:
    """SearchGroups: only kinds that the actor may see and that hold something. No words find nothing."""
    text = asked[:200]
    wanted = [source for source in SOURCES if actor.has(source.permission)] if needles(text) else []
    found = [_group(source, actor, text, most) for source in wanted]
    return {"groups": [group for group in found if group["items"]]}


def _group(source: Source, actor: Actor, text: str, most: int) -> dict[str, Any]:
    items, total = source.find(actor, text, most)
    return {"kind": source.kind, "name": source.name, "items": items, "total": total}
