"""Daily reports through the API: made once at the hour, signed by who may, corrected with both kept, mailed."""

from __future__ import annotations

import datetime as dt
import io
import threading
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.db import DatabaseError, connection, transaction

import registry_rig as registry
import reports_rig as rig
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import Rule
from prahari.desks.linking.models import Linkage
from prahari.desks.messages.models import Message, MessageAttachment
from prahari.desks.programme.models import Escalation
from prahari.desks.reports import making, schemas_daily, snapshot
from prahari.desks.reports.models import DailyReport, ReportVersion
from scope import World

PATH = "/api/v1/daily-reports"
JSON = "application/json"


def text_of(document: bytes) -> str:
    """Its words with one space between, wherever lines break."""
    pages = pypdfium2.PdfDocument(document)
    return " ".join(" ".join(page.get_textpage().get_text_range().replace("\u200b", "").split()) for page in pages)


def test_made_at_the_hour_for_each_officer_and_for_the_city(world: World) -> None:
    officer = rig.officer(world)
    rig.camera(world, rig.house(world))
    assert making.make_due(rig.at(17, 59)) == 0
    assert making.make_due(rig.at(18, 1)) == 2 and making.make_due(rig.at(18, 2)) == 0
    city, home = DailyReport.objects.order_by("jurisdiction_path")
    assert (city.jurisdiction_path, city.agency_code, city.officer_id) == (World.CITY, "", None)
    assert (home.jurisdiction_path, home.agency_code, home.officer_id) == (World.HOME, "", officer.person_id)
    assert not home.late and home.officer_post_hi == "अपर पुलिस अधीक्षक"


def test_the_hour_is_a_rule(world: World) -> None:
    Rule.objects.create(code="report_hour", value="09:30", valid_from=local_day(), source="test", created_ms=1)
    assert making.make_due(rig.at(9, 29)) == 0 and making.make_due(rig.at(9, 31)) == 1


