"""Everything that changes edge sites: made, enrolled, renewed, their cameras named, revoked."""

from __future__ import annotations

import logging
import uuid
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import qrcode
import qrcode.image.svg
from django.conf import settings
from django.db import transaction
from django.db.models import F

from prahari.contracts import edgekeys, tokens
from prahari.contracts.edge import ADDRESS_SCHEME, EdgeCertificate
from prahari.contracts.events import now_ms
from prahari.desks.common import rules as dated
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor, system
from prahari.desks.common.errors import conflict, invalid, not_found, text
from prahari.desks.common.keys import signing_key
from prahari.desks.edge import codes, planning, rules, schemas, selectors
from prahari.desks.edge.models import EdgeCamera, EdgeSite
from prahari.desks.linking import plans
from prahari.desks.registry import premises as premises_reads
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.actions import changed
from prahari.desks.registry.models import Camera, CameraCredential

log = logging.getLogger(__name__)

MANAGE = selectors.MANAGE
EDIT_CAMERA = "camera.edit"


def create_site(*, actor: Actor, form: schemas.EdgeSiteIn) -> UUID:
    """A site at premises, not enrolled yet. Raises Problem 403, 422."""
    with action("edge.create", actor=actor, reason=form.reason) as act:
        premises = premises_reads.premises_in(actor, "registry.view").filter(id=form.premises).first()
        if premises is None:
            raise invalid(premises=text("There are no such premises in your area.",
                                        "आपके क्षेत्र में ऐसा कोई प्रतिष्ठान नहीं है।"))  # fmt: skip
        actor.require_in(MANAGE, premises.jurisdiction.path, premises.agency_id or "")
        now = now_ms()
        site = EdgeSite.objects.create(name=form.name, premises=premises, created_ms=now, edited_ms=now)
        _about(act, site)
        planning.publish([site])
    return site.id


def edit_site(*, actor: Actor, site_id: UUID, form: schemas.EdgeSiteEdit) -> None:
    """Its name and limits of its own; None: the rule's. Raises Problem 403, 404, 409."""
    with action("edge.edit", actor=actor, reason=form.reason) as act:
        site = _for_change(actor, site_id)
        if site.edited_ms != form.edited_ms:
            raise conflict("edited_meanwhile", "Somebody has changed this site meanwhile. Load it again.",
                           "इस बीच किसी ने यह स्थान बदला है। फिर से लोड करें।")  # fmt: skip
        given = form.dict(exclude_unset=True)
        for name in ("up_kbit_s", "month_mb"):
            if name in given:
                setattr(site, name, given[name])
        site.name = form.name or site.name
        _save(site)
        _about(act, site)
        planning.publish([site])


def make_code(*, actor: Actor, site_id: UUID, form: schemas.EdgeReason, origin: str) -> dict[str, Any]:
    """An EdgeCodeOut: shown once, good for minutes. A revoked site may be enrolled again by it. Raises Problem."""
    with action("edge.code", actor=actor, reason=form.reason) as act:
        site = _for_change(actor, site_id)
        code, row = codes.make(actor, site)
        _about(act, site)
        act.details(mark=row.mark, expires_ms=row.expires_ms)
    pin = edgekeys.pin_of(settings.CONFIG.tls_cert) if settings.CONFIG.tls_cert else ""
    ticket = f"prahari-edge:?{urlencode({'centre': origin, 'code': code, 'pin': pin})}"
    return {"code": code, "ticket": ticket, "qr": _picture(ticket), "centre": origin, "pin": pin,
            "expires_ms": row.expires_ms}  # fmt: skip


def enrol(*, ip: str, form: schemas.EdgeEnrolIn) -> dict[str, Any]:
    """A box brings a code and a key of its own: an EdgeEnrolled. Nobody is signed in. Raises Problem 409, 422."""
    try:
        edgekeys.public_key(form.public_key)
    except ValueError:
        raise invalid(public_key=text("No key.", "कुंजी नहीं है।")) from None
    if not edgekeys.is_signed(form.signature, edgekeys.enrolment(form.code, form.public_key), form.public_key):
        raise invalid(signature=text("Not signed by this key.", "इस कुंजी से हस्ताक्षरित नहीं।"))
    code = codes.prove(form.code)
    actor = replace(system("edge connector"), ip=ip)
    with action("edge.enrol", actor=actor) as act:
        codes.use(code)
        site = selectors.locked([code.site_id]).get()
        if EdgeSite.objects.filter(public_key=form.public_key).exists():
            raise conflict("key_used", "This key is another site's.", "यह कुंजी किसी अन्य स्थान की है।")
        was_revoked = site.revoked_ms is not None
        site.public_key, site.enrolled_ms = form.public_key, now_ms()
        site.revoked_ms, site.revoked_reason = None, ""
        _certify(site)
        _save(site)
        _about(act, site)
        act.details(mark=code.mark, version=form.version, key=form.public_key[:12], was_revoked=was_revoked)
        planning.publish([site])
    config = settings.CONFIG
    return {
        "site_id": str(site.id),
        "name": site.name,
        "certificate": site.certificate,
        "verifying_key": (config.keys / "token.pub").read_text(),
        "link_port": config.edge_port,
        "now_ms": now_ms(),
        "release_key": _release_key(),
    }


