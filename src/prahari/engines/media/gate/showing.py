"""Who may be shown what: the one place where every door to pictures asks, live or recorded."""

from __future__ import annotations

from dataclasses import dataclass

from prahari.engines.media.gate.permits import Leave
from prahari.engines.media.gate.problems import NEEDS_REQUEST, NO_PERMIT, NOT_PUBLIC, Answer


@dataclass(frozen=True, slots=True)
class Asker:
    """On what ground somebody asks for pictures.

    `request_id`: the request named by the signed token, empty when none. `is_visitor`: masked pictures on a wall that
    visitors of the control room look at.
    """

    request_id: str = ""
    is_visitor: bool = False


def refusal(leave: Leave, asker: Asker) -> Answer | None:
    """Why `asker` may not be shown what the camera sees now; None: it may."""
    if not leave.live:
        return NO_PERMIT
    if asker.is_visitor and not leave.is_public:
        return NOT_PUBLIC
    if leave.on_request and (asker.is_visitor or not asker.request_id):
        return NEEDS_REQUEST
    return None


def refusal_of_recordings(needs_request: bool, asker: Asker) -> Answer | None:
    """Why `asker` may not be shown what was recorded; None: it may."""
    if needs_request and not asker.request_id:
        return NEEDS_REQUEST
    return None
