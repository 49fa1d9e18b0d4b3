"""Testimonials: received once, reviewed, withdrawn; two copies, checked and restored."""

from __future__ import annotations

import errno
import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest

import files_rig
import outreach_rig as rig
import registry_rig
from prahari.core.ids import uuid7
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.errors import Problem
from prahari.desks.files import places
from prahari.desks.files.models import StoredFile
from prahari.desks.outreach import actions, copies, models, stores
from prahari.desks.outreach.selectors import testimonials as reads
from scope import API, World


def _kept(world: World) -> Any:
    """A testimonial with a video whose two copies are written."""
    found = models.Testimonial.objects.get(id=rig.testimonial(world, video=True))
    assert copies.write_waiting() == 2
    return found


def _paths(found: Any) -> dict[str, Path]:
    return {store: stores.path_of(store, found.id, found.media_type) for store in ("centre", "municipal")}


def _flip(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)


def _states(found: Any) -> dict[str, str]:
    return dict(found.copies.values_list("store", "state"))


def test_both_copies_are_whole_and_the_original_is_given_up(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        found = _kept(world)
    for path in _paths(found).values():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == found.sha256
        assert path.stat().st_mode & 0o077 == 0
    assert _states(found) == {"centre": "good", "municipal": "good"}
    assert not StoredFile.objects.filter(id=found.file_id).exists()
    assert not places.path_of(found.file_id).exists()


def test_the_same_form_twice_receives_once(world: World) -> None:
    premises = registry_rig.premises(world)
    ask: dict[str, Any] = {
        "actor": world.system, "premises_id": premises.id, "speaker": "R. Gupta", "text": "Good.", "key": uuid7(),
        "file_id": rig.video_file(world), "consent": {"uses": ["film"]},
    }  # fmt: skip
    first = actions.receive_testimonial(**ask)
    assert actions.receive_testimonial(**ask) == first
    assert actions.receive_testimonial(**ask | {"key": None}) == first  # the same video
    assert models.TestimonialCopy.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"speaker": "  "}, "speaker"),
        ({"text": "", "file_id": None}, "text"),
        ({"consent": {"uses": []}}, "consent.uses"),
        ({"consent": {"uses": ["television"]}}, "consent.uses.0"),
        ({"consent": {"uses": ["film"], "until": "2020-01-01"}}, "until"),
        ({"consent": {"uses": ["film"], "given_on": "2999-01-01"}}, "given_on"),
    ],
)
def test_what_is_missing_is_told(world: World, change: dict[str, Any], field: str) -> None:
    ask: dict[str, Any] = {"speaker": "R. Gupta", "text": "Good.", "consent": {"uses": ["film"]}} | change
    with pytest.raises(Problem) as refused:
        actions.receive_testimonial(actor=world.system, premises_id=registry_rig.premises(world).id, **ask)
    assert refused.value.status == 422
    assert field in (refused.value.fields or {})
    assert not models.Testimonial.objects.exists()


@pytest.mark.parametrize("store", ["centre", "municipal"])
@pytest.mark.parametrize("harm", ["flip", "delete", "empty"])
def test_a_bad_copy_is_restored_from_the_good_one(world: World, store: str, harm: str) -> None:
    found = _kept(world)
    path = _paths(found)[store]
    before = path.read_bytes()
    {"flip": lambda: _flip(path), "delete": path.unlink, "empty": lambda: path.write_bytes(b"")}[harm]()
    results = copies.check(found.id)
    assert results == {**dict.fromkeys(_paths(found), "good"), store: "restored"}
    assert path.read_bytes() == before
    finding = models.FixityFinding.objects.get()
    assert (finding.store, finding.found, finding.restored, finding.lost) == (
        store, "missing" if harm == "delete" else "damaged", True, False,
    )  # fmt: skip
    assert AuditEntry.objects.get(action="testimonial.restore").object_id == str(found.id)
    assert copies.check(found.id) == dict.fromkeys(_paths(found), "good")


def test_both_bad_is_lost_and_said_so(world: World, caplog: pytest.LogCaptureFixture) -> None:
    found = _kept(world)
    for path in _paths(found).values():
        _flip(path)
    assert copies.check(found.id) == dict.fromkeys(_paths(found), "lost")
    assert models.FixityFinding.objects.filter(lost=True).count() == 2
    assert _states(found) == {"centre": "damaged", "municipal": "damaged"}
    assert "is lost" in caplog.text


def test_a_disk_that_is_away_is_not_a_deleted_file(world: World, home: Path) -> None:
    found = _kept(world)
    disk = home / "disks" / "municipal"
    disk.rename(home / "unplugged")
    assert copies.check(found.id) == {"centre": "good", "municipal": "away"}
    disk.mkdir()  # the empty mount point
    assert copies.check(found.id) == {"centre": "good", "municipal": "away"}
    assert list(disk.iterdir()) == []
    assert not models.FixityFinding.objects.exists()
    disk.rmdir()
    (home / "unplugged").rename(disk)
    assert copies.check(found.id) == {"centre": "good", "municipal": "good"}


