"""The one error that runtime and cli show to the person at the terminal."""

from __future__ import annotations


class CentreError(Exception):
    """Something the operator must know or do; the message is a sentence that says what."""
