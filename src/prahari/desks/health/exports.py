"""Uptime as a workbook; a month of a service level as a workbook or on paper: the same figures as on the screen."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse

from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.documents import pdf
from prahari.desks.common.errors import Text, text
from prahari.desks.common.workbooks import MEDIA_TYPE, Column, Sheet, workbook
from prahari.desks.health import agreements, groups, penalties

Language = Literal["hi", "en"]
Format = Literal["xlsx", "pdf"]
HOUR_MS = 3_600_000
EXPORT = "camera.export"
_CAMERA = Column(text("Camera", "कैमरा"), width=36)
_SUMS = [
    Column(text("Uptime", "अपटाइम"), "percent"),
    Column(text("Due, hours", "देय, घंटे"), "decimal", total=True),
    Column(text("Down, hours", "बंद, घंटे"), "decimal", total=True),
    Column(text("Outages", "बाधाएँ"), "number", total=True),
    Column(text("Owner's hours over, hours", "स्वामी के समय से बाहर, घंटे"), "decimal", total=True),
    Column(text("Maintenance, hours", "रखरखाव, घंटे"), "decimal", total=True),
]
CAUSES: dict[str, Text] = {
    "": text("", ""),
    "power": text("Power", "बिजली"),
    "network": text("Network", "नेटवर्क"),
    "device": text("Camera or recorder", "कैमरा या रिकॉर्डर"),
    "vandalism": text("Damage or tampering", "क्षति या छेड़छाड़"),
    "owner": text("The owner", "स्वामी"),
    "weather": text("Weather", "मौसम"),
    "works": text("Works nearby", "आसपास निर्माण कार्य"),
    "false_alarm": text("Nothing was wrong", "कोई खराबी नहीं थी"),
}


def _sums(one: dict[str, Any]) -> list[Any]:
    return [
        None if one["pct"] is None else one["pct"] / 100,
        *(round(one[name] / HOUR_MS, 2) for name in ("due_ms", "down_ms")),
        one["outages"],
        *(round(one[name] / HOUR_MS, 2) for name in ("closed_ms", "maintenance_ms")),
    ]


def uptime_file(
    actor: Actor, by: groups.By, first: dt.date | None, last: dt.date | None, jurisdiction: str, owner_class: str,
    language: Language,
) -> HttpResponse:  # fmt: skip
    """Raises Problem 403, 422. Audited: it leaves the centre."""
    with action("health.export_uptime", actor=actor) as act:
        actor.require(EXPORT)
        body = groups.table(actor, by, first, last, jurisdiction, owner_class)
        act.about("uptime", by)
        act.details(first=body["first"], last=body["last"], rows=len(body["rows"]))
    title = text(f"Uptime, {body['first']} to {body['last']}", f"अपटाइम, {body['first']} से {body['last']}")
    columns = [Column(text("Name", "नाम"), width=40), Column(text("Cameras", "कैमरे"), "number", total=True), *_SUMS]
    total = [text("In all", "कुल"), body["total"]["cameras"], *_sums(body["total"])]
    rows = [[row["name"], row["cameras"], *_sums(row)] for row in body["rows"]]
    days = [
        [row["name"], day["day"], None if day["pct"] is None else day["pct"] / 100,
         round(day["down_ms"] / HOUR_MS, 2), day["outages"]]
        for row in body["rows"] for day in row["days"]
    ]  # fmt: skip
    sheets = [
        Sheet("Uptime", title, columns, rows, totals=total),
        Sheet("Days", title, [columns[0], Column(text("Day", "दिन"), "date"), _SUMS[0], _SUMS[2], _SUMS[3]], days),
    ]
    return _answer(workbook(sheets, language), MEDIA_TYPE, f"uptime-{by}-{body['last']}.xlsx")


def month_file(actor: Actor, agreement_id: UUID, month: str, form: Format, language: Language) -> HttpResponse:
    """Raises Problem 403, 404, 422."""
    with action("service_level.export", actor=actor) as act:
        one = agreements.agreement(actor, agreement_id)
        body = penalties.month(actor, agreement_id, month)
        act.about("service agreement", one.id, str(one), jurisdiction=one.jurisdiction_path, agency=one.agency_code)
        act.details(month=month, form=form, penalty_inr=body["penalty_inr"])
    name = f"service-level-{month}.{form}"
    if form == "pdf":
        data = body | {"causes": CAUSES, "cameras": [row | {"hours": _hours(row)} for row in body["cameras"]]}
        return _answer(pdf("health/month", data, language), "application/pdf", name)
    return _answer(workbook(_month_sheets(body), language), MEDIA_TYPE, name)


def _hours(row: dict[str, Any]) -> dict[str, str]:
    return {name: f"{row[f'{name}_ms'] / HOUR_MS:.2f}" for name in ("due", "down", "closed", "maintenance")}


def _month_sheets(body: dict[str, Any]) -> list[Sheet]:
    agreement = body["agreement"]
    title = text(f"{agreement['provider']}, {body['month']}", f"{agreement['provider']}, {body['month']}")
    facts = [
        [text("Promised", "वचन"), agreement["uptime_pct"] / 100],
        [text("Reached", "प्राप्त"), None if body["total"]["pct"] is None else body["total"]["pct"] / 100],
        [text("Penalty for uptime", "अपटाइम के लिए दंड"), body["uptime_penalty_pct"] / 100],
        [text("Penalty for late repairs", "विलम्बित मरम्मत के लिए दंड"), body["repairs_penalty_pct"] / 100],
        [text("Penalty, at most as agreed", "दंड, सहमत अधिकतम तक"), body["penalty_pct"] / 100],
    ]
    money = [
        [text("Fee of the month, rupees", "माह का शुल्क, रुपये"), agreement["monthly_fee_inr"]],
        [text("Penalty, rupees", "दंड, रुपये"), body["penalty_inr"]],
    ]
    cameras = [
        [text(f"{row['camera']['reg_id']} {row['camera']['name']['en']}",
              f"{row['camera']['reg_id']} {row['camera']['name']['hi']}"), *_sums(row)]
        for row in body["cameras"]
    ]  # fmt: skip
    repairs = [
        [row["camera"]["reg_id"], row["start_ms"], row["end_ms"], row["response_minutes"], row["minutes"],
         text("late", "विलम्बित") if row["late"] else "", CAUSES[row["cause"]]]
        for row in body["repairs"]
    ]  # fmt: skip
    what, how_much = Column(text("What", "विवरण"), width=44), text("How much", "मात्रा")
    return [
        Sheet("Service level", title, [what, Column(how_much, "percent")], facts),
        Sheet("Penalty", title, [what, Column(how_much, "decimal")], money),
        Sheet("Cameras", title, [_CAMERA, *_SUMS], cameras, totals=[text("In all", "कुल"), *_sums(body["total"])]),
        Sheet("Repairs", title, [
            _CAMERA, Column(text("From", "से"), "moment"), Column(text("To", "तक"), "moment"),
            Column(text("Until seen to, minutes", "देखे जाने तक, मिनट"), "number"),
            Column(text("Until mended, minutes", "ठीक होने तक, मिनट"), "number"),
            Column(text("State", "स्थिति")), Column(text("Cause", "कारण"), width=24),
        ], repairs),
    ]  # fmt: skip


def _answer(body: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
