"""Taking a list back: premises that it brought and that nobody has touched since leave the register again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, ProtectedError, QuerySet, Subquery

from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict
from prahari.desks.linking.models import LadderEntry, Linkage
from prahari.desks.linking.steps import Step
from prahari.desks.lists import committing, rules, selectors
from prahari.desks.lists.choices import RowState, State
from prahari.desks.lists.models import DuplicateProposal, ImportedList, ListRow
from prahari.desks.registry.models import Camera, Contact, Premises

PORTION = 2_000


def undo(*, actor: Actor, list_id: UUID, reason: str) -> None:
    """Raises Problem 403, 404, 409 (not taken over, or too long ago)."""
    with action("list.undo", actor=actor, reason=reason) as act:
        selectors.one_list(actor, list_id)
        committing.lock()
        one = ImportedList.objects.select_for_update().get(id=list_id)
        if one.state != State.COMMITTED or one.committed_ms is None:
            raise conflict("not_committed", "This list is not taken over.", "यह सूची अपनाई हुई नहीं है।")
        hours = rules.value(rules.UNDO_H)
        if now_ms() > one.committed_ms + hours * 3_600_000:
            raise _too_late(hours)
        removed = kept = 0
        ids = list(_untouched(one).values_list("id", flat=True))
        for start in range(0, len(ids), PORTION):
            gone, stayed = _remove(ids[start : start + PORTION])
            removed, kept = removed + gone, kept + stayed
        kept += ListRow.objects.filter(list=one, made=True, premises__isnull=False).exclude(premises__in=ids).count()
        DuplicateProposal.objects.filter(list=one, decision="").delete()
        ListRow.objects.filter(list=one, premises__isnull=True, made=True).update(made=False)
        one.state, one.undone_ms = State.UNDONE, now_ms()
        one.edited_ms = max(now_ms(), one.edited_ms + 1)
        one.counts = {**one.counts, "removed": removed, "kept": kept}
        one.save()
        act.about("list", one.id, one.file_name, jurisdiction=one.jurisdiction_path, agency=one.agency_code)
        act.details(removed=removed, kept=kept)


def _untouched(one: ImportedList) -> QuerySet[Premises]:
    """Made by this list, still only listed, never edited, without cameras, on no other list."""
    mine = ListRow.objects.filter(list=one, made=True, premises=OuterRef("id"))
    others = ListRow.objects.filter(premises=OuterRef("id")).exclude(list=one).exclude(state=RowState.BAD)
    step = Linkage.objects.filter(premises=OuterRef("id")).values("step")[:1]
    return (
        Premises.objects.filter(Exists(mine), edited_ms=F("created_ms"))
        .exclude(Exists(others))
        .exclude(Exists(Camera.objects.filter(premises=OuterRef("id"))))
        .annotate(step=Subquery(step))
        .filter(step=Step.LISTED)
    )


def _remove(ids: list[UUID]) -> tuple[int, int]:
    """(removed, kept). What another desk refers to stays."""
    try:
        with transaction.atomic():
            _delete(ids)
        return len(ids), 0
    except ProtectedError:
        if len(ids) == 1:
            return 0, 1
        middle = len(ids) // 2
        one, two = _remove(ids[:middle]), _remove(ids[middle:])
        return one[0] + two[0], one[1] + two[1]


def _delete(ids: list[UUID]) -> None:
    LadderEntry.objects.filter(premises__in=ids, step=Step.LISTED, camera__isnull=True).delete()
    Linkage.objects.filter(premises__in=ids).delete()
    Contact.objects.filter(premises__in=ids).delete()
    Premises.objects.filter(id__in=ids).delete()


def _too_late(hours: int) -> Problem:
    return conflict(
        "too_late",
        f"A list can be taken back for {hours} hours. Correct single premises in the register.",
        f"सूची {hours} घंटे तक ही वापस ली जा सकती है। अलग-अलग प्रतिष्ठान पंजिका में ठीक करें।",
    )
