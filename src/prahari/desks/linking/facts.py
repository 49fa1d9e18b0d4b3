"""Steps that follow from facts, never from somebody's word: linked, verified live, withdrawn.

`settled` is called in the transaction that changed the facts (a consent, an order, an address); `catch_up` finds what
changed with the clock alone (a consent that began or ended) or was entered another way; `verify` looks for frames.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.sql import fetch
from prahari.desks.linking import permits, plans
from prahari.desks.linking.models import CameraLinkage, LadderEntry, Linkage, PremisesConsent
from prahari.desks.linking.rules import VERIFICATION_S
from prahari.desks.linking.steps import CAMERA_TIMES, TIMES, CameraStep, Step, Via
from prahari.desks.registry.models import Camera

BATCH = 500
_STANDING = frozenset({CameraStep.LINKED, CameraStep.VERIFIED_LIVE, CameraStep.OWNER_CONFIRMED})
_CAMERA = (
    "id", "premises_id", "url", "retired_ms", "owner_class__public", "created_ms", "linkage__step",
    "premises__owner_class__public",
)  # fmt: skip


def settle_and_publish(camera_ids: Iterable[UUID]) -> None:
    """After a change of permits or addresses, in its transaction: the engine's plans first, then the ladder."""
    ids = list(dict.fromkeys(camera_ids))
    plans.publish(ids)
    settled(ids)


def settled(camera_ids: Sequence[UUID]) -> int:
    """Bring the ladder in line with the facts of these cameras and of their premises. How many steps were taken."""
    taken = 0
    for start in range(0, len(camera_ids), BATCH):
        taken += _settle_batch(camera_ids[start : start + BATCH])
    return taken


def _settle_batch(ids: Sequence[UUID]) -> int:
    now = now_ms()
    known = {row.camera_id: row for row in CameraLinkage.objects.select_for_update().filter(camera_id__in=ids)}
    permits_of = permits.all_of(ids, now)
    fresh, changed, entries = [], [], []
    premises_ids: set[UUID] = set()
    for camera in Camera.objects.filter(id__in=ids).values(*_CAMERA):
        premises_ids.add(camera["premises_id"])
        row = known.get(camera["id"])
        if row is None:
            row = CameraLinkage(camera_id=camera["id"], entered_ms=camera["created_ms"] or now, edited_ms=now)
            fresh.append(row)
        permit = permits.choose(permits_of.get(camera["id"], []), camera["owner_class__public"])
        stands = permit is not None and permit.state == permits.STANDS and camera["retired_ms"] is None
        step = _next_step(CameraStep(row.step), stands, bool(camera["url"]))
        if step is not None:
            entries.append(_take(row, camera["premises_id"], step, now, permit))
            if row not in fresh:
                changed.append(row)
    CameraLinkage.objects.bulk_create(fresh, ignore_conflicts=True)
    CameraLinkage.objects.bulk_update(changed, ["step", "edited_ms", *CAMERA_TIMES.values(), "verified_by"])
    LadderEntry.objects.bulk_create(entries)
    return len(entries) + _settle_premises(premises_ids, now)


def _next_step(step: CameraStep, stands: bool, has_address: bool) -> CameraStep | None:
    if step in _STANDING:
        return None if stands and has_address else CameraStep.WITHDRAWN
    return CameraStep.LINKED if stands and has_address else None


def _take(
    row: CameraLinkage, premises_id: UUID, step: CameraStep, now: int, permit: permits.Permit | None
) -> LadderEntry:
    before, row.step, row.edited_ms = row.step, step, now
    setattr(row, CAMERA_TIMES[step], now)
    if step is CameraStep.LINKED:
        row.verified_ms = row.confirmed_ms = row.withdrawn_ms = row.verified_by = None
    facts = {"basis": permit.basis, "permit": permit.title, "state": permit.state} if permit else {}
    return _entry(premises_id, row.camera_id, before, step, now, facts)


def _entry(
    premises_id: UUID, camera_id: UUID | None, before: str, step: str, now: int, facts: dict[str, Any]
) -> LadderEntry:
    return LadderEntry(
        premises_id=premises_id, camera_id=camera_id, step=step, before=before, at_ms=now, entered_ms=now,
        via=Via.FACT, facts=facts,
    )  # fmt: skip


def _settle_premises(premises_ids: set[UUID], now: int) -> int:
    """Premises follow their cameras: consented when leave stands, surveyed when cameras are entered, withdrawn when no
    leave stands any more. Premises that were on no list join the programme here."""
    if not premises_ids:
        return 0
    cameras: dict[UUID, list[UUID]] = defaultdict(list)
    public: dict[UUID, bool] = {}
    living = Camera.objects.filter(premises_id__in=premises_ids, retired_ms__isnull=True)
    for camera_id, premises_id, is_public in living.values_list("id", "premises_id", "owner_class__public"):
        cameras[premises_id].append(camera_id)
        public[camera_id] = is_public
    permits_of = permits.all_of([one for ids in cameras.values() for one in ids], now)
    consented = set(
        PremisesConsent.objects.filter(premises_id__in=premises_ids, withdrawn_ms__isnull=True)
        .exclude(valid_to_ms__lte=now)
        .values_list("premises_id", flat=True)
    )
    rows = {row.premises_id: row for row in Linkage.objects.select_for_update().filter(premises_id__in=premises_ids)}
    fresh, changed, entries = [], [], []
    for premises_id in premises_ids:
        ids = cameras.get(premises_id, [])
        stands = premises_id in consented or any(_stands(permits_of.get(one, []), public[one]) for one in ids)
        row = rows.get(premises_id)
        if row is None:
            row = Linkage(premises_id=premises_id, listed_ms=now, cameras_reported=len(ids), edited_ms=now)
            fresh.append(row)
            entries.append(_entry(premises_id, None, "", Step.LISTED, now, {"cameras": len(ids)}))
        steps = list(_premises_steps(Step(row.step), stands, bool(ids)))
        for step in steps:
            entries.append(_entry(premises_id, None, row.step, step, now, {"cameras": len(ids)}))
            reach(row, step, now)
        if steps and row not in fresh:
            changed.append(row)
    Linkage.objects.bulk_create(fresh, ignore_conflicts=True)
    Linkage.objects.bulk_update(changed, ["step", "edited_ms", *TIMES.values()])
    LadderEntry.objects.bulk_create(entries)
    return len(entries)


