"""shift.changed: somebody came, went, took over, was late; consoles read anew what they show."""

from __future__ import annotations

from typing import Any

from prahari.contracts.events import SHIFT_CHANGED, Event, now_ms
from prahari.desks.common.action import Action
from prahari.desks.shifts.models import Post

SOURCE = "shifts"


def changed(act: Action, post: Post, what: str, **more: Any) -> None:
    data = {"post": post.code, "what": what, **more}
    act.emit(SOURCE, Event(SHIFT_CHANGED, str(post.id), now_ms(), data, post.jurisdiction_path, post.agency_code))


def about(act: Action, post: Post, *, also: bool = False) -> None:
    act.about("post", post.id, post.name_en, jurisdiction=post.jurisdiction_path, agency=post.agency_code, also=also)
