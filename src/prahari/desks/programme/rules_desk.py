"""The centre's dated rules: reading them with their history, and setting a new value from a day on."""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import orjson
from django.conf import settings
from django.db import IntegrityError, transaction

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import ROOT, Actor
from prahari.desks.common.errors import conflict, invalid, text
from prahari.desks.common.models import Rule
from prahari.desks.programme import laws, reach
from prahari.desks.programme import schemas_orders as s

VALUE_BYTES_MOST = 2000


def known() -> list[rules.Declared]:
    """All that any desk declares: their modules are read in with their doors and their tasks."""
    for desk in settings.DESKS:
        for module in ("api", "tasks"):
            if find_spec(f"{desk}.{module}"):
                import_module(f"{desk}.{module}")
    return rules.known()


def page(actor: Actor) -> dict[str, Any]:
    """RulesOut."""
    actor.require(reach.VIEW)
    today = local_day()
    history: dict[str, list[Rule]] = defaultdict(list)
    for row in Rule.objects.select_related("set_by").order_by("code", "-valid_from"):
        history[row.code].append(row)
    items = []
    for one in known():
        rows = history[one.code]
        now = next((row for row in rows if row.valid_from <= today), None)
        items.append(
            {
                "code": one.code,
                "name": one.name,
                "value": one.default if now is None else now.value,
                "default": one.default,
                "source": now.source if now else laws.source_of(one.code),
                "valid_from": now.valid_from if now else None,
                "history": [
                    {
                        "value": row.value,
                        "valid_from": row.valid_from,
                        "source": row.source,
                        "set_by": row.set_by.name if row.set_by else "",
                        "set_ms": row.created_ms,
                    }
                    for row in rows
                ],
            }
        )
    return {"items": items, "may_set": reach.manages(actor, ROOT, None)}


def set_value(*, actor: Actor, form: s.RuleIn) -> None:
    """A rule's value from a day on. Rows are added, never edited. Raises Problem: 403, 409 (set for that day), 422."""
    actor.require(reach.MANAGE)
    reach.require_whole_centre(actor)
    known()
    one = rules.declared(form.code)
    if one is None:
        raise invalid(code=text("There is no such rule.", "ऐसा कोई नियम नहीं है।"))
    written = orjson.dumps(form.value)
    if len(written) > VALUE_BYTES_MOST or b"\\u0000" in written:  # PostgreSQL's JSON holds no NUL
        raise invalid(value=text("This value is not valid.", "यह मान मान्य नहीं है।"))
    if problem := one.check(form.value):
        raise invalid(value=problem)
    with action("rule.set", actor=actor, reason=form.reason) as act:
        before = rules.value(form.code, form.valid_from)
        try:
            with transaction.atomic():
                Rule.objects.create(
                    code=form.code, value=form.value, valid_from=form.valid_from, source=form.source,
                    set_by_id=actor.id, created_ms=now_ms(),
                )  # fmt: skip
        except IntegrityError:
            raise conflict("rule_set", f"This rule has a value from {form.valid_from} already. Choose another day.",
                           f"इस नियम का {form.valid_from} से मान पहले से तय है। दूसरा दिन चुनें।") from None  # fmt: skip
        act.about("rule", form.code, one.name["en"])
        act.details(before=before, after=form.value, valid_from=form.valid_from.isoformat(), source=form.source)
