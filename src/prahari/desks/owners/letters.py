"""Addresses printed in letters: /o?p=TOKEN leads an owner to their premises. It opens nothing: the code still does."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from prahari.desks.owners.keyed import keyed, same

_TAG = 12


def path_for(premises_id: UUID) -> str:
    """/o?p=..., 34 characters after the mark: short enough for a small QR code."""
    name = base64.urlsafe_b64encode(premises_id.bytes).decode().rstrip("=")
    return f"/o?p={name}{_tag(premises_id)}"


def premises_of(token: str) -> UUID | None:
    """None for a token that is none of ours."""
    try:
        premises_id = UUID(bytes=base64.b64decode(f"{token[:22]}==", altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        return None
    return premises_id if same(token[22:], _tag(premises_id)) else None


def _tag(premises_id: UUID) -> str:
    return keyed("letter", str(premises_id))[:_TAG]
