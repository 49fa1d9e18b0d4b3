"""The centre's secrets, made once in home/keys: folder mode 0700, files 0600."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from prahari.runtime.errors import CentreError


def _token() -> bytes:
    return secrets.token_urlsafe(32).encode()


def _ed25519() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


EDGE_RELEASE = "edge-release"
"""What packages of the edge connector are signed with; the public half is pinned at each box when it is enrolled."""

_SECRETS: dict[str, Callable[[], bytes]] = {
    "seal.key": lambda: secrets.token_bytes(32),
    "token.pem": _ed25519,
    "audit.pem": _ed25519,
    "nats.token": _token,
    "metrics.token": _token,
    "postgres.password": _token,
    "postgres-admin.password": _token,
}


def ensure(home: Path) -> Path:
    """The folder home/keys with every key in it; missing ones are made, present ones never touched."""
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    for name, make in _SECRETS.items():
        if not (folder / name).exists():
            write_private(folder / name, make())
    # A release key may be kept elsewhere: then only its public half lies here.
    if not (folder / f"{EDGE_RELEASE}.pub").exists() and not (folder / f"{EDGE_RELEASE}.pem").exists():
        write_private(folder / f"{EDGE_RELEASE}.pem", _ed25519())
    for name in ("token", "audit", EDGE_RELEASE):
        if not (folder / f"{name}.pub").exists():
            private = load_pem_private_key((folder / f"{name}.pem").read_bytes(), password=None)
            public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            write_private(folder / f"{name}.pub", public)
    return folder


def read_text(home: Path, name: str) -> str:
    """A text secret. Raises CentreError when it cannot be read."""
    try:
        return (home / "keys" / name).read_text().strip()
    except OSError as error:
        raise CentreError(f"The key {home / 'keys' / name} cannot be read: {error.strerror}.") from error


def loose(home: Path) -> list[Path]:
    """Keys that others than their owner may read or write."""
    return [path for path in sorted((home / "keys").glob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077]


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
