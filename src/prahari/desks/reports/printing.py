"""A daily report on paper and as a workbook: from its kept figures alone, so that the same can be printed for ever."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from prahari.desks.common.documents import pdf
from prahari.desks.common.errors import Text, text
from prahari.desks.common.workbooks import MEDIA_TYPE, Column, Sheet, workbook
from prahari.desks.reports import snapshot, wording
from prahari.desks.reports.models import ReportVersion

Language = Literal["hi", "en"]
PDF = "application/pdf"
DOWN_ON_PAPER = 60

TITLE = text("Daily progress report", "दैनिक प्रगति आख्या")
NAMES: dict[str, Text] = {
    "target": text("Target", "लक्ष्य"),
    "listed": text("Listed", "सूचीबद्ध"),
    "asked": text("Asked", "सम्पर्क किया"),
    "consented": text("Given", "सहमति प्राप्त"),
    "refused": text("Refused", "असहमत"),
    "withdrawn": text("Withdrawn", "सहमति वापस"),
    "linked_today": text("Linked today", "आज लिंक"),
    "verified_today": text("Verified today", "आज सत्यापित"),
    "verified": text("Verified live", "लाइव सत्यापित"),
    "gap": text("Gap", "शेष"),
    "live_now": text("Live now", "अभी लाइव"),
    "down_24h": text("Down over 24 h", "24 घंटे से बंद"),
}
ALL = text("All", "योग")


def file_name(version: ReportVersion, language: str, form: str) -> str:
    """ASCII, without spaces: it goes into headers."""
    figures = version.figures
    area = (figures["area"]["path"] or "centre").rpartition(".")[2]
    agency = f"-{figures['agency']['code']}" if figures["agency"] else ""
    return f"daily-report-{figures['day']}-{area}{agency}-v{version.version}-{language}.{form}"


def attachments(version: ReportVersion, language: str) -> list[tuple[str, bytes, str]]:
    """For a mail: (name, bytes, media type)."""
    spoken: Language = "en" if language == "en" else "hi"
    return [
        (file_name(version, spoken, "pdf"), on_paper(version, spoken), PDF),
        (file_name(version, spoken, "xlsx"), as_workbook(version, spoken), MEDIA_TYPE),
    ]


def rows(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows as they are shown: for each class its sum, then its stations. "depth": 0 for a class, 1 for a station."""
    shown: list[dict[str, Any]] = []
    by_class: dict[str, list[dict[str, Any]]] = {}
    for row in figures["rows"]:
        by_class.setdefault(row["class"], []).append(row)
    for code, known in figures["classes"].items():
        stations = by_class.get(code, [])
        total = snapshot.sums(stations) | {"target": known["target"]}
        shown.append(_row(0, known["name"], total, ""))
        for row in stations if len(figures["stations"]) > 1 else []:
            station = figures["stations"][row["station"]]
            shown.append(_row(1, station["name"], row, station["officer"]))
    return shown


def total(figures: dict[str, Any]) -> dict[str, Any]:
    return _row(0, ALL, figures["totals"], "")


def _row(depth: int, name: Text, counts: dict[str, Any], officer: str) -> dict[str, Any]:
    target = counts["target"]
    gap = None if target is None else max(target - counts["verified"], 0)
    return {"depth": depth, "name": name, "officer": officer, "gap": gap} | {
        key: counts[key] for key in NAMES if key != "gap"
    }


def on_paper(version: ReportVersion, language: Language) -> bytes:
    """PDF. Raises documents.DocumentError."""
    figures = version.figures
    down = figures["down"]
    return pdf("reports/daily", {
        "centre": figures["centre"],
        "title": TITLE,
        "number": f"{figures['day'].replace('-', '')}-{version.version}",
        "day": figures["day"],
        "area": snapshot.area_name(figures),
        "lead": figures["lead"],
        "notes": notes(version),
        "names": NAMES,
        "rows": rows(figures),
        "total": total(figures),
        "changes": changes(figures),
        "reasons": reasons(down),
        "down": [_down_row(one, figures, language) for one in (down or {"cameras": []})["cameras"][:DOWN_ON_PAPER]],
        "down_count": down["count"] if down else None,
        "refusals": figures["refusals"],
        "officer": figures["officer"],
        "signature": signature(version),
        "made_ms": figures["made_ms"],
        "sha256": version.sha256,
    }, language)  # fmt: skip


def _down_row(camera: dict[str, Any], figures: dict[str, Any], language: str) -> list[Any]:
    known = figures["classes"].get(camera["class"])
    return [
        camera["reg_id"], camera["name"], known["name"] if known else camera["class"],
        wording.moment(camera["since_ms"], language), wording.reason(camera["reason"]),
    ]  # fmt: skip


