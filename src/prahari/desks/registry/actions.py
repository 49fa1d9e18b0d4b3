"""Everything that changes cameras. One function per thing that people do."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection

from prahari.contracts import sealing
from prahari.contracts.events import CAMERA_CHANGED, Event, now_ms
from prahari.desks.accounts.models import Centre
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, invalid, text
from prahari.desks.registry import premises as premises_reads
from prahari.desks.registry import recording, references, selectors, totals
from prahari.desks.registry.addresses import Address, AddressError, split_credentials
from prahari.desks.registry.models import Camera, CameraCredential, Premises
from prahari.desks.registry.schemas import CameraEdit, CameraIn
from prahari.desks.registry.search import key_of

EDIT = "camera.edit"
SOURCE = "registry"
CONFLICT = (
    "edited_meanwhile",
    "Somebody else has changed this meanwhile. Load it again, then make your change.",
    "इस बीच किसी और ने इसे बदल दिया है। फिर से लोड करें, तब अपना बदलाव करें।",
)

_PLAIN = (
    "placement", "kind", "lat", "lon", "bearing_deg", "fov_deg", "transport", "record_schedule", "pre_roll_s",
    "post_roll_s", "probe_period_s",
    "local_retention_days", "ip_based", "make", "model", "serial_number", "firmware_hash", "certificate_number",
    "onvif_profiles", "link_type", "cost_borne_by", "audio", "source_list", "source_row",
)  # fmt: skip


def search_key(camera: Camera, premises: Premises) -> str:
    """What a camera is found by: its names, its number, its premises' names and address."""
    return key_of(
        camera.name_en, camera.name_hi, camera.reg_id, premises.name_en, premises.name_hi,
        premises.address_en, premises.address_hi,
    )  # fmt: skip


def create_camera(*, actor: Actor, form: CameraIn) -> UUID:
    """Enter a camera. Owner class, department and jurisdiction come from its premises where the form has none.

    Raises Problem: 403, 409 (number taken), 422 with fields.
    """
    from prahari.desks.linking.actions import name_in_order
    from prahari.desks.linking.consents import covers_new_camera

    with action("camera.create", actor=actor, reason=form.reason) as act:
        premises = _premises(actor, form.premises)
        camera = Camera(premises=premises, created_ms=now_ms(), name_en=form.name.en, name_hi=form.name.hi)
        camera.reg_id = form.reg_id or _next_reg_id()
        if Camera.objects.filter(reg_id=camera.reg_id).exists():
            raise conflict("reg_id_taken", f"The number {camera.reg_id} is in the register already.",
                           f"संख्या {camera.reg_id} पंजिका में पहले से है।")  # fmt: skip
        fields = form.dict(exclude_unset=True)
        camera.owner_class = references.owner_class(form.owner_class) if form.owner_class else premises.owner_class
        camera.place_class = references.place_class(form.place_class) if form.place_class else premises.place_class
        camera.department = references.department(form.department) if form.department else premises.department
        camera.jurisdiction = references.jurisdiction(form.jurisdiction) if form.jurisdiction else premises.jurisdiction
        camera.ward = references.ward(form.ward) if form.ward else premises.ward
        camera.agency_id = camera.department.agency_id
        camera.site = references.site(actor, form.site)
        camera.retention = references.retention_class(form.retention_class)
        for name in _PLAIN:
            setattr(camera, name, getattr(form, name))
        camera.record_mode = form.record_mode or recording.mode_of(camera)
        recording.check(camera)
        references.position(camera.lat, camera.lon)
        actor.require_in(EDIT, camera.jurisdiction.path, camera.agency_id)
        credentials = _addresses(camera, fields)
        camera.search = search_key(camera, premises)
        camera.edited_ms = camera.created_ms
        camera.save(force_insert=True)
        _set_credentials(camera, credentials)
        if form.order_id is not None:
            name_in_order(actor=actor, camera=camera, order_id=form.order_id)
        else:
            covers_new_camera(camera)
        about(act, camera, camera.jurisdiction.path)
        changed(act, [camera.id], "created", camera.jurisdiction.path, camera.agency_id)
    totals.remembered.forget()
    return camera.id


