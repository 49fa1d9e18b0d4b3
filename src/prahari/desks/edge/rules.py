"""What a city decides about its edge sites."""

from __future__ import annotations

from prahari.desks.common import rules

CODE_MINUTES = rules.declare(
    "edge_code_minutes", 15, "Edge sites: a code to enrol is good for so many minutes",
    "एज स्थान: पंजीकरण कोड इतने मिनट मान्य", rules.whole(2, 1440),
)  # fmt: skip
CODE_ATTEMPTS = rules.declare(
    "edge_code_attempts", 5, "Edge sites: a code may be tried so many times",
    "एज स्थान: कोड इतनी बार आज़माया जा सकता है", rules.whole(1, 20),
)  # fmt: skip
CERTIFICATE_DAYS = rules.declare(
    "edge_certificate_days", 90, "Edge sites: a certificate is good for so many days; renewed at two thirds",
    "एज स्थान: प्रमाणपत्र इतने दिन मान्य; दो तिहाई अवधि पर स्वयं नवीनीकृत", rules.whole(1, 825),
)  # fmt: skip
GRACE_DAYS = rules.declare(
    "edge_grace_days", 30, "Edge sites: so many days after its end a certificate may still be renewed",
    "एज स्थान: समाप्ति के इतने दिन बाद तक प्रमाणपत्र नवीनीकृत हो सकता है", rules.whole(0, 365),
)  # fmt: skip
PERMIT_S = rules.declare(
    "edge_permit_s", 3600, "Edge sites: with the link down a consent lasts so many seconds more",
    "एज स्थान: सम्पर्क टूटने पर सहमति इतने सेकंड तक चलती है", rules.whole(1800, 86_400),
)  # fmt: skip
UP_KBIT_S = rules.declare(
    "edge_up_kbit_s", 0, "Edge sites: most that a site sends, kbit/s; 0: no limit",
    "एज स्थान: एक स्थान से अधिकतम प्रेषण, किबि/से; 0: कोई सीमा नहीं", rules.whole(0, 1_000_000),
)  # fmt: skip
CLIP_KBIT_S = rules.declare(
    "edge_clip_kbit_s", 2000, "Edge sites: most that clips take of it, kbit/s; 0: no limit",
    "एज स्थान: क्लिप के लिए अधिकतम, किबि/से; 0: कोई सीमा नहीं", rules.whole(0, 1_000_000),
)  # fmt: skip
UPDATE_KBIT_S = rules.declare(
    "edge_update_kbit_s", 1000, "Edge sites: most that a new version takes of a site's line, kbit/s; 0: no limit",
    "एज स्थान: नया संस्करण भेजने में लाइन का अधिकतम, किबि/से; 0: कोई सीमा नहीं", rules.whole(0, 1_000_000),
)  # fmt: skip
MONTH_MB = rules.declare(
    "edge_month_mb", 0, "Edge sites: data of a site in a month, MB; beyond it only events are sent; 0: no limit",
    "एज स्थान: एक महीने का डेटा, एमबी; उसके बाद केवल घटनाएँ भेजी जाती हैं; 0: कोई सीमा नहीं", rules.whole(0, 100_000_000),
)  # fmt: skip
