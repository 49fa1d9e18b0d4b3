"""Updates of the connector: signed or not at all, newer or not at all, back by itself when it does not work."""

from __future__ import annotations

import contextlib
import io
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from prahari.contracts import edgepackages
from prahari.contracts.edgepackages import PackageError
from prahari.engines.edge.packages import Releases

KEY = Ed25519PrivateKey.generate()
WORKS = """#!/bin/sh
echo "{\\"state\\": \\"online\\", \\"pid\\": $$}" > $2/link.json
echo VERSION >> $2/ran
exec sleep 600
"""
MUTE = """#!/bin/sh
echo VERSION >> $2/ran
exec sleep 600
"""
BROKEN = """#!/bin/sh
echo VERSION >> $2/ran
exit 3
"""


def payload(program: str, name: str = "bin/prahari-edge", *, link: str = "") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.mode, member.size = 0o755, len(program)
        tar.addfile(member, io.BytesIO(program.encode()))
        if link:
            away = tarfile.TarInfo("bin/away")
            away.type, away.linkname = tarfile.SYMTYPE, link
            tar.addfile(away)
    return out.getvalue()


def package(folder: Path, version: str, program: str = WORKS, key: Ed25519PrivateKey = KEY) -> Path:
    out = folder / f"{version}.pkg"
    edgepackages.make(payload(program.replace("VERSION", version)), version, key, out)
    return out


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    made = Releases(tmp_path / "root")
    made.install(package(tmp_path, "1.0.0"), KEY.public_key())
    made.confirm("1.0.0")
    return made


def test_only_signed_whole_and_newer_packages_are_installed(releases: Releases, tmp_path: Path) -> None:
    key = KEY.public_key()
    stranger = package(tmp_path, "2.0.0", key=Ed25519PrivateKey.generate())
    with pytest.raises(PackageError, match="not signed"):
        releases.install(stranger, key)
    for old in ("0.9.9", "1.0.0"):
        with pytest.raises(PackageError, match="not newer"):
            releases.install(package(tmp_path, old), key)
    damaged = package(tmp_path, "2.0.1")
    data = bytearray(damaged.read_bytes())
    data[-2000:-1900] = b"x" * 100
    at = data.rindex(b"payload.tar.gz") + 600
    data[at] ^= 1
    damaged.write_bytes(data)
    with pytest.raises(PackageError, match="damaged"):
        releases.install(damaged, key)
    for name, link in (("../../away", ""), ("bin/prahari-edge", "/etc/passwd")):
        out = tmp_path / "evil.pkg"
        edgepackages.make(payload(WORKS, name, link=link), "3.0.0", KEY, out)
        with pytest.raises(PackageError):
            releases.install(out, key)
    (tmp_path / "none").write_bytes(b"no package at all" * 100)
    with pytest.raises(PackageError):
        releases.install(tmp_path / "none", key)
    assert releases.current == "1.0.0" and releases.pending() is None
    assert [one.name for one in (releases.root / "releases").iterdir()] == ["1.0.0"]


@contextlib.contextmanager
def kept(releases: Releases, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    home.mkdir(exist_ok=True)
    process = subprocess.Popen([sys.executable, "-m", "prahari.engines.edge.keeper", str(releases.root), str(home)])
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def until(condition: object, timeout_s: float = 40) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_version_that_works_stays_and_one_that_does_not_goes_back(releases: Releases, tmp_path: Path) -> None:
    home, key = tmp_path / "home", KEY.public_key()

    def ran() -> list[str]:
        return (home / "ran").read_text().split() if (home / "ran").exists() else []

    with kept(releases, home):
        until(lambda: ran() == ["1.0.0"])
        releases.install(package(tmp_path, "1.1.0"), key)
        until(lambda: releases.pending() is None)
        assert releases.current == "1.1.0" and ran()[-1] == "1.1.0"
        # It starts, but says nothing to the centre: its time runs out.
        releases.install(package(tmp_path, "1.2.0", MUTE), key, limit_s=4)
        until(lambda: ran()[-1] == "1.2.0")
        with pytest.raises(PackageError, match="still to show"):
            releases.install(package(tmp_path, "1.3.0"), key)
        until(lambda: releases.current == "1.1.0" and ran()[-1] == "1.1.0")
        with pytest.raises(PackageError, match="did not reach"):
            releases.install(package(tmp_path, "1.2.0"), key)
        # It ends at once, again and again.
        releases.install(package(tmp_path, "1.3.0", BROKEN), key)
        until(lambda: releases.current == "1.1.0" and ran()[-1] == "1.1.0")
        assert ran().count("1.3.0") >= 3
    assert releases.pending() is None