def edit_camera(*, actor: Actor, camera_id: UUID, form: CameraEdit) -> None:
    """Change what the form holds. Raises Problem: 403, 404, 409 (edited meanwhile), 422 with fields."""
    fields = form.dict(exclude_unset=True)
    with action("camera.edit", actor=actor, reason=form.reason) as act:
        selectors.camera(actor, camera_id, EDIT)
        camera = Camera.objects.select_for_update().get(id=camera_id)
        _refuse_retired(camera)
        if form.edited_ms is not None and form.edited_ms != camera.edited_ms:
            raise conflict(*CONFLICT)
        if form.name is not None:
            camera.name_en, camera.name_hi = form.name.en, form.name.hi
        if form.premises is not None:
            camera.premises = _premises(actor, form.premises)
        if "site" in fields:
            camera.site = references.site(actor, form.site)
        if form.owner_class is not None:
            camera.owner_class = references.owner_class(form.owner_class)
        if "place_class" in fields:
            camera.place_class = references.place_class(form.place_class)
        if form.department is not None:
            camera.department = references.department(form.department)
            camera.agency_id = camera.department.agency_id
        if form.jurisdiction is not None:
            camera.jurisdiction = references.jurisdiction(form.jurisdiction)
        if "ward" in fields:
            camera.ward = references.ward(form.ward)
        if "retention_class" in fields:
            camera.retention = references.retention_class(form.retention_class)
        for name in _PLAIN:
            if name in fields:
                if fields[name] is None and not Camera._meta.get_field(name).null:
                    raise invalid(**{name: text("This cannot be left empty.", "इसे खाली नहीं छोड़ा जा सकता।")})
                setattr(camera, name, fields[name])
        if form.record_mode is not None:
            camera.record_mode = form.record_mode
        recording.check(camera)
        if "lat" in fields or "lon" in fields:
            references.position(camera.lat, camera.lon)
        # Also where it comes to lie: nobody moves a camera into an area that is not theirs.
        actor.require_in(EDIT, camera.jurisdiction.path, camera.agency_id)
        credentials = _addresses(camera, fields)
        camera.search = search_key(camera, camera.premises)
        camera.revision += 1
        camera.edited_ms = max(now_ms(), camera.edited_ms + 1)
        camera.save()
        if _set_credentials(camera, credentials):
            act.details(credentials="changed")
        about(act, camera, camera.jurisdiction.path)
        changed(act, [camera.id], "edited", camera.jurisdiction.path, camera.agency_id)
    totals.remembered.forget()


def retire_camera(*, actor: Actor, camera_id: UUID, reason: str) -> None:
    """Take a camera out of use: its plan is deleted, its credentials destroyed; row, history and recordings stay."""
    with action("camera.retire", actor=actor, reason=reason) as act:
        selectors.camera(actor, camera_id, EDIT)
        camera = Camera.objects.select_for_update().get(id=camera_id)
        _refuse_retired(camera)
        camera.retired_ms = now_ms()
        camera.edited_ms = max(camera.retired_ms, camera.edited_ms + 1)
        camera.revision += 1
        camera.save(update_fields=["retired_ms", "edited_ms", "revision"])
        CameraCredential.objects.filter(camera=camera).delete()
        about(act, camera, camera.jurisdiction_path)
        changed(act, [camera.id], "retired", camera.jurisdiction_path, camera.agency_id)
    totals.remembered.forget()


def about(act: Action, camera: Camera, path: str) -> None:
    act.about("camera", camera.id, f"{camera.reg_id} {camera.name_en}", jurisdiction=path, agency=camera.agency_id)


def changed(act: Action, camera_ids: Iterable[UUID], change: str, path: str, agency: str) -> None:
    """Tell consoles and the media engine once this is committed, and let the ladder follow."""
    from prahari.desks.linking.facts import settle_and_publish

    ids = list(camera_ids)
    at = now_ms()
    act.emit(
        SOURCE,
        *(Event(CAMERA_CHANGED, str(one), at, {"change": change}, jurisdiction=path, agency=agency) for one in ids),
    )
    settle_and_publish(ids)


