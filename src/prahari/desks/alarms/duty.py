"""Who is at a post just now. The shifts desk stands above this one, so it hands in what it knows when it is loaded:

duty.register(on_duty=..., posts_of=...)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

_on_duty: Callable[[str], Iterable[UUID]] | None = None
_posts_of: Callable[[UUID], Iterable[str]] | None = None


def register(*, on_duty: Callable[[str], Iterable[UUID]], posts_of: Callable[[UUID], Iterable[str]]) -> None:
    """on_duty: people who are signed on at a post (its code). posts_of: the posts that a person is signed on at."""
    global _on_duty, _posts_of
    _on_duty, _posts_of = on_duty, posts_of


def on_duty(post: str) -> list[UUID]:
    return list(_on_duty(post)) if _on_duty else []


def posts_of(person: UUID | None) -> list[str]:
    return list(_posts_of(person)) if _posts_of and person else []
