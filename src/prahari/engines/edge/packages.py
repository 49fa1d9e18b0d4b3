"""Packages of the connector: signed by a release key, checked as a whole before the first file is written, installed
beside the running version.

A package is a tar file of three members: `manifest.json`, `signature` (Ed25519 over the manifest's bytes) and
`payload.tar.gz`, a folder with `bin/prahari-edge` in it. Libraries of others lie in its `site/`; a package that leaves
them out names the set that it needs, which an installed version must have then.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sys
import sysconfig
import tarfile
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from prahari.contracts.edge import MOST_RELEASE_BYTES
from prahari.engines.edge.standing import LIMIT_S, PRODUCT, Standing, order

MOST_FILES = 30_000
MANIFEST_BYTES = 10_000
SITE_ID = "site.id"
_CONTEXT = b"prahari edge package 1\0"


class PackageError(Exception):
    """The package is not installed; the message says why. `reason`: in a word, for the centre."""

    def __init__(self, text: str, reason: str = "damaged") -> None:
        super().__init__(text)
        self.reason = reason


class Manifest(msgspec.Struct, frozen=True):
    """`sha256` and `size` of the payload. `libraries`: digest of the set of libraries of others that it needs, empty:
    those of the box's Python. `platform`: what these were built for; empty: any."""

    product: str
    version: str
    sha256: str
    size: int
    libraries: str = ""
    platform: str = ""


def own_platform() -> str:
    return f"cp{sys.version_info.major}{sys.version_info.minor}-{sysconfig.get_platform()}"


def release_key(pem: str) -> Ed25519PublicKey:
    """Raises PackageError."""
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError as error:
        text = "no release key was pinned when this box was installed: packages cannot be checked"
        raise PackageError(text, "no_key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise PackageError("the pinned release key is not an Ed25519 key", "no_key")
    return key


def make(
    payload: bytes, version: str, key: Ed25519PrivateKey, out: Path, *, libraries: str = "", platform: str = ""
) -> None:
    """Write a package: for whoever releases the connector. Raises ValueError: no version."""
    order(version)
    about = Manifest(PRODUCT, version, hashlib.sha256(payload).hexdigest(), len(payload), libraries, platform)
    manifest = msgspec.json.encode(about)
    with tarfile.open(out, "w") as package:
        for name, data in (
            ("manifest.json", manifest), ("signature", key.sign(_CONTEXT + manifest)), ("payload.tar.gz", payload)
        ):  # fmt: skip
            member = tarfile.TarInfo(name)
            member.size = len(data)
            package.addfile(member, io.BytesIO(data))


def checked(package: Path, key: Ed25519PublicKey) -> Manifest:
    """Its manifest, when it is signed and whole. Raises PackageError, OSError."""
    try:
        with tarfile.open(package, "r:") as outer:
            manifest = _signed_manifest(outer, key)
            _whole_payload(outer, manifest)
            return manifest
    except (tarfile.TarError, EOFError) as error:
        raise PackageError("this is no package of the connector") from error


class Releases(Standing):
    """The installed versions under `root`, and how another one comes to them."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        (root / "releases").mkdir(parents=True, exist_ok=True)

    def install(self, package: Path, key: Ed25519PublicKey, *, limit_s: float = LIMIT_S) -> str:
        """Check, unpack, switch. The version. Raises PackageError; nothing has changed then."""
        if self.pending() is not None:
            raise PackageError("the last update has still to show that it works: wait a few minutes", "pending")
        try:
            with tarfile.open(package, "r:") as outer:
                manifest = _signed_manifest(outer, key)
                self._require_welcome(manifest)
                self._unpack(_whole_payload(outer, manifest), manifest)
        except (OSError, tarfile.TarError, EOFError) as error:
            raise PackageError(f"the package cannot be read or unpacked: {error}") from error
        self.switch(manifest.version, limit_s)
        return manifest.version

    def _require_welcome(self, manifest: Manifest) -> None:
        """Raises PackageError: signed, but not for this box as it is."""
        if self.current and order(manifest.version) <= order(self.current):
            raise PackageError(f"version {manifest.version} is not newer than {self.current}", "not_newer")
        if manifest.version in self.refused():
            text = f"version {manifest.version} was tried here and did not reach the centre"
            raise PackageError(text, "fell_back")
        if manifest.platform and manifest.platform != own_platform():
            text = f"the package is for {manifest.platform[:60]}, this box is {own_platform()}"
            raise PackageError(text, "platform")

    def _unpack(self, payload: IO[bytes], manifest: Manifest) -> None:
        part = self.root / "releases" / f".{manifest.version}.part"
        shutil.rmtree(part, ignore_errors=True)
        try:
            with tarfile.open(fileobj=payload, mode="r:gz") as inner:
                total = 0
                for number, member in enumerate(inner):
                    total += member.size
                    if number >= MOST_FILES or total > 4 * MOST_RELEASE_BYTES:
                        raise PackageError("the package holds too much")
                    _place(inner, member, part)
            if not os.access(part / "bin" / PRODUCT, os.X_OK):
                raise PackageError("the package has no program bin/prahari-edge")
            if manifest.libraries:
                self._lend_libraries(part, manifest)
            os.sync()
            shutil.rmtree(self.folder(manifest.version), ignore_errors=True)
            part.rename(self.folder(manifest.version))
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise

    def _lend_libraries(self, part: Path, manifest: Manifest) -> None:
        """Those of an installed version, when the package left its own out: linked, so that either may go."""
        if not (part / "site").is_dir():
            for mark in (self.root / "releases").glob(f"[0-9]*/{SITE_ID}"):
                if mark.read_text() == manifest.libraries:
                    shutil.copytree(mark.parent / "site", part / "site", symlinks=True, copy_function=os.link)
                    break
            else:
                text = "the package needs libraries that this box has not: the package with libraries is wanted"
                raise PackageError(text, "libraries")
        (part / SITE_ID).write_text(manifest.libraries)


def _signed_manifest(outer: tarfile.TarFile, key: Ed25519PublicKey) -> Manifest:
    raw = _member(outer, "manifest.json", MANIFEST_BYTES).read()
    try:
        key.verify(_member(outer, "signature", 64).read(), _CONTEXT + raw)
    except InvalidSignature as error:
        raise PackageError("the package is not signed by the release key of this box", "not_signed") from error
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
        order(manifest.version)
    except ValueError as error:
        raise PackageError("the package's manifest cannot be read") from error
    if manifest.product != PRODUCT or not 0 < manifest.size <= MOST_RELEASE_BYTES:
        raise PackageError("the package is of another product, or too large")
    return manifest


def _whole_payload(outer: tarfile.TarFile, manifest: Manifest) -> IO[bytes]:
    payload = _member(outer, "payload.tar.gz", MOST_RELEASE_BYTES)
    digest = hashlib.file_digest(payload, "sha256").hexdigest()  # type: ignore[arg-type]
    if digest != manifest.sha256 or payload.tell() != manifest.size:
        raise PackageError("the package is damaged: its contents are not what was signed")
    payload.seek(0)
    return payload


def _place(inner: tarfile.TarFile, member: tarfile.TarInfo, part: Path) -> None:
    """A file or folder below `part`: a package holds nothing else, no links above all. Raises PackageError."""
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts or not (member.isreg() or member.isdir()):
        raise PackageError("the package holds what does not belong in it")
    target = part / path
    if member.isdir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    source = inner.extractfile(member)
    assert source is not None
    with target.open("xb") as file:
        shutil.copyfileobj(source, file)
    target.chmod(0o755 if member.mode & 0o111 else 0o644)


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
