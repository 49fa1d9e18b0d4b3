"""A new version of the connector over the link: nothing that is unsigned, altered or old, gone on with after a cut, and
back by itself when it is broken. The box is as installed: a keeper, versions beside each other, real packages."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import hashlib
import io
import os
import signal
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import media_rig
from edge_rig import Centre, Line, Site, running_gate
from media_rig import until
from prahari.contracts import edgepackages, events
from prahari.contracts.config import Config
from prahari.contracts.edge import RELEASE_FOLDER, EdgeRecord, EdgeRelease
from prahari.engines.edge.packages import Releases
from prahari.runtime import edge_release
from prahari.simcity.rtsp import Loop, SimServer

pytestmark = [pytest.mark.failure, pytest.mark.timeout(600)]

KEY = Ed25519PrivateKey.generate()
PADDING = os.urandom(3_000_000)
BROKEN = b"#!/bin/sh\nexit 3\n"


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


def package(
    folder: Path, version: str, *, key: Ed25519PrivateKey = KEY, program: bytes = b"", padding: bytes = b""
) -> Path:
    """As `./prahari edge release` makes it, but for its program and something that makes it longer."""
    plain, out = folder / f"{version}.plain", folder / f"{version}.tar"
    edge_release.build(plain, key, version, None)
    with tarfile.open(plain) as outer:
        packed = outer.extractfile("payload.tar.gz")
        assert packed is not None
        payload = io.BytesIO(gzip.decompress(packed.read()))
    made = io.BytesIO()
    with tarfile.open(fileobj=payload) as before, tarfile.open(fileobj=made, mode="w:gz") as after:
        for member in before:
            data = before.extractfile(member).read()  # type: ignore[union-attr]
            if program and member.name == "bin/prahari-edge":
                data = program
                member.size = len(data)
            after.addfile(member, io.BytesIO(data))
        if padding:
            more = tarfile.TarInfo("padding")
            more.size = len(padding)
            after.addfile(more, io.BytesIO(padding))
    edgepackages.make(made.getvalue(), version, key, out)
    return out


def published(config: Config, file: Path, version: str) -> EdgeRelease:
    """As the desk lays it into the centre's home."""
    data = file.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    folder = config.home / RELEASE_FOLDER
    folder.mkdir(exist_ok=True)
    (folder / f"{digest}.tar").write_bytes(data)
    return EdgeRelease(version, digest, len(data))


class Box:
    """A site with versions under a root, and a keeper that runs the current one."""

    def __init__(self, config: Config, folder: Path, link_port: int) -> None:
        self.site = Site(config, folder / "site", link_port)
        pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / "site" / "release.pub").write_bytes(pem)
        self.releases = Releases(folder / "root")
        self.releases.install(package(folder, "1.0.0"), KEY.public_key())
        self.releases.confirm("1.0.0")
        self.log = folder / "log"

    @contextlib.contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        command = [
            sys.executable, "-m", "prahari.engines.edge.keeper", str(self.releases.root), str(self.site.folder),
            "--reserve-mb", "50", "--longest-wait-s", "2",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command, env={**os.environ, "PRAHARI_EDGE_PYTHON": sys.executable}, stdout=log, stderr=log
            )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(40)

    def chosen(self, release: EdgeRelease | None) -> EdgeRecord:
        record = self.site.record
        self.site.record = msgspec.structs.replace(record, release=release, revision=record.revision + 1)
        return self.site.record


def told(centre: Centre, box: Box) -> tuple[str, str, str]:
    """(phase, version of the update, reason) as told last, and "" for what was not."""
    for event in reversed(centre.heard):
        if event.type == events.EDGE_SITE and event.subject == box.site.site_id:
            updating = event.data.get("updating", {})
            return updating.get("phase", ""), updating.get("version", ""), updating.get("reason", "")
    return "", "", ""


def version(centre: Centre, box: Box) -> str:
    found = [event.data for event in centre.heard
             if event.type == events.EDGE_SITE and event.subject == box.site.site_id]  # fmt: skip
    return found[-1].get("version", "") if found and found[-1]["state"] == "online" else ""