def test_two_processes_at_the_same_moment_make_one(transactional_world: World) -> None:
    world = transactional_world
    rig.officer(world)
    made: list[int] = []
    start = threading.Barrier(3)

    def run() -> None:
        start.wait()
        try:
            made.append(making.make_due(rig.at(18, 1)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == 2 and len(made) == 3
    assert DailyReport.objects.count() == 2 == ReportVersion.objects.count()
    assert AuditEntry.objects.filter(action="report.make").count() == 2


def test_missed_days_are_made_late_and_never_one_of_the_future(world: World) -> None:
    assert making.make_due(rig.at(18, 1, days=-3)) == 1
    assert making.make_due(rig.at(10)) == 2
    days = {row.day: row.late for row in DailyReport.objects.all()}
    today = local_day()
    assert days == {today - dt.timedelta(days=back): back < 3 for back in (3, 2, 1)}
    late = rig.version(DailyReport.objects.get(day=today - dt.timedelta(days=1)))
    assert late.figures["as_of_end"] and late.figures["totals"]["live_now"] is None and late.figures["late"]
    assert making.make_due(rig.at(10)) == 0


def test_a_new_centre_does_not_make_reports_of_before_it_was_there(world: World) -> None:
    assert making.make_due(rig.at(18, 1)) == 1
    assert [row.day for row in DailyReport.objects.all()] == [local_day()]


def test_figures_by_class_and_station(world: World) -> None:
    now = now_ms()
    shop = rig.house(world, cameras=3, asked_ms=now - 1000, consented_ms=now - 500)
    live = rig.camera(world, shop, when_ms=now + rig.HOUR_MS)  # verified now: an hour ago may have been yesterday
    down = rig.camera(world, shop, when_ms=now - 3 * 86_400_000)
    registry.state(live)
    registry.state(down, "offline", reason="unreachable", proved_at_ms=now - 2 * 86_400_000, proof_until_ms=0)
    rig.house(world, owner_class="bank", cameras=4, refused_ms=now, step="refused")
    rig.house(world, agency=World.OTHER_AGENCY, cameras=50)
    figures = rig.version(rig.report(world)).figures
    by_class = {row["class"]: row for row in figures["rows"]}
    assert set(by_class) == {"shop", "bank"} and by_class["shop"]["station"] == rig.STATION
    told = {
        name: by_class["shop"][name] for name in ("listed", "asked", "consented", "verified", "live_now", "down_24h")
    }
    assert told == {"listed": 3, "asked": 3, "consented": 3, "verified": 2, "live_now": 1, "down_24h": 1}
    assert by_class["bank"]["refused"] == 4
    assert figures["totals"]["listed"] == 7 and figures["totals"]["verified_today"] == 1
    assert figures["down"]["count"] == 1 and figures["down"]["reasons"] == {"unreachable": 1}
    assert "2 cameras are verified live" in figures["lead"]["en"] and "2 कैमरे" in figures["lead"]["hi"]


def read(world: World, made: DailyReport, **more: Any) -> dict[str, Any]:
    answer = world.client("report.view", "report.sign").get(f"{PATH}/{made.id}", more)
    assert answer.status_code == 200, answer.content
    schemas_daily.ReportDetail.model_validate(answer.json())
    return dict(answer.json())


def sign(world: World, made: DailyReport, **more: Any) -> Any:
    version = rig.version(made)
    client = more.pop("client", None) or world.client("report.sign", "report.view")
    body = {"version": version.version, "sha256": version.sha256, "remark": "checked"} | more
    return client.post(f"{PATH}/{made.id}/sign", body, content_type=JSON)


def test_signed_once_by_who_may_and_then_fixed(world: World) -> None:
    officer = rig.officer(world)
    made = rig.report(world, person=officer.person)
    assert sign(world, made, client=world.client("report.view")).status_code == 403
    assert sign(world, made, sha256="0" * 64).json()["code"] == "other_version"
    world.allow(officer.person, "report.sign", "report.view")
    browser = world.browser(officer.person)
    version = rig.version(made)
    body = {"version": 1, "sha256": version.sha256, "remark": "देखा"}
    answer = browser.post(f"{PATH}/{made.id}/sign", body, content_type=JSON)
    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "signed"
    assert answer.json()["shown"]["signer"]["post"]["hi"] == "अपर पुलिस अधीक्षक"
    assert browser.post(f"{PATH}/{made.id}/sign", body, content_type=JSON).json()["code"] == "signed"
    version.refresh_from_db()
    for change in ({"remark": "other"}, {"signed_ms": 5}, {"figures": {}}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ReportVersion.objects.filter(id=version.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        version.delete()
    assert AuditEntry.objects.filter(action="report.sign", object_id=str(made.id)).count() == 1


def test_an_officer_sees_and_signs_their_own_also_when_it_is_of_all_agencies(world: World) -> None:
    officer = rig.officer(world)
    world.allow(officer.person, "report.sign", "report.view")
    made = rig.report(world, agency="", person=officer.person)
    other = rig.report(world, agency="", at_=World.CITY)
    browser = world.browser(officer.person)
    assert browser.get(f"{PATH}/{made.id}").json()["may_sign"]
    assert browser.get(f"{PATH}/{other.id}").status_code == 404
    assert sign(world, made, client=browser).status_code == 200
    assert sign(world, other, client=browser).status_code == 404


def test_figures_of_an_unsigned_version_stay_too(world: World) -> None:
    version = rig.version(rig.report(world))
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportVersion.objects.filter(id=version.id).update(figures={"rows": []})


def test_a_correction_is_a_new_version_and_the_old_one_stays(world: World) -> None:
    made = rig.report(world, person=world.person())
    client = world.client("report.sign", "report.view")
    same = client.post(f"{PATH}/{made.id}/correct", {"reason": "recount"}, content_type=JSON)
    assert same.status_code == 409 and same.json()["code"] == "unchanged"
    assert sign(world, made).status_code == 200
    rig.house(world, cameras=9)
    answer = client.post(f"{PATH}/{made.id}/correct", {"reason": "a list came later"}, content_type=JSON)
    assert answer.status_code == 200, answer.content
    assert answer.json()["shown"]["version"] == 2 and answer.json()["state"] != "signed"
    assert answer.json()["figures"]["totals"]["listed"] == 9
    first = read(world, made, version=1)
    assert first["figures"]["totals"]["listed"] == 0 and first["shown"]["signed_ms"] and first["shown"]["intact"]
    paper = client.get(f"{PATH}/{made.id}/document", {"format": "pdf", "language": "en", "version": 2})
    assert "a list came later" in text_of(paper.content) and "Correction, version 2" in text_of(paper.content)


def test_the_same_report_prints_the_same_for_ever(world: World) -> None:
    made = rig.report(world)
    client = world.client("report.view")
    ask = {"format": "pdf", "language": "hi"}
    before = client.get(f"{PATH}/{made.id}/document", ask).content
    rig.house(world, cameras=100)
    Jurisdiction.objects.filter(path=World.HOME).update(name_hi="नया नाम")
    assert client.get(f"{PATH}/{made.id}/document", ask).content == before


HOSTILE = ['#import "x": *', '#eval("1+1")', "=cmd|' /C calc'!A0"]


def test_pdf_and_workbook_in_both_languages(world: World) -> None:
    Jurisdiction.objects.filter(path=rig.STATION).update(name_hi="थाना श्रीमती क्षेत्र", name_en="Kalyanpur")
    person = world.person("श्रीमती सुनीता")
    shop = rig.house(world, cameras=123_456)
    rig.house(world, at_=World.HOME, cameras=0)
    for words in HOSTILE:
        one = rig.camera(world, shop, when_ms=now_ms() - 3 * 86_400_000)
        one.name_en = one.name_hi = words
        one.save()
    made = rig.report(world, person=person, post={"en": "Additional SP", "hi": "अपर पुलिस अधीक्षक"})
    assert sign(world, made, remark=HOSTILE[1]).status_code == 200
    client = world.client("report.view")
    for language, expected in (
        ("hi", ["दैनिक प्रगति आख्या", "थाना श्रीमती क्षेत्र", "1,23,456", "प्रणाली में प्रमाणित", "सत्यापित"]),
        ("en", ["Daily progress report", "Kalyanpur", "1,23,456", "Signed in the system"]),
    ):
        answer = client.get(f"{PATH}/{made.id}/document", {"format": "pdf", "language": language})
        assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].endswith(f'-{language}.pdf"')
        found = text_of(answer.content)
        for words in [*expected, *HOSTILE, rig.version(made).sha256]:
            assert words in found, (language, words)
    answer = client.get(f"{PATH}/{made.id}/document", {"format": "xlsx", "language": "hi"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    page = book["दैनिक प्रगति आख्या"]
    cells = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    assert cells[0][:4] == ["श्रेणी", "थाना", "लक्ष्य", "सूचीबद्ध"] and cells[-1][3] == 123_456
    down = book["बंद कैमरे"]
    assert {row[1].value for row in down.iter_rows(min_row=4) if row[1].value in HOSTILE} == set(HOSTILE)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_list_says_what_was_made_signed_late_or_is_missing(world: World) -> None:
    day = local_day() - dt.timedelta(days=2)
    long_ago = rig.report(world, day=day, person=world.person(), now_ms=rig.at(18, days=-2))
    client = world.client("report.view")

    def states() -> dict[str, str]:
        answer = client.get(PATH, {"first": str(day), "last": str(local_day() - dt.timedelta(days=1))}).json()
        schemas_daily.ReportDays.model_validate(answer)
        return {item["day"]: item["state"] for item in answer["items"]}

    yesterday = str(day + dt.timedelta(days=1))
    assert states() == {str(day): "late", yesterday: "missing"}
    assert sign(world, long_ago).status_code == 200
    assert states() == {str(day): "signed", yesterday: "missing"}
    assert client.get(PATH, {"first": "2020-01-01"}).status_code == 422
    assert client.get(PATH, {"last": "9999-12-31"}).status_code == 200


def test_a_missing_sign_off_is_told_once_and_settled_by_signing(world: World) -> None:
    officer = rig.officer(world)
    made = rig.report(world, person=officer.person, now_ms=rig.at(18, days=-1), day=local_day() - dt.timedelta(days=1))
    nobodys = rig.report(world, agency="", at_=World.CITY)
    assert making.tell_missing(rig.at(19, 59, days=-1)) == 0
    assert making.tell_missing(rig.at(20, 0, days=-1)) == 1 and making.tell_missing(rig.at(21)) == 0
    told = Escalation.objects.get()
    assert told.key == making.escalation_key(made.id) and "is not signed by" in told.text_en
    assert nobodys.officer_id is None
    assert sign(world, made).status_code == 200
    told.refresh_from_db()
    assert told.state == "settled"


def test_signed_reports_are_mailed_once_a_language(world: World) -> None:
    made = rig.report(world, person=world.person())
    rig.recipient(world)
    rig.recipient(world, "commissioner@kanpur.example", language="en")
    rig.recipient(world, "elsewhere@kanpur.example", jurisdiction_path=World.ELSEWHERE)
    assert making.mail_ready() == 0
    assert sign(world, made).status_code == 200
    assert making.mail_ready() == 1 and making.mail_ready() == 0
    rows = list(Message.objects.order_by("language"))
    assert [row.language for row in rows] == ["en", "hi"] and rows[0].about_id == str(made.id)
    for row in rows:
        names = sorted(one.media_type.rpartition(".")[2] for one in MessageAttachment.objects.filter(message=row))
        assert names == ["application/pdf", "sheet"]
        paper = MessageAttachment.objects.get(message=row, media_type="application/pdf")
        assert ("Signed in the system" if row.language == "en" else "प्रणाली में प्रमाणित") in text_of(bytes(paper.data))


def test_who_gets_it_is_edited_with_the_address_sealed(world: World) -> None:
    client = world.client("report.sign")
    body = {"jurisdiction": World.HOME, "agency": World.AGENCY, "name": "ADM", "address": "adm@kanpur.example"}
    wrong = client.post("/api/v1/report-recipients", body | {"address": "nobody"}, content_type=JSON)
    assert wrong.status_code == 422 and "address" in wrong.json()["fields"]
    made = client.post("/api/v1/report-recipients", body, content_type=JSON).json()
    assert made["address"] == "adm@kanpur.example"
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(r)::text FROM reports_recipient r")
        assert "kanpur.example" not in cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(row_to_json(a)::text, '') FROM audit_auditentry a")
        assert "kanpur.example" not in cursor.fetchone()[0]
    path = f"/api/v1/report-recipients/{made['id']}"
    edit = {"language": "en", "edited_ms": made["edited_ms"]}
    assert client.patch(path, edit, content_type=JSON).json()["language"] == "en"
    assert client.patch(path, edit, content_type=JSON).status_code == 409
    assert client.delete(path).status_code == 204


def test_the_hash_is_over_what_is_kept(world: World) -> None:
    version = rig.version(rig.report(world))
    assert snapshot.digest(version.figures) == version.sha256 and read(world, version.report)["shown"]["intact"]
    assert Linkage.objects.count() == 0
