"""What gate and connectors are told: sites in their bucket, and their part of the plans of their cameras."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction

from prahari.contracts import edge as contract
from prahari.contracts import subjects
from prahari.contracts.edge import ADDRESS_SCHEME, EdgeLimits, EdgeRecord
from prahari.contracts.events import now_ms
from prahari.contracts.media import DevicePlan
from prahari.desks.common import outbox
from prahari.desks.common import rules as dated
from prahari.desks.common.models import OutboxMessage
from prahari.desks.devices.planning import device_plans, running_tours
from prahari.desks.edge import rules
from prahari.desks.edge.models import EdgeCamera, EdgeRelease, EdgeSite
from prahari.desks.linking import permits
from prahari.desks.registry.models import Camera

_LIMITS = (rules.UP_KBIT_S, rules.CLIP_KBIT_S, rules.UPDATE_KBIT_S, rules.MONTH_MB, rules.GRACE_DAYS)


def sites_of(camera_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Part `edge` of the plans."""
    found = EdgeCamera.objects.filter(camera_id__in=camera_ids).values_list("camera_id", "site_id")
    return {camera_id: str(site_id) for camera_id, site_id in found}


def permits_of(camera_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Part `permit`: shorter than for a camera that its centre reaches at any time, since a withdrawal may not."""
    ids = list(sites_of(camera_ids))
    if not ids:
        return {}
    now = now_ms()
    latest_s = now // 1000 + dated.value(rules.PERMIT_S)
    public = dict(Camera.objects.filter(id__in=ids).values_list("id", "owner_class__public"))
    signed = {}
    for camera_id, found in permits.all_of(ids, now).items():
        permit = permits.choose(found, public.get(camera_id, False))
        claims = permits.claims(permit, now) if permit is not None else None
        if claims is not None:
            signed[camera_id] = permits.sign(msgspec.structs.replace(claims, exp_s=min(claims.exp_s, latest_s)))
    return signed


def devices_of(camera_ids: Sequence[UUID]) -> dict[UUID, DevicePlan]:
    """Part `device`: of a site's camera the box alone knows the device; it is told which tour runs."""
    ours = sites_of(camera_ids)
    tours = running_tours(list(ours))
    return {
        **device_plans([camera_id for camera_id in camera_ids if camera_id not in ours]),
        **{camera_id: DevicePlan("", ADDRESS_SCHEME, tour=tour) for camera_id, tour in tours.items()},
    }


def moves_at_its_site(camera_id: UUID) -> bool:
    """Whether the site has told that it can move this camera."""
    found = EdgeCamera.objects.filter(camera_id=camera_id).select_related("site__link").first()
    link = getattr(found.site, "link", None) if found is not None else None
    told = link.cameras if link is not None else []
    return any(one.get("name") == found.local_name and one.get("ptz") for one in told)


def port_of(camera_id: UUID) -> int | None:
    """Where the camera's pictures are to be had; None: it is no site's."""
    return settings.CONFIG.edge_port if EdgeCamera.objects.filter(camera_id=camera_id).exists() else None


def publish(sites: Iterable[EdgeSite]) -> None:
    """Queue the records of these sites as they are in this transaction. Give them with premises and release."""
    values = dated.values(_LIMITS)
    for site in sites:
        OutboxMessage.objects.create(
            subject=f"$KV.{subjects.EDGE_SITE_BUCKET}.{site.id}", payload=msgspec.json.encode(record(site, values))
        )
    transaction.on_commit(outbox.publisher.wake)


def record(site: EdgeSite, values: dict[str, int]) -> EdgeRecord:
    up = values[rules.UP_KBIT_S] if site.up_kbit_s is None else site.up_kbit_s
    month = values[rules.MONTH_MB] if site.month_mb is None else site.month_mb
    return EdgeRecord(
        site_id=str(site.id),
        name=site.name,
        jurisdiction=site.premises.jurisdiction.path,
        agency=site.premises.agency_id or "",
        public_key=site.public_key,
        certificate=site.certificate,
        revoked=site.revoked_ms is not None,
        reason=site.revoked_reason,
        limits=EdgeLimits(
            up_kbit_s=up,
            clip_kbit_s=values[rules.CLIP_KBIT_S],
            month_bytes=month * 1_000_000,
            grace_s=values[rules.GRACE_DAYS] * 86_400,
            update_kbit_s=values[rules.UPDATE_KBIT_S],
        ),
        revision=site.revision,
        release=_offered(site.release),
    )


def _offered(release: EdgeRelease | None) -> contract.EdgeRelease | None:
    if release is None or release.withdrawn_ms is not None:
        return None
    return contract.EdgeRelease(release.version, release.sha256, release.size_bytes)


def limits_now() -> dict[str, int]:
    return dated.values(_LIMITS)