def _premises(actor: Actor, premises_id: UUID) -> Premises:
    """Premises that the actor may see, or failing registry.view, in whose area they edit cameras."""
    permission = premises_reads.VIEW if actor.has(premises_reads.VIEW) else EDIT
    found = premises_reads.premises_in(actor, permission).filter(id=premises_id)
    premises = found.select_related("owner_class", "place_class", "department", "jurisdiction", "ward").first()
    if premises is None:
        raise invalid(premises=text("There are no such premises in your area.", "आपके क्षेत्र में ऐसा कोई प्रतिष्ठान नहीं है।"))
    return premises


def _refuse_retired(camera: Camera) -> None:
    if camera.retired_ms is not None:
        raise conflict("retired", "This camera is retired. Enter it anew to use it again.",
                       "यह कैमरा सेवामुक्त है। फिर उपयोग के लिए नई प्रविष्टि करें।")  # fmt: skip


def _next_reg_id() -> str:
    """A number nobody has: the centre's code and a running number."""
    code = Centre.objects.filter(id=1).values_list("code", flat=True).first() or "centre"
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('registry_reg_id')")
            candidate = f"{code.upper()}-{cursor.fetchone()[0]:05d}"
        if not Camera.objects.filter(reg_id=candidate).exists():
            return candidate


def _addresses(camera: Camera, fields: dict[str, Any]) -> tuple[str, str] | None:
    """Put the addresses without credentials into the row. The credentials to set; None: leave them as they are.

    A user name and password inside the address count as if typed into their fields.
    """
    found: tuple[str, str] | None = None
    for name in ("url", "sub_url"):
        if name not in fields:
            continue
        typed = fields[name] or ""
        address = _address(name, typed) if typed else Address("", "", "")
        if (
            typed
            and not _same_machine(getattr(camera, name), address.url)
            and _would_send_stored(camera, fields, address)
        ):
            raise invalid(**{name: _ENTER_AGAIN})
        setattr(camera, name, address.url)
        if address.username or address.password:
            found = found or (address.username, address.password)
    username, password = fields.get("username"), fields.get("password")
    if username or password:
        return username or "", password or ""
    if found is None and username is not None and password is not None:
        return "", ""
    return found


_ENTER_AGAIN = text(
    "The address now names another machine. Enter user name and password again, or leave both empty.",
    "पता अब किसी दूसरी मशीन का है। उपयोगकर्ता नाम और पासवर्ड फिर से दें, या दोनों खाली छोड़ें।",
)


def _same_machine(before: str, after: str) -> bool:
    return bool(before) and urlsplit(before).netloc == urlsplit(after).netloc


def _would_send_stored(camera: Camera, fields: dict[str, Any], address: Address) -> bool:
    """Whether stored credentials would go to a machine for which nobody has entered them."""
    entered = fields.get("username") is not None or fields.get("password") is not None
    if entered or address.username or address.password:
        return False
    return CameraCredential.objects.filter(camera_id=camera.id).exists()


def _address(name: str, typed: str) -> Address:
    try:
        return split_credentials(typed)
    except AddressError as error:
        raise invalid(**{name: text(error.en, error.hi)}) from None


def _set_credentials(camera: Camera, credentials: tuple[str, str] | None) -> bool:
    if credentials is None:
        return False
    username, password = credentials
    if not username and not password:
        return bool(CameraCredential.objects.filter(camera=camera).delete()[0])
    CameraCredential.objects.update_or_create(
        camera=camera,
        defaults={"sealed": sealed_credentials(camera.id, username, password), "edited_ms": now_ms()},
    )
    return True


def sealed_credentials(camera_id: UUID | str, username: str, password: str) -> str:
    plain = json.dumps({"username": username, "password": password})
    return sealing.seal(plain, settings.CONFIG.sealing_key(), f"camera:{camera_id}")
