"""The vault: what people hand in comes in here, and goes out again as plain bytes or as a sealed copy.

    file = vault.store(actor=actor, stream=stream, name="form.jpg", kinds=("image", "pdf"))
    vault.attach([file.id], actor=actor, jurisdiction=..., agency=..., permission="linking.view")  # in an action
    with vault.open_(file) as plain: ...

A file that is attached to nothing within a day is removed (tasks).
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Sum

from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, text
from prahari.desks.files import content, places, sealed
from prahari.desks.files.models import StoredFile
from prahari.desks.files.sealed import DamagedError

KINDS = ("image", "pdf", "video")
WAITING_MB = rules.declare(
    "file_waiting_mb", 2_000, "Most that one person may hand in without attaching it to anything, in MB",
    "बिना किसी प्रविष्टि से जोड़े एक व्यक्ति अधिकतम कितना जमा कर सकता है, एमबी में", rules.whole(10, 100_000),
)  # fmt: skip


def store(
    *,
    actor: Actor,
    stream: IO[bytes],
    name: str,
    kinds: Sequence[str] = KINDS,
    client_key: UUID | None = None,
    expected_bytes: int = 0,
) -> StoredFile:
    """Take a file in: read once, hashed and sealed on its way to the disk, then really opened.

    kinds: what is asked for here. client_key: made by the sender; a second upload with it answers the first one's file.
    expected_bytes: as announced, refused early when too large. Raises Problem 413 (too large), 422 (not of these kinds,
    does not open), 429 (too much waiting), 507 (disk full). OSError of the stream passes through.
    """
    if client_key is not None and (earlier := _earlier(actor, client_key)) is not None:
        return earlier
    head = stream.read(content.HEAD_BYTES)
    while head and len(head) < content.HEAD_BYTES and (more := stream.read(content.HEAD_BYTES - len(head))):
        head += more
    if not head:
        raise invalid(file=text("The file is empty.", "फ़ाइल ख़ाली है।"))
    found = content.sniff(head)
    if found is None or found.kind not in kinds:
        raise content.wrong_type(tuple(kinds))
    limit_bytes = int(rules.value(content.LIMIT_MB[found.kind])) * 1_000_000
    if expected_bytes > limit_bytes:
        raise _too_large(found.kind, limit_bytes)
    _require_waiting_room(actor, expected_bytes)
    places.require_room(expected_bytes)
    file = StoredFile(
        id=uuid7(), client_key=client_key, name=_plain_name(name), kind=found.kind, media_type=found.media_type,
        uploaded_by_id=actor.id, uploader_name=actor.username, created_ms=now_ms(),
    )  # fmt: skip
    part = places.incoming(file.id)
    try:
        _write(file, head, stream, part, limit_bytes)
        measures = content.examine(found, part, _key(file.id))
        file.width_px, file.height_px, file.duration_ms = measures.width_px, measures.height_px, measures.duration_ms
        return _enter(actor, file, part)
    finally:
        part.unlink(missing_ok=True)


def _write(file: StoredFile, head: bytes, stream: IO[bytes], part: Path, limit_bytes: int) -> None:
    """Seal to `part`, flushed to the disk; sets size and hash."""
    digest = hashlib.sha256()
    size = 0

    def measured() -> Iterator[bytes]:
        nonlocal size
        for piece in sealed.pieces_of(_Chained(head, stream)):
            size += len(piece)
            if size > limit_bytes:
                raise _too_large(file.kind, limit_bytes)
            digest.update(piece)
            places.require_room(len(piece))
            yield piece

    # Unbuffered: each piece is a megabyte anyway, and nothing is left to write when closing after an error.
    with part.open("xb", buffering=0) as target:
        part.chmod(0o600)
        try:
            sealed.seal(measured(), _key(file.id), cast(IO[bytes], _WholeWriter(target)))
            os.fsync(target.fileno())
        except OSError as error:
            if places.is_disk_full(error):
                raise places.disk_full() from error
            raise
    file.size_bytes, file.sha256 = size, digest.hexdigest()


class _Chained(io.RawIOBase):
    """`head`, then the rest of the stream."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        super().__init__()
        self._head = head
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if self._head:
            head, self._head = self._head, b""
            return head
        return self._stream.read(size)


class _WholeWriter:
    """write() of an unbuffered file may take a part only."""

    def __init__(self, target: io.FileIO) -> None:
        self._target = target

    def write(self, data: bytes) -> int:
        rest = memoryview(data)
        while rest:
            rest = rest[self._target.write(rest) :]
        return len(data)


def _enter(actor: Actor, file: StoredFile, part: Path) -> StoredFile:
    """Move the complete file to its place, then write its row; a row never stands without its file."""
    path = places.path_of(file.id)
    places.settle(part, path)
    try:
        with action("file.store", actor=actor) as act:
            file.save(force_insert=True)
            act.about("file", file.id, file.name)
            act.details(kind=file.kind, size_bytes=file.size_bytes, sha256=file.sha256)
    except IntegrityError:  # sent twice at the same time
        path.unlink(missing_ok=True)
        earlier = _earlier(actor, file.client_key) if file.client_key else None
        if earlier is None:
            raise
        return earlier
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return file


