"""What is seen, as a workbook or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse

from prahari.contracts.clock import local_day
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, text
from prahari.desks.common.workbooks import MEDIA_TYPE, Column, Sheet, pick, workbook
from prahari.desks.registry.export import safe_cell
from prahari.desks.targets import coverage, league, overview, placements

Format = Literal["xlsx", "csv"]
View = Literal["departments", "stations", "officers", "wards", "placements"]
Language = Literal["hi", "en"]
_NAME = Column(text("Name", "नाम"), width=36)


def _number(en: str, hi: str, *, total: bool = True) -> Column:
    return Column(text(en, hi), "number", total=total)


_LISTED, _DONE = _number("Listed", "सूचीबद्ध"), _number("Verified live", "लाइव सत्यापित")
_REST = text("Not allotted", "अनावंटित")


def plan_file(actor: Actor, plan_id: UUID, form: Format, language: Language) -> HttpResponse:
    """The plan: the whole, its parts, the rest; by class, department and area. CSV: the first of these."""
    body = overview.overview(actor, plan_id)
    if body["total"] is None:
        raise Problem(409, "ended", "This plan has ended; there is nothing to hand out.",
                      "यह योजना समाप्त हो चुकी है; देने के लिए कुछ नहीं है।")  # fmt: skip
    columns = [
        _NAME, Column(text("Kind", "प्रकार")), _number("Target", "लक्ष्य", total=False),
        _number("There before", "पहले से", total=False), _number("Verified live", "लाइव सत्यापित", total=False),
        _number("Gap", "शेष", total=False), _number("Surplus", "अधिक", total=False),
        Column(text("Due", "नियत तिथि"), "date"),
        Column(text("Needed a working day", "आवश्यक प्रति कार्य-दिवस"), "decimal"),
        Column(text("Pace a working day", "गति प्रति कार्य-दिवस"), "decimal"),
        Column(text("Expected", "अनुमानित तिथि"), "date"), Column(text("From", "से"), "date"),
        Column(text("To", "तक"), "date"), Column(text("Set by", "निर्धारणकर्ता")),
        Column(text("Source", "स्रोत"), width=36),
    ]  # fmt: skip
    rows = [_line(one, body["name"] if one["whole"] else _label(one)) for one in (body["total"], *body["parts"])]
    rest = body["rest"]
    rows.append(
        [_REST, None, rest["cameras"], None, rest["done"], rest["gap"], rest["surplus"], *[None] * 6, None, None]
    )
    sheets = [Sheet("Targets", body["name"], columns, rows, note=_as_of(), bold_rows=frozenset({0}))]
    progress = [_NAME, _LISTED, _number("Asked", "सम्पर्क किया"), _number("Consented", "सहमति प्राप्त"),
                _number("Linked", "लिंक"), _DONE, _number("Target", "लक्ष्य", total=False)]  # fmt: skip
    for name, title, items in (
        ("Owner classes", text("By owner class", "स्वामी श्रेणी के अनुसार"), body["by_owner_class"]),
        ("Departments", text("By department", "विभाग के अनुसार"), body["by_department"]),
        ("Police stations", text("By police station", "थाने के अनुसार"),
         [one for one in body["by_area"] if one["level"] == "police_station"]),
    ):  # fmt: skip
        sheets.append(Sheet(name, title, progress, [
            [one["name"], one["listed"], one["asked"], one["consented"], one["linked"], one["done"], one["goal"]]
            for one in items
        ], note=_as_of()))  # fmt: skip
    return _file(sheets, form, language, "targets")


def _line(one: dict[str, Any], name: Any) -> list[Any]:
    kinds = {"total": text("In all", "कुल"), "additional": text("Additional", "अतिरिक्त")}
    found = one["outlook"]
    return [
        name, kinds[one["kind"]], one["cameras"], one["base_done"], one["done"], one["gap"], one["surplus"],
        one["due_on"], found["needed_per_day"], found["pace_per_day"], found["on"], found["early"], found["late"],
        one["set_by"], one["source"],
    ]  # fmt: skip


def _label(one: dict[str, Any]) -> dict[str, str]:
    named = [one[what]["name"] for what in ("owner_class", "department", "area", "ward") if one[what]]
    return {language: ", ".join(name[language] or name["en"] for name in named) for language in ("en", "hi")}


def view_file(actor: Actor, view: View, form: Format, language: Language) -> HttpResponse:
    sheet = _wards(actor) if view == "wards" else _placements(actor) if view == "placements" else _league(actor, view)
    return _file([sheet], form, language, view)


def _wards(actor: Actor) -> Sheet:
    columns = [
        _NAME, _number("People", "जनसंख्या"), Column(text("Square kilometres", "वर्ग किमी"), "decimal", total=True),
        _LISTED, _DONE, _number("Live now", "अभी लाइव"), Column(text("Per lakh people", "प्रति लाख जनसंख्या"), "decimal"),
        Column(text("Per square kilometre", "प्रति वर्ग किमी"), "decimal"),
    ]  # fmt: skip
    names = ("name", "population", "area_km2", "listed", "done", "live_now", "per_lakh", "per_km2")
    rows = [[one[name] for name in names] for one in coverage.wards(actor, "")["items"]]
    return Sheet("Wards", text("Cameras by ward", "वार्ड के अनुसार कैमरे"), columns, rows, note=_as_of())


def _placements(actor: Actor) -> Sheet:
    words = {
        "entry": ("Entry", "प्रवेश द्वार"), "exit": ("Exit", "निकास द्वार"), "road_side": ("Road side", "सड़क किनारे"),
        "public_area": ("Public area", "सार्वजनिक स्थान"),
    }  # fmt: skip
    columns = [_NAME, _number("Premises", "प्रतिष्ठान"), _number("With cameras", "कैमरे वाले")]
    for en, hi in words.values():
        columns += [_number(en, hi), _number(f"{en}, live", f"{hi}, लाइव")]
    columns += [
        _number("Without cameras at first", "पहले बिना कैमरे"), _number("Asked", "सम्पर्क किया"),
        _number("Promised", "आश्वासन"), _number("Installed", "स्थापित"), _number("Linked", "लिंक"),
    ]  # fmt: skip
    rows = [
        [one["name"], one["premises"], one["with_cameras"],
         *(one[name][what] for name in words for what in ("covered", "live")),
         one["without"], one["asked"], one["promised"], one["installed"], one["linked"]]
        for one in placements.placements(actor)["items"]
    ]  # fmt: skip
    return Sheet("Placements", text("What is covered", "क्या कवर है"), columns, rows, note=_as_of())


def _league(actor: Actor, view: View) -> Sheet:
    by: dict[str, league.By] = {"departments": "department", "stations": "police_station", "officers": "officer"}
    columns = [
        _NAME, _number("Premises", "प्रतिष्ठान"), _LISTED, _number("Asked", "सम्पर्क किया"),
        _number("Consented", "सहमति प्राप्त"), _number("Refused", "असहमत"),
        _number("Done", "पूर्ण"), Column(text("Rate", "दर"), "percent"),
    ]  # fmt: skip
    names = ("name", "premises", "listed", "asked", "consented", "refused", "done", "rate")
    rows = [[one[name] for name in names] for one in league.league(actor, by[view])["items"]]
    return Sheet("League", text("Who is how far", "कौन कितना आगे"), columns, rows, note=_as_of())


def _as_of() -> dict[str, str]:
    day = local_day().strftime("%d-%m-%Y")
    return text(f"As of {day}; only cameras verified live count as done",
                f"दिनांक {day} की स्थिति; केवल लाइव सत्यापित कैमरे पूर्ण माने गए")  # fmt: skip


def _file(sheets: Sequence[Sheet], form: Format, language: Language, name: str) -> HttpResponse:
    day = local_day().isoformat()
    if form == "xlsx":
        answer = HttpResponse(workbook(sheets, language), content_type=MEDIA_TYPE)
    else:
        answer = HttpResponse(_csv(sheets[0], language), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{day}.{form}"'
    return answer


def _csv(sheet: Sheet, language: Language) -> bytes:
    buffer = io.StringIO()
    buffer.write("\ufeff")  # spreadsheets read Hindi only when told that it is UTF-8
    writer = csv.writer(buffer)
    writer.writerow([pick(column.title, language) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([safe_cell(pick(value, language)) for value in row])
    return buffer.getvalue().encode()
