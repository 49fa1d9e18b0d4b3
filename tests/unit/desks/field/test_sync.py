"""Visits from a phone: each stored once whatever happens on the way, and none lost."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any
from uuid import uuid4

import pytest

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.audit.models import AuditEntry
from prahari.desks.field.models import FoundPlace, Visit
from prahari.desks.files.models import StoredFile
from prahari.desks.linking import ladder
from prahari.desks.linking.models import LadderEntry, Linkage, PremisesConsent, RefusalReason
from prahari.desks.registry.models import Contact, Premises
from scope import World


def statuses(results: list[dict[str, Any]]) -> list[str]:
    return [one["status"] for one in results]


def steps(premises: Premises) -> list[str]:
    return list(
        LadderEntry.objects.filter(premises=premises).order_by("entered_ms", "id").values_list("step", flat=True)
    )


def step(premises: Premises) -> str:
    return Linkage.objects.get(premises=premises).step


def a_reason() -> str:
    return RefusalReason.objects.filter(active=True).values_list("code", flat=True)[0]


def test_each_outcome_takes_its_step(phone: Any, listed: Any) -> None:
    soon = str(local_day() + dt.timedelta(days=9))
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("asked", {}, "asked"),
        ("refused", {"reason": a_reason()}, "refused"),
        ("promised", {"promised_for": soon, "cost_borne_by": "owner"}, "promised"),
        ("installed", {}, "installed"),
        ("come_again", {"come_again_on": soon}, "asked"),
        ("consented", {"given_by": "R. Gupta", "files": [{"key": phone.hand_in(), "use": "form"}]}, "consented"),
        ("closed", {}, "listed"),
        ("not_found", {}, "listed"),
    ]
    premises = [listed() for _ in cases]
    visits = [
        phone.visit(one, outcome, note="from the phone", met="Owner", **more)
        for one, (outcome, more, _) in zip(premises, cases, strict=True)
    ]
    assert statuses(phone.send(*visits)) == ["stored"] * len(cases)
    assert [step(one) for one in premises] == [expected for *_, expected in cases]
    entry = LadderEntry.objects.get(premises=premises[0], step="asked")
    assert (entry.via, entry.by_id, entry.note, entry.by_name) == ("field", phone.user.id, "from the phone", "Owner")
    assert str(Linkage.objects.get(premises=premises[4]).come_again_on) == soon
    assert AuditEntry.objects.filter(action="field.visit", actor_id=phone.user.id).count() == len(cases)


def test_consent_with_its_papers(phone: Any, listed: Any) -> None:
    premises = listed()
    form, signature, photo = phone.hand_in(), phone.hand_in(), phone.hand_in()
    scope = {"live": "on_request", "record": True, "hours": [[540, 1260]], "public_view_only": True}
    visit = phone.visit(
        premises, "consented", given_by="श्रीमती शर्मा", scope=scope,
        files=[{"key": form, "use": "form"}, {"key": signature, "use": "signature"}, {"key": photo, "use": "photo"}],
    )  # fmt: skip
    assert statuses(phone.send(visit)) == ["stored"]
    consent = PremisesConsent.objects.get(premises=premises)
    files = {str(file.client_key): file for file in StoredFile.objects.all()}
    assert (consent.given_by, consent.live, consent.channel, consent.public_view_only) == (
        "श्रीमती शर्मा", "on_request", "paper", True,
    )  # fmt: skip
    assert consent.evidence == {
        "visit": visit["id"], "form": str(files[form].id), "signature": str(files[signature].id),
        "photo": str(files[photo].id),
    }  # fmt: skip
    assert consent.document_ids == [str(files[key].id) for key in (form, signature, photo)]
    assert {file.permission for file in files.values()} == {"linking.view"}
    assert all(file.jurisdiction_path == World.HOME and file.attached_ms for file in files.values())
    survey = phone.visit(premises, "surveyed", cameras=[
        {"placement": "entry", "make": "Hikvision", "recorder": "DVR 8", "public_view": True},
        {"placement": "road_side", "public_view": False, "note": "sees the neighbour's door"},
    ])  # fmt: skip
    assert statuses(phone.send(survey)) == ["stored"]
    assert (step(premises), Linkage.objects.get(premises=premises).cameras_found) == ("surveyed", 2)


def test_thirty_visits_sent_three_times_are_thirty(phone: Any, listed: Any) -> None:
    premises = [listed() for _ in range(30)]
    visits = [phone.visit(one, "asked") for one in premises]
    assert statuses(phone.send(*visits)) == ["stored"] * 30
    assert statuses(phone.send(*visits)) == ["already"] * 30
    shuffled = random.Random(3).sample(visits, 30)
    assert statuses(phone.send(*shuffled)) == ["already"] * 30
    assert Visit.objects.count() == 30
    assert LadderEntry.objects.filter(step="asked", via="field").count() == 30
    assert set(Linkage.objects.values_list("times_asked", flat=True)) == {1}


def test_the_same_visit_under_another_number_is_known(phone: Any, listed: Any) -> None:
    visit = phone.visit(listed(), "asked")
    phone.send(visit)
    assert statuses(phone.send({**visit, "id": str(uuid4())})) == ["already"]
    (changed,) = phone.send({**visit, "note": "another"})
    assert (changed["status"], changed["code"]) == ("refused", "number_used")
    assert Visit.objects.count() == 1


def test_one_bad_visit_does_not_stop_the_others(phone: Any, listed: Any) -> None:
    good, other = listed(), listed()
    results = phone.send(
        phone.visit(good, "asked"),
        {"id": "nonsense", "outcome": "eaten"},
        {"id": ["x"]},
        phone.visit(listed(), "refused"),
        phone.visit(listed(), "promised"),
        phone.visit(listed(), "come_again"),
        phone.visit(listed(), "consented", given_by="R. Gupta"),
        phone.visit(listed(at=World.ELSEWHERE), "asked"),
        phone.visit(None, "asked"),
        phone.visit(other, "asked", files=[{"key": str(uuid4()), "use": "photo"}]),
        phone.visit(other, "asked"),
    )
    assert statuses(results) == ["stored", *["refused"] * 8, "later", "stored"]
    assert results[1]["fields"]["outcome"]["hi"] and results[3]["fields"]["reason"]["hi"]
    assert all(one["message"]["en"] and one["message"]["hi"] for one in results if one["status"] != "stored")
    assert len(results[9]["missing"]) == 1
    assert Visit.objects.count() == 2
    # What was refused is mended and sent again under its number.
    mended = phone.visit(listed(), "refused")
    assert statuses(phone.send(mended)) == ["refused"]
    assert statuses(phone.send({**mended, "reason": a_reason()})) == ["stored"]


def test_a_photograph_that_went_missing_is_asked_for_again(phone: Any, listed: Any) -> None:
    key = phone.hand_in()
    StoredFile.objects.all().delete()
    visit = phone.visit(listed(), "asked", files=[{"key": key, "use": "photo"}])
    (answer,) = phone.send(visit)
    assert (answer["status"], answer["missing"]) == ("later", [key])
    phone.hand_in(key)
    assert statuses(phone.send(visit)) == ["stored"]


def test_somebody_else_was_there_meanwhile(phone: Any, new_phone: Any, listed: Any) -> None:
    """Kept, shown, decided by a person; never lost, never simply taken over."""
    premises = listed()
    mine = phone.visit(premises, "asked", files=[{"key": phone.hand_in(), "use": "photo"}])
    other = new_phone()
    other.send(other.visit(premises, "refused", reason=a_reason()))
    (answer,) = phone.send(mine)
    assert answer["status"] == "conflict" and other.user.name in answer["message"]["hi"]
    assert (step(premises), steps(premises)) == ("refused", ["listed", "refused"])
    assert statuses(phone.send(mine)) == ["conflict"]
    listing = phone.browser.get("/api/v1/field/visits?state=conflict").json()["items"]
    assert [one["id"] for one in listing] == [mine["id"]] and listing[0]["mine"]
    url = f"/api/v1/field/visits/{mine['id']}/settle"
    settled = other.browser.post(
        url, {"decision": "apply", "reason": "he changed his mind"}, content_type="application/json"
    )
    assert settled.status_code == 204
    assert (step(premises), Visit.objects.get(id=mine["id"]).state) == ("asked", "applied")
    assert statuses(phone.send(mine)) == ["already"]
    again = other.browser.post(url, {"decision": "dismiss", "reason": "too late"}, content_type="application/json")
    assert again.status_code == 409
    assert LadderEntry.objects.filter(premises=premises, step="asked").count() == 1


def test_the_owner_withdrew_meanwhile(phone: Any, listed: Any, world: World) -> None:
    from prahari.desks.linking import consents

    premises = listed()
    phone.send(phone.visit(premises, "consented", given_by="R. Gupta", files=[{"key": phone.hand_in(), "use": "form"}]))
    survey = phone.visit(premises, "surveyed", cameras=[{"placement": "entry"}])
    consent = PremisesConsent.objects.get(premises=premises)
    consents.withdraw_for_premises(actor=world.system, consent_id=consent.id, reason="no more", by="owner")
    assert statuses(phone.send(survey)) == ["conflict"]
    assert step(premises) == "withdrawn"
    url = f"/api/v1/field/visits/{survey['id']}/settle"
    refused = phone.browser.post(url, {"decision": "apply", "reason": "still"}, content_type="application/json")
    assert refused.status_code == 409, "a survey cannot follow a withdrawal, whoever decides"
    assert Visit.objects.get(id=survey["id"]).state == "conflict"
    dismissed = phone.browser.post(url, {"decision": "dismiss", "reason": "withdrawn"}, content_type="application/json")
    assert dismissed.status_code == 204 and statuses(phone.send(survey)) == ["already"]


def test_my_own_steps_are_no_conflict(phone: Any, listed: Any) -> None:
    """Two visits of one day to the same premises, recorded from the same list."""
    premises = listed()
    seen_ms, now = now_ms(), now_ms()
    first = phone.visit(premises, "asked", seen_ms=seen_ms, made_at_ms=now - 5000)
    second = phone.visit(premises, "refused", seen_ms=seen_ms, made_at_ms=now - 1000, reason=a_reason())
    assert statuses(phone.send(second, first)) == ["stored", "stored"]
    assert steps(premises) == ["listed", "asked", "refused"]


def test_a_closed_door_is_never_a_conflict(phone: Any, new_phone: Any, listed: Any) -> None:
    premises = listed()
    mine = phone.visit(premises, "closed")
    other = new_phone()
    other.send(other.visit(premises, "asked"))
    assert statuses(phone.send(mine)) == ["stored"] and step(premises) == "asked"


def test_a_phone_whose_clock_is_wrong(phone: Any, listed: Any) -> None:
    premises = listed()
    ahead_ms = 3 * 3_600_000
    now = now_ms()
    visit = phone.visit(premises, "asked", made_at_ms=now + ahead_ms - 600_000)
    assert statuses(phone.send(visit, sent_at_ms=now + ahead_ms)) == ["stored"]
    stored = Visit.objects.get()
    assert stored.clock_skew_ms == pytest.approx(-ahead_ms, abs=20_000)
    assert stored.at_ms == pytest.approx(now - 600_000, abs=20_000)
    assert LadderEntry.objects.get(step="asked").at_ms == stored.at_ms
    future = phone.visit(listed(), "asked", made_at_ms=now + 10**9)
    phone.send(future)
    assert Visit.objects.get(id=future["id"]).at_ms <= now_ms()


def test_a_place_that_was_on_no_list(phone: Any, listed: Any) -> None:
    listed()
    place = {
        "id": str(uuid4()), "name": "शर्मा जनरल स्टोर", "owner_class": "shop", "address": "गली 4",
        "jurisdiction": World.HOME, "contact_name": "Sharma", "contact_mobile": "98765 43210", "cameras": 3,
    }  # fmt: skip
    here = {"place": place, "lat": 26.45, "lon": 80.33, "accuracy_m": 12.5}
    first = phone.visit(None, "asked", **here)
    second = phone.visit(None, "refused", reason=a_reason(), **here)
    assert statuses(phone.send(first)) == ["stored"]
    assert statuses(phone.send(first, second)) == ["already", "stored"]
    found = Premises.objects.get(name_hi="शर्मा जनरल स्टोर")
    assert (found.lat, found.jurisdiction.path, found.source_list) == (26.45, World.HOME, "field")
    assert steps(found) == ["listed", "asked", "refused"] and FoundPlace.objects.count() == 1
    assert Linkage.objects.get(premises=found).cameras_reported == 3
    assert "98765" not in str(list(Visit.objects.values())) and Contact.objects.get(premises=found).sealed_mobile
    created = AuditEntry.objects.get(action="premises.create")
    assert created.actor_id == phone.user.id


def test_places_only_where_one_works(phone: Any, listed: Any) -> None:
    listed()
    place = {"id": str(uuid4()), "name": "X", "owner_class": "shop", "jurisdiction": World.ELSEWHERE}
    unknown = {**place, "id": str(uuid4()), "jurisdiction": World.HOME, "owner_class": "circus"}
    answers = phone.send(phone.visit(None, "asked", place=place), phone.visit(None, "asked", place=unknown))
    assert [one["status"] for one in answers] == ["refused", "refused"]
    assert "owner_class" in answers[1]["fields"]
    assert Premises.objects.filter(name_en="X").count() == 0 and Visit.objects.count() == 0


def test_files_of_somebody_else_cannot_be_used(phone: Any, new_phone: Any, listed: Any) -> None:
    key = new_phone().hand_in()
    (answer,) = phone.send(phone.visit(listed(), "asked", files=[{"key": key, "use": "photo"}]))
    assert answer["status"] == "later" and answer["missing"] == [key]


def test_nothing_of_a_visit_is_there_when_storing_fails(
    phone: Any, listed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in the middle: the visit stays on the phone, the next one is stored, and again works."""
    broken, good = listed(), listed()
    real = ladder.move

    def fails(**given: Any) -> None:
        real(**given)
        if given["premises_id"] == broken.id:
            raise RuntimeError("power cut")

    monkeypatch.setattr(ladder, "move", fails)
    visit = phone.visit(broken, "asked")
    answers = phone.send(visit, phone.visit(good, "asked"))
    assert statuses(answers) == ["later", "stored"]
    assert not Visit.objects.filter(id=visit["id"]).exists() and steps(broken) == ["listed"]
    monkeypatch.setattr(ladder, "move", real)
    assert statuses(phone.send(visit)) == ["stored"] and steps(broken) == ["listed", "asked"]
