"""What a city sets for its lists."""

from __future__ import annotations

from prahari.desks.common import rules

FILE_MB = rules.declare(
    "list_file_mb", 40, "Megabytes of a list's file, at most", "सूची की फ़ाइल अधिकतम कितने मेगाबाइट की हो",
    rules.whole(1, 500),
)  # fmt: skip
ROWS = rules.declare(
    "list_rows", 200_000, "Rows of a list, at most", "एक सूची में अधिकतम पंक्तियाँ", rules.whole(100, 2_000_000)
)
UNPACKED_MB = rules.declare(
    "list_unpacked_mb", 600, "Megabytes that a list's file may unpack to",
    "सूची की फ़ाइल खुलने पर अधिकतम कितने मेगाबाइट की हो", rules.whole(10, 4_000),
)  # fmt: skip
READ_S = rules.declare(
    "list_read_s", 60, "Seconds that reading a list may take", "सूची पढ़ने में अधिकतम सेकंड", rules.whole(5, 600)
)
DUPLICATE_SCORE = rules.declare(
    "list_duplicate_score", 82, "Likeness from which rows are shown as perhaps the same (0 to 100)",
    "कितनी समानता पर पंक्तियाँ सम्भावित दोहराव मानी जाएँ (0 से 100)", rules.whole(50, 100),
)  # fmt: skip
UNDO_H = rules.declare(
    "list_undo_h", 72, "Hours in which a list can be taken back", "कितने घंटे तक सूची वापस ली जा सकती है",
    rules.whole(0, 2_000),
)  # fmt: skip


def value(code: str) -> int:
    return int(rules.value(code))
