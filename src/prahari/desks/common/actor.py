"""Who acts: the person (or the centre itself) behind a read or a write, with everything that permissions need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.http import HttpRequest

from prahari.core.scope import Grant, Scope
from prahari.desks.common.errors import forbidden

ROOT = ""
"""Path of the whole centre: every jurisdiction lies within."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, as of this request.

    id: None for the centre's own tasks. ip: address that the request came from. session: key of the session row;
    empty outside a request. session_ends_ms: when the session ends at the latest.
    """

    id: UUID | None
    username: str
    name: str
    scope: Scope
    language: str = "hi"
    ip: str = ""
    session: str = ""
    session_ends_ms: int = 0
    must_change_password: bool = False
    needs_second_factor: bool = False

    @property
    def called(self) -> str:
        """For rows that people read: the name, or "" for the centre itself, which each language has a word for."""
        return (self.name or self.username) if self.id else ""

    def has(self, permission: str) -> bool:
        """Whether the permission is held anywhere."""
        return self.scope.has(permission)

    def require(self, permission: str) -> None:
        """Raises Problem 403 unless the permission is held somewhere."""
        if not self.scope.has(permission):
            raise forbidden(permission)

    def may(self, permission: str, jurisdiction: str, agency: str) -> bool:
        return self.scope.allows(permission, jurisdiction, agency)

    def require_in(self, permission: str, jurisdiction: str, agency: str) -> None:
        """Raises Problem 403 unless the permission is held for this jurisdiction and agency.

        For what the actor is about to make; rows that exist are reached through selectors, which answer 404.
        """
        if not self.scope.allows(permission, jurisdiction, agency):
            raise forbidden(permission)


def system(name: str) -> Actor:
    """The centre itself: a task, a loader, a command line. `name` says which, in the audit."""
    from prahari.desks.accounts.roles import PERMISSIONS

    return Actor(id=None, username=name, name=name, scope=Scope((Grant(ROOT, None, frozenset(PERMISSIONS)),)))


class Request(HttpRequest):
    """A request that passed `auth`: ninja puts the Actor there."""

    auth: Actor


def actor_of(request: HttpRequest) -> Actor:
    return cast(Request, request).auth
