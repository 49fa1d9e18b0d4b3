"""Who may see and do what: role x agency x jurisdiction, as one pure rule.

The same rule is used by the desks (as a database filter) and by the event stream (per event), so that a console
never hears of a row that it could not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


def is_within(path: str, ancestor: str) -> bool:
    """Whether jurisdiction `path` is `ancestor` or lies below it.

    Paths are dot-joined codes from the state down: ``up.kanpur-nagar.kanpur.west.kalyanpur``. The empty path is the
    whole centre: everything lies within it, and it within nothing else.
    """
    return not ancestor or path == ancestor or path.startswith(ancestor + ".")


@dataclass(frozen=True, slots=True)
class Grant:
    """One role given to a person for a jurisdiction and, unless None (every agency), one agency."""

    jurisdiction: str
    agency: str | None
    permissions: frozenset[str]

    def allows(self, permission: str, jurisdiction: str, agency: str) -> bool:
        return (
            permission in self.permissions
            and (self.agency is None or self.agency == agency)
            and is_within(jurisdiction, self.jurisdiction)
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """All grants of one actor. Rows are visible when any single grant allows them: grants never combine."""

    grants: tuple[Grant, ...]

    def allows(self, permission: str, jurisdiction: str, agency: str) -> bool:
        return any(grant.allows(permission, jurisdiction, agency) for grant in self.grants)

    def has(self, permission: str) -> bool:
        """Whether the permission is held anywhere at all."""
        return any(permission in grant.permissions for grant in self.grants)

    def areas(self, permission: str) -> Iterable[tuple[str, str | None]]:
        """The (jurisdiction, agency or None) pairs in which `permission` is held."""
        for grant in self.grants:
            if permission in grant.permissions:
                yield grant.jurisdiction, grant.agency
