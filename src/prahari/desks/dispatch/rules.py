"""What a city decides about its units, as dated rows: which go to what, how fast they are, when nobody has answered."""

from __future__ import annotations

import re
from typing import Any

from prahari.core.dispatching import Roads, Speed
from prahari.desks.common import rules
from prahari.desks.common.errors import Text, text
from prahari.desks.dispatch.choices import UnitKind

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
WOMEN_OFFICER = "women_officer"


def _skills(given: Any) -> Text | None:
    good = isinstance(given, list) and len(given) <= 30 and all(
        isinstance(one, dict)
        and _CODE.fullmatch(str(one.get("code", "")))
        and all(isinstance(one.get(language), str) and 0 < len(one[language]) <= 80 for language in ("en", "hi"))
        for one in given
    )  # fmt: skip
    return None if good else text("A list of {code, en, hi} is expected.", "{code, en, hi} की सूची अपेक्षित है।")


def _kinds_by_incident(given: Any) -> Text | None:
    good = isinstance(given, dict) and "other" in given and all(
        _CODE.fullmatch(kind)
        and isinstance(wish, dict)
        and set(wish) <= {"kinds", "skill"}
        and isinstance(wish.get("kinds"), list)
        and wish["kinds"] and set(map(str, wish["kinds"])) <= set(UnitKind.values)
        and isinstance(wish.get("skill", ""), str) and len(wish.get("skill", "")) <= 40
        for kind, wish in given.items()
    )  # fmt: skip
    return None if good else text(
        f'Kinds of units by kind of incident are expected, as {{"fire": {{"kinds": ["fire_tender"], "skill": ""}},'
        f' "other": ...}}; kinds: {", ".join(UnitKind.values)}.',
        f'घटना के प्रकार के अनुसार इकाइयाँ अपेक्षित हैं, जैसे {{"fire": {{"kinds": ["fire_tender"], "skill": ""}},'
        f' "other": ...}}; प्रकार: {", ".join(UnitKind.values)}।',
    )  # fmt: skip


def _speeds(given: Any) -> Text | None:
    good = isinstance(given, dict) and set(given) == set(UnitKind.values) and all(
        isinstance(one, dict) and set(one) == {"free", "busy"}
        and all(isinstance(kmh, int | float) and not isinstance(kmh, bool) and 1 <= kmh <= 200 for kmh in one.values())
        for one in given.values()
    )  # fmt: skip
    return None if good else text('For each kind of unit {"free": km/h, "busy": km/h} from 1 to 200 is expected.',
                                  'हर प्रकार के लिए {"free": .., "busy": ..} (किमी/घंटा, 1 से 200) अपेक्षित है।')  # fmt: skip


def _hours(given: Any) -> Text | None:
    good = isinstance(given, list) and len(given) == 24 and all(
        isinstance(one, int) and not isinstance(one, bool) and 0 <= one <= 100 for one in given
    )  # fmt: skip
    return None if good else text("24 numbers from 0 to 100 are expected, one an hour.",
                                  "0 से 100 तक की 24 संख्याएँ अपेक्षित हैं, हर घंटे की एक।")  # fmt: skip


SKILLS = rules.declare(
    "unit_skills",
    [
        {"code": WOMEN_OFFICER, "en": "Woman officer on board", "hi": "महिला अधिकारी साथ"},
        {"code": "first_aid", "en": "First aid", "hi": "प्राथमिक उपचार"},
        {"code": "life_support", "en": "Advanced life support", "hi": "उन्नत जीवन रक्षा"},
        {"code": "ladder", "en": "Turntable ladder", "hi": "ऊँची सीढ़ी"},
        {"code": "boat", "en": "Rescue boat", "hi": "बचाव नाव"},
        {"code": "dog", "en": "Dog squad", "hi": "श्वान दल"},
    ],
    "What units can do, beside what their kind says", "इकाइयाँ अपने प्रकार के अतिरिक्त क्या कर सकती हैं", _skills,
)  # fmt: skip

