"""Files that an actor may read: what is attached where they hold its permission, and their own that still wait."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import forbidden, not_found
from prahari.desks.files.models import StoredFile


def file(actor: Actor, file_id: UUID) -> StoredFile:
    """Raises Problem 403 (its permission is held nowhere), 404."""
    found = StoredFile.objects.filter(id=file_id).first()
    if found is not None and found.attached_ms is None:
        if actor.id is not None and found.uploaded_by_id == actor.id:
            return found
    elif found is not None:
        if actor.may(found.permission, found.jurisdiction_path, found.agency_code):
            return found
        if not actor.has(found.permission):
            raise forbidden(found.permission)
    raise not_found("There is no such file, or it is not in your area.",
                    "ऐसी कोई फ़ाइल नहीं है, या वह आपके क्षेत्र में नहीं है।")  # fmt: skip


def row(found: StoredFile) -> dict[str, Any]:
    """A FileOut; other desks show their files with it."""
    return {
        "id": found.id,
        "name": found.name,
        "kind": found.kind,
        "media_type": found.media_type,
        "size_bytes": found.size_bytes,
        "sha256": found.sha256,
        "width_px": found.width_px,
        "height_px": found.height_px,
        "duration_ms": found.duration_ms,
        "created_ms": found.created_ms,
    }
