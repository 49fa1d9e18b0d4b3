"""Endpoints of the linking desk."""

from __future__ import annotations

import registry_rig as rig
from prahari.contracts.events import now_ms
from prahari.desks.linking import consents
from prahari.desks.linking.models import CameraLinkage, Linkage, ViewRequest
from prahari.desks.linking.schemas import PremisesConsentIn
from scope import Endpoint, World


def camera(world: World) -> dict[str, str]:
    return {"camera_id": str(rig.camera(world).pk)}


def consent(world: World) -> dict[str, str]:
    return {"consent_id": str(rig.consent(rig.camera(world)).pk)}


def order(world: World) -> dict[str, str]:
    return {"order_id": str(rig.order(world).pk)}


def new_order(world: World) -> dict[str, str]:
    return {"authority": "DM", "number": "7/26", "dated_on": "2026-02-01", "title": "t",
            "department": rig.department(world).code, "jurisdiction": World.HOME}  # fmt: skip


def public_camera(world: World) -> dict[str, list[str]]:
    return {"camera_ids": [str(rig.camera(world, owner_class="smart_city").pk)]}


def linkage(world: World) -> dict[str, str]:
    house = rig.premises(world)
    Linkage.objects.create(premises=house, cameras_reported=2, listed_ms=now_ms())
    return {"premises_id": str(house.pk)}


def house(world: World) -> dict[str, str]:
    return {"premises_id": str(rig.premises(world).pk)}


def premises_consent(world: World) -> dict[str, str]:
    premises = rig.premises(world)
    consent, _ = consents.give_for_premises(
        actor=world.system, premises_id=premises.pk, form=PremisesConsentIn(**CONSENT)
    )
    return {"consent_id": str(consent.pk)}


def confirmable(world: World) -> dict[str, str]:
    one = rig.camera(world)
    Linkage.objects.create(premises=one.premises, cameras_reported=1, listed_ms=now_ms())
    CameraLinkage.objects.create(camera=one, step="verified_live", entered_ms=1, verified_ms=now_ms())
    return {"premises_id": str(one.premises_id)}


def receipt(world: World) -> dict[str, str]:
    premises = rig.premises(world)
    _, made = consents.give_for_premises(actor=world.system, premises_id=premises.pk, form=PremisesConsentIn(**CONSENT))
    return {"receipt_id": str(made.pk)}


MANAGE = "consent.manage"
SEE, WORK = "linking.view", "linking.work"
CONSENT = {"given_by": "R. Gupta", "given_on": "2026-01-05"}
WHY = {"reason": "as asked"}
LOOK = {"purpose": "Theft at the next shop", "minutes": 5}


def view_request(world: World) -> dict[str, str]:
    one, by = rig.camera(world), world.person()
    made = ViewRequest.objects.create(camera=one, by=by, purpose="Theft next door", from_ms=1, to_ms=now_ms() + 60_000)
    return {"request_id": str(made.pk)}


ENDPOINTS = [
    Endpoint("GET", "/cameras/{camera_id}/permits", "camera.view", row=camera),
    Endpoint("POST", "/cameras/{camera_id}/consents", MANAGE, row=camera, body=CONSENT, success=201),
    Endpoint("POST", "/consents/{consent_id}/withdraw", MANAGE, row=consent, body=WHY, success=204),
    Endpoint("GET", "/orders", "registry.view", row=order, lists=True),
    Endpoint("POST", "/orders", MANAGE, body=new_order, success=201, elsewhere=403),
    Endpoint("POST", "/orders/{order_id}/cameras", MANAGE, row=order, body=public_camera),
    Endpoint("POST", "/orders/{order_id}/revoke", MANAGE, row=order, body=WHY, success=204),
    Endpoint("POST", "/cameras/{camera_id}/media-token", "camera.live", row=camera, body={"uses": ["live"]}),
    Endpoint("POST", "/media-tokens", "camera.live", body={"uses": ["live"], "camera_ids": ["0" * 32]}),
    Endpoint("POST", "/camera-tests", "camera.test", body={"url": "rtsp://a", "owner_present": False}, success=422),
    Endpoint("POST", "/camera-discovery", "camera.test", success=503),
    Endpoint("GET", "/health", "system.view"),
    Endpoint("GET", "/linking/premises", SEE, row=linkage, lists=True),
    Endpoint("GET", "/linking/premises/{premises_id}", SEE, row=linkage),
    Endpoint("POST", "/linking/premises/{premises_id}", WORK, row=house, body={"cameras_reported": 2}, success=201),
    Endpoint("GET", "/linking/premises/{premises_id}/ladder", SEE, row=linkage),
    Endpoint("POST", "/linking/premises/{premises_id}/move", WORK, row=linkage, body={"step": "asked"}),
    Endpoint(
        "POST",
        "/linking/premises/{premises_id}/correct",
        WORK,
        row=linkage,
        body={"step": "listed", **WHY},
        success=422,
    ),
    Endpoint("POST", "/linking/premises/{premises_id}/consents", MANAGE, row=house, body=CONSENT, success=201),
    Endpoint("POST", "/linking/consents/{consent_id}/withdraw", MANAGE, row=premises_consent, body=WHY),
    Endpoint("POST", "/linking/premises/{premises_id}/confirm", WORK, row=confirmable, body={"by_name": "R. Gupta"}),
    Endpoint("GET", "/linking/refusal-reasons", SEE),
    Endpoint("GET", "/linking/figures", SEE),
    Endpoint("GET", "/linking/receipts/{receipt_id}", SEE, row=receipt),
    Endpoint("GET", "/cameras/{camera_id}/view-requests", "camera.live", row=camera),
    Endpoint("POST", "/cameras/{camera_id}/view-requests", "camera.live", row=camera, body=LOOK, success=201),
    Endpoint("POST", "/view-requests/{request_id}/end", None, row=view_request, success=404, elsewhere=404),
]
