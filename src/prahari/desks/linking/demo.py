"""Puts the demonstration's listed premises on the ladder, each at the step that its made-up officers have come to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from prahari.contracts.city import City, Prospect
from prahari.contracts.clock import DAY_MS, local_day
from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.linking import facts
from prahari.desks.linking.models import LadderEntry, Linkage, PremisesConsent, RefusalReason
from prahari.desks.linking.steps import Step, Via
from prahari.desks.registry.models import Premises

LIST = "Demonstration list of the police stations"
BATCH = 500
_WAY: dict[str, tuple[Step, ...]] = {
    "listed": (),
    "asked": (Step.ASKED,),
    "refused": (Step.ASKED, Step.REFUSED),
    "promised": (Step.ASKED, Step.PROMISED),
    "installed": (Step.ASKED, Step.PROMISED, Step.INSTALLED),
    "consented": (Step.ASKED, Step.CONSENTED),
}


def load(city: City) -> None:
    """Safe to repeat: premises that are in the programme are left alone."""
    actor = system("demo")
    with action("demo.list", actor=actor, reason="Demonstration city laid out") as act:
        act.about("centre", city.code, city.name.en)
        by_code = {prospect.premises.code: prospect for prospect in city.prospects}
        fresh = Premises.objects.filter(code__in=list(by_code), linkage__isnull=True).order_by("code")
        reasons = {row.code: row for row in RefusalReason.objects.all()}
        linkages, entries, consents = [], [], []
        for row, premises in enumerate(fresh, start=2):
            linkage, steps, consent = _lay(premises, by_code[str(premises.code)], row, reasons, actor.id)
            linkages.append(linkage)
            entries += steps
            consents += [consent] if consent else []
        Linkage.objects.bulk_create(linkages, batch_size=BATCH)
        LadderEntry.objects.bulk_create(entries, batch_size=BATCH)
        PremisesConsent.objects.bulk_create(consents, batch_size=BATCH)
        act.details(premises=len(linkages))


def _lay(
    premises: Premises, prospect: Prospect, row: int, reasons: dict[str, RefusalReason], by: Any
) -> tuple[Linkage, list[LadderEntry], PremisesConsent | None]:
    listed_ms = now_ms() - 40 * DAY_MS
    linkage = Linkage(
        premises=premises, cameras_reported=prospect.cameras_reported, source_list=LIST, source_row=row,
        listed_ms=listed_ms,
    )  # fmt: skip
    entries = [_entry(premises, Step.LISTED, "", listed_ms, by, Via.IMPORT)]
    way = _WAY[prospect.step]
    for index, step in enumerate(way):
        at_ms = now_ms() - prospect.days_ago * DAY_MS - (len(way) - 1 - index) * 6 * 3_600_000
        entries.append(_entry(premises, step, linkage.step, at_ms, by, Via.FIELD))
        facts.reach(linkage, step, at_ms)
        linkage.times_asked += step is Step.ASKED
    if prospect.step == "refused":
        linkage.refusal = reasons.get(prospect.refusal)
        entries[-1].reason = prospect.refusal
    if prospect.step in ("promised", "installed"):
        linkage.promised_for, linkage.cost_borne_by = local_day() + dt.timedelta(days=21), "owner"
    consent = None
    if prospect.step == "consented":
        at_ms = linkage.consented_ms or now_ms()
        consent = PremisesConsent(
            premises=premises, given_by=prospect.premises.contact_name or premises.name_en, given_on=local_day(at_ms),
            channel="paper", live="yes", record=True, valid_from_ms=at_ms, created_ms=at_ms, recorded_by_id=by,
            document_note="Demonstration: no such paper exists",
        )  # fmt: skip
    return linkage, entries, consent


def _entry(premises: Premises, step: Step, before: str, at_ms: int, by: Any, via: Via) -> LadderEntry:
    return LadderEntry(premises=premises, step=step, before=before, at_ms=at_ms, entered_ms=at_ms, by_id=by, via=via)
