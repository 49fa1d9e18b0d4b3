"""A newer version of the connector: offered by the centre, fetched over the link from wherever it was cut, checked
against the release key that this box was given, installed beside the running version. The keeper does the rest."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from prahari.contracts.edge import MOST_RELEASE_BYTES, EdgeRelease, UpdatePhase, UpdateState
from prahari.contracts.edgepackages import PackageError, order, release_key
from prahari.engines.edge.link import Link
from prahari.engines.edge.packages import Releases
from prahari.engines.edge.requests import Running
from prahari.engines.edge.standing import Standing
from prahari.engines.edge.wire import WINDOW_BYTES, End, Fetch, Frame, More, Offer, WireError

log = logging.getLogger(__name__)

LOOK_S = 30.0
ROOM = 6
"""Room that an update takes, in sizes of its package: itself and what it unpacks to."""

PASSING = {"pending", "storage"}
"""Reasons that may be gone the next time that the same package is offered; all others stand for good."""


class Updates:
    """`root`: where versions are installed; None: this connector was started by hand, and nobody would switch.

    `key_pem`: the release key. `is_capped`: the month's data is used up.
    """

    def __init__(
        self,
        folder: Path,
        root: Path | None,
        version: str,
        key_pem: Callable[[], str],
        is_capped: Callable[[], bool],
    ) -> None:
        self._folder = folder
        self._root = root
        self._version = version
        self._key_pem = key_pem
        self._is_capped = is_capped
        self._state = UpdateState()
        self._channel = 0
        self._pieces: asyncio.Queue[bytes | End] = asyncio.Queue()
        self._under_way = 0
        self._following: asyncio.Task[None] | None = None
        self._installing: asyncio.Task[None] | None = None
        folder.mkdir(exist_ok=True)

    @property
    def state(self) -> UpdateState:
        pending = Standing(self._root).pending() if self._root is not None else None
        return UpdateState(UpdatePhase.TRYING, pending.version) if pending is not None else self._state

    # What the centre says

    def offered(self, link: Link, running: Running, offer: Offer) -> None:
        """Another package, or none; what was begun of one before is given up."""
        if self._following is not None:
            self._following.cancel()
            self._following = None
        self._channel, self._pieces, self._under_way = offer.channel, asyncio.Queue(), 0
        release = offer.release
        if release is None:
            self._state = UpdateState()
            self._forget(None)
        else:
            self._following = running.start(self._follow(link, offer.channel, release, self._pieces))

    def take(self, frame: Frame) -> None:
        """Raises WireError: more than was asked for."""
        if frame.channel == self._channel:
            self._under_way += len(frame.payload)
            if self._under_way > WINDOW_BYTES:
                raise WireError("a package beyond its window")
            self._pieces.put_nowait(frame.payload)

    def ended(self, end: End) -> None:
        if end.channel == self._channel:
            self._pieces.put_nowait(end)

    # What is done

    async def _follow(self, link: Link, channel: int, release: EdgeRelease, pieces: asyncio.Queue[bytes | End]) -> None:
        if self._installing is not None:
            await asyncio.wait({self._installing})
        unwelcome = self._unwelcome(release)
        if unwelcome is not None:
            failed = UpdateState(UpdatePhase.FAILED, release.version, 0, unwelcome)
            self._state = failed if unwelcome else UpdateState()
            return
        self._forget(release)
        try:
            while hindrance := self._hindrance(release):
                self._state = UpdateState(UpdatePhase.WAITING, release.version, 0, hindrance)
                await asyncio.sleep(LOOK_S)
            await self._fetch(link, channel, release, pieces)
        except WireError as error:
            log.error("the centre does not keep to the protocol: %s", error)
            link.close()
            return
        except OSError as error:
            log.error("a package cannot be written: %s", error.strerror)
            self._state = UpdateState(UpdatePhase.WAITING, release.version, 0, "storage")
            return
        if self._state.phase is UpdatePhase.FETCHING:
            self._installing = asyncio.get_running_loop().create_task(self._install(release))
            await asyncio.shield(self._installing)  # a link that is lost meanwhile changes nothing

    def _unwelcome(self, release: EdgeRelease) -> str | None:
        """Why it is not fetched: nothing over a slow line that is refused here anyway. Empty: we are that version."""
        try:
            if order(release.version) == order(self._version):
                return ""
            if order(release.version) < order(self._version):
                return "not_newer"
        except ValueError:
            return "damaged"
        if self._root is None:
            return "no_keeper"
        if release.version in Standing(self._root).refused():
            return "fell_back"
        if not 0 < release.size <= MOST_RELEASE_BYTES:
            return "damaged"
        return self._judged(release)

    def _hindrance(self, release: EdgeRelease) -> str:
        if self._is_capped():
            return "data"
        assert self._root is not None
        wanted = release.size - self._have(release)
        if shutil.disk_usage(self._folder).free < wanted or shutil.disk_usage(self._root).free < ROOM * release.size:
            return "room"
        return ""

    async def _fetch(self, link: Link, channel: int, release: EdgeRelease, pieces: asyncio.Queue[bytes | End]) -> None:
        """Raises WireError, OSError."""
        have = self._have(release)
        if have > release.size:
            self._part(release).unlink()
            have = 0
        self._state = UpdateState(UpdatePhase.FETCHING, release.version, 100 * have // release.size)
        if have < release.size:
            log.warning("version %s is fetched, from byte %d of %d", release.version, have, release.size)
            link.say(Fetch(channel, have))
        credit = 0
        while have < release.size:
            got = await pieces.get()
            if isinstance(got, End):
                self._state = UpdateState(UpdatePhase.WAITING, release.version, 0, "missing")
                return
            if not got or have + len(got) > release.size:
                raise WireError("more of a package than there is")
            await asyncio.to_thread(_append, self._part(release), got)
            have += len(got)
            credit += len(got)
            if credit >= WINDOW_BYTES // 4 and have < release.size:
                self._under_way -= credit
                link.say(More(channel, credit))
                credit = 0
            self._state = UpdateState(UpdatePhase.FETCHING, release.version, 100 * have // release.size)

    async def _install(self, release: EdgeRelease) -> None:
        """Never raises; the keeper sees that another version is current now, ends us and starts it."""
        self._state = UpdateState(UpdatePhase.INSTALLING, release.version, 100)
        reason = await asyncio.to_thread(self._installed, release)
        if reason:
            self._judge(release, reason)
            self._state = UpdateState(UpdatePhase.FAILED, release.version, 0, reason)
        else:
            log.warning("version %s is installed, on trial", release.version)
        with contextlib.suppress(OSError):
            self._part(release).unlink(missing_ok=True)

    def _installed(self, release: EdgeRelease) -> str:
        """Blocking. Why it is not, in a word; empty: it is."""
        assert self._root is not None
        part = self._part(release)
        try:
            with part.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != release.sha256:
                    raise PackageError("the package is not what the centre said it was")
            Releases(self._root).install(part, release_key(self._key_pem()))
        except PackageError as error:
            log.error("version %s is not installed: %s", release.version, error)
            return error.reason
        except OSError as error:
            log.error("version %s cannot be installed: %s", release.version, error.strerror)
            return "storage"
        return ""

    # What lies in the folder

    def _part(self, release: EdgeRelease) -> Path:
        return self._folder / f"{release.sha256[:64]}.part"

    def _have(self, release: EdgeRelease) -> int:
        try:
            return self._part(release).stat().st_size
        except FileNotFoundError:
            return 0

    def _forget(self, release: EdgeRelease | None) -> None:
        """Pieces of packages that are not wanted any more."""
        for path in self._folder.glob("*.part"):
            if release is None or path != self._part(release):
                path.unlink(missing_ok=True)

    def _judge(self, release: EdgeRelease, reason: str) -> None:
        """Kept, so that a package that is no good is not fetched again with each link."""
        if reason not in PASSING:
            with contextlib.suppress(OSError):
                (self._folder / "judged.json").write_bytes(msgspec.json.encode({release.sha256: reason}))

    def _judged(self, release: EdgeRelease) -> str | None:
        try:
            found = msgspec.json.decode((self._folder / "judged.json").read_bytes(), type=dict[str, str])
        except (OSError, ValueError):
            return None
        return found.get(release.sha256)


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)
