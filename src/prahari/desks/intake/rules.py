"""What a city sets for citizens' reports and for new sources, as dated rows."""

from __future__ import annotations

import re
from typing import Any

from prahari.desks.common.errors import Text, text
from prahari.desks.common.rules import declare, whole


def _kinds(given: Any) -> Text | None:
    good = isinstance(given, list) and 1 <= len(given) <= 30 and all(
        isinstance(one, dict)
        and re.fullmatch(r"[a-z][a-z0-9_]{0,39}", str(one.get("code", "")))
        and all(isinstance(one.get(language), str) and 0 < len(one[language]) <= 80 for language in ("en", "hi"))
        for one in given
    )  # fmt: skip
    return None if good else text("A list of {code, en, hi} is expected.", "{code, en, hi} की सूची अपेक्षित है।")


REPORT_KINDS = declare(
    "citizen_report_kinds",
    [
        {"code": "suspicious", "en": "Suspicious activity", "hi": "संदिग्ध गतिविधि"},
        {"code": "women_safety", "en": "Safety of women", "hi": "महिला सुरक्षा"},
        {"code": "accident", "en": "Road accident", "hi": "सड़क दुर्घटना"},
        {"code": "fire", "en": "Fire", "hi": "आग"},
        {"code": "waterlogging", "en": "Waterlogging", "hi": "जलभराव"},
        {"code": "traffic", "en": "Traffic jam", "hi": "यातायात जाम"},
        {"code": "street_light", "en": "Street light out", "hi": "स्ट्रीट लाइट बंद"},
        {"code": "other", "en": "Something else", "hi": "अन्य"},
    ],
    "What citizens can report", "नागरिक क्या सूचित कर सकते हैं", _kinds,
)  # fmt: skip
REPORTS_NUMBER_DAY = declare(
    "citizen_reports_number_day", 10, "Reports from one number in a day", "एक नंबर से एक दिन में सूचनाएँ", whole(1, 1000)
)
REPORTS_CENTRE_HOUR = declare(
    "citizen_reports_centre_hour", 2000, "Citizens' reports in the whole centre in an hour",
    "पूरे केंद्र में एक घंटे में नागरिक सूचनाएँ", whole(1, 1_000_000),
)  # fmt: skip
