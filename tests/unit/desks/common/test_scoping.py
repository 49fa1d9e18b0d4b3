"""The database filter lets through exactly what core.scope allows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prahari.core.scope import Grant, Scope
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.action import action
from prahari.desks.common.scoping import either, restrict, scope_q, scope_sql
from scope import World

PATHS = ["", "up", "up.k", "up.k.w", "up.k.w.a", "up.k.west", "up.k_", "up.k%", "up.kx", "br"]
AGENCIES = ["police", "municipal"]
grants = st.builds(
    Grant,
    st.sampled_from(PATHS),
    st.sampled_from([None, *AGENCIES]),
    st.sampled_from([frozenset({"a"}), frozenset({"b"}), frozenset({"a", "b"})]),
)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(grants, max_size=4))
def test_both_filters_agree_with_the_rule(world: World, held: list[Grant]) -> None:
    if not AuditEntry.objects.exists():
        for path in PATHS:
            for agency in AGENCIES:
                with action("x", actor=world.system) as act:
                    act.about("x", "1", jurisdiction=path, agency=agency)
    scope = Scope(tuple(held))
    rows = list(AuditEntry.objects.values_list("id", "jurisdiction_path", "agency_code"))
    allowed = {row_id for row_id, path, agency in rows if scope.allows("a", path, agency)}
    assert set(restrict(AuditEntry.objects.all(), scope, "a").values_list("id", flat=True)) == allowed
    condition, parameters = scope_sql(scope, "a")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM audit_auditentry WHERE {condition}", parameters)
        assert {row[0] for row in cursor.fetchall()} == allowed


def test_the_index_serves_the_prefix(world: World) -> None:
    scope = Scope((Grant("up.k", None, frozenset({"a"})),))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = AuditEntry.objects.filter(scope_q(scope, "a")).values("id").explain()
    assert "audit_path_prefix" in plan


def test_either_keeps_what_is_everything() -> None:
    """Django drops an empty Q from `|`: whoever sees the whole centre must not end with their own rows alone."""
    mine = Q(id=1)
    assert either(Q(), mine) == Q() == either(mine, Q())
    assert either(mine, Q(id=2)) == mine | Q(id=2)