_POLICE = ["patrol_car", "motorcycle", "quick_response"]
KINDS = rules.declare(
    "dispatch_units_by_kind",
    {
        "women_safety": {"kinds": [*_POLICE, "foot"], "skill": WOMEN_OFFICER},
        "accident": {"kinds": ["ambulance", "patrol_car", "motorcycle"], "skill": "first_aid"},
        "fire": {"kinds": ["fire_tender", "ambulance", "patrol_car"]},
        "medical": {"kinds": ["ambulance", "motorcycle"], "skill": "life_support"},
        "missing_child": {"kinds": [*_POLICE, "foot"], "skill": WOMEN_OFFICER},
        "crowd": {"kinds": ["quick_response", "patrol_car", "foot"]},
        "theft": {"kinds": _POLICE},
        "flood": {"kinds": ["fire_tender", "quick_response", "ambulance"], "skill": "boat"},
        "other": {"kinds": [*_POLICE, "foot"]},
    },
    "Which units go to which kind of incident", "किस प्रकार की घटना पर कौन-सी इकाइयाँ जाएँ", _kinds_by_incident,
)  # fmt: skip
SKILL_WORTH_S = rules.declare(
    "dispatch_skill_worth_s", 180,
    "A unit with the wanted skill is put first although it arrives so many seconds later",
    "वांछित क्षमता वाली इकाई इतने सेकंड बाद पहुँचे तब भी पहले सुझाई जाए", rules.whole(0, 3_600),
)  # fmt: skip
ACKNOWLEDGE_S = rules.declare(
    "dispatch_acknowledge_s", 45, "Seconds in which a crew acknowledges before it and the dispatcher are told again",
    "कितने सेकंड में इकाई स्वीकारे, अन्यथा उसे और डिस्पैचर को फिर बताया जाए", rules.whole(5, 3_600),
)  # fmt: skip
ASSIGNMENTS_MOST = rules.declare(
    "dispatch_assignments_most", 1, "Assignments that a unit may have at once without a reason being given",
    "एक इकाई को बिना कारण बताए एक साथ कितनी रवानगी दी जा सकती हैं", rules.whole(1, 5),
)  # fmt: skip
DETOUR_PCT = rules.declare(
    "dispatch_detour_pct", 140, "Length of a way along roads, in percent of the straight line",
    "सड़क मार्ग की लम्बाई, सीधी दूरी के प्रतिशत में", rules.whole(100, 300),
)  # fmt: skip
SPEEDS = rules.declare(
    "dispatch_speeds_kmh",
    {
        "patrol_car": {"free": 40, "busy": 16}, "motorcycle": {"free": 38, "busy": 24},
        "ambulance": {"free": 38, "busy": 16}, "fire_tender": {"free": 32, "busy": 13},
        "quick_response": {"free": 40, "busy": 18}, "foot": {"free": 5, "busy": 4},
    },
    "Speed of units in km/h along roads, free and in the thickest traffic",
    "सड़क पर इकाइयों की गति, किमी/घंटा: खाली सड़क और सबसे अधिक भीड़ में", _speeds,
)  # fmt: skip
BUSY_PCT = rules.declare(
    "dispatch_busy_pct_by_hour",
    [5, 0, 0, 0, 0, 10, 20, 35, 60, 90, 100, 85, 70, 65, 65, 70, 80, 95, 100, 95, 80, 55, 30, 15],
    "How thick traffic is in each hour of the day, from 0 (free) to 100", "दिन के हर घंटे में यातायात: 0 (खाली) से 100 तक",
    _hours,
)  # fmt: skip
FRESH_S = rules.declare(
    "unit_position_fresh_s", 120, "A unit's position that is older, in seconds, is uncertain",
    "इकाई की इतने सेकंड से पुरानी स्थिति अनिश्चित मानी जाए", rules.whole(10, 3_600),
)  # fmt: skip
POSITION_EVERY_S = rules.declare(
    "unit_position_every_s", 15, "A unit's telephone tells where it is every so many seconds while it is on its way",
    "रवाना इकाई का फ़ोन कितने सेकंड में अपनी स्थिति बताए", rules.whole(5, 600),
)  # fmt: skip
POSITION_IDLE_S = rules.declare(
    "unit_position_idle_s", 60, "The same while the unit is available, in seconds",
    "इकाई उपलब्ध रहने पर फ़ोन कितने सेकंड में स्थिति बताए", rules.whole(10, 1_800),
)  # fmt: skip


def skills() -> list[dict[str, str]]:
    listed: list[dict[str, str]] = rules.value(SKILLS)
    return listed


def roads(values: dict[str, Any]) -> Roads:
    """values: of DETOUR_PCT, SPEEDS and BUSY_PCT."""
    speeds = {kind: Speed(one["free"], one["busy"]) for kind, one in values[SPEEDS].items()}
    return Roads(values[DETOUR_PCT] / 100, speeds, values[BUSY_PCT])


def _codes(given: Any) -> Text | None:
    good = isinstance(given, list) and 0 < len(given) <= 20 and all(_CODE.fullmatch(str(one)) for one in given)
    return None if good else text('Codes of kinds of incidents are expected, as ["women_safety"].',
                                  'घटना के प्रकारों के कोड अपेक्षित हैं, जैसे ["women_safety"]।')  # fmt: skip


SAFETY_KINDS = rules.declare(
    "safety_kinds", ["women_safety"], "Kinds of incidents that count for the safety of women",
    "महिला सुरक्षा में गिने जाने वाले घटना-प्रकार", _codes,
)  # fmt: skip
SAFETY_DAYS = rules.declare(
    "safety_days", 90, "Days that are looked back for hot spots", "संवेदनशील स्थलों के लिए कितने दिन पीछे देखा जाए",
    rules.whole(7, 730),
)  # fmt: skip
SAFETY_HALF_LIFE_DAYS = rules.declare(
    "safety_half_life_days", 45, "An incident that is so many days old weighs half", "इतने दिन पुरानी घटना का भार आधा हो",
    rules.whole(3, 730),
)  # fmt: skip
SAFETY_CELL_M = rules.declare(
    "safety_cell_m", 250, "Side of the cells over which incidents are counted, in metres",
    "जिन खानों में घटनाएँ गिनी जाती हैं, उनकी भुजा (मीटर)", rules.whole(100, 2_000),
)  # fmt: skip
SAFETY_LEAST = rules.declare(
    "safety_least", 3, "Counts below this are not told to those who may not see incidents",
    "इससे कम संख्या उन्हें न बताई जाए जो घटनाएँ नहीं देख सकते", rules.whole(2, 50),
)  # fmt: skip
SAFETY_DARK_M = rules.declare(
    "safety_dark_m", 150, "A spot without a working camera within so many metres is dark",
    "जिस स्थल के इतने मीटर में कोई चालू कैमरा न हो, वह अँधेरा स्थल है", rules.whole(20, 2_000),
)  # fmt: skip
SAFETY_PATROL_LEAST = rules.declare(
    "safety_patrol_least", 2, "Incidents within the same two hours of a cell that make a patrol worthwhile",
    "एक खाने के उन्हीं दो घंटों में कितनी घटनाओं पर गश्त सुझाई जाए", rules.whole(1, 50),
)  # fmt: skip
