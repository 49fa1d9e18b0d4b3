"""The after-action report: what happened, who did what and when, which clocks were kept, what is learnt from it."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.common.actor import Actor
from prahari.desks.common.documents import pdf
from prahari.desks.common.errors import Text, text
from prahari.desks.incidents import hooks, selectors, timeline, words
from prahari.desks.incidents.models import Incident, TimelineEntry

Language = Literal["hi", "en"]
ENTRIES_MOST = 2_000


def on_paper(actor: Actor, incident_id: UUID, language: Language) -> tuple[str, bytes]:
    """(file name, PDF) as things stand. Raises Problem 403, 404, documents.DocumentError."""
    detail = selectors.detail(actor, incident_id)
    found = selectors.incident(actor, incident_id)
    entries = list(timeline.entries_of(found).select_related("incident").order_by("happened_ms", "id")[:ENTRIES_MOST])
    made = pdf("incidents/after_action", _data(detail, found, entries), language)
    return f"incident-{found.number}-{language}.pdf", made


def _data(detail: dict[str, Any], found: Incident, entries: list[TimelineEntry]) -> dict[str, Any]:
    return {
        "title": text("After-action report", "कार्यवाही आख्या"),
        "number": found.number,
        "made_ms": now_ms(),
        "final": found.state == "closed",
        "lead": lead(detail),
        "facts": _facts(detail),
        "description": found.description,
        "clocks": [_clock(one) for one in detail["clocks"]],
        "parts": [[one["name"], words.PART[one["part"]], one["since_ms"]] for one in detail["parts"]],
        "handovers": [
            {
                "from": one["from_agency"]["name"], "to": one["to_agency"]["name"],
                "state": words.HANDOVER[one["state"]], "note": one["note"], "answer": one["answer"],
                "offered_ms": one["offered_ms"], "answered_ms": one["answered_ms"], "by": one["offered_by"],
                "answered_by": one["answered_by"],
            }
            for one in reversed(detail["handovers"])
        ],
        "people": [
            [one["name"], one["agency"]["name"] if one["agency"] else "",
             text("In charge", "प्रभारी") if one["in_charge"] else text("Works on it", "कार्यरत")]
            for one in detail["people"]
        ],
        "alarms": [[one["first_ms"], one["name"], words.SEVERITY[one["severity"]], one["count"]]
                   for one in detail["alarms"]],
        "timeline": [
            {
                "at_ms": one.happened_ms, "late_ms": one.entered_ms if _entered_later(one) else None,
                "by": one.by_name or words.CENTRE, "said": one.said, "text": one.text,
                "number": one.incident.number if one.incident_id != found.id else None,
            }
            for one in entries
        ],
        "sections": hooks.report_sections(found),
        "files": [[one["name"], one["created_ms"], one["sha256"]] for one in detail["files"]],
        "lessons": found.lessons,
        "others": _others(detail),
    }  # fmt: skip


def _entered_later(one: TimelineEntry) -> bool:
    return one.entered_ms - one.happened_ms > 60_000


def lead(detail: dict[str, Any]) -> Text:
    """What a commissioner reads when he reads one sentence."""
    kept = sum(one["state"] == "kept" for one in detail["clocks"])
    due = sum(one["state"] in ("kept", "late", "missed") for one in detail["clocks"])
    severity, state = words.SEVERITY[detail["severity"]], words.STATE[detail["state"]]
    kind = detail["kind"]["name"]
    en = f"{kind['en']}, severity {severity['en'].lower()}, {state['en'].lower()}"
    hi = f"{kind['hi']}, गंभीरता {severity['hi']}, स्थिति: {state['hi']}"
    if detail["outcome"]:
        outcome = words.OUTCOME[detail["outcome"]]
        en, hi = f"{en}: {outcome['en'].lower()}", f"{hi} ({outcome['hi']})"
    en, hi = f"{en}.", f"{hi}।"
    end_ms = detail["closed_ms"] or detail["resolved_ms"]
    if end_ms:
        minutes = max(1, round((end_ms - detail["opened_ms"]) / 60_000))
        en, hi = f"{en} It took {minutes} min.", f"{hi} कुल {minutes} मिनट लगे।"
    if due:
        en = f"{en} {kept} of {due} clocks were kept."
        hi = f"{hi} {due} में से {kept} समय-सीमाएँ समय पर पूरी हुईं।"
    return text(en, hi)


def _facts(detail: dict[str, Any]) -> list[list[Any]]:
    point = "" if detail["lat"] is None else f"{detail['lat']:.5f}, {detail['lon']:.5f}"
    place = " · ".join(part for part in (detail["address"], point) if part)
    return [
        [text("Incident", "घटना"), detail["title"] or detail["kind"]["name"]],
        [text("Place", "स्थान"), place or text("not known", "ज्ञात नहीं")],
        [text("Area", "क्षेत्र"), detail["jurisdiction"]["name"]],
        [text("Leads", "नेतृत्व"), detail["agency"]["name"]],
        [text("Known by", "सूचना का माध्यम"), words.CHANNEL[detail["channel"]]],
        [text("Opened by", "दर्ज करने वाला"), detail["opened_by"] or words.CENTRE],
    ]


def _clock(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": words.CLOCK[one["clock"]],
        "round": one["round"],
        "allowed_s": (one["due_ms"] - one["starts_ms"]) // 1000,
        "taken_s": None if one["met_ms"] is None else (one["met_ms"] - one["starts_ms"]) // 1000,
        "state": words.CLOCK_STATE[one["state"]],
        "good": one["state"] == "kept",
        "bad": one["state"] in ("late", "missed"),
    }


def _others(detail: dict[str, Any]) -> list[Text]:
    found = [text(f"Incident {one['number']} is part of this one.", f"घटना {one['number']} इसका भाग है।")
             for one in detail["merged"]]  # fmt: skip
    if detail["merged_into_number"]:
        number = detail["merged_into_number"]
        found.append(text(f"This is part of incident {number}.", f"यह घटना {number} का भाग है।"))
    if detail["split_from"]:
        number = detail["split_from"]["number"]
        found.append(text(f"It was split off from incident {number}.", f"यह घटना {number} से पृथक की गई।"))
    found += [text(f"Incident {one['number']} was split off from it.", f"घटना {one['number']} इससे पृथक की गई।")
              for one in detail["split_off"]]  # fmt: skip
    return found
