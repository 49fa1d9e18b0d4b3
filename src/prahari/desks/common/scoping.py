"""The actor's scope as a database filter, for rows with a jurisdiction path and an agency code.

Give the path column an index that serves prefixes (`path_index`): LIKE 'up.kanpur.%' then is a range of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Index, Q, QuerySet

from prahari.core.scope import Scope

NOTHING = Q(pk__in=[])


def path_index(field: str, name: str) -> Index:
    """Index on a path column that serves "within a jurisdiction", whatever the database's collation."""
    return Index(fields=[field], name=name, opclasses=["text_pattern_ops"])


def within(path: str, field: str = "jurisdiction_path") -> Q:
    """Rows in jurisdiction `path` or below it. "" is the whole centre."""
    return Q() if not path else Q(**{field: path}) | Q(**{f"{field}__startswith": f"{path}."})


def areas_q(
    areas: Iterable[tuple[str, str | None]], path: str = "jurisdiction_path", agency: str | None = "agency_code"
) -> Q:
    """Rows in any of the (jurisdiction, agency or None) areas. `agency=None`: rows that belong to no agency."""
    anything = NOTHING
    for jurisdiction, of_agency in areas:
        one = within(jurisdiction, path)
        if of_agency is not None and agency is not None:
            one &= Q(**{agency: of_agency})
        if not one:
            return Q()
        anything |= one
    return anything


def either(one: Q, other: Q) -> Q:
    """Rows of the one or the other. An empty Q is every row, and Django's `|` would drop it."""
    return one | other if one and other else Q()


def scope_q(scope: Scope, permission: str, path: str = "jurisdiction_path", agency: str | None = "agency_code") -> Q:
    """Rows for which `permission` is held. Field names may cross relations: `premises__jurisdiction__path`."""
    return areas_q(scope.areas(permission), path, agency)


def restrict(
    queryset: QuerySet[Any],
    scope: Scope,
    permission: str,
    path: str = "jurisdiction_path",
    agency: str | None = "agency_code",
) -> QuerySet[Any]:
    return queryset.filter(scope_q(scope, permission, path, agency))


def scope_sql(
    scope: Scope, permission: str, path: str = "jurisdiction_path", agency: str | None = "agency_code"
) -> tuple[str, list[Any]]:
    """The same filter as (SQL condition, parameters), for hand-written queries. `path`, `agency`: column names.

    Compares with ~>=~ and ~<~ so that a prepared statement, too, uses the text_pattern_ops index.
    """
    conditions: list[str] = []
    parameters: list[Any] = []
    for jurisdiction, of_agency in scope.areas(permission):
        parts = []
        if jurisdiction:
            # "/" follows "." in ASCII: everything that starts with "path." lies between the two.
            parts.append(f"({path} = %s OR ({path} ~>=~ %s AND {path} ~<~ %s))")
            parameters += [jurisdiction, f"{jurisdiction}.", f"{jurisdiction}/"]
        if of_agency is not None and agency is not None:
            parts.append(f"{agency} = %s")
            parameters.append(of_agency)
        if not parts:
            return "TRUE", []
        conditions.append(" AND ".join(parts))
    return (f"({' OR '.join(f'({one})' for one in conditions)})" if conditions else "FALSE"), parameters
