"""The two copies of each testimonial's video: written, checked by hash, restored from the good one, deleted.

Everything here looks at rows and files, not at what was done before: stopped half-way, it goes on when it runs again.
"""

from __future__ import annotations

import logging
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from prahari.contracts.clock import DAY_MS
from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.outreach import alarm, originals, stores
from prahari.desks.outreach.choices import CopyState, Store
from prahari.desks.outreach.models import FixityFinding, Testimonial, TestimonialCopy
from prahari.desks.outreach.stores import StoreError

log = logging.getLogger(__name__)
FIXITY_DAYS = rules.declare(
    "testimonial_fixity_days", 7, "Days after which each copy of a testimonial is checked by its hash again",
    "दिन, जिनके बाद प्रशंसापत्र की हर प्रति की हैश से फिर जाँच होती है", rules.whole(1, 365),
)  # fmt: skip
LYING = (CopyState.GOOD, CopyState.DAMAGED, CopyState.MISSING)


def name_of(testimonial: Testimonial) -> str:
    return stores.name_of(testimonial.id, testimonial.media_type)


def order(testimonial: Testimonial) -> None:
    """Ask for both copies, in the transaction that receives the video."""
    TestimonialCopy.objects.bulk_create(
        [TestimonialCopy(testimonial=testimonial, store=store) for store in Store.values], ignore_conflicts=True
    )


def write_waiting() -> int:
    """Write copies that are still to be written, delete those of what was withdrawn. How many were settled."""
    done = 0
    for copy_id in TestimonialCopy.objects.filter(
        state__in=(CopyState.WAITING, CopyState.DELETING)
    ).order_by("id").values_list("id", flat=True):  # fmt: skip
        with transaction.atomic():
            copy = (
                TestimonialCopy.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("testimonial")
                .filter(id=copy_id, state__in=(CopyState.WAITING, CopyState.DELETING))
                .first()
            )
            if copy is not None:
                done += _settle(copy)
    return done


def _settle(copy: TestimonialCopy) -> bool:
    testimonial = copy.testimonial
    try:
        if copy.state == CopyState.DELETING:
            stores.delete(copy.store, name_of(testimonial))
            copy.state = CopyState.DELETED
        elif _copied(testimonial, copy.store):
            copy.state = CopyState.GOOD
            copy.written_ms = copy.checked_ms = now_ms()
        else:
            copy.trouble = "no_source"
            copy.save(update_fields=["trouble"])
            return False
        copy.trouble = ""
    except StoreError as trouble:
        copy.trouble = trouble.code
        log.warning("testimonial %s: copy at %s waits: %s", testimonial.id, copy.store, trouble.code)
    copy.save()
    _give_up_original(testimonial)
    return not copy.trouble


def _give_up_original(testimonial: Testimonial) -> None:
    """What was handed in is a third copy: it goes when both stand, and with a testimonial that is withdrawn."""
    states = set(testimonial.copies.values_list("state", flat=True))
    if states == {CopyState.GOOD} or not states & {CopyState.WAITING, *LYING}:
        originals.discard(testimonial.file_id)


def _copied(testimonial: Testimonial, store: str) -> bool:
    """Write the copy at `store` from whatever is good: the other copy, else what was handed in. Raises StoreError."""
    name = name_of(testimonial)
    for source in _sources(testimonial, store):
        with source:
            try:
                if stores.write(store, name, source, testimonial.bytes, testimonial.sha256):
                    return True
            except originals.DamagedError:
                continue
    return False


def _sources(testimonial: Testimonial, store: str) -> list[BinaryIO]:
    found: list[BinaryIO] = []
    name = name_of(testimonial)
    for other in Store.values:
        if other == store:
            continue
        try:
            if stores.look(other, name, testimonial.sha256) == "good":
                found.append(stores.opened(other, name))
        except StoreError:
            continue
    handed_in = originals.opened(testimonial.file_id)
    return [*found, handed_in] if handed_in is not None else found


def check(testimonial_id: UUID) -> dict[str, str]:
    """Read both copies through, restore what is damaged or missing. Store -> good, restored, lost, or the trouble with
    the folder (away, full, ...). Nothing for what was withdrawn."""
    with transaction.atomic():
        copies = list(
            TestimonialCopy.objects.select_for_update(of=("self",))
            .select_related("testimonial__premises__jurisdiction")
            .filter(testimonial_id=testimonial_id, state__in=LYING)
            .order_by("store")
        )
        if not copies:
            return {}
        testimonial = copies[0].testimonial
        results: dict[str, str] = {}
        bad: list[TestimonialCopy] = []
        for copy in copies:
            found = _look(copy)
            results[copy.store] = found
            if found in (CopyState.DAMAGED, CopyState.MISSING):
                bad.append(copy)
        for copy in bad:
            results[copy.store] = _restore(copy, testimonial)
        for copy in copies:
            copy.save()
        lost = [store for store, result in results.items() if result == "lost"]
        if lost and not any(result == "good" or result == "restored" for result in results.values()):
            alarm.lost(testimonial, results)
    return results


def _look(copy: TestimonialCopy) -> str:
    try:
        found = stores.look(copy.store, name_of(copy.testimonial), copy.testimonial.sha256)
    except StoreError as trouble:
        copy.trouble = trouble.code
        return trouble.code
    copy.state, copy.trouble, copy.checked_ms = found, "", now_ms()
    return found


def _restore(copy: TestimonialCopy, testimonial: Testimonial) -> str:
    found = copy.state
    try:
        restored = _copied(testimonial, copy.store)
    except StoreError as trouble:
        copy.trouble = trouble.code
        restored = False
    lost = not restored and not copy.trouble
    premises = testimonial.premises
    with action("testimonial.restore" if restored else "testimonial.found_bad", actor=system("fixity check")) as act:
        act.about("testimonial", testimonial.id, premises.name_en,
                  jurisdiction=premises.jurisdiction.path, agency=premises.agency_id)  # fmt: skip
        act.details(store=copy.store, found=found, restored=restored, lost=lost)
        FixityFinding.objects.create(
            testimonial=testimonial, store=copy.store, found=found, restored=restored, lost=lost, at_ms=now_ms()
        )
    if restored:
        copy.state = CopyState.GOOD
        copy.written_ms = copy.checked_ms = now_ms()
        return "restored"
    return "lost" if lost else copy.trouble


def check_due() -> int:
    """Check every testimonial of which a copy has not been read through for the days of the rule. How many."""
    before = now_ms() - int(rules.value(FIXITY_DAYS)) * DAY_MS
    due = (
        TestimonialCopy.objects.filter(state__in=LYING, checked_ms__lt=before)
        .order_by()
        .values_list("testimonial_id", flat=True)
        .distinct()
    )
    checked = 0
    for testimonial_id in list(due):
        checked += bool(check(testimonial_id))
    return checked


def readable(testimonial: Testimonial) -> tuple[str, str] | None:
    """(store, path) of a copy to play; the centre's first. None: none can be had just now."""
    states = dict(testimonial.copies.values_list("store", "state"))
    for store in Store.values:
        if states.get(store) != CopyState.GOOD:
            continue
        try:
            path = stores.require(store) / name_of(testimonial)
        except StoreError:
            continue
        if path.is_file():
            return store, str(path)
    return None


def soon() -> None:
    """Write, delete and check in the background, once this is committed."""
    from prahari.desks.outreach.tasks import request_copies

    transaction.on_commit(request_copies)
