"""The form of a package of the edge connector: signed by a release key, checked whole before any of it is believed.

A package is a tar file of three members: `manifest.json`, `signature` (Ed25519 over the manifest's bytes) and
`payload.tar.gz`, a folder with `bin/prahari-edge` in it. Libraries of others lie in its `site/`; a package that leaves
them out names the set that it needs, which an installed version must have then.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
from pathlib import Path
from typing import IO

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from prahari.contracts.edge import MOST_RELEASE_BYTES

PRODUCT = "prahari-edge"
MANIFEST_BYTES = 10_000
_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){1,3}")
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


def order(version: str) -> tuple[int, ...]:
    """For comparing. Raises ValueError."""
    if not _VERSION.fullmatch(version):
        raise ValueError(f"{version[:40]!r} is no version: 1.2.3 is expected")
    return tuple(int(part) for part in version.split("."))


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
            manifest = signed_manifest(outer, key)
            whole_payload(outer, manifest)
            return manifest
    except (tarfile.TarError, EOFError) as error:
        raise PackageError("this is no package of the connector") from error


def signed_manifest(outer: tarfile.TarFile, key: Ed25519PublicKey) -> Manifest:
    """Raises PackageError."""
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


def whole_payload(outer: tarfile.TarFile, manifest: Manifest) -> IO[bytes]:
    """At its beginning. Raises PackageError."""
    payload = _member(outer, "payload.tar.gz", MOST_RELEASE_BYTES)
    digest = hashlib.file_digest(payload, "sha256").hexdigest()  # type: ignore[arg-type]
    if digest != manifest.sha256 or payload.tell() != manifest.size:
        raise PackageError("the package is damaged: its contents are not what was signed")
    payload.seek(0)
    return payload


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
