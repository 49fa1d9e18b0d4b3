"""What a city decides about moving cameras."""

from __future__ import annotations

from prahari.desks.common import rules

PTZ_HOLD_S = rules.declare(
    "ptz_hold_s", 20,
    "Seconds after the last move during which a camera stays with whoever moved it",
    "अंतिम संचालन के बाद कितने सेकंड तक कैमरा उसी के पास रहता है जिसने उसे घुमाया",
    rules.whole(5, 600),
)  # fmt: skip
