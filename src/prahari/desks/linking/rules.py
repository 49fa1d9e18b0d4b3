"""What a city decides about linking: how long frames are watched, what becomes of recordings, how long a look lasts."""

from __future__ import annotations

from prahari.desks.common import rules

VERIFICATION_S = rules.declare(
    "verification_s", 300,
    "Seconds over which frames must be seen before a camera counts as verified live",
    "कैमरा लाइव सत्यापित गिने जाने से पहले कितने सेकंड तक फ़्रेम दिखने चाहिए",
    rules.whole(10, 86_400),
)  # fmt: skip

RECORDINGS_AFTER_WITHDRAWAL = rules.declare(
    "recordings_after_withdrawal", "keep",
    "Recordings made before a withdrawal: keep them until their retention ends, or delete them",
    "सहमति वापसी से पहले की रिकॉर्डिंग: संरक्षण अवधि तक रखें (keep) या हटाएँ (delete)",
    rules.one_of("keep", "delete"),
)  # fmt: skip

VIEW_REQUEST_MINUTES_MOST = rules.declare(
    "view_request_minutes_most", 240,
    "Longest time, in minutes, for which a camera may be looked at on request",
    "अनुरोध पर कैमरा अधिक से अधिक कितने मिनट देखा जा सकता है",
    rules.whole(5, 7 * 1440),
)  # fmt: skip
