"""Consents that followed: premises that consented in a span of days. Followed, not caused: nobody can tell that."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from prahari.contracts.clock import end_of_day_ms, local_day, start_of_day_ms
from prahari.desks.common import rules
from prahari.desks.linking.models import LadderEntry
from prahari.desks.linking.steps import Step

FOLLOWED_DAYS = rules.declare(
    "outreach_followed_days", 30, "Days after a meeting or campaign in which consents count as having followed it",
    "बैठक या अभियान के बाद के दिन, जिनमें मिली सहमति उसके बाद की गिनी जाती है", rules.whole(1, 365),
)  # fmt: skip
_HAD_CONSENT = (Step.CONSENTED, Step.SURVEYED)
"""Who renews a consent had one: that does not count again."""
DAY = dt.timedelta(days=1)


def window_days() -> int:
    return int(rules.value(FOLLOWED_DAYS))


def consents(premises: QuerySet[object] | Iterable[UUID], first: dt.date, last: dt.date) -> QuerySet[LadderEntry]:
    """Entries by which premises (ids, or a query of them) consented from the first day to the last."""
    found = LadderEntry.objects.filter(
        premises_id__in=premises, camera__isnull=True, step=Step.CONSENTED, is_correction=False,
        at_ms__gte=start_of_day_ms(first), at_ms__lt=end_of_day_ms(last),
    )  # fmt: skip
    return found.exclude(before__in=_HAD_CONSENT)


def by_day(entries: QuerySet[LadderEntry]) -> Counter[dt.date]:
    """Premises that consented, by local day: each once, on the first of its days."""
    first: dict[UUID, int] = {}
    for premises_id, at_ms in entries.order_by("at_ms").values_list("premises_id", "at_ms"):
        first.setdefault(premises_id, at_ms)
    return Counter(local_day(at_ms) for at_ms in first.values())
