"""Through the door that browsers use."""

from __future__ import annotations

import hashlib
import io
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from files_rig import pdf, photograph, video
from prahari.desks.files import places, vault
from prahari.desks.files.models import StoredFile
from scope import World

URL = "/api/v1/files"


def send(client: Client, data: bytes, query: str = "?name=a.jpg", **headers: str) -> Any:
    return client.generic("POST", URL + query, data, content_type="application/octet-stream", headers=headers)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_bare_and_as_a_form(world: World) -> None:
    client, data = world.client(), photograph()
    bare = send(client, data)
    assert bare.status_code == 201
    assert bare.json() == {
        "id": bare.json()["id"], "name": "a.jpg", "kind": "image", "media_type": "image/jpeg",
        "size_bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "width_px": 640, "height_px": 480,
        "duration_ms": None, "created_ms": bare.json()["created_ms"],
    }  # fmt: skip
    form = client.post(URL, {"file": SimpleUploadedFile("सहमति.pdf", pdf(), "image/png")})
    assert (form.status_code, form.json()["kind"], form.json()["name"]) == (201, "pdf", "सहमति.pdf")
    large = client.post(URL, {"file": SimpleUploadedFile("a.png", photograph(1400, 1000, "PNG"))})  # a temporary file
    assert large.status_code == 201
    for nothing in ({}, {"file": "text"}, {"other": SimpleUploadedFile("a.pdf", pdf())}):
        assert client.post(URL, nothing).status_code == 422
    torn = client.generic("POST", URL, b"--x\r\ngarbage", content_type="multipart/form-data; boundary=")
    assert torn.status_code in {400, 422}


def test_a_key_makes_a_retry_harmless(world: World) -> None:
    client, key = world.client(), str(uuid4())
    ids = {send(client, photograph(), **{"Idempotency-Key": key}).json()["id"] for _ in range(3)}
    assert len(ids) == 1 and StoredFile.objects.count() == 1
    assert send(client, photograph(), **{"Idempotency-Key": "no uuid"}).status_code == 422


def test_its_own_until_attached_then_for_those_in_the_place(world: World) -> None:
    user = world.person()
    mine, other = world.browser(user), world.client("linking.view")
    file_id = send(mine, photograph()).json()["id"]
    url = f"{URL}/{file_id}"
    assert mine.get(url).status_code == 200 and other.get(url).status_code == 404
    from prahari.core.scope import Scope
    from prahari.desks.common.actor import Actor

    actor = Actor(id=user.id, username=user.username, name=user.name, scope=Scope(()))
    with transaction.atomic():
        vault.attach([UUID(file_id)], actor=actor, jurisdiction=World.HOME, agency="police", permission="linking.view")
    assert mine.get(url).status_code == 403 and other.get(url).status_code == 200
    assert world.client("linking.view", at=World.ELSEWHERE).get(url).status_code == 404
    assert mine.get(f"{URL}/{uuid4()}").status_code == 404


def test_inert_in_the_browser(world: World) -> None:
    client = world.client()
    response = client.get(f"{URL}/{send(client, photograph()).json()['id']}")
    assert body(response) == photograph()
    headers = response.headers
    assert (
        "sandbox" in headers["Content-Security-Policy"] and "default-src 'none'" in headers["Content-Security-Policy"]
    )
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store"
    assert headers["Content-Disposition"].startswith("inline") and headers["Content-Type"] == "image/jpeg"
    paper = client.get(f"{URL}/{send(client, pdf(), '?name=%22a%0d%0aX: y.pdf').json()['id']}")
    assert "default-src 'none'" in paper.headers["Content-Security-Policy"] and "X" not in paper.headers
    small = client.get(f"{URL}/{send(client, photograph(form='PNG')).json()['id']}/thumbnail")
    assert small.headers["Content-Type"] == "image/jpeg" and small.content.startswith(b"\xff\xd8")


@pytest.mark.parametrize(("asked", "status", "part"), [
    ("bytes=0-99", 206, slice(0, 100)),
    ("bytes=100-", 206, slice(100, None)),
    ("bytes=-7", 206, slice(-7, None)),
    ("bytes=5-999999999", 206, slice(5, None)),
    ("bytes=1-2,4-5", 200, slice(None)),
    ("bytes=-", 200, slice(None)),
    ("lines=1-2", 200, slice(None)),
    ("bytes=9999999-", 416, None),
    ("bytes=8-4", 416, None),
    ("bytes=-0", 416, None),
])  # fmt: skip
def test_ranges_of_a_video(world: World, asked: str, status: int, part: slice | None) -> None:
    client, data = world.client(), video()
    response = client.get(f"{URL}/{send(client, data).json()['id']}", headers={"Range": asked})
    assert response.status_code == status
    if part is None:
        assert response.headers["Content-Range"] == f"bytes */{len(data)}"
        return
    got = body(response)
    assert got == data[part] and response.headers["Content-Length"] == str(len(got))
    assert ("Content-Range" in response.headers) == (status == 206)


def test_a_damaged_file_says_so(world: World) -> None:
    client = world.client()
    file_id = send(client, photograph()).json()["id"]
    path = places.path_of(StoredFile.objects.get(id=file_id).id)
    path.unlink()
    for url in (f"{URL}/{file_id}", f"{URL}/{file_id}/thumbnail"):
        answer = client.get(url)
        assert (answer.status_code, answer.json()["code"]) == (503, "file_damaged")


def test_a_video_has_no_thumbnail(world: World) -> None:
    client = world.client()
    assert client.get(f"{URL}/{send(client, video()).json()['id']}/thumbnail").status_code == 404


def test_large_bodies_are_not_kept_in_memory(world: World) -> None:
    """Beyond Django's limit for bodies in memory, a bare body streams."""
    from django.conf import settings

    data = photograph(2000, 1200, "PNG")
    assert len(data) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = send(world.client(), data, "?name=large.png")
    assert answer.status_code == 201 and answer.json()["size_bytes"] == len(data)
    assert io.BytesIO(data).getbuffer().nbytes == answer.json()["size_bytes"]
