"""The one error that a camera's bad behaviour turns into."""

from __future__ import annotations

from prahari.contracts.media import Reason


class StreamError(Exception):
    """A stream cannot be opened or went wrong.

    `reason` is what consoles translate; `detail` one English sentence for the technician, free of credentials.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