def reasons(down: dict[str, Any] | None) -> list[list[Any]]:
    """[[words, count]], the most frequent first."""
    found = sorted((down or {"reasons": {}})["reasons"].items(), key=lambda one: (-one[1], one[0]))
    return [[wording.reason(code), count] for code, count in found]


def changes(figures: dict[str, Any]) -> list[list[Any]]:
    """[[name, yesterday, today, change]] of the totals that can be told for both days."""
    before, now = figures["before"], figures["totals"]
    return [[NAMES[name], before[name], now[name], now[name] - before[name]] for name in snapshot.STEADY]


def notes(version: ReportVersion) -> list[Text]:
    """What a reader has to know about how this version came to be."""
    figures = version.figures
    found = []
    if figures["late"]:
        en, hi = (wording.moment(figures["made_ms"], language) for language in ("en", "hi"))
        found.append(text(f"Made late ({en}): the centre was not running at {figures['hour']}.",
                          f"विलम्ब से बनी ({hi}): {figures['hour']} बजे केंद्र चालू नहीं था।"))  # fmt: skip
    if figures["totals"]["live_now"] is None:
        found.append(text("How many cameras were live at that hour is not known.",
                          "उस समय कितने कैमरे लाइव थे, यह ज्ञात नहीं।"))  # fmt: skip
    if version.version > 1:
        found.append(text(f"Correction, version {version.version}: {version.reason}",
                          f"संशोधन, संस्करण {version.version}: {version.reason}"))  # fmt: skip
    return found


def signature(version: ReportVersion) -> dict[str, Any] | None:
    if version.signed_ms is None:
        return None
    return {
        "name": version.signer_name,
        "post": text(version.signer_post_en, version.signer_post_hi),
        "at_ms": version.signed_ms,
        "remark": version.remark,
    }


def as_workbook(version: ReportVersion, language: Language) -> bytes:
    """XLSX: the table, what changed, cameras that are down."""
    figures = version.figures
    numbers = [Column(name, "number", width=13) for name in NAMES.values()]
    columns = [
        Column(text("Class", "श्रेणी"), width=30), Column(text("Police station", "थाना"), width=26), *numbers,
        Column(text("Officer", "अधिकारी"), width=26),
    ]  # fmt: skip
    flat, bold = [], set()
    group: Text = text("", "")
    for at, row in enumerate(rows(figures)):
        if row["depth"] == 0:
            group = row["name"]
            bold.add(at)
        station = ALL if row["depth"] == 0 else row["name"]
        flat.append([group, station, *(row[name] for name in NAMES), row["officer"]])
    everything = total(figures)
    area, day = snapshot.area_name(figures), dt.date.fromisoformat(figures["day"])
    title = text(*(f"{TITLE[spoken]}, {area[spoken]}, {wording.day(day, spoken)}" for spoken in ("en", "hi")))
    sheets = [
        Sheet(
            TITLE[language], title, columns, flat, note=_note(version), bold_rows=frozenset(bold),
            totals=[ALL, ALL, *(everything[name] for name in NAMES), ""],
        ),
        Sheet(
            text("Changes", "परिवर्तन")[language], title,
            [
                Column(text("Count", "संख्या"), width=26), Column(text("Day before", "पिछला दिन"), "number"),
                Column(text("This day", "इस दिन"), "number"), Column(text("Change", "परिवर्तन"), "number"),
            ],
            changes(figures),
        ),
        Sheet(
            text("Down", "बंद कैमरे")[language], title,
            [
                Column(text("Number", "पंजीयन संख्या"), width=18), Column(text("Camera", "कैमरा"), width=34),
                Column(text("Class", "श्रेणी"), width=24),
                Column(text("Last seen live", "अन्तिम बार लाइव"), "moment"), Column(text("Reason", "कारण"), width=44),
            ],
            [
                [
                    one["reg_id"], one["name"], figures["classes"].get(one["class"], {}).get("name", one["class"]),
                    one["since_ms"], wording.reason(one["reason"]),
                ]
                for one in (figures["down"] or {"cameras": []})["cameras"]
            ],
        ),
    ]  # fmt: skip
    return workbook(sheets, language)


def _note(version: ReportVersion) -> Text:
    lead = version.figures["lead"]
    signed = signature(version)
    en = f"{lead['en']} SHA-256 {version.sha256}"
    hi = f"{lead['hi']} SHA-256 {version.sha256}"
    if signed:
        en = f"Signed by {signed['name']}, {wording.moment(signed['at_ms'], 'en')}. {en}"
        hi = f"प्रमाणित: {signed['name']}, {wording.moment(signed['at_ms'], 'hi')}। {hi}"
    return text(en, hi)
