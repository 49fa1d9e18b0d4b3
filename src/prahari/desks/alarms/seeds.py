"""The alarm rules that a new centre starts with. Rows: a city edits, tries and switches them off as it sees fit."""

from __future__ import annotations

from typing import Any

NIGHT = [[weekday, 22 * 60, 6 * 60] for weekday in range(7)]
"""From ten in the evening to six, each day."""


def _rule(
    en: str, hi: str, severity: str, types: list[str], *, where: list[list[Any]] | None = None,
    hours: list[list[int]] | None = None, confidence_least: float | None = None, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    match = {"types": types, "where": where or [], "hours": hours or [], "confidence_least": confidence_least}
    return {"name": {"en": en, "hi": hi}, "severity": severity, "match": match, **more}


_BEGAN = ["state", "==", "began"]

RULES: list[dict[str, Any]] = [
    _rule("Intrusion at night", "रात में अनधिकृत प्रवेश", "high", ["vision.intrusion"], hours=NIGHT,
          confidence_least=0.5, incident_kind="theft"),
    _rule("Crowd gathering", "भीड़ का जमाव", "medium", ["vision.crowd"], confidence_least=0.5, group_s=600,
          incident_kind="crowd"),
    _rule("Fire or smoke seen", "आग या धुआँ दिखा", "critical", ["vision.fire"], confidence_least=0.5, group_s=300,
          incident_kind="fire"),
    _rule("Fire panel", "अग्नि पैनल", "critical", ["device.fire_panel"], group_by="subject", group_s=300,
          incident_kind="fire"),
    _rule("Abandoned object", "लावारिस वस्तु", "high", ["vision.abandoned"], confidence_least=0.5, group_s=600),
    _rule("Person fallen", "व्यक्ति गिरा", "high", ["vision.fall"], confidence_least=0.6, group_s=300),
    _rule("Camera covered or turned", "कैमरा ढका या घुमाया गया", "medium", ["camera.health"],
          where=[["kind", "in", ["covered", "turned", "tampered"]], _BEGAN], group_s=900),
    _rule("Several cameras of a site offline", "एक स्थान के कई कैमरे बंद", "medium", ["camera.health"],
          where=[["kind", "in", ["offline", "stalled"]], _BEGAN], count=3, window_s=300, group_by="site", group_s=900),
    _rule("Panic button", "पैनिक बटन", "critical", ["device.panic"], group_by="subject", group_s=300,
          incident_kind="womens_safety"),
    _rule("112 call", "112 कॉल", "high", ["erss.call"], group_by="subject", group_s=900),
    _rule("Emergency call box", "इमरजेंसी कॉल बॉक्स", "critical", ["callbox.call"], group_by="subject", group_s=300),
    _rule("Citizen report", "नागरिक सूचना", "medium", ["citizen.report"], group_by="subject", group_s=3600),
    _rule("Public alert, severe or extreme", "जन-चेतावनी, गंभीर या अति गंभीर", "high", ["public.alert"],
          where=[["severity", "in", ["high", "critical"]]], group_by="subject", group_s=21_600),
    _rule("Flood level high", "बाढ़ का जल-स्तर ऊँचा", "high", ["device.flood_level"],
          where=[["parameters.level_pct", ">=", 80]], group_by="subject", group_s=3600, incident_kind="flood"),
]  # fmt: skip


def sow(apps: Any, at_ms: int) -> None:
    """Put them in, in force, unless there is a rule already."""
    rule, version = apps.get_model("alarms", "AlarmRule"), apps.get_model("alarms", "AlarmRuleVersion")
    if rule.objects.exists():
        return
    for body in RULES:
        made = rule.objects.create(
            name_en=body["name"]["en"], name_hi=body["name"]["hi"], jurisdiction_path="", agency_code="", latest=1,
            in_force=1, version=1, created_ms=at_ms, edited_ms=at_ms,
        )  # fmt: skip
        version.objects.create(rule=made, number=1, body=body, at_ms=at_ms)
