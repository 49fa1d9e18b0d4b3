"""The two folders in which testimonials lie: two disks, one at the centre, one at the municipal corporation.

Each folder carries a mark. A folder without it is a disk that is not mounted: nothing is written into the empty mount
point, and what lies on the disk is not taken for deleted. Files are whole or absent: written beside, flushed, renamed.

Files lie there as they were recorded, not sealed: copies that open only with the centre's key would be lost with the
centre, and the municipal corporation is to be able to show its own. Encrypt the disks where they may be stolen.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID

from django.conf import settings

from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.desks.outreach.choices import Store
from prahari.desks.outreach.models import VaultStore

MARK = "prahari-vault.json"
CHUNK_BYTES = 1 << 20
RESERVE_BYTES = 50_000_000
"""Left free on the disk: a full one stops more than testimonials."""

_SUFFIXES = {"video/mp4": "mp4", "video/webm": "webm", "video/x-matroska": "mkv"}


class Source(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


class StoreError(Exception):
    """A folder cannot be used just now. code: away (not there, or without its mark), other (with the mark of another),
    full, refused (no right to write), failing (the disk answers with an error)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def folder(store: str) -> Path:
    """PRAHARI_VAULT_CENTRE / PRAHARI_VAULT_MUNICIPAL, or a folder under the centre's home."""
    given = os.environ.get(f"PRAHARI_VAULT_{store.upper()}")
    return Path(given) if given else Path(settings.CONFIG.home) / "vault" / store


def name_of(testimonial_id: UUID, media_type: str) -> str:
    return f"{testimonial_id}.{_SUFFIXES.get(media_type, 'bin')}"


def path_of(store: str, testimonial_id: UUID, media_type: str) -> Path:
    return folder(store) / name_of(testimonial_id, media_type)


def require(store: str) -> Path:
    """The folder, when it is the right one and there. Raises StoreError. The first use lays the mark."""
    where = folder(store)
    known = VaultStore.objects.filter(store=store).first()
    try:
        found = _mark(where)
        if known is None:
            return _adopt(store, where, found)
        if found is None:
            raise StoreError("away")
        if found.get("mark") != str(known.mark) or found.get("store") != store:
            raise StoreError("other")
    except OSError as error:
        raise _trouble(error) from None
    return where


def replace(store: str) -> None:
    """Take the folder as it is now for the store: a new disk in place of one that is lost. Raises StoreError."""
    where = folder(store)
    try:
        found = _mark(where)
        if found is not None and found.get("store") != store:
            raise StoreError("other")
        VaultStore.objects.filter(store=store).delete()
        _adopt(store, where, found)
    except OSError as error:
        raise _trouble(error) from None


def _mark(where: Path) -> dict[str, str] | None:
    try:
        read = json.loads((where / MARK).read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _adopt(store: str, where: Path, found: dict[str, str] | None) -> Path:
    if found is not None and found.get("store") != store:
        raise StoreError("other")
    try:
        mark = UUID(found["mark"]) if found else uuid7()
    except (KeyError, ValueError):
        raise StoreError("other") from None
    if found is None:
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_bytes(where / MARK, json.dumps({"store": store, "mark": str(mark)}).encode())
    VaultStore.objects.get_or_create(store=store, defaults={"mark": mark, "created_ms": now_ms()})
    return where


def _write_bytes(path: Path, body: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as target:
        target.write(body)
        target.flush()
        os.fsync(target.fileno())
    part.replace(path)
    _flush(path.parent)


def _flush(where: Path) -> None:
    handle = os.open(where, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write(store: str, name: str, source: Source, size_bytes: int, sha256: str) -> bool:
    """Lay a file into the folder and read it back: whether its hash is the one expected; a wrong one is not left there.
    Raises StoreError."""
    where = require(store)
    path, part = where / name, where / f".{name}.part"
    try:
        if shutil.disk_usage(where).free - size_bytes < RESERVE_BYTES:
            raise StoreError("full")
        with part.open("wb") as target:
            part.chmod(0o600)
            while piece := source.read(CHUNK_BYTES):
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        if hash_of(part) != sha256:
            part.unlink()
            return False
        part.replace(path)
        _flush(where)
    except OSError as error:
        raise _trouble(error) from None
    return True


def look(store: str, name: str, sha256: str) -> str:
    """good, damaged or missing. Raises StoreError when the folder is not to be had."""
    where = require(store)
    try:
        return "good" if hash_of(where / name) == sha256 else "damaged"
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        if error.errno == errno.EIO:  # the disk no longer gives these bytes: as good as changed
            return "damaged"
        raise _trouble(error) from None


def delete(store: str, name: str) -> None:
    """Raises StoreError. A file that is gone already is as it should be."""
    where = require(store)
    try:
        for path in (where / name, where / f".{name}.part"):
            path.unlink(missing_ok=True)
        _flush(where)
    except OSError as error:
        raise _trouble(error) from None


def hash_of(path: Path) -> str:
    """SHA-256 in hexadecimal. Raises OSError."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def opened(store: str, name: str) -> BinaryIO:
    """Raises StoreError."""
    try:
        return (require(store) / name).open("rb")
    except OSError as error:
        raise _trouble(error) from None


def usable() -> Iterator[tuple[str, str]]:
    """(store, trouble) of both; an empty trouble is none."""
    for store in Store.values:
        try:
            require(store)
            yield store, ""
        except StoreError as trouble:
            yield store, trouble.code


def _trouble(error: OSError) -> StoreError:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return StoreError("full")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return StoreError("refused")
        case errno.ENOENT | errno.ENOTDIR | errno.ESTALE | errno.ENODEV:
            return StoreError("away")
    return StoreError("failing")
