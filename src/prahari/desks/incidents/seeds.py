"""Kinds of incidents and their clocks that a new centre starts with. Rows: administrators edit them.

The times follow what police response vehicles and fire tenders of Indian cities are measured by; each city decrees
its own.
"""

from __future__ import annotations

from typing import Any

MINUTE_S, HOUR_S = 60, 3600
IN_HAND_S = {"low": 600, "medium": 180, "high": 60, "critical": 30}
ARRIVE_S = {"low": None, "medium": 30 * MINUTE_S, "high": 15 * MINUTE_S, "critical": 10 * MINUTE_S}

# code, English, Hindi, severity it begins with, procedure, seconds to resolve at low, medium, high, critical
Kind = tuple[str, str, str, str, str, tuple[int, int, int, int]]
KINDS: list[Kind] = [
    (
        "women_safety",
        "Women's safety call",
        "महिला सुरक्षा कॉल",
        "critical",
        "women_safety",
        (4 * HOUR_S, 2 * HOUR_S, HOUR_S, HOUR_S),
    ),
    ("accident", "Road accident", "सड़क दुर्घटना", "high", "accident", (4 * HOUR_S, 2 * HOUR_S, 2 * HOUR_S, 2 * HOUR_S)),
    ("fire", "Fire", "अग्निकांड", "critical", "fire", (4 * HOUR_S, 4 * HOUR_S, 6 * HOUR_S, 8 * HOUR_S)),
    (
        "missing_child",
        "Missing child",
        "गुमशुदा बच्चा",
        "critical",
        "missing_child",
        (24 * HOUR_S, 24 * HOUR_S, 12 * HOUR_S, 12 * HOUR_S),
    ),
    ("crowd", "Crowd", "भीड़", "high", "crowd", (4 * HOUR_S, 2 * HOUR_S, HOUR_S, HOUR_S)),
    ("theft", "Theft or robbery", "चोरी या लूट", "medium", "theft", (24 * HOUR_S, 12 * HOUR_S, 6 * HOUR_S, 4 * HOUR_S)),
    (
        "protest",
        "Protest or procession",
        "धरना-प्रदर्शन या जुलूस",
        "medium",
        "protest",
        (12 * HOUR_S, 8 * HOUR_S, 6 * HOUR_S, 4 * HOUR_S),
    ),
    ("vip_route", "VIP route", "वीआईपी मार्ग", "high", "vip_route", (12 * HOUR_S, 8 * HOUR_S, 6 * HOUR_S, 4 * HOUR_S)),
    (
        "flood",
        "Waterlogging or flood",
        "जलभराव या बाढ़",
        "high",
        "flood",
        (24 * HOUR_S, 12 * HOUR_S, 12 * HOUR_S, 24 * HOUR_S),
    ),
    ("medical", "Medical emergency", "चिकित्सा आपातकाल", "high", "", (4 * HOUR_S, 2 * HOUR_S, HOUR_S, HOUR_S)),
    ("other", "Other", "अन्य", "medium", "", (24 * HOUR_S, 12 * HOUR_S, 6 * HOUR_S, 4 * HOUR_S)),
]
SOURCE = "आरम्भिक मान, नगर द्वारा तय होने हैं / Starting values, to be decreed by the city"
ARRIVES_AT_ALL = {"women_safety": 5 * MINUTE_S, "fire": 7 * MINUTE_S}
"""Kinds for which help is sent out faster: seconds to arrive at critical severity."""


def limits(kind: Kind) -> dict[str, dict[str, Any]]:
    resolve = dict(zip(IN_HAND_S, kind[5], strict=True))
    faster = ARRIVES_AT_ALL.get(kind[0])
    return {
        severity: {
            "in_hand": IN_HAND_S[severity],
            "arrive": faster if faster and severity == "critical" else ARRIVE_S[severity],
            "resolve": resolve[severity],
        }
        for severity in IN_HAND_S
    }
