"""Packages of the connector (contracts.edgepackages) on a box: installed beside the running version, nothing of them
before all of it was checked."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tarfile
from pathlib import Path, PurePosixPath
from typing import IO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts.edge import MOST_RELEASE_BYTES
from prahari.contracts.edgepackages import Manifest, PackageError, order, signed_manifest, whole_payload
from prahari.engines.edge.standing import LIMIT_S, PROGRAM, Standing

MOST_FILES = 30_000
SITE_ID = "site.id"


def own_platform() -> str:
    return f"cp{sys.version_info.major}{sys.version_info.minor}-{sysconfig.get_platform()}"


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
                manifest = signed_manifest(outer, key)
                self._require_welcome(manifest)
                self._unpack(whole_payload(outer, manifest), manifest)
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
            if not os.access(part / PROGRAM, os.X_OK):
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
