"""Camera plans: what the media engine is to do with each camera, built from the rows and sent through the outbox.

Every plan, whoever causes it, is built while the camera's row is locked and goes through the one outbox, so plans of a
camera reach the engine in the order of the writes: a renewal under way can never bring back a permit that was
withdrawn meanwhile. What was lost (a NATS store wiped, say) is healed by `reconcile`, at start and hourly.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Max

from prahari.contracts import subjects
from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraPlan, RecordMode, SealedAddress
from prahari.desks.common import outbox, rules
from prahari.desks.common.models import OutboxMessage
from prahari.desks.linking import permits
from prahari.desks.linking.models import Consent
from prahari.desks.linking.rules import RECORDINGS_AFTER_WITHDRAWAL
from prahari.desks.registry import recording
from prahari.desks.registry.models import Camera
from prahari.desks.registry.retention import RetentionRules

BATCH = 200
DRAIN_S = 60.0
_POLL_S = 0.05

DELETE = {"KV-Operation": "DEL"}


def subject_of(camera_id: UUID | str) -> str:
    """What a put into the bucket is published on."""
    return f"$KV.{subjects.CAMERA_PLAN_BUCKET}.{camera_id}"


def publish(camera_ids: Iterable[UUID]) -> int:
    """Queue the plans of these cameras as they are now in this transaction. How many there were.

    Inside a transaction; locks the cameras' rows, so call it after the change that it tells of.
    """
    ids = sorted(set(camera_ids), key=str)
    count = 0
    for start in range(0, len(ids), BATCH):
        messages = list(_messages(ids[start : start + BATCH]))
        OutboxMessage.objects.bulk_create(messages)
        count += len(messages)
    if count:
        transaction.on_commit(outbox.publisher.wake)
    return count


def _messages(ids: Sequence[UUID]) -> Iterator[OutboxMessage]:
    # Two steps: joins to nullable rows cannot be locked, and related rows need no lock.
    locked = list(Camera.objects.select_for_update().filter(id__in=ids).order_by("id").values_list("id", "retired_ms"))
    for camera_id, retired_ms in locked:
        if retired_ms is not None:
            yield OutboxMessage(subject=subject_of(camera_id), payload=b"", headers=DELETE)
    for plan in build([camera_id for camera_id, retired_ms in locked if retired_ms is None]):
        yield OutboxMessage(subject=subject_of(plan.camera_id), payload=msgspec.json.encode(plan))


_parts: dict[str, Callable[[Sequence[UUID]], dict[UUID, Any]]] = {}


def add_part(field: str, part: Callable[[Sequence[UUID]], dict[UUID, Any]]) -> None:
    """Let a desk above fill a field of the plans that it knows more about. Called once, when that desk is loaded."""
    _parts[field] = part


_COLUMNS = (
    "id", "name_en", "jurisdiction_path", "agency_id", "url", "sub_url", "record_mode", "transport", "probe_period_s",
    "retention_id", "place_class__retention_id", "owner_class__public", "credential__sealed", "record_schedule",
    "pre_roll_s", "post_roll_s", "place_class__code", "owner_class__code", "site_id", "lat", "lon",
)  # fmt: skip


def build(camera_ids: Sequence[UUID]) -> Iterator[CameraPlan]:
    """Plans of these cameras, in no particular order."""
    now = now_ms()
    retention = RetentionRules.load()
    policy = recording.Policy.load()
    permits_of = permits.all_of(camera_ids, now)
    purge_before = _purge_before(camera_ids)
    more = {field: part(camera_ids) for field, part in _parts.items()}
    for camera in Camera.objects.filter(id__in=camera_ids).values(*_COLUMNS):
        found = permits_of.get(camera["id"], [])
        plan = _plan(camera, found, retention, policy, purge_before.get(camera["id"], 0), now)
        known = {field: of[camera["id"]] for field, of in more.items() if camera["id"] in of}
        yield msgspec.structs.replace(plan, **known) if known else plan


def _purge_before(camera_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Where the city deletes recordings at a withdrawal: camera -> moment of its last one, Unix milliseconds."""
    if rules.value(RECORDINGS_AFTER_WITHDRAWAL) != "delete":
        return {}
    withdrawn = Consent.objects.filter(camera_id__in=camera_ids, withdrawn_ms__isnull=False, replaced=False)
    return dict(withdrawn.order_by().values_list("camera_id").annotate(last=Max("withdrawn_ms")))


def _plan(
    camera: dict[str, Any],
    found: list[permits.Permit],
    retention: RetentionRules,
    policy: recording.Policy,
    purge_before_ms: int,
    now: int,
) -> CameraPlan:
    permit = permits.choose(found, camera["owner_class__public"])
    claims = permits.claims(permit, now) if permit else None
    sealed = camera["credential__sealed"] or ""
    return CameraPlan(
        camera_id=str(camera["id"]),
        name=camera["name_en"],
        jurisdiction=camera["jurisdiction_path"],
        agency=camera["agency_id"],
        address=SealedAddress(camera["url"], sealed),
        sub=SealedAddress(camera["sub_url"], sealed) if camera["sub_url"] else None,
        permit=permits.sign(claims) if claims else "",
        record=RecordMode(camera["record_mode"]),
        retention_days=retention.days(camera["retention_id"], camera["place_class__retention_id"]),
        probe_period_s=camera["probe_period_s"],
        transport=camera["transport"],
        revision=now,
        purge_before_ms=purge_before_ms,
        schedule=[(weekday, start, end) for weekday, start, end in camera["record_schedule"]],
        pre_roll_s=_or(camera["pre_roll_s"], policy.pre_roll_s),
        post_roll_s=_or(camera["post_roll_s"], policy.post_roll_s),
        disk_class=policy.disk_class(camera["place_class__code"], camera["owner_class__code"]),
        site=str(camera["site_id"] or ""),
        owner_class=camera["owner_class__code"],
        lat=camera["lat"],
        lon=camera["lon"],
    )


def _or(own: int | None, rule: float) -> float:
    return float(rule if own is None else own)


def reconcile(known_keys: Iterable[str]) -> tuple[int, int]:
    """Send every plan anew (which renews the permits) and delete what no longer belongs there.

    known_keys: camera ids in the bucket. In batches, each waiting until the one before has left the outbox, so that a
    withdrawal never queues behind thousands of renewals. (plans sent, keys deleted).
    """
    wanted = set(Camera.objects.filter(retired_ms__isnull=True).values_list("id", flat=True))
    ids = sorted(wanted, key=str)
    sent = 0
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            sent += publish(ids[start : start + BATCH])
        _drained()
    stale = {key for key in known_keys if key not in {str(camera_id) for camera_id in wanted}}
    # A camera made since we looked has a key that is not stale: ask once more, inside the transaction that deletes.
    with transaction.atomic():
        existing = Camera.objects.filter(id__in=[key for key in stale if _is_uuid(key)], retired_ms__isnull=True)
        stale -= {str(camera_id) for camera_id in existing.values_list("id", flat=True)}
        OutboxMessage.objects.bulk_create(
            OutboxMessage(subject=subject_of(key), payload=b"", headers=DELETE) for key in sorted(stale)
        )
        transaction.on_commit(outbox.publisher.wake)
    return sent, len(stale)


def _is_uuid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def _drained() -> None:
    """Wait until the outbox is empty, or a while."""
    deadline = time.monotonic() + DRAIN_S
    while OutboxMessage.objects.exists() and time.monotonic() < deadline:
        time.sleep(_POLL_S)
