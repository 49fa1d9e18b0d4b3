"""Short words for writing steps down."""

from __future__ import annotations

from typing import Any

from prahari.desks.procedures.steps import Step

Pair = tuple[str, str]
"""English, Hindi."""


def _pair(given: Pair | None) -> dict[str, str]:
    en, hi = given or ("", "")
    return {"en": en, "hi": hi}


def _step(
    code: str, kind: str, title: Pair, help: Pair | None = None, *, required: bool = True, agency: str = "",
    post: Pair | None = None, limit_s: int | None = None, when: tuple[str, str] | None = None, **own: Any,
) -> Step:  # fmt: skip
    """when: (earlier step, its answers with | between)."""
    return {
        "id": code, "kind": kind, "title": _pair(title), "help": _pair(help), "required": required, "agency": agency,
        "post": _pair(post), "limit_s": limit_s,
        "only_if": {"step": when[0], "options": when[1].split("|")} if when else None, "options": [],
        "unit": _pair(None), "least": None, "most": None, "fields": [], "seconds": None, "automatic": None,
    } | own  # fmt: skip


def confirm(code: str, title: Pair, help: Pair | None = None, **more: Any) -> Step:
    return _step(code, "confirm", title, help, **more)


def choose(code: str, title: Pair, options: dict[str, Pair], help: Pair | None = None, **more: Any) -> Step:
    listed = [{"code": key, "name": _pair(name)} for key, name in options.items()]
    return _step(code, "choose", title, help, options=listed, **more)


def write(code: str, title: Pair, help: Pair | None = None, **more: Any) -> Step:
    return _step(code, "text", title, help, **more)


def count(code: str, title: Pair, unit: Pair, help: Pair | None = None, *, least: float = 0, most: float | None = None,
          **more: Any) -> Step:  # fmt: skip
    return _step(code, "number", title, help, unit=_pair(unit), least=least, most=most, **more)


def form(code: str, title: Pair, fields: list[dict[str, Any]], help: Pair | None = None, **more: Any) -> Step:
    return _step(code, "form", title, help, fields=fields, **more)


def field(code: str, name: Pair, kind: str = "text", *, required: bool = False, **options: Pair) -> dict[str, Any]:
    listed = [{"code": key, "name": _pair(one)} for key, one in options.items()]
    return {"code": code, "name": _pair(name), "kind": kind, "required": required, "options": listed}


def timer(code: str, title: Pair, seconds: int, help: Pair | None = None, **more: Any) -> Step:
    return _step(code, "timer", title, help, seconds=seconds, **more)


def by_itself(code: str, title: Pair, does: str, help: Pair | None = None, *, at_once: bool = True,
              values: dict[str, Any] | None = None, **more: Any) -> Step:  # fmt: skip
    call = {"code": does, "values": values or {}, "at_once": at_once}
    return _step(code, "automatic", title, help, automatic=call, **more)


YES_NO: dict[str, Pair] = {"yes": ("Yes", "हाँ"), "no": ("No", "नहीं")}
KEEP_RECORDINGS: Pair = (
    "Mark the cameras near the place: from 30 minutes before until now. Ask for a legal hold if a case is likely.",
    "स्थान के निकट के कैमरे चिह्नित करें: 30 मिनट पहले से अब तक। प्रकरण सम्भावित हो तो विधिक रोक माँगें।",
)
SHOW: Pair = ("Show the nearest cameras on the wall", "निकटतम कैमरे वॉल पर दिखाएँ")
KEEP: Pair = ("Keep the recordings of the place", "घटना-स्थल की रिकॉर्डिंग सुरक्षित करें")
