"""Steps as plain values: what keeps them from being published, which are to be done, whether an answer fits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from prahari.desks.common.errors import Text, invalid, required, text

Step = dict[str, Any]
"""schemas.StepBody as JSON."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PHONE = re.compile(r"[0-9+() .\-]{3,40}")


def problems(steps: Sequence[Step], agencies: set[str], automatic: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """StepProblems. agencies: codes that exist. automatic: code -> fields of what may be called."""
    found = (
        [{"step": "", "field": "steps", "text": text("There is no step yet.", "अभी कोई चरण नहीं है।")}]
        if not steps
        else []
    )
    earlier: dict[str, Step] = {}
    for step in steps:
        wrong = list(_wrong(step, earlier, agencies, automatic))
        found += [{"step": step["id"], "field": field, "text": said} for field, said in wrong]
        earlier[step["id"]] = step
    return found


def _wrong(
    step: Step, earlier: Mapping[str, Step], agencies: set[str], automatic: Mapping[str, Sequence[Any]]
) -> Iterator[tuple[str, Text]]:
    if step["id"] in earlier:
        yield "id", text("Two steps have this identifier.", "दो चरणों की पहचान एक ही है।")
    if not both(step["title"]):
        yield "title", _IN_BOTH
    if step["agency"] and step["agency"] not in agencies:
        yield "agency", text("There is no such agency.", "ऐसी कोई एजेंसी नहीं है।")
    if step["only_if"] is not None:
        before = earlier.get(step["only_if"]["step"])
        known = {one["code"] for one in before["options"]} if before and before["kind"] == "choose" else set()
        if not step["only_if"]["options"] or not set(step["only_if"]["options"]) <= known:
            yield "only_if", text("It must depend on answers of an earlier step that chooses.",
                                  "यह किसी पहले के विकल्प वाले चरण के उत्तर पर निर्भर होना चाहिए।")  # fmt: skip
    match step["kind"]:
        case "choose":
            yield from _options(step["options"])
        case "number":
            if step["least"] is not None and step["most"] is not None and step["least"] > step["most"]:
                yield "most", text("The largest number is below the smallest.", "अधिकतम संख्या न्यूनतम से कम है।")
        case "form":
            yield from _form_fields(step["fields"])
        case "timer":
            if step["seconds"] is None:
                yield "seconds", required()
        case "automatic":
            yield from _call(step["automatic"], automatic)


def _options(options: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Text]]:
    codes = [one["code"] for one in options]
    if len(codes) < 2 or len(set(codes)) < len(codes):
        yield "options", text("Two different answers at least.", "कम से कम दो भिन्न उत्तर।")
    elif not all(both(one["name"]) for one in options):
        yield "options", _IN_BOTH


def _form_fields(fields: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Text]]:
    codes = [one["code"] for one in fields]
    if not codes or len(set(codes)) < len(codes):
        yield "fields", text("At least one field, each different.", "कम से कम एक फ़ील्ड, सब भिन्न।")
    elif not all(both(one["name"]) for one in fields):
        yield "fields", _IN_BOTH
    for one in fields:
        if one["kind"] == "choose":
            yield from (("fields", said) for _, said in _options(one["options"]))


def _call(call: Mapping[str, Any] | None, automatic: Mapping[str, Sequence[Any]]) -> Iterator[tuple[str, Text]]:
    if call is None or call["code"] not in automatic:
        yield "automatic", text("Choose what is to be done.", "क्या किया जाना है, चुनें।")
        return
    for field in automatic[call["code"]]:
        value = call["values"].get(field.code)
        if value in (None, ""):
            if field.required:
                yield "automatic", text(f"{field.en} is needed.", f"{field.hi} आवश्यक है।")
        elif field.options and value not in {code for code, _, _ in field.options}:
            yield "automatic", text(f"{field.en}: not in the list.", f"{field.hi}: सूची में नहीं।")


def both(pair: Mapping[str, str]) -> bool:
    return bool(pair["en"] and pair["hi"])


_IN_BOTH = text("Needed in Hindi and in English.", "हिन्दी और अंग्रेज़ी दोनों में आवश्यक।")