def attach(
    file_ids: Iterable[UUID], *, actor: Actor, jurisdiction: str, agency: str, permission: str,
    kinds: Sequence[str] = KINDS,
) -> list[StoredFile]:  # fmt: skip
    """Give files to a thing in this place, inside the caller's action: from now on who holds `permission` there reads
    them, and they stay. In the order given.

    Only what the actor handed in (for parts of the centre: what the part of that name took in). Attaching again in the
    same way changes nothing. Raises Problem 409 (attached elsewhere), 422 (no such file, not of these kinds).
    """
    wanted = list(dict.fromkeys(file_ids))
    rows = {row.id: row for row in StoredFile.objects.select_for_update().filter(id__in=wanted).order_by("id")}
    for file_id in wanted:
        row = rows.get(file_id)
        if row is None or row.uploader_name != actor.username or row.uploaded_by_id != actor.id:
            raise invalid(files=text("A file is no longer there. Add it again.",
                                     "एक फ़ाइल अब उपलब्ध नहीं है। उसे फिर से जोड़ें।"))  # fmt: skip
        if row.kind not in kinds:
            raise content.wrong_type(tuple(kinds))
        place = (jurisdiction, agency, permission)
        if row.attached_ms is not None:
            if (row.jurisdiction_path, row.agency_code, row.permission) != place:
                raise conflict("file_attached", "This file belongs to another entry already. Add it again.",
                               "यह फ़ाइल पहले से किसी अन्य प्रविष्टि से जुड़ी है। इसे फिर से जोड़ें।")  # fmt: skip
            continue
        row.jurisdiction_path, row.agency_code, row.permission = place
        row.attached_ms = now_ms()
        row.save(update_fields=["jurisdiction_path", "agency_code", "permission", "attached_ms"])
    return [rows[file_id] for file_id in wanted]


def by_client_keys(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, StoredFile]:
    """Those of the actor's own files that were sent under these keys."""
    own = StoredFile.objects.filter(uploader_name=actor.username, uploaded_by_id=actor.id, client_key__in=list(keys))
    return {cast(UUID, file.client_key): file for file in own}


def open_(file: StoredFile) -> BinaryIO:
    """Its plain bytes, seekable. Raises Problem 503 when the file is missing; reading raises DamagedError where a piece
    was changed."""
    try:
        return cast(BinaryIO, io.BufferedReader(sealed.SealedReader(places.path_of(file.id), _key(file.id)), 1 << 16))
    except DamagedError as error:
        raise damaged() from error


def verify(file: StoredFile, copy: Path | None = None) -> bool:
    """Whether the file on disk (or a sealed copy of it elsewhere) still opens and has the hash it came in with."""
    digest = hashlib.sha256()
    try:
        with sealed.SealedReader(copy or places.path_of(file.id), _key(file.id)) as plain:
            while piece := plain.read(sealed.PIECE_BYTES):
                digest.update(piece)
    except (DamagedError, OSError):
        return False
    return digest.hexdigest() == file.sha256


def export_copy(file: StoredFile, target_folder: Path) -> Path:
    """A second copy, the sealed bytes as they are, complete or not at all. Its path. Raises Problem 503, 507."""
    return _copy(places.path_of(file.id), target_folder / f"{file.id}.sealed")


def restore(file: StoredFile, copy: Path) -> None:
    """Put a copy that `verify(file, copy)` found right back into the vault. Raises Problem 503, 507."""
    if not verify(file, copy):
        raise damaged()
    _copy(copy, places.path_of(file.id))


def _copy(source: Path, target: Path) -> Path:
    part = target.with_name(f"{target.name}.{uuid7()}.part")
    try:
        size_bytes = source.stat().st_size
        places.require_room(size_bytes, target.parent)
        with source.open("rb") as read, part.open("xb") as write:
            part.chmod(0o600)
            shutil.copyfileobj(read, write, sealed.PIECE_BYTES)
            write.flush()
            os.fsync(write.fileno())
        places.settle(part, target)
    except FileNotFoundError as error:
        raise damaged() from error
    except OSError as error:
        if places.is_disk_full(error):
            raise places.disk_full() from error
        raise
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _key(file_id: UUID) -> bytes:
    return sealed.key_of(settings.CONFIG.sealing_key(), file_id)


def _earlier(actor: Actor, client_key: UUID) -> StoredFile | None:
    return by_client_keys(actor, [client_key]).get(client_key)


def _plain_name(name: str) -> str:
    """Without folders and control characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable()).strip()[:200] or "file"


def _require_waiting_room(actor: Actor, size_bytes: int) -> None:
    if actor.id is None:
        return  # the owner's page and tasks have limits of their own
    waiting = StoredFile.objects.filter(uploaded_by_id=actor.id, attached_ms__isnull=True)
    total = waiting.aggregate(total=Sum("size_bytes"))["total"] or 0
    if total + size_bytes > int(rules.value(WAITING_MB)) * 1_000_000:
        raise Problem(
            429, "too_much_waiting",
            "Too many of your files are not attached to anything. Save what you have begun, or wait a day.",
            "आपकी बहुत-सी फ़ाइलें किसी प्रविष्टि से जुड़ी नहीं हैं। जो शुरू किया है उसे सहेजें, या एक दिन रुकें।",
        )  # fmt: skip


def _too_large(kind: str, limit_bytes: int) -> Problem:
    limit = limit_bytes // 1_000_000
    en = {"image": "photograph", "pdf": "PDF", "video": "video"}[kind]
    hi = {"image": "चित्र", "pdf": "पीडीएफ़", "video": "वीडियो"}[kind]
    return Problem(
        413, "file_too_large",
        f"This {en} is too large: up to {limit} MB are taken. Make it smaller, or take it in parts.",
        f"यह {hi} बहुत बड़ा है: {limit} एमबी तक लिया जाता है। इसे छोटा करें, या टुकड़ों में लें।",
    )  # fmt: skip


def damaged() -> Problem:
    return Problem(
        503, "file_damaged",
        "The stored file does not open. Tell your technician: it may lie in a second copy or a backup.",
        "सहेजी गई फ़ाइल खुल नहीं रही। अपने तकनीशियन को बताएँ: वह दूसरी प्रति या बैकअप में हो सकती है।",
    )  # fmt: skip
