"""Everything that changes devices, their channels and makers' address templates."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from prahari.contracts.devices import DescribeReply
from prahari.contracts.events import now_ms
from prahari.core import vendor_addresses
from prahari.core.ids import uuid7
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import ROOT, Actor
from prahari.desks.common.errors import Problem, conflict, forbidden, invalid, text
from prahari.desks.devices import asking, selectors
from prahari.desks.devices.models import Channel, Device, DeviceCredential, VendorTemplate
from prahari.desks.devices.schemas import (
    AddressTemplateEdit,
    AddressTemplateIn,
    ChannelIn,
    ChannelLinkIn,
    DeviceAskIn,
    DeviceEdit,
    DeviceIn,
)
from prahari.desks.linking import plans
from prahari.desks.registry import premises as premises_reads
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.actions import create_camera
from prahari.desks.registry.models import Camera
from prahari.desks.registry.schemas import CameraIn

TEST = "camera.test"


def ask_device(*, actor: Actor, form: DeviceAskIn) -> dict[str, Any]:
    """What is this device? A survey permit of two minutes covers it, which is why the owner has to be present.

    Audited with the machine's name, never with credentials. Raises Problem 403, 422, 502 to 504.
    """
    actor.require(TEST)
    if not form.owner_present:
        raise invalid(owner_present=text("A device may be asked only while its owner is present.",
                                         "उपकरण से केवल स्वामी की उपस्थिति में पूछा जा सकता है।"))  # fmt: skip
    url = asking.onvif_address(form.url)
    trial_id = str(uuid7())
    with action("device.ask", actor=actor, reason="owner present") as act:
        act.about("address", trial_id, urlsplit(url).netloc)
    sealed = asking.sealed(trial_id, form.username, form.password)
    return asking.found(asking.describe(trial_id, trial_id, url, sealed, asking.survey(trial_id)))


def create_device(*, actor: Actor, form: DeviceIn) -> UUID:
    """Enter a device with its channels; those that were consented to become cameras with the device's credentials.

    Raises Problem: 403, 422 with fields.
    """
    with action("device.create", actor=actor, reason=form.reason) as act:
        premises = premises_reads.premises_in(actor, "registry.view").filter(id=form.premises).first()
        if premises is None:
            raise invalid(premises=text("There are no such premises in your area.",
                                        "आपके क्षेत्र में ऐसा कोई प्रतिष्ठान नहीं है।"))  # fmt: skip
        actor.require_in(selectors.EDIT, premises.jurisdiction.path, premises.agency_id)
        if len({channel.number for channel in form.channels}) != len(form.channels):
            raise invalid(channels=text("A channel stands here twice.", "एक चैनल दो बार है।"))
        now = now_ms()
        device = Device(
            premises=premises, name=form.name, url=asking.onvif_address(form.url), make=form.make, model=form.model,
            serial=form.serial, firmware=form.firmware, abilities=sorted(set(form.abilities)), relays=form.relays,
            clock_drift_s=form.clock_drift_s, last_seen_ms=now if form.serial or form.make else None, created_ms=now,
            edited_ms=now,
        )  # fmt: skip
        device.save(force_insert=True)
        _set_credentials(device, form.username, form.password)
        cameras = []
        for given in form.channels:
            camera_id = _camera(actor, form, given) if given.camera is not None else None
            cameras += [camera_id] if camera_id is not None else []
            Channel.objects.create(device=device, camera_id=camera_id, **_channel_fields(given))
        _about(act, device)
        act.details(channels=len(form.channels), cameras=len(cameras))
        plans.publish(cameras)
    return device.id


def _channel_fields(given: ChannelIn) -> dict[str, Any]:
    return given.dict(exclude={"url", "sub_url", "camera"})


def _camera(actor: Actor, form: DeviceIn, given: ChannelIn) -> UUID:
    assert given.camera is not None
    if not given.url:
        raise invalid(channels=text(f"Channel {given.number} has no address.", f"चैनल {given.number} का पता नहीं है।"))
    made = CameraIn(
        name=given.camera.name, premises=form.premises, site=form.site, placement=given.camera.placement,
        kind=given.camera.kind, lat=given.camera.lat, lon=given.camera.lon, url=given.url, sub_url=given.sub_url,
        username=form.username or None, password=form.password or None, make=form.make, model=form.model,
        serial_number=form.serial, onvif_profiles=_profiles(form.abilities), order_id=form.order_id,
        reason=form.reason,
    )  # fmt: skip
    return create_camera(actor=actor, form=made)


def _profiles(abilities: list[Any]) -> str:
    return "S,G" if "replay" in abilities else "S"


def edit_device(*, actor: Actor, device_id: UUID, form: DeviceEdit) -> None:
    """Change what the form holds. A new address needs its credentials anew: stored ones are sent to no other machine.

    Raises Problem: 403, 404, 422.
    """
    with action("device.edit", actor=actor, reason=form.reason) as act:
        selectors.device(actor, device_id, selectors.EDIT)
        device = Device.objects.select_for_update().get(id=device_id)
        if form.name is not None:
            device.name = form.name
        entered = form.username is not None or form.password is not None
        if form.url is not None:
            url = asking.onvif_address(form.url)
            moved = urlsplit(url).netloc != urlsplit(device.url).netloc
            if moved and not entered and DeviceCredential.objects.filter(device=device).exists():
                raise invalid(url=text("The address now names another machine. Enter user name and password again.",
                                       "पता अब किसी दूसरी मशीन का है। उपयोगकर्ता नाम और पासवर्ड फिर से दें।"))  # fmt: skip
            device.url = url
        device.edited_ms = max(now_ms(), device.edited_ms + 1)
        device.save()
        if entered:
            _set_credentials(device, form.username or "", form.password or "")
            act.details(credentials="changed")
        _about(act, device)
        plans.publish(_cameras_of(device))


def retire_device(*, actor: Actor, device_id: UUID, reason: str) -> None:
    """Take a device out of use: credentials destroyed; its cameras stay, without moves and events."""
    with action("device.retire", actor=actor, reason=reason) as act:
        selectors.device(actor, device_id, selectors.EDIT)
        device = Device.objects.select_for_update().get(id=device_id)
        cameras = _cameras_of(device)
        device.retired_ms = now_ms()
        device.edited_ms = max(device.retired_ms, device.edited_ms + 1)
        device.save(update_fields=["retired_ms", "edited_ms"])
        DeviceCredential.objects.filter(device=device).delete()
        Channel.objects.filter(device=device).update(camera=None)
        _about(act, device)
        plans.publish(cameras)


def link_channel(*, actor: Actor, device_id: UUID, number: int, form: ChannelLinkIn) -> None:
    """Say which camera of the register a channel is. Raises Problem: 403, 404, 409, 422."""
    with action("device.link_channel", actor=actor, reason=form.reason) as act:
        device = selectors.device(actor, device_id, selectors.EDIT)
        channel = Channel.objects.select_for_update().filter(device=device, number=number).first()
        if channel is None:
            raise Problem(404, "not_found", "The device has no such channel.", "उपकरण में ऐसा चैनल नहीं है।")
        changed = [channel.camera_id] if channel.camera_id else []
        if form.camera is not None:
            camera = registry.camera(actor, form.camera, selectors.EDIT)
            if camera.premises_id != device.premises_id:
                raise invalid(camera=text("This camera belongs to other premises.", "यह कैमरा दूसरे प्रतिष्ठान का है।"))
            if Channel.objects.filter(camera=camera).exclude(id=channel.id).exists():
                raise conflict("linked_elsewhere", "This camera is another channel already.",
                               "यह कैमरा पहले से दूसरा चैनल है।")  # fmt: skip
            changed.append(camera.id)
        channel.camera_id = form.camera
        channel.save(update_fields=["camera"])
        _about(act, device)
        act.details(channel=number, camera=str(form.camera) if form.camera else None)
        plans.publish(changed)


def refresh_device(*, actor: Actor, device_id: UUID) -> DescribeReply:
    """Ask the device again: facts, clock, channels. Needs a consent or order of one of its cameras.

    Raises Problem: 403, 404, 409 (nothing allows it), 502 to 504.
    """
    device = selectors.device(actor, device_id, TEST)
    leave = asking.standing_permit(_cameras_of(device))
    if leave is None:
        raise conflict("no_permit", "No consent or order of its cameras allows this device to be asked now.",
                       "इसके किसी कैमरे की सहमति या आदेश इस समय उपकरण से पूछने की अनुमति नहीं देता।")  # fmt: skip
    credential = DeviceCredential.objects.filter(device=device).values_list("sealed", flat=True).first() or ""
    reply = asking.describe(str(device.id), str(leave[0]), device.url, credential, leave[1])
    with action("device.refresh", actor=actor) as act:
        device = Device.objects.select_for_update().select_related("premises__jurisdiction").get(id=device_id)
        if reply.ok:
            _take(device, reply)
            plans.publish(_cameras_of(device))
        act.details(ok=reply.ok, reason=str(reply.reason))
        _about(act, device)
    return reply


def _take(device: Device, reply: DescribeReply) -> None:
    device.make, device.model, device.serial = reply.make, reply.model, reply.serial
    device.firmware, device.abilities, device.relays = reply.firmware, sorted(reply.abilities), reply.relays
    device.clock_drift_s, device.last_seen_ms = reply.clock_drift_s, now_ms()
    device.edited_ms = max(device.last_seen_ms, device.edited_ms + 1)
    device.save()
    for one in reply.channels:
        fields = {
            "name": one.name, "source": one.source, "profile": one.main.profile, "recording": one.recording,
            "sub_profile": one.sub.profile if one.sub else "", "codec": one.main.codec[:20],
            "width_px": one.main.width_px, "height_px": one.main.height_px, "ptz": one.ptz,
        }  # fmt: skip
        Channel.objects.update_or_create(device=device, number=one.number, defaults=fields)


def _cameras_of(device: Device) -> list[UUID]:
    ids = Channel.objects.filter(device=device, camera__isnull=False).values_list("camera_id", flat=True)
    return list(Camera.objects.filter(id__in=list(ids), retired_ms__isnull=True).values_list("id", flat=True))


def _set_credentials(device: Device, username: str, password: str) -> None:
    sealed = asking.sealed(device.id, username, password)
    if not sealed:
        DeviceCredential.objects.filter(device=device).delete()
        return
    DeviceCredential.objects.update_or_create(device=device, defaults={"sealed": sealed, "edited_ms": now_ms()})


def _about(act: Action, device: Device) -> None:
    premises = device.premises
    act.about("device", device.id, device.name, jurisdiction=premises.jurisdiction.path, agency=premises.agency_id)


# Makers' addresses


def save_template(*, actor: Actor, code: str, form: AddressTemplateIn | AddressTemplateEdit) -> None:
    """Enter or change a template; for the whole centre. Raises Problem 403, 404, 409, 422."""
    with action("vendor_template.save", actor=actor, reason=form.reason) as act:
        actor.require(selectors.REGISTRY_EDIT)
        if not actor.may(selectors.REGISTRY_EDIT, ROOT, ""):
            raise forbidden(selectors.REGISTRY_EDIT)
        if isinstance(form, AddressTemplateIn):
            if VendorTemplate.objects.filter(code=code).exists():
                raise conflict("code_taken", "There is a template with this code already.",
                               "इस कोड का ढाँचा पहले से है।")  # fmt: skip
            row = VendorTemplate(code=code)
        else:
            selectors.template(code)
            row = VendorTemplate.objects.select_for_update().get(code=code)
        fields = form.dict(exclude_unset=True, exclude={"code", "reason", "name"})
        for name in ("main", "sub"):
            if fields.get(name):
                _check(name, fields[name])
        if form.name is not None:
            row.name_en, row.name_hi = form.name.en, form.name.hi
        for name, value in fields.items():
            if value is not None:
                setattr(row, name, value)
        row.edited_ms = now_ms()
        row.save()
        act.about("vendor_template", code, row.name_en)


def _check(name: str, template: str) -> None:
    try:
        vendor_addresses.check(template)
    except vendor_addresses.TemplateError as error:
        fields = ", ".join(f"{{{field}}}" for field in sorted(vendor_addresses.FIELDS))
        raise invalid(**{name: text(str(error), f"ढाँचा सही नहीं है। इसमें केवल ये आ सकते हैं: {fields}।")}) from None