async def test_only_what_is_signed_whole_and_newer_is_installed_and_a_cut_costs_nothing(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with (
        SimServer({"/main": loop}) as cameras,
        running_gate(config, fresh_nats_url, ping_s=1.0, silent_s=4.0) as gate,
        Line(config.edge_port) as line,
        Centre(fresh_nats_url) as centre,
    ):
        box = Box(config, tmp_path, line.port)
        camera = box.site.camera("door", cameras.url("/main"))
        await centre.put(box.site.limits(update_kbit_s=0), camera)
        with box.running():
            await until(lambda: version(centre, box) == "1.0.0" and "live" in centre.statuses(camera), 40, "linked")

            async def tried(file: Path, of: str, reason: str) -> None:
                await centre.put(box.chosen(published(config, file, of)))
                await until(lambda: told(centre, box) == ("failed", of, reason), 40, f"{of} refused: {reason}")
                assert box.releases.current == "1.0.0" and box.releases.pending() is None

            stranger = package(tmp_path, "1.0.1", key=Ed25519PrivateKey.generate())
            await tried(stranger, "1.0.1", "not_signed")
            altered = package(tmp_path, "1.0.2")
            data = bytearray(altered.read_bytes())
            data[data.index(b"payload.tar.gz") + 2000] ^= 1
            altered.write_bytes(data)
            await tried(altered, "1.0.2", "damaged")
            passed = line.down_bytes
            await tried(package(tmp_path, "0.9.0"), "0.9.0", "not_newer")
            assert line.down_bytes - passed < 50_000, "an old version is not even fetched"
            # What was no good once is not fetched again with the next link.
            again = published(config, altered, "1.0.2")
            await centre.put(box.chosen(again))
            await until(lambda: told(centre, box) == ("failed", "1.0.2", "damaged"), 20, "refused again")
            passed = line.down_bytes
            links = len(centre.states(box.site))
            line.cut()
            await until(lambda: centre.states(box.site)[links:][-1:] == ["online"], 20, "linked again")
            await until(lambda: told(centre, box)[2] == "damaged", 20, "and told again")
            assert line.down_bytes - passed < 50_000

            good = published(config, package(tmp_path, "1.1.0", padding=PADDING), "1.1.0")
            line.bytes_s = 250_000
            passed = line.down_bytes
            part = box.site.folder / "update" / f"{good.sha256}.part"
            await centre.put(box.chosen(good))
            for share in (0.2, 0.5):
                await until(lambda: part.exists() and part.stat().st_size > share * good.size, 60, "some of it")  # noqa: B023
                line.down()
                await until(lambda: centre.states(box.site)[-1] == "offline", 15, "the cut noticed")
                line.up()
            line.bytes_s = 0
            await until(lambda: version(centre, box) == "1.1.0", 90, "the new version linked")
            await until(lambda: box.releases.pending() is None, 30, "it stays")
            # Each cut costs what was under way, at most a window and what lies in buffers.
            assert line.down_bytes - passed < good.size + 2 * 400_000
            await until(lambda: told(centre, box) == ("", "", ""), 20, "nothing under way any more")
            assert not part.exists()
            await until(lambda: centre.statuses(camera)[-1] == "live", 20, "the camera live")
            assert gate.sessions[box.site.site_id].record.release == good


async def test_a_version_that_is_broken_goes_back_by_itself_and_is_not_tried_again(
    config: Config, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with (
        running_gate(config, fresh_nats_url) as gate,
        Line(config.edge_port) as line,
        Centre(fresh_nats_url) as centre,
    ):
        box = Box(config, tmp_path, line.port)
        await centre.put(box.site.limits(update_kbit_s=0))
        with box.running():
            await until(lambda: version(centre, box) == "1.0.0", 40, "linked")
            broken = published(config, package(tmp_path, "1.2.0", program=BROKEN), "1.2.0")
            await centre.put(box.chosen(broken))
            await until(lambda: box.releases.current == "1.2.0", 30, "switched to")
            await until(lambda: centre.states(box.site)[-1] == "offline", 30, "it ends")
            await until(lambda: box.releases.current == "1.0.0", 60, "back")
            await until(lambda: version(centre, box) == "1.0.0", 40, "the version before linked")
            await until(lambda: told(centre, box) == ("failed", "1.2.0", "fell_back"), 20, "and it says why")
            passed = line.down_bytes
            line.cut()
            await until(lambda: not gate.sessions, 10, "cut")
            await until(lambda: told(centre, box) == ("failed", "1.2.0", "fell_back") and gate.sessions, 20, "still so")
            await asyncio.sleep(1.0)
            assert line.down_bytes - passed < 50_000 and box.releases.refused() == ["1.2.0"]
            # The next one is taken.
            await centre.put(box.chosen(published(config, package(tmp_path, "1.2.1"), "1.2.1")))
            await until(lambda: version(centre, box) == "1.2.1", 60, "the one that mends it")
            await until(lambda: box.releases.pending() is None, 30, "it stays")
            # Withdrawn: nothing is under way any more.
            await centre.put(box.chosen(None))
            await until(lambda: told(centre, box)[0] == "", 20, "nothing under way")
    assert b"Traceback" not in box.log.read_bytes()
