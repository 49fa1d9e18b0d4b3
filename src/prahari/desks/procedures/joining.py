"""What this room hands to the incidents desk below it: the run that begins with an incident, what is unfinished, its
part of the report; and the automatic action that incidents offer by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from prahari.desks.accounts.models import Agency
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, Text, text
from prahari.desks.incidents import agencies, hooks, telling, words, writing
from prahari.desks.incidents.models import Incident
from prahari.desks.procedures import automatic, running, selectors, steps
from prahari.desks.procedures.models import ProcedureRun

_STATES: dict[str, Text] = {
    "open": text("Open", "लम्बित"),
    "done": text("Done", "पूर्ण"),
    "skipped": text("Skipped", "छोड़ा गया"),
}


def join() -> None:
    hooks.opened.append(running.begin_with)
    hooks.unfinished.append(unfinished)
    hooks.sections.append(sections)
    automatic.register(
        "ask_agency", ask_agency, "Bring another agency in", "दूसरी एजेंसी को सहभागी बनाना",
        fields=[automatic.Field("agency", "Agency", "एजेंसी", "choose", required=True, listed=_agencies)],
    )  # fmt: skip


def unfinished(incident: Incident) -> list[Text]:
    """Required steps of runs that are at work."""
    found = []
    for run in _runs(incident).filter(state="running"):
        rows = {one.step: one for one in run.steps.all()}
        standing = selectors.standings(run.version.steps, rows)
        found += [
            dict(body["title"])
            for body in run.version.steps
            if body["required"] and rows[body["id"]].state == "open" and standing[body["id"]] != "not_needed"
        ]
    return found


def sections(incident: Incident) -> list[dict[str, Any]]:
    """A table a run: each step that was to be done, what became of it, by whom, when."""
    columns = [
        {**name, "share": share}
        for name, share in (
            (text("Step", "चरण"), 4),
            (text("State", "स्थिति"), 1.5),
            (text("Answer", "उत्तर"), 4),
            (text("By", "द्वारा"), 2),
            (text("Time", "समय"), 2.9),
        )
    ]
    found = []
    for run in _runs(incident):
        rows = {one.step: one for one in run.steps.all()}
        standing = selectors.standings(run.version.steps, rows)
        table = [
            [
                body["title"],
                _STATES[row.state],
                _answer(body, row),
                row.by_name or (words.CENTRE if row.at_ms else ""),
                {"moment_ms": row.at_ms},
            ]
            for body in run.version.steps
            if (row := rows[body["id"]]) and standing[body["id"]] != "not_needed"
        ]
        name = run.procedure
        title = text(f"Procedure: {name.name_en} (version {run.version.number})",
                     f"कार्यप्रणाली: {name.name_hi} (संस्करण {run.version.number})")  # fmt: skip
        found.append({"title": title, "columns": columns, "rows": table})
    return found


def _answer(body: steps.Step, row: Any) -> Text:
    if row.state == "skipped":
        return text(row.reason, row.reason)
    return row.outcome or steps.shown(body, row.value)


def _runs(incident: Incident) -> Any:
    found = ProcedureRun.objects.filter(incident=incident).select_related("procedure", "version")
    return found.prefetch_related("steps").order_by("started_ms", "id")


def ask_agency(*, actor: Actor, incident: Incident, values: Mapping[str, Any], key: str) -> Text:
    """The agency takes part from now on, if it does not already."""
    code = str(values["agency"])
    with action("incident.add_agency", actor=actor) as act:
        writing.about(act, incident)
        name = writing.agency(code).name
        try:
            agencies.ask(act, incident, code)
        except Problem as refused:
            if refused.code != "takes_part":
                raise
            return text(f"{name['en']} takes part already.", f"{name['hi']} पहले से सहभागी है।")
        writing.save(incident)
        telling.changed(act, incident, "add_agency")
    return text(f"{name['en']} takes part now.", f"{name['hi']} अब सहभागी है।")


def _agencies() -> Sequence[tuple[str, str, str]]:
    rows = Agency.objects.filter(active=True).order_by("code")
    return list(rows.values_list("code", "name_en", "name_hi"))
