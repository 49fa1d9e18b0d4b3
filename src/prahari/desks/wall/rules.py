"""What a city decides about its wall: which pages may be shown, how long a code to enrol a screen is good."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from django.db import DatabaseError

from prahari.desks.common import rules
from prahari.desks.common.errors import Text, text

log = logging.getLogger(__name__)

PAGES_MOST = 40


def _pages(given: Any) -> Text | None:
    sound = isinstance(given, list) and len(given) <= PAGES_MOST and all(
        isinstance(one, str) and len(one) <= 400 and origin_of(one) for one in given
    )  # fmt: skip
    return None if sound else text(
        'A list of addresses is expected, as ["https://weather.example.in/kanpur"].',
        'पतों की सूची अपेक्षित है, जैसे ["https://weather.example.in/kanpur"]।',
    )  # fmt: skip


def origin_of(address: str) -> str:
    """ "https://host:port" of an address that a screen could show; "" when it is none."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    plain = parts.scheme in {"http", "https"} and parts.hostname and not parts.username and address.isascii()
    if not plain or any(char.isspace() or char in "\"'<>\\;," for char in address):
        return ""
    return f"{parts.scheme}://{parts.hostname}{port}"


PAGES = rules.declare(
    "wall_pages", [], "Web pages that screens of the wall may show: their addresses begin with one of these",
    "वॉल की स्क्रीन पर दिखाए जा सकने वाले वेब पृष्ठ: पता इनमें से किसी से शुरू हो", _pages,
)  # fmt: skip
CODE_MINUTES = rules.declare(
    "wall_code_minutes", 10, "A code to enrol a screen of the wall is good for so many minutes",
    "वॉल स्क्रीन जोड़ने का कोड इतने मिनट मान्य रहे", rules.whole(2, 60),
)  # fmt: skip
KEY_DAYS = rules.declare(
    "wall_key_days", 7, "A kiosk before a screen of the wall changes its key after so many days",
    "वॉल स्क्रीन का कियोस्क इतने दिन बाद अपनी कुंजी बदले", rules.whole(1, 365),
)  # fmt: skip
ALARM_STANDS_S = rules.declare(
    "wall_alarm_stands_s", 8, "An alarm stands on the wall so many seconds before another of its severity covers it",
    "उसी गम्भीरता का दूसरा अलार्म आने से पहले एक अलार्म वॉल पर इतने सेकंड रहे", rules.whole(1, 120),
)  # fmt: skip
NEAR_M = rules.declare(
    "wall_near_m", 150, "An alarm without a camera shows the nearest one within so many metres, else the map",
    "बिना कैमरे के अलार्म पर इतने मीटर के भीतर का निकटतम कैमरा दिखे, नहीं तो मानचित्र", rules.whole(10, 2_000),
)  # fmt: skip
BENEATH_MOST = rules.declare(
    "wall_beneath_most", 3, "So many things lie beneath one another on a tile; what is deeper is taken away",
    "एक टाइल पर एक-दूसरे के नीचे अधिकतम इतनी चीज़ें रहें; उससे नीचे की हट जाएँ", rules.whole(1, 10),
)  # fmt: skip
KEEP_DAYS = rules.declare(
    "wall_keep_days", 90, "What was shown on the wall is kept for so many days",
    "वॉल पर क्या दिखाया गया, यह इतने दिन रखा जाए", rules.whole(1, 3_650),
)  # fmt: skip


def allowed(address: str) -> bool:
    """Whether a screen may show this page: under one of the addresses that the rule names, not merely like one."""
    if not origin_of(address):
        return False
    return any(
        address == one or address.startswith(one if one.endswith("/") else f"{one}/") or
        address.startswith(f"{one}?") for one in rules.value(PAGES)
    )  # fmt: skip


def frame_origins() -> tuple[str, ...]:
    """For the page of a screen. Without a database it is loaded all the same, and shows no foreign page."""
    try:
        pages = rules.value(PAGES)
    except DatabaseError:
        log.warning("no list of pages that screens may show")
        return ()
    return tuple(dict.fromkeys(origin for one in pages if (origin := origin_of(one))))
