"""Deciding about rows that may name premises known already: the same, different, or later. Nobody else ever does."""

from __future__ import annotations

from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict
from prahari.desks.linking import ladder
from prahari.desks.lists import committing, entering, places, selectors
from prahari.desks.lists.choices import Decision, RowState
from prahari.desks.lists.models import DuplicateProposal, ImportedList, ListRow
from prahari.desks.registry.models import Premises


def decide(*, actor: Actor, proposal_id: UUID, decision: str) -> None:
    """Answer one proposal. "same": the row's premises are those. "different": when no other proposal of the row is
    left, its premises are made. "later": the proposal goes to the end of the queue.

    Raises Problem 403, 404, 409 (decided meanwhile, or what it is compared with waits itself).
    """
    with action("list.decide", actor=actor, reason="") as act:
        proposal = selectors.proposal(actor, proposal_id)
        committing.lock()
        one = ImportedList.objects.get(id=proposal.list_id)
        proposal = DuplicateProposal.objects.select_for_update().get(id=proposal_id)
        row = ListRow.objects.select_for_update().get(id=proposal.row_id)
        if proposal.decision in (Decision.SAME, Decision.DIFFERENT) or row.state != RowState.DECIDE or row.premises_id:
            raise _decided()
        proposal.decision, proposal.decided_by_id, proposal.decided_ms = decision, actor.id, now_ms()
        proposal.edited_ms = max(now_ms(), proposal.edited_ms + 1)
        premises_id = proposal.premises_id or (proposal.other_row.premises_id if proposal.other_row else None)
        if decision == Decision.SAME:
            if premises_id is None or not Premises.objects.filter(id=premises_id).exists():
                raise _other_waits()
            _same(actor, one, row, premises_id)
        proposal.save()
        if decision == Decision.DIFFERENT and not _open(row).exists():
            _different(actor, one, row)
        one.counts = {**one.counts, **committing.counted(one)}
        one.edited_ms = max(now_ms(), one.edited_ms + 1)
        one.save(update_fields=["counts", "edited_ms"])
        act.about("list", one.id, one.file_name, jurisdiction=one.jurisdiction_path, agency=one.agency_code)
        act.details(decision=decision, sheet=row.sheet, row=row.row, premises=str(premises_id or ""))


def _open(row: ListRow):  # type: ignore[no-untyped-def]
    return DuplicateProposal.objects.filter(row=row, decision__in=(Decision.OPEN, Decision.LATER))


def _same(actor: Actor, one: ImportedList, row: ListRow, premises_id: UUID) -> None:
    _of_group(row).update(state=RowState.SAME, premises_id=premises_id)
    ladder.list_premises(actor=actor, listings=[entering.listing_of(premises_id, row.cameras, one.file_name, row.row)])


def _different(actor: Actor, one: ImportedList, row: ListRow) -> None:
    taken = ListRow.objects.filter(key=row.key, premises__isnull=False).exclude(list=one).exclude(key="").first()
    if taken is not None and taken.premises_id:  # the same row came on another list and was decided there
        _same(actor, one, row, taken.premises_id)
        return
    said = places.opened(one.id, [(row.sheet, row.row)])[row.sheet, row.row].said
    fresh = entering.Fresh(said, row.cameras, row.row)
    (made,) = entering.prepare(entering.Register(), one.file_name, [fresh])
    entering.enter(actor, [made])
    _of_group(row).exclude(id=row.id).update(state=RowState.MORE, premises_id=made.id)
    ListRow.objects.filter(id=row.id).update(state=RowState.NEW, premises_id=made.id, made=True)


def _of_group(row: ListRow):  # type: ignore[no-untyped-def]
    return ListRow.objects.filter(list_id=row.list_id, head_sheet=row.sheet, head_row=row.row).exclude(
        state=RowState.BAD
    )


def _decided() -> Problem:
    return conflict("decided", "Somebody has decided this meanwhile. Load the page again.",
                    "इस बीच किसी ने इसका निर्णय कर दिया है। पृष्ठ फिर से लोड करें।")  # fmt: skip


def _other_waits() -> Problem:
    return conflict("other_waits", "The row it is compared with waits to be decided itself. Decide that first.",
                    "जिस पंक्ति से तुलना है उसका निर्णय स्वयं बाकी है। पहले उसका निर्णय करें।")  # fmt: skip
