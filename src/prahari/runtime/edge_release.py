"""Packages of the edge connector, made from this source tree: the same tree, version and key give the same bytes.

A payload holds `bin/prahari-edge`, `install.sh`, `VERSION`, `lib/` (our own code, as much as a connector needs) and, on
request, `site/` with the libraries of others. Without them it is small enough for a slow line, and names the set that
it was made with; a box that has that set goes on with it.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import io
import re
import sys
import tarfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from prahari.contracts import edgepackages
from prahari.contracts.edgepackages import order
from prahari.engines.edge.packages import SITE_ID, own_platform
from prahari.engines.edge.standing import PROGRAM
from prahari.runtime.errors import CentreError

SOURCE = Path(__file__).resolve().parents[1]
BOX = SOURCE / "engines" / "edge" / "box"
PARTS = ("__init__.py", "core", "contracts", "engines/__init__.py", "engines/media", "engines/edge",
         "engines/vision/__init__.py", "engines/vision/scene")  # fmt: skip
LEFT_OUT = ("engines/media/presentation/", "engines/media/worker.py", "engines/edge/gate/")
"""Of these what only a centre runs: masked pictures for visitors, its own media worker, its side of the link."""

LIBRARIES = (
    "aiohttp", "av", "cryptography", "google-crc32c", "httpx", "msgspec", "nats-py", "numpy", "onveef", "pillow",
    "pyjwt", "uvloop",
)  # fmt: skip
"""What a connector imports of others, themselves and all that they need in turn (uv.lock). The rest of the centre's
libraries stays at the centre."""

Entry = tuple[str, bytes, bool]
"""Name in the payload, contents, whether it is a program."""


@dataclass(frozen=True)
class Libraries:
    """Files of libraries as (name below site/, path), what they are (`name==version` lines) and what they run on."""

    files: list[tuple[str, Path]]
    names: list[str]
    platform: str

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join([self.platform, *sorted(self.names)]).encode()).hexdigest()


def installed_libraries() -> Libraries:
    """Those that this very Python has: for boxes of the same kind as this machine. Raises CentreError."""
    files: dict[str, Path] = {}
    names = []
    for name in _closure(LIBRARIES):
        try:
            found = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for other systems or older Pythons
        names.append(f"{name}=={found.version}")
        for one in found.files or []:
            if ".." not in one.parts and "__pycache__" not in one.parts and not one.is_absolute():
                files[one.as_posix()] = Path(str(found.locate_file(one)))
    return Libraries(sorted(files.items()), names, own_platform())


def libraries_in(folder: Path, platform: str) -> Libraries:
    """Those in a folder that pip made for another kind of box (`pip install --target`). Raises CentreError."""
    if not re.fullmatch(r"cp3\d\d-linux-[a-z0-9_]+", platform):
        raise CentreError("A platform looks like cp311-linux-aarch64.")
    names = [
        f"{re.sub('[-_.]+', '-', found.metadata['Name']).lower()}=={found.version}"
        for found in importlib.metadata.distributions(path=[str(folder)])
    ]
    files = [
        (path.relative_to(folder).as_posix(), path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path.relative_to(folder).parts[0] != "bin"
    ]
    if not names:
        raise CentreError(f"There are no libraries in {folder}.")
    return Libraries(files, names, platform)


def build(out: Path, key: Ed25519PrivateKey, version: str, libraries: Libraries | None, *, carry: bool = False) -> None:
    """Write a package. `libraries` None: the box's Python has what it needs. Raises CentreError."""
    try:
        order(version)
    except ValueError as error:
        raise CentreError(f"{error}.") from error
    platform = libraries.platform if libraries is not None else ""
    entries = [*_code(version), *_box(version, platform)]
    if libraries is not None and carry:
        entries += [(f"site/{name}", path.read_bytes(), False) for name, path in libraries.files]
        entries.append((SITE_ID, libraries.digest.encode(), False))
    digest = libraries.digest if libraries is not None else ""
    edgepackages.make(_payload(entries), version, key, out, libraries=digest, platform=platform)


def signing_key(path: Path) -> Ed25519PrivateKey:
    """Raises CentreError."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise CentreError(f"The release key {path} cannot be read: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CentreError(f"The release key {path} is not an Ed25519 key.")
    return key


def _code(version: str) -> Iterator[Entry]:
    for part in PARTS:
        path = SOURCE / part
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            name = file.relative_to(SOURCE).as_posix()
            if name.startswith(LEFT_OUT):
                continue
            data = file.read_bytes()
            if name == "engines/edge/version.py":
                data = re.sub(rb'VERSION = "[^"]*"', f'VERSION = "{version}"'.encode(), data)
            yield f"lib/prahari/{name}", data, False


def _box(version: str, platform: str) -> Iterator[Entry]:
    minor = re.match(r"cp3(\d+)-", platform)
    python = f"python3.{minor[1]}" if minor else f"python3.{sys.version_info.minor}"
    program = (BOX / "prahari-edge.sh").read_text().replace("@PYTHON@", python)
    yield PROGRAM, program.encode(), True
    yield "install.sh", (BOX / "install.sh").read_bytes(), True
    yield "VERSION", f"{version}\n".encode(), False


def _payload(entries: Iterable[Entry]) -> bytes:
    """In one order, of nobody, at no time: nothing in it but what was given."""
    out = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="") as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, data, is_program in sorted(entries):
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), 0o755 if is_program else 0o644
            tar.addfile(member, io.BytesIO(data))
    return out.getvalue()


def _closure(names: Iterable[str]) -> list[str]:
    """Names and all that they need, by the lock file. Raises CentreError."""
    try:
        lock = tomllib.loads((SOURCE.parents[1] / "uv.lock").read_text())
    except OSError as error:
        raise CentreError(f"uv.lock cannot be read: {error.strerror}. Make packages from a source tree.") from error
    needs = {one["name"]: [need["name"] for need in one.get("dependencies", [])] for one in lock["package"]}
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += needs[name]
    return sorted(found)
