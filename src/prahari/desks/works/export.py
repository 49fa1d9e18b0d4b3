"""The state of the works as a workbook or a report on paper: the same rows and figures that the console shows."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.documents import pdf
from prahari.desks.common.errors import text
from prahari.desks.common.workbooks import MEDIA_TYPE, Column, Sheet, workbook
from prahari.desks.works import progress, selectors
from prahari.desks.works import references as refs
from prahari.desks.works.models import Delay, ProgressEntry, Project

Language = Literal["hi", "en"]
CRORE_PAISE = 1_000_000_000
STATES = {
    "late": text("Late", "विलम्बित"),
    "behind": text("Behind plan", "योजना से पीछे"),
    "on_track": text("On track", "योजनानुसार"),
    "not_started": text("Not started", "प्रारम्भ नहीं"),
    "done": text("Done", "पूर्ण"),
}
FORECASTS = {
    "too_little": text("Too little history", "इतिहास कम है"),
    "standing": text("Standing still", "कार्य रुका है"),
    "far": text("Not foreseeable", "पूर्वानुमान सम्भव नहीं"),
    "reached": text("Done", "पूर्ण"),
}


def response(actor: Actor, form: str, language: Language, project_id: UUID | None) -> HttpResponse:
    """Raises Problem 403, 404."""
    with action("works.export", actor=actor) as act:
        actor.require(refs.VIEW)
        project: Project | None = refs.found(refs.projects_in(actor), project_id) if project_id else None
        rows = selectors.packages(actor, project=project_id)
        act.about("works", str(project_id or "all"), project.name_en if project else "")
        act.details(packages=len(rows), format=form)
    name = f"works-{local_day()}.{form}"
    if form == "pdf":
        body, media_type = pdf("works/works", _report(actor, project, rows), language), "application/pdf"
    else:
        body, media_type = _workbook(rows, language), MEDIA_TYPE
    return HttpResponse(
        body, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _crore(paise: int) -> float:
    return round(paise / CRORE_PAISE, 4)


def _workbook(rows: list[dict[str, Any]], language: Language) -> bytes:
    note = text(f"As of {local_day()}. Sums in crore rupees.", f"स्थिति {local_day()}। राशि करोड़ रुपये में।")
    names = {row["id"]: f"{row['number']} {row['name'][language]}" for row in rows}
    packages = Sheet(
        "Packages", text("Packages of roll-out works", "क्रियान्वयन कार्यों के पैकेज"),
        [
            Column(text("No.", "संख्या"), width=10), Column(text("Package", "पैकेज"), width=36),
            Column(text("Project", "परियोजना"), width=28), Column(text("Kind", "प्रकार"), width=18),
            Column(text("Contractor", "ठेकेदार"), width=24), Column(text("Unit", "इकाई"), width=9),
            Column(text("Planned", "योजना"), "decimal"), Column(text("Done", "पूर्ण"), "decimal"),
            Column(text("Planned %", "योजना %"), "percent"), Column(text("Done %", "पूर्ण %"), "percent"),
            Column(text("Spent %", "व्यय %"), "percent"), Column(text("State", "स्थिति"), width=16),
            Column(text("Held up by", "रुकावट"), width=16), Column(text("Days lost", "नष्ट दिन"), "number"),
            Column(text("Baseline end", "मूल समाप्ति"), "date"), Column(text("Planned end", "वर्तमान समाप्ति"), "date"),
            Column(text("Forecast", "पूर्वानुमान"), "date", width=16), Column(text("Earliest", "शीघ्रतम"), "date"),
            Column(text("Latest", "विलम्बतम"), "date"),
            Column(text("Sanctioned", "स्वीकृत"), "decimal", total=True),
            Column(text("Committed", "प्रतिबद्ध"), "decimal", total=True),
            Column(text("Spent", "व्यय"), "decimal", total=True),
        ],
        [
            (
                row["number"], row["name"], row["project_name"], row["kind"]["name"], row["contractor"], row["unit"],
                row["plan"]["quantity"], row["done"], row["planned_share"], row["done_share"], row["spent_share"],
                STATES[row["state"]], row["held_up_by"] and row["held_up_by"]["name"], row["days_lost"],
                row["baseline"]["end"], row["plan"]["end"],
                row["forecast"]["on"] or FORECASTS.get(row["forecast"]["state"]),
                row["forecast"]["early"], row["forecast"]["late"], _crore(row["sanctioned_paise"]),
                _crore(row["committed_paise"]), _crore(row["spent_paise"]),
            )
            for row in rows
        ],
        note=note,
    )  # fmt: skip
    delays = Sheet(
        "Delays", text("Delays", "विलम्ब"),
        [
            Column(text("Package", "पैकेज"), width=40), Column(text("Reason", "कारण"), width=22),
            Column(text("From", "से"), "date"), Column(text("To", "तक"), "date"),
            Column(text("Days", "दिन"), "number"), Column(text("Note", "टिप्पणी"), width=50),
        ],
        [
            (names[one.package_id], {"en": one.reason.name_en, "hi": one.reason.name_hi}, one.first_day, one.last_day,
             progress.days_lost([(one.first_day, one.last_day)], local_day()), one.note)
            for one in Delay.objects.filter(package_id__in=names).select_related("reason")
        ],
    )  # fmt: skip
    entries = Sheet(
        "Progress", text("Progress entries", "प्रगति प्रविष्टियाँ"),
        [
            Column(text("Package", "पैकेज"), width=40), Column(text("Day", "दिनांक"), "date"),
            Column(text("Done", "पूर्ण"), "decimal"), Column(text("Entered by", "प्रविष्टिकर्ता"), width=24),
            Column(text("Entered at", "प्रविष्टि समय"), "moment"), Column(text("Note", "टिप्पणी"), width=50),
            Column(text("Corrected since", "बाद में सुधारी"), width=14),
        ],
        [
            (names[one.package_id], one.done_on, float(one.quantity), one.by_name, one.entered_ms,
             " · ".join(filter(None, (one.note, one.over_reason))),
             text("yes", "हाँ") if hasattr(one, "correction") else "")
            for one in ProgressEntry.objects.filter(package_id__in=names).select_related("correction")
        ],
    )  # fmt: skip
    return workbook([packages, delays, entries], language)


def _report(actor: Actor, project: Project | None, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What documents/works.typ shows."""
    gained = progress.earned(
        (row["sanctioned_paise"], row["planned_share"], row["done_share"], row["spent_paise"]) for row in rows
    )
    return {
        "subject": {"en": project.name_en, "hi": project.name_hi} if project else text("All projects", "सभी परियोजनाएँ"),
        "on": str(local_day()),
        "as_of_ms": now_ms(),
        "by": actor.name,
        "earned": {
            name: _crore(getattr(gained, name)) for name in ("budget", "planned", "earned", "spent")
        },
        "states": {state: sum(row["state"] == state for row in rows) for state in STATES},
        "rows": [
            {
                "number": row["number"],
                "name": row["name"],
                "contractor": row["contractor"],
                "unit": row["unit"],
                "planned": row["plan"]["quantity"],
                "done": row["done"],
                "planned_share": row["planned_share"],
                "done_share": row["done_share"],
                "state": row["state"],
                "word": STATES[row["state"]],
                "held": row["held_up_by"] and row["held_up_by"]["name"],
                "days_lost": row["days_lost"],
                "end": str(row["plan"]["end"]),
                "moved": str(row["baseline"]["end"]) if row["baseline"]["end"] != row["plan"]["end"] else "",
                "forecast": str(row["forecast"]["on"] or ""),
                "early": str(row["forecast"]["early"] or ""),
                "late": str(row["forecast"]["late"] or ""),
                "no_forecast": FORECASTS.get(row["forecast"]["state"], text("", "")),
                "critical": row["critical"],
            }
            for row in rows
        ],
    }  # fmt: skip
