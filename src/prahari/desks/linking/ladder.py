"""What people do on the ladder: list premises, ask, note a promise or refusal, survey, confirm, correct."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7s
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, text
from prahari.desks.common.sql import copy_in, fetch
from prahari.desks.linking import facts, linkages, receipts
from prahari.desks.linking.models import CameraLinkage, LadderEntry, Linkage, RefusalReason
from prahari.desks.linking.steps import BY_HAND, MAY_FOLLOW, TIMES, CameraStep, Step, Via
from prahari.desks.registry.choices import CostBorneBy
from prahari.desks.registry.models import Premises

WORK = "linking.work"
_FUTURE_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Listing:
    """Premises as a list names them."""

    premises_id: UUID
    cameras_reported: int
    source_list: str = ""
    source_row: int | None = None


def list_premises(*, actor: Actor, listings: Sequence[Listing], via: str = Via.IMPORT) -> int:
    """Take premises into the programme, inside the caller's action. Premises that are in it already stay where they
    are; the larger count of cameras counts. How many were new."""
    assert connection.in_atomic_block, "list premises inside an action"
    now = now_ms()
    wanted: dict[UUID, Listing] = {}
    for one in listings:
        before = wanted.get(one.premises_id)
        if before is None or one.cameras_reported > before.cameras_reported:
            wanted[one.premises_id] = one
    locked = fetch("SELECT id FROM linking_linkage WHERE premises_id = ANY(%s) FOR UPDATE", [list(wanted)])
    known = {row.premises_id: row for row in Linkage.objects.filter(id__in=[id_ for (id_,) in locked])}
    more = []
    for premises_id, row in known.items():
        if wanted[premises_id].cameras_reported > row.cameras_reported:
            row.cameras_reported, row.edited_ms = wanted[premises_id].cameras_reported, now
            more.append(row)
    Linkage.objects.bulk_update(more, ["cameras_reported", "edited_ms"], batch_size=1000)
    fresh = [one for premises_id, one in wanted.items() if premises_id not in known]
    if not fresh:
        return 0
    copy_in(
        Linkage,
        ("id", "premises_id", "cameras_reported", "source_list", "source_row", "listed_ms", "edited_ms"),
        ((id_, one.premises_id, one.cameras_reported, one.source_list, one.source_row, now, now)
         for id_, one in zip(uuid7s(len(fresh)), fresh, strict=True)),
    )  # fmt: skip
    copy_in(
        LadderEntry,
        ("id", "premises_id", "step", "at_ms", "entered_ms", "by_id", "via", "facts"),
        ((id_, one.premises_id, Step.LISTED.value, now, now, actor.id, str(via),
          {"cameras": one.cameras_reported, "list": one.source_list, "row": one.source_row})
         for id_, one in zip(uuid7s(len(fresh)), fresh, strict=True)),
    )  # fmt: skip
    return len(fresh)


def take_in(*, actor: Actor, premises_id: UUID, cameras_reported: int, reason: str = "") -> None:
    """Take premises that are in the register into the programme by hand. Raises Problem 403, 404, 409."""
    with action("linking.list", actor=actor, reason=reason) as act:
        premises = linkages.premises_to_work(actor, premises_id)
        listing = Listing(premises.id, cameras_reported)
        if not list_premises(actor=actor, listings=[listing], via=Via.CONSOLE):
            raise conflict("listed", "These premises are in the programme already.",
                           "यह प्रतिष्ठान पहले से कार्यक्रम में है।")  # fmt: skip
        linkages.about(act, premises)


def move(
    *,
    actor: Actor,
    premises_id: UUID,
    step: str,
    note: str = "",
    reason: str = "",
    at_ms: int | None = None,
    document_ids: Iterable[UUID] = (),
    promised_for: dt.date | None = None,
    cost_borne_by: str = "",
    cameras_found: int | None = None,
    come_again_on: dt.date | None = None,
    by_name: str = "",
    via: str = Via.CONSOLE,
) -> None:
    """Record that premises were asked, promised, installed cameras, refused or were surveyed.

    reason: code of a RefusalReason, for a refusal. at_ms: when it happened, not in the future. Raises Problem: 403,
    404, 409 where the step does not follow from the present one, 422.
    """
    with action(f"linking.{step}", actor=actor, reason=note) as act:
        premises = linkages.premises_to_work(actor, premises_id)
        wanted = _by_hand(step)
        row = _locked(premises)
        _must_follow(Step(row.step), wanted)
        now = now_ms()
        at = now if at_ms is None else at_ms
        if not 0 < at <= now + _FUTURE_MS:
            raise invalid(at_ms=text("This lies in the future.", "यह समय भविष्य का है।"))
        before = row.step
        _fill(row, wanted, reason, promised_for, cost_borne_by, cameras_found)
        row.come_again_on = come_again_on
        facts.reach(row, wanted, at)
        row.save()
        LadderEntry.objects.create(
            premises=premises, step=wanted, before=before, at_ms=at, entered_ms=now, by_id=actor.id, by_name=by_name,
            via=via, reason=reason, note=note, document_ids=[str(one) for one in document_ids],
            facts=_facts(row, wanted),
        )  # fmt: skip
        linkages.about(act, premises)
        act.details(step=wanted, before=before, via=via)


def _by_hand(step: str) -> Step:
    if step not in BY_HAND:
        raise invalid(step=text("This step is not entered by hand: it follows from consent or from the facts.",
                                "यह चरण हाथ से दर्ज नहीं होता: यह सहमति या तथ्यों से होता है।"))  # fmt: skip
    return Step(step)


def _locked(premises: Premises) -> Linkage:
    row = Linkage.objects.select_for_update().filter(premises=premises).first()
    if row is None:
        raise conflict("not_listed", "These premises are not in the programme yet. Take them in first.",
                       "यह प्रतिष्ठान अभी कार्यक्रम में नहीं है। पहले इसे सूचीबद्ध करें।")  # fmt: skip
    return row


def _must_follow(step: Step, wanted: Step) -> None:
    if wanted not in MAY_FOLLOW[step]:
        raise does_not_follow(step, wanted)


_HINDI = {
    Step.LISTED: "सूचीबद्ध", Step.ASKED: "सम्पर्क किया", Step.PROMISED: "वचन दिया", Step.INSTALLED: "कैमरे लगे",
    Step.CONSENTED: "सहमति प्राप्त", Step.REFUSED: "असहमत", Step.SURVEYED: "सर्वेक्षित", Step.WITHDRAWN: "सहमति वापस",
}  # fmt: skip


def does_not_follow(step: Step, wanted: Step) -> Problem:
    return conflict(
        "step_does_not_follow",
        f"These premises stand at “{step.label}”; “{wanted.label}” cannot follow. Load the page again.",
        f"यह प्रतिष्ठान “{_HINDI[step]}” पर है; इसके बाद “{_HINDI[wanted]}” नहीं हो सकता। पृष्ठ फिर से लोड करें।",
    )


def _fill(
    row: Linkage, step: Step, reason: str, promised_for: dt.date | None, cost_borne_by: str, cameras_found: int | None
) -> None:
    if step is Step.REFUSED:
        row.refusal = RefusalReason.objects.filter(code=reason, active=True).first()
        if row.refusal is None:
            raise invalid(reason=text("Choose why they refused.", "असहमति का कारण चुनें।"))
    elif step is Step.ASKED:
        row.times_asked += 1
    elif step is Step.PROMISED:
        if promised_for is None:
            raise invalid(promised_for=text("By when will cameras be there?", "कैमरे कब तक लगेंगे?"))
        if cost_borne_by not in CostBorneBy.values:
            raise invalid(cost_borne_by=text("Choose who pays.", "व्यय कौन करेगा, चुनें।"))
        row.promised_for, row.cost_borne_by = promised_for, cost_borne_by
    if cameras_found is not None:
        row.cameras_found = cameras_found


def _facts(row: Linkage, step: Step) -> dict[str, Any]:
    if step is Step.PROMISED:
        return {"promised_for": str(row.promised_for), "cost_borne_by": row.cost_borne_by}
    if step is Step.SURVEYED:
        return {"cameras_found": row.cameras_found}
    return {"come_again_on": str(row.come_again_on)} if row.come_again_on else {}


def mark_reachable(*, actor: Actor, camera_id: UUID, premises: Premises) -> None:
    """A camera that answered a test, within that action: no step for one that is further already."""
    row, _ = CameraLinkage.objects.select_for_update().get_or_create(
        camera_id=camera_id, defaults={"entered_ms": now_ms(), "edited_ms": now_ms()}
    )
    if row.step != CameraStep.ENTERED:
        return
    now = now_ms()
    row.step, row.reachable_ms, row.edited_ms = CameraStep.REACHABLE, now, now
    row.save()
    LadderEntry.objects.create(
        premises=premises, camera_id=camera_id, step=row.step, before=CameraStep.ENTERED, at_ms=now, entered_ms=now,
        by_id=actor.id, via=Via.FACT,
    )  # fmt: skip


def confirm_by_owner(
    *, actor: Actor, premises_id: UUID, camera_ids: Sequence[UUID] | None = None, by_name: str = "",
    via: str = Via.OWNER,
) -> int:  # fmt: skip
    """The owner says that these cameras (all that are verified live) are connected as agreed. How many were confirmed.

    Raises Problem 404, 409 when none is verified live yet."""
    with action("linking.owner_confirmed", actor=actor) as act:
        premises = linkages.premises_to_work(actor, premises_id)
        rows = CameraLinkage.objects.select_for_update(of=("self",)).filter(
            camera__premises=premises, step=CameraStep.VERIFIED_LIVE
        )
        if camera_ids is not None:
            rows = rows.filter(camera_id__in=camera_ids)
        found = list(rows)
        if not found:
            raise conflict("nothing_to_confirm", "No camera here is verified live and waiting to be confirmed.",
                           "यहाँ लाइव सत्यापित कोई कैमरा पुष्टि की प्रतीक्षा में नहीं है।")  # fmt: skip
        now = now_ms()
        for row in found:
            row.step, row.confirmed_ms, row.edited_ms = CameraStep.OWNER_CONFIRMED, now, now
        CameraLinkage.objects.bulk_update(found, ["step", "confirmed_ms", "edited_ms"])
        LadderEntry.objects.bulk_create(
            LadderEntry(
                premises=premises, camera_id=row.camera_id, step=row.step, before=CameraStep.VERIFIED_LIVE, at_ms=now,
                entered_ms=now, by_id=actor.id, by_name=by_name, via=via,
            )
            for row in found
        )  # fmt: skip
        receipts.issue("confirmation", premises, None, {"cameras": len(found), "by": by_name})
        linkages.about(act, premises)
        act.details(cameras=len(found), by=by_name)
    return len(found)


def correct(*, actor: Actor, premises_id: UUID, step: str, reason: str) -> None:
    """Put premises back to an earlier step that was left by mistake: later times are taken back, the record stays.

    Consent and withdrawal cannot be undone like this: they have papers of their own. Raises Problem 403, 404, 409, 422.
    """
    with action("linking.correct", actor=actor, reason=reason) as act:
        premises = linkages.premises_to_work(actor, premises_id)
        row = _locked(premises)
        before = Step(row.step)
        if before in (Step.CONSENTED, Step.SURVEYED, Step.WITHDRAWN):
            raise conflict("stands_on_consent", "A consent stands behind this step: withdraw that instead.",
                           "इस चरण के पीछे सहमति है: उसे वापस लें।")  # fmt: skip
        try:
            wanted = Step(step)
        except ValueError:
            raise invalid(step=text("There is no such step.", "ऐसा कोई चरण नहीं है।")) from None
        if wanted is before or getattr(row, TIMES[wanted]) is None:
            raise invalid(step=text("These premises were never at this step.", "यह प्रतिष्ठान इस चरण पर कभी नहीं था।"))
        kept_until = getattr(row, TIMES[wanted])
        for other, column in TIMES.items():
            if other not in (wanted, Step.LISTED) and (getattr(row, column) or 0) >= kept_until:
                setattr(row, column, None)
        if wanted is not Step.REFUSED:
            row.refusal = None
        row.step, row.edited_ms = wanted, max(now_ms(), row.edited_ms + 1)
        row.save()
        now = now_ms()
        LadderEntry.objects.create(
            premises=premises, step=wanted, before=before, is_correction=True, at_ms=now, entered_ms=now,
            by_id=actor.id, via=Via.CONSOLE, note=reason,
        )  # fmt: skip
        linkages.about(act, premises)
        act.details(step=wanted, before=before)
