"""Endpoints of the edge desk."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

import registry_rig
from prahari.contracts import edgepackages
from prahari.desks.edge.models import EdgeCamera, EdgeRelease, EdgeSite
from scope import Endpoint, World


def _site(world: World) -> EdgeSite:
    return EdgeSite.objects.create(name="Shop", premises=registry_rig.premises(world), created_ms=1, edited_ms=1)


def site(world: World) -> dict[str, str]:
    return {"site_id": str(_site(world).pk)}


def new_site(world: World) -> dict[str, Any]:
    return {"name": "Shop", "premises": str(registry_rig.premises(world).pk), "reason": "Agreed with the owner"}


def attaching(world: World) -> dict[str, Any]:
    camera = registry_rig.camera(world)
    return {"camera_id": str(camera.pk), "local_name": "door", "reason": "At the shop"}


def served(world: World) -> dict[str, str]:
    made = _site(world)
    camera = registry_rig.camera(world)
    EdgeCamera.objects.create(site=made, camera=camera, local_name="door")
    return {"site_id": str(made.pk), "camera_id": str(camera.pk)}


def release(world: World) -> dict[str, str]:
    number = next(_numbers)
    made = EdgeRelease.objects.create(
        version=f"2.0.{number}", sha256=f"{number:064x}", size_bytes=1000, published_ms=number
    )
    return {"release_id": str(made.pk)}


def package(world: World) -> bytes:
    """As `./prahari edge release` makes it, signed by the centre's key."""
    key = load_pem_private_key((settings.CONFIG.keys / "edge-release.pem").read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "package"
        edgepackages.make(b"payload", f"3.0.{next(_numbers)}", key, out)
        return out.read_bytes()


_numbers = itertools.count(1)
WHY = {"reason": "As agreed"}
VIEW, MANAGE, EDIT, REGISTRY = "camera.view", "edge.manage", "camera.edit", "registry.view"

ENDPOINTS = [
    Endpoint("GET", "/edge-sites", VIEW, row=site, lists=True),
    Endpoint("POST", "/edge-sites", MANAGE, body=new_site, success=201, elsewhere=422, also=(REGISTRY, VIEW)),
    Endpoint("GET", "/edge-sites/{site_id}", VIEW, row=site),
    Endpoint(
        "PATCH", "/edge-sites/{site_id}", MANAGE, row=site, body={**WHY, "name": "Shop 2", "edited_ms": 1}, also=(VIEW,)
    ),
    Endpoint("POST", "/edge-sites/{site_id}/code", MANAGE, row=site, body=WHY, success=201),
    Endpoint("POST", "/edge-sites/{site_id}/revoke", MANAGE, row=site, body=WHY, also=(VIEW,)),
    Endpoint("POST", "/edge-sites/{site_id}/cameras", MANAGE, row=site, body=attaching, also=(EDIT, VIEW)),
    Endpoint(
        "POST", "/edge-sites/{site_id}/cameras/{camera_id}/detach", MANAGE, row=served, body=WHY, also=(EDIT, VIEW)
    ),
    Endpoint("POST", "/edge-sites/{site_id}/release", MANAGE, row=site, body={**WHY, "release": None}, also=(VIEW,)),
    # Versions are the whole centre's; who manages any site may offer them to the sites of their own area.
    Endpoint("GET", "/edge-releases", MANAGE, agencies=False),
    Endpoint(
        "POST",
        "/edge-releases",
        MANAGE,
        body=package,
        query="reason=As+agreed",
        success=201,
        elsewhere=403,
        everywhere=True,
    ),
    Endpoint(
        "POST",
        "/edge-releases/{release_id}/offer",
        MANAGE,
        row=release,
        body={**WHY, "share_pct": 50},
        elsewhere=200,
        agencies=False,
    ),
    Endpoint(
        "POST", "/edge-releases/{release_id}/withdraw", MANAGE, row=release, body=WHY, elsewhere=403, everywhere=True
    ),
    # A box that nobody has signed in: without a code it gets nothing (tests/unit/desks/edge).
    Endpoint(
        "POST", "/edge/enrol", None, body={"code": "X", "public_key": "A", "signature": "A"}, success=422, public=True
    ),
]
