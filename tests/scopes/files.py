"""Endpoints of the files desk."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image

from prahari.desks.files import vault
from scope import Endpoint, World


@cache
def photograph() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(target, "JPEG")
    return target.getvalue()


def attached(world: World) -> dict[str, str]:
    """A photograph that belongs to something in World.HOME for World.AGENCY."""
    actor = world.system
    file = vault.store(actor=actor, stream=io.BytesIO(photograph()), name="form.jpg")
    vault.attach([file.id], actor=actor, jurisdiction=World.HOME, agency=World.AGENCY, permission="linking.view")
    return {"file_id": str(file.id)}


ENDPOINTS = [
    # Anybody who is signed in may hand something in; it stays their own until a desk attaches it.
    Endpoint("POST", "/files", None, body=photograph(), query="name=form.jpg", success=201),
    Endpoint("GET", "/files/{file_id}", "linking.view", row=attached),
    Endpoint("GET", "/files/{file_id}/thumbnail", "linking.view", row=attached),
]
