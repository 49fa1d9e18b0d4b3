"""Asking servers of others: bounded in time and size, never led elsewhere, with one kind of error."""

from __future__ import annotations

from base64 import b64encode

import aiohttp

WITHIN_S = 15.0
MOST_BYTES = 4_000_000


class TroubleError(Exception):
    """The other side does not give what we asked for. `code`: for the console; the rest for the log, no secrets."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Fetcher:
    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def get(self, url: str, credentials: str = "") -> bytes:
        """credentials: `user:password`, or a bearer token. Raises TroubleError."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WITHIN_S))
        try:
            async with self._session.get(url, headers=_authorization(credentials), allow_redirects=False) as answer:
                if answer.status != 200:
                    refused = answer.status in (401, 403)
                    raise TroubleError("denied" if refused else "status", f"it answered {answer.status}")
                body = await answer.content.read(MOST_BYTES + 1)
                while len(body) <= MOST_BYTES and (more := await answer.content.read(MOST_BYTES + 1)):
                    body += more
        except TimeoutError as error:
            raise TroubleError("slow", f"no answer within {WITHIN_S:.0f} s") from error
        except (aiohttp.ClientError, ValueError, OSError) as error:
            raise TroubleError("unreachable", type(error).__name__) from error
        if len(body) > MOST_BYTES:
            raise TroubleError("too_large", f"the answer has more than {MOST_BYTES} bytes")
        return body

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def _authorization(credentials: str) -> dict[str, str]:
    if not credentials:
        return {}
    if ":" in credentials:
        return {"Authorization": f"Basic {b64encode(credentials.encode()).decode()}"}
    return {"Authorization": f"Bearer {credentials}"}
