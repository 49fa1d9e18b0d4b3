"""What a city decides about the health of its cameras: from how much on a kind counts, and for how long it must."""

from __future__ import annotations

from typing import Any

from prahari.contracts.health import HEALTH_LIMITS, HealthKind, HealthLimit, HealthSettings
from prahari.desks.common import rules

_NAMES = {
    HealthKind.OFFLINE: ("offline", "बंद"),
    HealthKind.STALLED: ("stalled", "रुका हुआ"),
    HealthKind.FRAME_RATE: ("frame rate off", "फ़्रेम दर असामान्य"),
    HealthKind.BIT_RATE: ("bit rate off", "बिट दर असामान्य"),
    HealthKind.FROZEN: ("frozen picture", "जमा हुआ चित्र"),
    HealthKind.BLACK: ("black picture", "काला चित्र"),
    HealthKind.OVEREXPOSED: ("overexposed picture", "अति-प्रकाशित चित्र"),
    HealthKind.BLURRED: ("blurred picture", "धुँधला चित्र"),
    HealthKind.COVERED: ("covered lens", "ढका हुआ लेंस"),
    HealthKind.TURNED: ("camera turned away", "कैमरा घूमा हुआ"),
    HealthKind.TAMPERED: ("tampering", "छेड़छाड़"),
    HealthKind.CLOCK_OFF: ("camera clock wrong", "कैमरे की घड़ी गलत"),
    HealthKind.RECORDING_GAP: ("recording gap", "रिकॉर्डिंग में अंतराल"),
}
_UNITS = {
    HealthKind.CLOCK_OFF: ("seconds", "सेकंड"),
    HealthKind.RECORDING_GAP: ("seconds in ten minutes", "दस मिनट में सेकंड"),
}
_NO_LIMIT = (HealthKind.OFFLINE, HealthKind.STALLED)
"""Either they are or they are not."""

LIMIT, BEGIN, END = "limit", "begin_s", "end_s"


def code(kind: HealthKind, part: str) -> str:
    return f"health_{kind}_{part}"


for _kind, (_en, _hi) in _NAMES.items():
    _start = HEALTH_LIMITS[_kind]
    if _kind not in _NO_LIMIT:
        _unit_en, _unit_hi = _UNITS.get(_kind, ("percent", "प्रतिशत"))
        rules.declare(
            code(_kind, LIMIT), round(_start.limit),
            f"Camera health, {_en}: from this much on, in {_unit_en}",
            f"कैमरा स्वास्थ्य, {_hi}: इतने {_unit_hi} से",
            rules.whole(1, 3600 if _kind in _UNITS else 100),
        )  # fmt: skip
    rules.declare(
        code(_kind, BEGIN), round(_start.begin_s), f"Camera health, {_en}: begins after so many seconds",
        f"कैमरा स्वास्थ्य, {_hi}: इतने सेकंड बाद आरंभ", rules.whole(5, 86_400),
    )  # fmt: skip
    rules.declare(
        code(_kind, END), round(_start.end_s), f"Camera health, {_en}: ends after being well for so many seconds",
        f"कैमरा स्वास्थ्य, {_hi}: इतने सेकंड ठीक रहने पर समाप्त", rules.whole(5, 86_400),
    )  # fmt: skip

LOOK_PERIOD_S = rules.declare(
    "health_look_period_s", 300, "Camera health: a picture of each camera is looked at every so many seconds",
    "कैमरा स्वास्थ्य: प्रत्येक कैमरे का चित्र इतने सेकंड में एक बार देखा जाए", rules.whole(30, 86_400),
)  # fmt: skip
LOOK_BUDGET = rules.declare(
    "health_look_budget_pct", 1, "Camera health: most time for looking at pictures, percent of a core a worker",
    "कैमरा स्वास्थ्य: चित्र देखने में प्रति वर्कर प्रोसेसर कोर का अधिकतम प्रतिशत", rules.whole(1, 50),
)  # fmt: skip
OUTAGE_WINDOW_S = rules.declare(
    "health_outage_window_s", 180,
    "Camera health: cameras of one place that fail within so many seconds of one another are one outage",
    "कैमरा स्वास्थ्य: एक स्थान के कैमरे इतने सेकंड के भीतर बंद हों तो एक ही बाधा", rules.whole(10, 3600),
)  # fmt: skip


def settings() -> HealthSettings:
    """What the engine is told, by the rules of this day."""
    values: dict[str, Any] = rules.values(_codes())
    limits = {
        kind: HealthLimit(
            HEALTH_LIMITS[kind].limit if kind in _NO_LIMIT else _limit(kind, values[code(kind, LIMIT)]),
            values[code(kind, BEGIN)],
            values[code(kind, END)],
        )
        for kind in HealthKind
    }
    return HealthSettings(limits, float(values[LOOK_PERIOD_S]), look_budget_pct=float(values[LOOK_BUDGET]))


def _limit(kind: HealthKind, value: int) -> float:
    # 99.5 is shown and set as 100, whole percents being what a person sets: nothing is black to the last pixel.
    return min(float(value), HEALTH_LIMITS[kind].limit) if value == 100 else float(value)


def _codes() -> list[str]:
    parts = [code(kind, part) for kind in HealthKind for part in (LIMIT, BEGIN, END)
             if part != LIMIT or kind not in _NO_LIMIT]  # fmt: skip
    return [*parts, LOOK_PERIOD_S, LOOK_BUDGET]
