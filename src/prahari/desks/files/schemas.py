"""What the files' endpoints answer."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from prahari.desks.common.schema import Schema


class FileOut(Schema):
    id: UUID
    name: str
    kind: Literal["image", "pdf", "video"]
    media_type: str
    size_bytes: int
    sha256: str
    width_px: int | None
    height_px: int | None
    duration_ms: int | None
    created_ms: int