def _stands(found: Sequence[permits.Permit], public: bool) -> bool:
    permit = permits.choose(found, public)
    return permit is not None and permit.state == permits.STANDS


def _premises_steps(step: Step, stands: bool, has_cameras: bool) -> Iterable[Step]:
    if stands:
        if step not in (Step.CONSENTED, Step.SURVEYED):
            yield Step.CONSENTED
        if has_cameras and step is not Step.SURVEYED:
            yield Step.SURVEYED
    elif step in (Step.CONSENTED, Step.SURVEYED):
        yield Step.WITHDRAWN


def reach(row: Linkage, step: Step, at_ms: int) -> None:
    """Put premises on a step. What a step makes untrue is taken back: consent ends a refusal and a withdrawal."""
    row.step, row.edited_ms = step, max(now_ms(), row.edited_ms + 1)
    setattr(row, TIMES[step], at_ms)
    if step is Step.CONSENTED:
        row.refused_ms = row.withdrawn_ms = row.refusal = None
        row.asked_ms = row.asked_ms or at_ms
    elif step is Step.WITHDRAWN:
        row.surveyed_ms = None
    elif step is Step.REFUSED:
        row.asked_ms = row.asked_ms or at_ms


_DRIFTED = """
SELECT c.id FROM registry_camera c
  JOIN registry_ownerclass o ON o.id = c.owner_class_id
  LEFT JOIN linking_cameralinkage l ON l.camera_id = c.id
 WHERE l.camera_id IS NULL
    OR (l.step IN ('linked', 'verified_live', 'owner_confirmed')) IS DISTINCT FROM (
       c.retired_ms IS NULL AND c.url <> '' AND CASE WHEN o.public THEN EXISTS (
           SELECT FROM linking_orderedcamera n JOIN linking_order r ON r.id = n.order_id
            WHERE n.camera_id = c.id AND r.revoked_ms IS NULL
              AND r.valid_from_ms <= %(now)s AND (r.valid_to_ms IS NULL OR r.valid_to_ms > %(now)s))
       ELSE EXISTS (
           SELECT FROM linking_consent n
            WHERE n.camera_id = c.id AND n.withdrawn_ms IS NULL
              AND n.valid_from_ms <= %(now)s AND (n.valid_to_ms IS NULL OR n.valid_to_ms > %(now)s)
              AND NOT (n.public_view_only AND c.placement = 'other')) END)
 LIMIT %(most)s
"""


def catch_up(most: int = 20_000) -> int:
    """Cameras whose step no longer tells the facts. How many there were."""
    drifted = [row[0] for row in fetch(_DRIFTED, {"now": now_ms(), "most": most})]
    for start in range(0, len(drifted), BATCH):
        with transaction.atomic():
            settle_and_publish(drifted[start : start + BATCH])
    return len(drifted)


_SEEN = """
SELECT l.camera_id, c.premises_id, s.since_ms, s.proved_at_ms, s.keyframe_ms, s.keyframe_mac
  FROM linking_cameralinkage l
  JOIN registry_camera c ON c.id = l.camera_id
  JOIN camera_status s ON s.camera_id = l.camera_id
 WHERE l.step = 'linked' AND s.status = 'live' AND s.proof_until_ms > %(now)s
   AND s.proved_at_ms - GREATEST(s.since_ms, l.linked_ms) >= %(needed)s
"""


def verify() -> int:
    """Cameras whose frames were seen over the set time become verified live. How many."""
    now = now_ms()
    needed_s: int = rules.value(VERIFICATION_S)
    seen = {row[0]: row for row in fetch(_SEEN, {"now": now, "needed": needed_s * 1000})}
    taken = 0
    ids = list(seen)
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            rows = list(
                CameraLinkage.objects.select_for_update(skip_locked=True).filter(
                    camera_id__in=ids[start : start + BATCH], step=CameraStep.LINKED
                )
            )
            entries = []
            for row in rows:
                _, premises_id, since_ms, proved_at_ms, keyframe_ms, keyframe_mac = seen[row.camera_id]
                row.verified_by = {"since_ms": since_ms, "proved_at_ms": proved_at_ms, "frames_s": needed_s}
                if keyframe_mac:  # of a picture that can be found in the recording and hashed again (contracts.proofs)
                    row.verified_by |= {"keyframe_ms": keyframe_ms, "keyframe_mac": keyframe_mac}
                before, row.step, row.verified_ms, row.edited_ms = row.step, CameraStep.VERIFIED_LIVE, now, now
                entries.append(_entry(premises_id, row.camera_id, before, row.step, now, row.verified_by))
            CameraLinkage.objects.bulk_update(rows, ["step", "verified_ms", "verified_by", "edited_ms"])
            LadderEntry.objects.bulk_create(entries)
            taken += len(rows)
    return taken
