"""Saving, changing and removing layouts of the wall."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, forbidden, invalid, text
from prahari.desks.wall import selectors
from prahari.desks.wall.models import WallLayout
from prahari.desks.wall.schemas import LayoutEdit, LayoutIn

PER_PERSON_MAX = 200


def create_layout(*, actor: Actor, form: LayoutIn) -> WallLayout:
    """Save a new layout. Raises Problem 403, 409 (name used), 422."""
    with action("wall.create", actor=actor) as act:
        actor.require(selectors.USE)
        if WallLayout.objects.filter(owner_id=actor.id).count() >= PER_PERSON_MAX:
            raise Problem(409, "too_many", f"You have {PER_PERSON_MAX} layouts. Remove one first.",
                          f"आपके {PER_PERSON_MAX} विन्यास हैं। पहले एक हटाएँ।")  # fmt: skip
        layout = WallLayout(owner_id=actor.id, name=form.name, grid=form.grid, shared=form.shared)
        layout.tiles = _tiles(form.tiles, form.grid)
        _save(actor, act, layout, new=True)
    return layout


def edit_layout(*, actor: Actor, layout_id: UUID, form: LayoutEdit) -> WallLayout:
    """Change one's own layout. Raises Problem 403, 404, 409 (saved meanwhile), 422."""
    with action("wall.edit", actor=actor) as act:
        layout = _own(actor, layout_id)
        if layout.edited_ms != form.edited_ms:
            raise conflict("edited_meanwhile",
                           "This layout was saved meanwhile. Load it again, then make your change.",
                           "यह विन्यास इस बीच सहेजा गया है। फिर से लोड करें, तब बदलाव करें।")  # fmt: skip
        fields: dict[str, Any] = form.dict(exclude_unset=True)
        for name in ("name", "grid", "shared"):
            if fields.get(name) is not None:
                setattr(layout, name, fields[name])
        if form.tiles is not None or form.grid is not None:
            tiles = form.tiles if form.tiles is not None else [UUID(one) if one else None for one in layout.tiles]
            layout.tiles = _tiles(tiles[: layout.grid] if form.tiles is None else tiles, layout.grid)
        _save(actor, act, layout, new=False)
    return layout


def delete_layout(*, actor: Actor, layout_id: UUID) -> None:
    with action("wall.delete", actor=actor) as act:
        layout = _own(actor, layout_id)
        act.about("wall layout", layout.id, layout.name)
        layout.delete()


def _own(actor: Actor, layout_id: UUID) -> WallLayout:
    """For writing: a shared layout is its owner's to change. Raises Problem 403, 404."""
    layout = selectors.layout(actor, layout_id)
    if layout.owner_id != actor.id:
        raise Problem(403, "not_owner", "Only its owner may change this layout. Save it under a name of your own.",
                      "इस विन्यास को केवल इसका स्वामी बदल सकता है। इसे अपने नाम से सहेजें।")  # fmt: skip
    return WallLayout.objects.select_for_update(of=("self",)).select_related("owner").get(id=layout_id)


def _tiles(tiles: list[UUID | None], grid: int) -> list[str | None]:
    """Exactly `grid` of them, the missing ones empty."""
    if len(tiles) > grid:
        raise invalid(tiles=text(f"At most {grid} cameras fit this layout.", f"इस विन्यास में अधिकतम {grid} कैमरे आते हैं।"))
    return [str(tile) if tile else None for tile in tiles] + [None] * (grid - len(tiles))


def _save(actor: Actor, act: Action, layout: WallLayout, *, new: bool) -> None:
    if layout.shared:
        # Shared with the agency and area of the sharer's own grant, the widest that lets them share.
        areas = sorted(actor.scope.areas(selectors.SHARE), key=lambda area: len(area[0]))
        if not areas:
            raise forbidden(selectors.SHARE)
        layout.jurisdiction = Jurisdiction.objects.get(path=areas[0][0])
        layout.agency_id = areas[0][1]
    else:
        layout.jurisdiction = layout.agency = None
    taken = WallLayout.objects.filter(owner_id=actor.id, name=layout.name).exclude(id=layout.id)
    if taken.exists():
        raise conflict("name_used", "You have a layout of this name already.", "इस नाम का विन्यास आपके पास पहले से है।")
    layout.edited_ms = max(now_ms(), (layout.edited_ms or 0) + 1)
    layout.save(force_insert=new)
    act.about("wall layout", layout.id, layout.name)