def revoke(*, actor: Actor, site_id: UUID, form: schemas.EdgeReason) -> None:
    """Its link is cut in a moment and its key believed no more. Raises Problem 403, 404, 409."""
    with action("edge.revoke", actor=actor, reason=form.reason) as act:
        site = _for_change(actor, site_id)
        if site.revoked_ms is not None:
            raise conflict("revoked", "This site is revoked already.", "यह स्थान पहले से निरस्त है।")
        site.revoked_ms, site.revoked_reason = now_ms(), form.reason
        _save(site)
        _about(act, site)
        planning.publish([site])


def attach_camera(*, actor: Actor, site_id: UUID, form: schemas.EdgeCameraIn) -> None:
    """From now on the site serves a camera of the register, which it knows by a name of its own.

    The centre forgets the camera's address and password: they are the box's alone. Raises Problem 403, 404, 409.
    """
    with action("edge.attach", actor=actor, reason=form.reason) as act:
        site = _for_change(actor, site_id)
        camera = registry.camera(actor, form.camera_id, EDIT_CAMERA)
        if camera.retired_ms is not None:
            raise conflict("retired", "This camera is retired.", "यह कैमरा सेवा से बाहर है।")
        if EdgeCamera.objects.filter(site=site, local_name=form.local_name).exclude(camera=camera).exists():
            raise conflict("name_used", "The site serves another camera by this name.",
                           "इस नाम से यह स्थान दूसरा कैमरा देता है।")  # fmt: skip
        EdgeCamera.objects.update_or_create(camera=camera, defaults={"site": site, "local_name": form.local_name})
        CameraCredential.objects.filter(camera=camera).delete()
        _readdress(act, camera, f"{ADDRESS_SCHEME}:{form.local_name}")
        _about(act, site)
        act.details(camera=str(camera.id), local_name=form.local_name)


def detach_camera(*, actor: Actor, site_id: UUID, camera_id: UUID, form: schemas.EdgeReason) -> None:
    """The site serves it no more; it has no address until one is entered. Raises Problem 403, 404."""
    with action("edge.detach", actor=actor, reason=form.reason) as act:
        site = _for_change(actor, site_id)
        camera = registry.camera(actor, camera_id, EDIT_CAMERA)
        if not EdgeCamera.objects.filter(site=site, camera=camera).delete()[0]:
            raise not_found("The site does not serve this camera.", "यह स्थान यह कैमरा नहीं देता।")
        _readdress(act, camera, "")
        _about(act, site)
        act.details(camera=str(camera.id))


def renew_certificates() -> int:
    """Certificates in their last third, of sites that were heard of lately: the gate hands them over. How many."""
    days, grace_days = dated.value(rules.CERTIFICATE_DAYS), dated.value(rules.GRACE_DAYS)
    now = now_ms()
    due_s = now // 1000 + days * 86_400 // 3
    lately_ms = now - (days * 86_400 // 3 + grace_days * 86_400) * 1000
    due = EdgeSite.objects.filter(
        revoked_ms__isnull=True, certificate_until_s__lt=due_s, link__seen_ms__gt=lately_ms
    ).exclude(public_key="")  # fmt: skip
    count = 0
    for site_id in list(due.values_list("id", flat=True)):
        with action("edge.renew", actor=system("certificates of edge sites")) as act:
            site = selectors.locked([site_id]).get()
            if site.revoked_ms is None:
                _certify(site)
                _save(site)
                planning.publish([site])
                count += 1
            _about(act, site)
    return count


def renew_plans() -> int:
    """Permits of edge cameras are short: they are renewed more often than the others. How many."""
    ids = list(EdgeCamera.objects.filter(camera__retired_ms__isnull=True).values_list("camera_id", flat=True))
    with transaction.atomic():
        return plans.publish(ids)


def publish_all() -> None:
    """Every record anew: rules may have changed, the bucket may have been lost."""
    with transaction.atomic():
        planning.publish(EdgeSite.objects.select_related("premises__jurisdiction", "release").order_by("id"))


def _for_change(actor: Actor, site_id: UUID) -> EdgeSite:
    found = selectors.site(actor, site_id, MANAGE)
    return selectors.locked([found.id]).get()


def _certify(site: EdgeSite) -> None:
    now_s = now_ms() // 1000
    until_s = now_s + dated.value(rules.CERTIFICATE_DAYS) * 86_400
    claims = EdgeCertificate(str(site.id), site.public_key, uuid.uuid4().hex, now_s, until_s)
    site.certificate, site.certificate_until_s = tokens.sign(claims, signing_key()), until_s


def _save(site: EdgeSite) -> None:
    site.edited_ms = max(now_ms(), site.edited_ms + 1)
    site.revision += 1
    site.save()


def _about(act: Action, site: EdgeSite) -> None:
    premises = site.premises
    act.about("edge site", site.id, site.name, jurisdiction=premises.jurisdiction.path, agency=premises.agency_id or "")


def _readdress(act: Action, camera: Camera, url: str) -> None:
    Camera.objects.filter(id=camera.id).update(
        url=url, sub_url="", revision=F("revision") + 1, edited_ms=max(now_ms(), camera.edited_ms + 1)
    )
    changed(act, [camera.id], "edited", camera.jurisdiction_path, camera.agency_id)
    plans.publish([camera.id])


def _release_key() -> str:
    """What packages of the connector are signed with; empty: this centre offers none."""
    path = settings.CONFIG.keys / "edge-release.pub"
    return path.read_text() if path.exists() else ""


def _picture(ticket: str) -> str:
    """SVG."""
    picture = qrcode.make(ticket, image_factory=qrcode.image.svg.SvgPathImage, box_size=8, border=2)
    return picture.to_string(encoding="unicode")
