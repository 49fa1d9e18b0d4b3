"""What the media engine holds the pictures of a screen to: its kiosk, and the cameras that stand on it. Told with every
change, and looked for every second or so (tasks.py): things run out, layouts are edited, cameras are moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from prahari.contracts.events import now_ms
from prahari.contracts.media import HolderState
from prahari.desks.common import holders
from prahari.desks.common.errors import Problem
from prahari.desks.wall import items
from prahari.desks.wall.models import Screen


def state(screen: Screen) -> HolderState:
    """As of now. Nothing that was signed before its kiosk was enrolled holds, nor anything when there is none."""
    now = now_ms()
    if not screen.key_hash or not screen.active or screen.enrolled_ms is None:
        return HolderState(now)
    return HolderState(screen.enrolled_ms, now, items.cameras_on([screen])[screen.id])


def tell(screens: Sequence[Screen]) -> None:
    """With the screens held: no token is signed for them by what stood there before."""
    for one in screens:
        holders.tell(one.id, state(one))


def held_for_signing(screen: Screen) -> Screen:
    """The screen's row, while its kiosk's key is good: what is changed on it meanwhile waits, and is told later than
    what is signed now. Within a transaction. Raises Problem 401."""
    found = (
        Screen.objects.select_for_update(of=("self",), no_key=True)
        .filter(id=screen.id, key_hash=screen.key_hash, active=True)
        .first()
    )
    if found is None:
        raise not_enrolled()
    return found


def not_enrolled() -> Problem:
    return Problem(401, "not_enrolled", "This screen is not enrolled.", "यह स्क्रीन पंजीकृत नहीं है।")


_told: dict[UUID, tuple[int, list[str]]] = {}
"""Version and cameras of each screen as this process told of it: kept for not telling it again."""


def sweep() -> int:
    """Of how many screens something had changed without anybody's act."""
    found = list(Screen.objects.filter(active=True).exclude(key_hash=""))
    cameras = items.cameras_on(found)
    now = {one.id: (one.version, cameras[one.id]) for one in found}
    new = {screen_id: one for screen_id, one in now.items() if _told.get(screen_id) != one}
    for screen_id in new:
        with transaction.atomic():
            held = Screen.objects.select_for_update(of=("self",), no_key=True).get(id=screen_id)
            tell([held])
    _told.update(new)
    for gone in _told.keys() - now.keys():
        del _told[gone]
    return len(new)
