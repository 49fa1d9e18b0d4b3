"""Handing in, attaching, copying, removing."""

from __future__ import annotations

import hashlib
import io
import os
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from files_rig import pdf, photograph, video
from prahari.contracts.events import now_ms
from prahari.core.scope import Grant, Scope
from prahari.desks.accounts.models import User
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.actor import Actor, system
from prahari.desks.common.errors import Problem
from prahari.desks.files import content, places, tasks, vault
from prahari.desks.files.models import StoredFile
from scope import World


def actor_of(user: User, *permissions: str) -> Actor:
    scope = Scope((Grant(World.HOME, World.AGENCY, frozenset(permissions)),))
    return Actor(id=user.id, username=user.username, name=user.name, scope=scope)


def put(actor: Actor, data: bytes, **more: object) -> StoredFile:
    return vault.store(actor=actor, stream=io.BytesIO(data), name=str(more.pop("name", "x.bin")), **more)  # type: ignore[arg-type]


def on_disk(home: Path) -> list[Path]:
    return [path for path in (home / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize(("data", "kind", "media_type", "size"), [
    (photograph(), "image", "image/jpeg", (640, 480)),
    (photograph(form="PNG"), "image", "image/png", (640, 480)),
    (photograph(form="WEBP"), "image", "image/webp", (640, 480)),
    (pdf(), "pdf", "application/pdf", (None, None)),
    (video(), "video", "video/mp4", (160, 120)),
    (video("webm", "libvpx"), "video", "video/webm", (160, 120)),
])  # fmt: skip
def test_what_is_handed_in_comes_out_again(
    world: World, home: Path, data: bytes, kind: str, media_type: str, size: tuple[int, int]
) -> None:
    file = put(system("owner page"), data, name="../../etc/फॉर्म 1.exe")
    assert (file.kind, file.media_type, (file.width_px, file.height_px)) == (kind, media_type, size)
    assert (file.sha256, file.size_bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    assert file.name == "फॉर्म 1.exe"
    with vault.open_(file) as plain:
        assert plain.read() == data
        plain.seek(-10, os.SEEK_END)
        assert plain.read() == data[-10:]
    (stored,) = on_disk(home)
    assert stored.stat().st_mode & 0o077 == 0 and data[:200] not in stored.read_bytes()
    assert vault.verify(file)
    entry = AuditEntry.objects.get(action="file.store")
    assert entry.object_id == str(file.id) and entry.details["sha256"] == file.sha256


def _broken() -> list[tuple[bytes, str]]:
    whole, film = photograph(), video()
    return [
        (b"", "invalid"),
        (b"MZ\x90\x00" + b"\x00" * 400, "wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "wrong_type"),
        (b"<!doctype html><script>alert(1)</script>", "wrong_type"),
        (whole[: len(whole) // 2], "unreadable"),
        (b"\xff\xd8\xff\xe0" + os.urandom(3000), "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "unreadable"),
        (b"%PDF-1.7 and no more", "unreadable"),
        (film[:200], "unreadable"),
        (b"\x00\x00\x00\x18ftypmp42" + os.urandom(5000), "unreadable"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "wrong_type"),
    ]


@pytest.mark.parametrize(("data", "code"), _broken())
def test_what_does_not_open_is_refused_with_a_sentence_and_leaves_nothing(
    world: World, home: Path, data: bytes, code: str
) -> None:
    with pytest.raises(Problem) as refused:
        put(world.system, data, name="photo.jpg")
    assert refused.value.code == code and refused.value.message["hi"]
    assert on_disk(home) == [] and not StoredFile.objects.exists()


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\x00\x00\x00WEBP", b"%PDF-", b""]),
    rest=st.binary(max_size=600),
)
def test_wild_bytes_are_refused_or_opened_never_a_fault(world: World, start: bytes, rest: bytes) -> None:
    try:
        file = put(world.system, start + rest)
    except Problem as refused:
        assert refused.status == 422
    else:
        assert vault.verify(file)


def test_only_the_kinds_asked_for(world: World) -> None:
    with pytest.raises(Problem) as refused:
        put(world.system, video(), kinds=("image", "pdf"))
    assert refused.value.code == "wrong_type" and "PDF" in refused.value.message["en"]


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_read(world: World) -> None:
    bomb = photograph(20, 20, "PNG")
    ihdr = bomb.index(b"IHDR")
    import zlib

    header = b"IHDR" + (30_000).to_bytes(4, "big") * 2 + bomb[ihdr + 12 : ihdr + 17]
    bomb = bomb[:ihdr] + header + zlib.crc32(header).to_bytes(4, "big") + bomb[ihdr + 21 :]
    with pytest.raises(Problem) as refused:
        put(world.system, bomb)
    assert refused.value.code == "too_many_pixels"


def test_sizes_are_rules(world: World, home: Path) -> None:
    from prahari.desks.common.models import Rule

    Rule.objects.create(code="file_image_mb", value=1, valid_from="2020-01-01", source="test", created_ms=now_ms())
    data = photograph(1200, 1000, "PNG")
    assert len(data) > 1_000_000
    for announced in (0, len(data)):
        with pytest.raises(Problem) as refused:
            put(world.system, data, expected_bytes=announced)
        assert (refused.value.status, refused.value.code) == (413, "file_too_large")
    assert on_disk(home) == []


def test_a_full_disk_is_said(world: World, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "RESERVE_BYTES", 1 << 60)
    with pytest.raises(Problem) as refused:
        put(world.system, photograph())
    assert refused.value.status == 507 and on_disk(home) == []


def test_a_disk_that_fills_while_writing_is_said(world: World, home: Path) -> None:
    """A limit on file size stands for the full disk: the write itself fails."""
    import resource
    import signal

    data = photograph(1600, 1600, "PNG")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, before[1]))
    try:
        with pytest.raises(Problem) as refused:
            put(world.system, data)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert refused.value.status == 507 and on_disk(home) == []


def test_the_same_key_twice_is_one_file(world: World, home: Path) -> None:
    actor, key = actor_of(world.person()), uuid4()
    first = put(actor, photograph(), client_key=key)
    assert put(actor, photograph(), client_key=key).id == first.id
    assert put(actor_of(world.person()), photograph(), client_key=key).id != first.id
    assert len(on_disk(home)) == 2
    assert vault.by_client_keys(actor, [key, uuid4()]) == {key: first}


def test_the_same_key_at_the_same_time_is_one_file(transactional_world: World, home: Path) -> None:
    actor, key = actor_of(transactional_world.person()), uuid4()
    data, ids, start = photograph(), set(), threading.Barrier(4)

    def send() -> None:
        start.wait()
        ids.add(put(actor, data, client_key=key).id)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    assert len(ids) == 1 and StoredFile.objects.count() == 1 and len(on_disk(home)) == 1


def test_attaching(world: World) -> None:
    actor, other = actor_of(world.person()), actor_of(world.person())
    one, two = put(actor, photograph()), put(actor, pdf())
    place = {"jurisdiction": World.HOME, "agency": World.AGENCY, "permission": "linking.view"}
    with transaction.atomic():
        files = vault.attach([two.id, one.id, two.id], actor=actor, **place)
        assert [file.id for file in files] == [two.id, one.id]
        assert vault.attach([one.id], actor=actor, **place)[0].attached_ms == files[1].attached_ms
        with pytest.raises(Problem) as elsewhere:
            vault.attach([one.id], actor=actor, **(place | {"permission": "outreach.view"}))
        assert elsewhere.value.code == "file_attached"
        for who, file_id in ((other, put(actor, pdf()).id), (actor, uuid4()), (system("owner page"), two.id)):
            with pytest.raises(Problem) as refused:
                vault.attach([file_id], actor=who, **place)
            assert refused.value.status == 422 and "files" in (refused.value.fields or {})
        with pytest.raises(Problem):
            vault.attach([put(actor, pdf()).id], actor=actor, kinds=("image",), **place)


def test_one_person_cannot_fill_the_disk(world: World) -> None:
    from prahari.desks.common.models import Rule

    Rule.objects.create(code="file_waiting_mb", value=10, valid_from="2020-01-01", source="test", created_ms=now_ms())
    actor = actor_of(world.person())
    file = put(actor, photograph())
    StoredFile.objects.filter(id=file.id).update(size_bytes=10_000_001)
    with pytest.raises(Problem) as refused:
        put(actor, photograph())
    assert refused.value.status == 429
    with transaction.atomic():
        vault.attach([file.id], actor=actor, jurisdiction="up", agency="police", permission="linking.view")
    put(actor, photograph())


def test_nobody_attaches_it_so_it_goes(world: World, home: Path) -> None:
    actor = actor_of(world.person())
    old, kept, fresh = put(actor, photograph()), put(actor, pdf()), put(actor, pdf())
    with transaction.atomic():
        vault.attach([kept.id], actor=actor, jurisdiction="up", agency="police", permission="linking.view")
    StoredFile.objects.filter(id__in=[old.id, kept.id]).update(created_ms=now_ms() - 25 * 3_600_000)
    tasks.remove_waiting(0)
    assert set(StoredFile.objects.values_list("id", flat=True)) == {kept.id, fresh.id}
    assert {path.name for path in on_disk(home)} == {f"{kept.id}.sealed", f"{fresh.id}.sealed"}
    tasks.remove_waiting(0)
    assert AuditEntry.objects.filter(action="file.remove_unattached").count() == 1


def test_what_a_crash_leaves_is_swept(world: World, home: Path) -> None:
    file = put(world.system, pdf())
    lost, part = places.path_of(uuid4()), places.incoming(uuid4())
    young = places.incoming(uuid4())
    for path in (lost, part, young):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for path in (lost, part, places.path_of(file.id)):
        os.utime(path, (1, 1))
    assert tasks.sweep() == 2
    assert set(on_disk(home)) == {young, places.path_of(file.id)}


def test_nothing_stays_when_the_row_is_not_written(world: World, home: Path) -> None:
    with pytest.raises(Exception, match="value too long"):
        put(system("x" * 151), photograph())
    assert on_disk(home) == []


def test_a_second_copy_heals_the_first(world: World, tmp_path: Path) -> None:
    file = put(world.system, photograph())
    target = tmp_path / "municipal"
    copy = vault.export_copy(file, target)
    assert copy.read_bytes() == places.path_of(file.id).read_bytes()
    assert vault.verify(file, copy) and [path.name for path in target.iterdir()] == [copy.name]
    damaged = bytearray(places.path_of(file.id).read_bytes())
    damaged[5000] ^= 1
    places.path_of(file.id).write_bytes(damaged)
    assert not vault.verify(file) and vault.verify(file, copy)
    vault.restore(file, copy)
    assert vault.verify(file)
    places.path_of(file.id).unlink()
    assert not vault.verify(file)
    with pytest.raises(Problem) as gone:
        vault.open_(file)
    assert gone.value.status == 503
    copy.write_bytes(bytes(damaged))
    with pytest.raises(Problem):
        vault.restore(file, copy)


def test_thumbnails_are_upright_and_say_nothing_more(world: World) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Maker of telephones"
    exif.get_ifd(0x8825)[1] = "N"
    file = put(world.system, photograph(900, 600, exif=exif))
    assert (file.width_px, file.height_px) == (600, 900)
    small = io.BytesIO()
    with vault.open_(file) as plain:
        content.thumbnail("JPEG", plain, small)
    assert b"Maker" not in small.getvalue() and b"Exif" not in small.getvalue()
    assert Image.open(small).size == (320, 480)
