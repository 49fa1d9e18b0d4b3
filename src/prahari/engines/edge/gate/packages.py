"""Packages of the connector as the desk has laid them into the centre's home, handed to sites piece by piece."""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path

from prahari.contracts.edge import EdgeRelease
from prahari.engines.edge.link import Link, LinkLost
from prahari.engines.edge.wire import Fetch, Kind

log = logging.getLogger(__name__)

READ_BYTES = 65_536
SHA256 = re.compile(r"[0-9a-f]{64}")


class Packages:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, link: Link, release: EdgeRelease, fetch: Fetch) -> None:
        """From where the site is. Ends the channel when the package is not here whole: the site asks again later."""
        path = self._folder / f"{release.sha256}.tar"
        try:
            if not SHA256.fullmatch(release.sha256) or (await asyncio.to_thread(path.stat)).st_size != release.size:
                raise FileNotFoundError(2, "another size")
            link.open_window(fetch.channel)
            file = await asyncio.to_thread(path.open, "rb")
            try:
                await asyncio.to_thread(file.seek, fetch.offset)
                while data := await asyncio.to_thread(file.read, READ_BYTES):
                    await link.bulk(Kind.UPDATE, fetch.channel, data)
            finally:
                file.close()
        except OSError as error:
            log.error("the package of version %s cannot be read: %s", release.version[:40], error.strerror)
            link.close_window(fetch.channel)
            link.end(fetch.channel, 404, "missing")
        except LinkLost:
            return
        else:
            link.finish_window(fetch.channel)