def test_a_new_disk_is_filled_from_the_other(world: World, home: Path) -> None:
    found = _kept(world)
    shutil.rmtree(home / "disks" / "municipal")
    (home / "disks" / "municipal").mkdir()
    actions.use_new_folder(actor=world.system, store="municipal", reason="the disk broke")
    assert copies.check_due() == 1
    assert hashlib.sha256(_paths(found)["municipal"].read_bytes()).hexdigest() == found.sha256


def test_two_names_for_one_folder_are_refused(world: World, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = _kept(world)
    monkeypatch.setenv("PRAHARI_VAULT_MUNICIPAL", str(home / "disks" / "centre"))
    assert copies.check(found.id) == {"centre": "good", "municipal": "other"}
    with pytest.raises(Problem) as refused:
        actions.use_new_folder(actor=world.system, store="municipal", reason="tidy up")
    assert refused.value.status == 409


def test_a_full_disk_waits_and_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found = models.Testimonial.objects.get(id=rig.testimonial(world, video=True))
    stores.require("centre")
    monkeypatch.setattr(stores, "RESERVE_BYTES", 1 << 60)  # more than any disk holds
    assert copies.write_waiting() == 0
    assert set(found.copies.values_list("state", "trouble")) == {("waiting", "full")}
    assert StoredFile.objects.filter(id=found.file_id).exists()
    monkeypatch.undo()
    monkeypatch.setenv("PRAHARI_VAULT_CENTRE", str(stores.folder("centre")))


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "full"), (errno.EROFS, "refused"), (errno.ENODEV, "away"), (errno.EIO, "failing")],
)
def test_errors_of_a_disk_have_names(number: int, code: str) -> None:
    assert stores._trouble(OSError(number, "x")).code == code


def test_killed_while_writing_leaves_no_half_copy(world: World) -> None:
    found = models.Testimonial.objects.get(id=rig.testimonial(world, video=True))
    where = stores.require("centre")
    (where / f".{copies.name_of(found)}.part").write_bytes(b"half")  # what a killed process leaves
    assert not _paths(found)["centre"].exists()
    assert copies.write_waiting() == 2
    assert copies.check(found.id) == {"centre": "good", "municipal": "good"}
    assert [path.name for path in where.iterdir() if path.suffix == ".part"] == []


def test_withdrawal_leaves_a_row_and_nothing_else(world: World, home: Path) -> None:
    found = _kept(world)
    (home / "disks" / "municipal").rename(home / "unplugged")
    actions.withdraw_testimonial(actor=world.system, testimonial_id=found.id, reason="Owner asked for it")
    copies.write_waiting()
    assert _states(found) == {"centre": "deleted", "municipal": "deleting"}
    (home / "unplugged").rename(home / "disks" / "municipal")
    copies.write_waiting()
    assert _states(found) == {"centre": "deleted", "municipal": "deleted"}
    assert not any(path.exists() for path in _paths(found).values())
    found.refresh_from_db()
    assert (found.state, found.speaker, found.text) == ("withdrawn", "", "")
    assert found.withdrawn_reason == "Owner asked for it"
    assert copies.check(found.id) == {}
    history: Any = models.Testimonial.pgh_event_model  # type: ignore[attr-defined]
    assert not {"speaker", "text", "speaker_role"} & {field.name for field in history._meta.concrete_fields}
    with pytest.raises(Problem) as refused:
        actions.withdraw_testimonial(actor=world.system, testimonial_id=found.id, reason="Again")
    assert refused.value.status == 409


def test_withdrawn_before_its_copies_were_written(world: World) -> None:
    found = models.Testimonial.objects.get(id=rig.testimonial(world, video=True))
    actions.withdraw_testimonial(actor=world.system, testimonial_id=found.id, reason="Owner asked for it")
    copies.write_waiting()
    assert _states(found) == {"centre": "deleted", "municipal": "deleted"}
    assert not StoredFile.objects.filter(id=found.file_id).exists()
    assert not any(path.exists() for path in _paths(found).values())


def test_only_what_is_due_is_checked(world: World) -> None:
    found = _kept(world)
    assert copies.check_due() == 0
    found.copies.update(checked_ms=1)
    _flip(_paths(found)["centre"])
    assert copies.check_due() == 1
    assert copies.check_due() == 0
    assert models.FixityFinding.objects.count() == 1


