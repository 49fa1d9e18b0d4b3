"""What a citizen reads of their own reports, and what can be reported. Officers' reads are the citizens desk's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prahari.desks.common import rules
from prahari.desks.intake import rules as ours
from prahari.desks.intake.models import CitizenReport

OWN_MOST = 20


def kinds() -> list[dict[str, Any]]:
    return [{"code": one["code"], "name": {"en": one["en"], "hi": one["hi"]}} for one in rules.value(ours.REPORT_KINDS)]


def own_reports(mobile_key: str) -> list[dict[str, Any]]:
    """The newest of who confirmed this number."""
    return rows(list(CitizenReport.objects.filter(mobile_key=mobile_key)[:OWN_MOST]))


def own_report(made: CitizenReport) -> dict[str, Any]:
    return rows([made])[0]


def rows(found: Sequence[CitizenReport]) -> list[dict[str, Any]]:
    """OwnCitizenReport of each."""
    names = {one["code"]: one["name"] for one in kinds()}
    return [
        {
            "id": one.id, "number": one.number, "kind": names.get(one.kind, {"en": one.kind, "hi": one.kind}),
            "words": one.words, "state": one.state, "answer": one.answer, "created_ms": one.created_ms,
        }
        for one in found
    ]  # fmt: skip