def standings(steps: Sequence[Step], chosen: Mapping[str, str | None]) -> dict[str, str]:
    """Which steps are to be done: `applies`, `waits` (the step it depends on is not answered), `not_needed`.

    chosen: step id -> its answer, for steps that are done; None for skipped ones.
    """
    found: dict[str, str] = {}
    for step in steps:
        condition = step["only_if"]
        if condition is None:
            found[step["id"]] = "applies"
            continue
        before = found.get(condition["step"], "not_needed")
        if before != "applies":
            found[step["id"]] = before
        elif condition["step"] not in chosen:
            found[step["id"]] = "waits"
        else:
            found[step["id"]] = "applies" if chosen[condition["step"]] in condition["options"] else "not_needed"
    return found


def fitting(step: Step, value: Any) -> Any:
    """The answer as it is kept. Raises Problem 422 naming `value` or `value.<field>`."""
    match step["kind"]:
        case "confirm" | "timer" | "automatic":
            return None
        case "choose":
            return _chosen(value, step["options"], "value")
        case "text":
            return _written(value, "value")
        case "number":
            return _counted(value, step["least"], step["most"], "value")
        case _:
            given = value if isinstance(value, dict) else {}
            if unknown := set(given) - {field["code"] for field in step["fields"]}:
                raise invalid(**{f"value.{min(unknown)}": text("There is no such field.", "ऐसा कोई फ़ील्ड नहीं है।")})
            return {field["code"]: kept for field in step["fields"]
                    if (kept := _of_field(field, given.get(field["code"]))) is not None}  # fmt: skip


def _of_field(field: Mapping[str, Any], value: Any) -> Any:
    name = f"value.{field['code']}"
    if value in (None, ""):
        if field["required"]:
            raise invalid(**{name: required()})
        return None
    match field["kind"]:
        case "choose":
            return _chosen(value, field["options"], name)
        case "number":
            return _counted(value, None, None, name)
        case "time":
            if not isinstance(value, str) or not _CLOCK.fullmatch(value):
                raise invalid(**{name: text("A time as 18:30 is expected.", "समय 18:30 के रूप में अपेक्षित है।")})
            return value
        case "phone":
            if not isinstance(value, str) or not _PHONE.fullmatch(value):
                raise invalid(**{name: text("A telephone number is expected.", "फ़ोन नंबर अपेक्षित है।")})
            return value
        case _:
            return _written(value, name)


def _chosen(value: Any, options: Sequence[Mapping[str, Any]], name: str) -> str:
    if value not in [one["code"] for one in options]:
        raise invalid(**{name: text("Choose one of the answers.", "दिए गए उत्तरों में से एक चुनें।")})
    return str(value)


def _written(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise invalid(**{name: required()})
    return value.strip()


def _counted(value: Any, least: float | None, most: float | None, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise invalid(**{name: text("A number is expected.", "संख्या अपेक्षित है।")})
    if least is not None and value < least:
        raise invalid(**{name: text(f"Must be {least:g} or more.", f"{least:g} या अधिक होना चाहिए।")})
    if most is not None and value > most:
        raise invalid(**{name: text(f"Must be {most:g} or less.", f"{most:g} या कम होना चाहिए।")})
    return value


def shown(step: Step, value: Any) -> Text:
    """An answer as a person reads it, for the time line and the report."""
    match step["kind"]:
        case "choose":
            return _option_name(step["options"], value)
        case "number" if value is not None:
            unit = step["unit"]
            return text(f"{value:g} {unit['en']}".strip(), f"{value:g} {unit['hi']}".strip())
        case "form" if isinstance(value, dict):
            parts = [(field["name"], _field_shown(field, value[field["code"]])) for field in step["fields"]
                     if field["code"] in value]  # fmt: skip
            return text("; ".join(f"{name['en']}: {said['en']}" for name, said in parts),
                        "; ".join(f"{name['hi']}: {said['hi']}" for name, said in parts))  # fmt: skip
        case "text" if value:
            return text(str(value), str(value))
    return text("", "")


def _field_shown(field: Mapping[str, Any], value: Any) -> Text:
    if field["kind"] == "choose":
        return _option_name(field["options"], value)
    plain = f"{value:g}" if isinstance(value, float) else str(value)
    return text(plain, plain)


def _option_name(options: Sequence[Mapping[str, Any]], value: Any) -> Text:
    return next(
        (dict(one["name"]) for one in options if one["code"] == value), text(str(value or ""), str(value or ""))
    )