def test_it_plays_by_ranges(world: World) -> None:
    found = _kept(world)
    body = _paths(found)["centre"].read_bytes()
    client = world.client("outreach.view")
    url = f"{API}/outreach/testimonials/{found.id}/video"
    whole = client.get(url)
    assert (whole.status_code, b"".join(whole.streaming_content)) == (200, body)
    assert whole.headers["Content-Type"] == "video/mp4"
    part = client.get(url, headers={"Range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, body[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(body)}"
    tail = client.get(url, headers={"Range": "bytes=-7"})
    assert b"".join(tail.streaming_content) == body[-7:]
    assert client.get(url, headers={"Range": f"bytes={len(body)}-"}).status_code == 416
    shower = world.client("presentation.use")
    shown = f"{API}/outreach/presentation/{found.id}/video"
    assert shower.get(shown).status_code == 404  # not approved
    found.refresh_from_db()
    actions.review_testimonial(
        actor=world.system, testimonial_id=found.id, approve=True, note="", edited_ms=found.edited_ms
    )
    assert b"".join(shower.get(shown).streaming_content) == body
    assert shower.get(url).status_code == 403
    _paths(found)["centre"].unlink()  # the other copy plays
    assert b"".join(client.get(url).streaming_content) == body
    _paths(found)["municipal"].unlink()
    assert client.get(url).status_code == 503


def test_shown_only_after_review_and_while_its_consent_stands(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found = models.Testimonial.objects.get(id=rig.testimonial(world))
    shower = world.client("presentation.use")

    def shown() -> list[str]:
        return [one["id"] for one in shower.get(f"{API}/outreach/presentation").json()["testimonials"]]

    def review(*, approve: bool) -> None:
        found.refresh_from_db()
        actions.review_testimonial(
            actor=world.system, testimonial_id=found.id, approve=approve, note="", edited_ms=found.edited_ms
        )

    assert shown() == []
    review(approve=True)
    assert shown() == [str(found.id)]
    found.premises.refresh_from_db()
    assert found.premises.testimonial
    review(approve=False)
    assert shown() == []
    found.premises.refresh_from_db()
    assert not found.premises.testimonial
    models.Testimonial.objects.filter(id=found.id).update(uses=["film"])
    review(approve=True)
    assert shown() == []  # consented for something else
    models.Testimonial.objects.filter(id=found.id).update(uses=["presentation"], until="2026-01-01")
    assert shown() == []
    with pytest.raises(Problem) as refused:
        review(approve=True)
    assert refused.value.code == "consent_ended"


def test_two_reviewers_do_not_overrule_each_other_unseen(world: World) -> None:
    found = models.Testimonial.objects.get(id=rig.testimonial(world))
    ask: dict[str, Any] = {"actor": world.system, "testimonial_id": found.id, "edited_ms": found.edited_ms, "note": ""}
    actions.review_testimonial(**ask, approve=True)
    with pytest.raises(Problem) as refused:
        actions.review_testimonial(**ask, approve=False)
    assert refused.value.status == 409


def test_visitors_never_see_private_cameras(world: World) -> None:
    public = registry_rig.camera(world, owner_class="smart_city")
    revoked = registry_rig.camera(world, owner_class="smart_city")
    ended = registry_rig.camera(world, owner_class="smart_city")
    unordered = registry_rig.camera(world, owner_class="smart_city")
    in_shop = registry_rig.camera(world, owner_class="smart_city")
    in_shop.premises.owner_class = registry_rig.camera(world, owner_class="shop").owner_class
    in_shop.premises.save()
    registry_rig.order(world, public, in_shop)
    registry_rig.order(world, revoked, revoked_ms=5)
    registry_rig.order(world, ended, valid_from_ms=1, valid_to_ms=2)
    registry_rig.consent(registry_rig.camera(world))
    answer = world.client("presentation.use").get(f"{API}/outreach/presentation").json()
    assert answer["camera_ids"] == [str(public.id)]
    assert str(unordered.id) not in answer["camera_ids"]


def test_a_photograph_is_no_video(world: World) -> None:
    client = world.client("outreach.edit", "outreach.view")
    photo = client.post(f"{API}/files", files_rig.photograph(), content_type="application/octet-stream").json()
    answer = client.post(
        f"{API}/outreach/testimonials",
        {"key": str(uuid7()), "premises": str(registry_rig.premises(world).id), "speaker": "R. Gupta",
         "file_id": photo["id"], "consent": {"uses": ["film"]}},
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 422
    assert not models.Testimonial.objects.exists()


def test_rows_tell_the_state_of_both_copies(world: World) -> None:
    found = _kept(world)
    row = reads.testimonial_row(world.system, found.id)
    assert [(one["store"], one["state"]) for one in row["copies"]] == [("centre", "good"), ("municipal", "good")]
    assert {one["store"]: one["good"] for one in reads.vault(world.system)["stores"]} == {"centre": 1, "municipal": 1}
