"""Packages of the connector: signed by a release key, installed beside the running one, switched to in one step.

A package is a tar file of three members: `manifest.json`, `signature` (Ed25519 over the manifest's bytes) and
`payload.tar.gz`, a folder with `bin/prahari-edge` in it. Under the root lie `releases/<version>/`, the link `current`,
and `pending.json` while a version has still to show that it reaches the centre.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tarfile
import time
from pathlib import Path
from typing import IO

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

MOST_BYTES = 600_000_000
MOST_FILES = 30_000
MANIFEST_BYTES = 10_000
PRODUCT = "prahari-edge"
_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){1,3}")
_CONTEXT = b"prahari edge package 1\0"


class PackageError(Exception):
    """The package is not installed; the message says why."""


class Manifest(msgspec.Struct, frozen=True):
    """`sha256` and `size` of the payload."""

    product: str
    version: str
    sha256: str
    size: int


class Pending(msgspec.Struct):
    """`since_s` and `limit_s`: when it was switched to, on the clock since the machine's start (boot `boot_id`), and
    how long it may take to reach the centre."""

    version: str
    previous: str
    since_s: float
    boot_id: str
    limit_s: float = 300.0
    starts: int = 0


def order(version: str) -> tuple[int, ...]:
    """For comparing. Raises PackageError."""
    if not _VERSION.fullmatch(version):
        raise PackageError(f"{version[:40]!r} is no version: 1.2.3 is expected")
    return tuple(int(part) for part in version.split("."))


def release_key(pem: str) -> Ed25519PublicKey:
    """Raises PackageError."""
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError as error:
        raise PackageError(
            "no release key was pinned when this box was installed: packages cannot be checked"
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise PackageError("the pinned release key is not an Ed25519 key")
    return key


def make(payload: bytes, version: str, key: Ed25519PrivateKey, out: Path) -> None:
    """Write a package: for whoever releases the connector."""
    order(version)
    manifest = msgspec.json.encode(Manifest(PRODUCT, version, hashlib.sha256(payload).hexdigest(), len(payload)))
    with tarfile.open(out, "w") as package:
        for name, data in (
            ("manifest.json", manifest), ("signature", key.sign(_CONTEXT + manifest)), ("payload.tar.gz", payload)
        ):  # fmt: skip
            member = tarfile.TarInfo(name)
            member.size = len(data)
            package.addfile(member, io.BytesIO(data))


class Releases:
    """The installed versions under `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "releases").mkdir(parents=True, exist_ok=True)

    @property
    def current(self) -> str:
        """Version that `current` points at; empty: none."""
        try:
            return (self.root / "current").readlink().name
        except OSError:
            return ""

    def pending(self) -> Pending | None:
        try:
            return msgspec.json.decode((self.root / "pending.json").read_bytes(), type=Pending)
        except (OSError, ValueError):
            return None

    def install(self, package: Path, key: Ed25519PublicKey, *, limit_s: float = 300.0) -> str:
        """Check, unpack, switch. The version. Raises PackageError; nothing has changed then."""
        if self.pending() is not None:
            raise PackageError("the last update has still to show that it works: wait a few minutes")
        try:
            with tarfile.open(package, "r:") as outer:
                manifest = self._checked_manifest(outer, key)
                self._unpack(outer, manifest)
        except (OSError, tarfile.TarError, EOFError) as error:
            raise PackageError(f"the package cannot be read: {error}") from error
        self._save_pending(Pending(manifest.version, self.current, passed_s(), boot_id(), limit_s))
        self._switch(manifest.version)
        return manifest.version

    def confirm(self, version: str) -> None:
        """The version has reached the centre: it stays, older ones but the last go."""
        pending = self.pending()
        if pending is not None and pending.version == version:
            (self.root / "pending.json").unlink(missing_ok=True)
            for folder in (self.root / "releases").iterdir():
                if folder.name not in (version, pending.previous):
                    shutil.rmtree(folder, ignore_errors=True)

    def started(self) -> None:
        """Count a start of a version that is on trial."""
        pending = self.pending()
        if pending is not None:
            pending.starts += 1
            self._save_pending(pending)

    def is_failed(self, most_starts: int) -> bool:
        """Whether the version on trial has had its time, or has ended too often. After a restart of the machine its
        time begins anew: who knows how long it was off."""
        pending = self.pending()
        if pending is None:
            return False
        if pending.boot_id != boot_id():
            pending.since_s, pending.boot_id = passed_s(), boot_id()
            self._save_pending(pending)
        return passed_s() - pending.since_s > pending.limit_s or pending.starts > most_starts

    def roll_back(self) -> str:
        """Back to the version before; the failed one is never installed again. The version that is current now."""
        pending = self.pending()
        if pending is None or not pending.previous:
            return self.current
        self._refuse(pending.version)
        self._switch(pending.previous)
        (self.root / "pending.json").unlink(missing_ok=True)
        shutil.rmtree(self.root / "releases" / pending.version, ignore_errors=True)
        return pending.previous

    def _checked_manifest(self, outer: tarfile.TarFile, key: Ed25519PublicKey) -> Manifest:
        raw = _member(outer, "manifest.json", MANIFEST_BYTES).read()
        try:
            key.verify(_member(outer, "signature", 64).read(), _CONTEXT + raw)
        except InvalidSignature as error:
            raise PackageError("the package is not signed by the release key of this box") from error
        try:
            manifest = msgspec.json.decode(raw, type=Manifest)
        except ValueError as error:
            raise PackageError("the package's manifest cannot be read") from error
        if manifest.product != PRODUCT or not 0 < manifest.size <= MOST_BYTES:
            raise PackageError("the package is of another product, or too large")
        if self.current and order(manifest.version) <= order(self.current):
            raise PackageError(f"version {manifest.version} is not newer than {self.current}")
        order(manifest.version)
        if manifest.version in self._refused():
            raise PackageError(f"version {manifest.version} was tried here and did not reach the centre")
        return manifest

    def _unpack(self, outer: tarfile.TarFile, manifest: Manifest) -> None:
        """Checked as a whole before the first file is written."""
        payload = _member(outer, "payload.tar.gz", MOST_BYTES)
        digest = hashlib.file_digest(payload, "sha256").hexdigest()  # type: ignore[arg-type]
        if digest != manifest.sha256 or payload.tell() != manifest.size:
            raise PackageError("the package is damaged: its contents are not what was signed")
        payload.seek(0)
        part = self.root / "releases" / f".{manifest.version}.part"
        shutil.rmtree(part, ignore_errors=True)
        try:
            with tarfile.open(fileobj=payload, mode="r:gz") as inner:
                total = 0
                for number, member in enumerate(inner):
                    total += member.size
                    if number >= MOST_FILES or total > 4 * MOST_BYTES:
                        raise PackageError("the package holds too much")
                    inner.extract(member, part, filter="data")
            if not os.access(part / "bin" / PRODUCT, os.X_OK):
                raise PackageError("the package has no program bin/prahari-edge")
            os.sync()
            shutil.rmtree(self.root / "releases" / manifest.version, ignore_errors=True)
            part.rename(self.root / "releases" / manifest.version)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise

    def _switch(self, version: str) -> None:
        link = self.root / ".current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("releases") / version)
        link.replace(self.root / "current")

    def _save_pending(self, pending: Pending) -> None:
        temporary = self.root / ".pending.new"
        temporary.write_bytes(msgspec.json.encode(pending))
        temporary.replace(self.root / "pending.json")

    def _refused(self) -> list[str]:
        try:
            return msgspec.json.decode((self.root / "refused.json").read_bytes(), type=list[str])
        except (OSError, ValueError):
            return []

    def _refuse(self, version: str) -> None:
        (self.root / "refused.json").write_bytes(msgspec.json.encode([*self._refused(), version][-50:]))


def passed_s() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def _member(package: tarfile.TarFile, name: str, most_bytes: int) -> IO[bytes]:
    """Raises PackageError."""
    try:
        member = package.getmember(name)
    except KeyError as error:
        raise PackageError(f"the package has no {name}") from error
    found = package.extractfile(member) if member.isreg() and member.size <= most_bytes else None
    if found is None:
        raise PackageError(f"the package's {name} is none")
    return found
