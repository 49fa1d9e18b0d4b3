"""The video as it was handed in, in the files desk: taken from there, and given up once both copies stand."""

from __future__ import annotations

from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem
from prahari.desks.files import places, vault
from prahari.desks.files.models import StoredFile
from prahari.desks.files.sealed import DamagedError

__all__ = ["DamagedError", "attach", "discard", "opened"]


def attach(
    actor: Actor, file_ids: list[UUID], path: str, agency: str, kinds: tuple[str, ...], permission: str
) -> list[StoredFile]:
    """Make files readable to those who hold `permission` there; inside an action. Raises Problem 409, 422."""
    return vault.attach(file_ids, actor=actor, jurisdiction=path, agency=agency, permission=permission, kinds=kinds)


def opened(file_id: UUID | None) -> BinaryIO | None:
    """The plain bytes, if the file is still there and opens. Reading a changed one raises DamagedError."""
    file = StoredFile.objects.filter(id=file_id).first() if file_id else None
    if file is None:
        return None
    try:
        return vault.open_(file)
    except (Problem, OSError):
        return None


def discard(file_id: UUID | None) -> None:
    """Remove a file for good, once the transaction that says so is committed (the files desk sweeps up what a crash in
    between leaves)."""
    if file_id is not None and StoredFile.objects.filter(id=file_id).delete()[0]:
        transaction.on_commit(lambda: places.path_of(file_id).unlink(missing_ok=True))
