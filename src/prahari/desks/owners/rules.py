"""The limits of the owner's pages, as rows. Generous for owners, too few for a machine that guesses."""

from __future__ import annotations

from prahari.desks.common.rules import declare, whole

CODE_MINUTES = declare(
    "owner_code_minutes", 5, "Minutes for which an owner's code is good", "स्वामी का कोड कितने मिनट मान्य है", whole(1, 30)
)
CODE_ATTEMPTS = declare("owner_code_attempts", 5, "Attempts at an owner's code", "स्वामी के कोड के प्रयास", whole(1, 10))
CODE_PAUSE_S = declare(
    "owner_code_pause_s", 30, "Seconds before a number is sent its next code",
    "किसी नंबर पर अगला कोड भेजने से पहले सेकंड", whole(0, 600),
)  # fmt: skip
CODES_NUMBER_HOUR = declare(
    "owner_codes_number_hour", 6, "Codes for one number in an hour", "एक नंबर के लिए एक घंटे में कोड", whole(1, 100)
)
CODES_NUMBER_DAY = declare(
    "owner_codes_number_day", 15, "Codes for one number in a day", "एक नंबर के लिए एक दिन में कोड", whole(1, 1000)
)
CODES_ADDRESS_HOUR = declare(
    "owner_codes_address_hour", 40, "Codes asked for from one address in an hour",
    "एक पते से एक घंटे में माँगे गए कोड", whole(1, 10_000),
)  # fmt: skip
CODES_CENTRE_HOUR = declare(
    "owner_codes_centre_hour", 3000, "Codes sent by the whole centre in an hour",
    "पूरे केंद्र से एक घंटे में भेजे गए कोड", whole(10, 1_000_000),
)  # fmt: skip
WRONG_ADDRESS_HOUR = declare(
    "owner_wrong_address_hour", 30, "Wrong codes from one address in an hour", "एक पते से एक घंटे में ग़लत कोड",
    whole(1, 10_000),
)  # fmt: skip
WRONG_CENTRE_HOUR = declare(
    "owner_wrong_centre_hour", 500, "Wrong codes in the whole centre in an hour",
    "पूरे केंद्र में एक घंटे में ग़लत कोड", whole(10, 1_000_000),
)  # fmt: skip
SESSION_IDLE_MINUTES = declare(
    "owner_session_idle_minutes", 30, "Minutes after which an idle owner's page signs out",
    "कितने मिनट निष्क्रिय रहने पर स्वामी का पृष्ठ साइन आउट हो", whole(1, 240),
)  # fmt: skip
SESSION_HOURS = declare(
    "owner_session_hours", 8, "Hours after which an owner's page signs out at the latest",
    "अधिकतम कितने घंटे बाद स्वामी का पृष्ठ साइन आउट हो", whole(1, 48),
)  # fmt: skip
REGISTRATIONS_NUMBER = declare(
    "owner_registrations_number", 5, "Premises that one number may register until an officer has looked",
    "अधिकारी के देखने तक एक नंबर कितने प्रतिष्ठान दर्ज कर सकता है", whole(1, 100),
)  # fmt: skip
REGISTRATIONS_CENTRE_DAY = declare(
    "owner_registrations_centre_day", 2000, "Premises that owners may register in a day in the whole centre",
    "पूरे केंद्र में एक दिन में स्वामी कितने प्रतिष्ठान दर्ज कर सकते हैं", whole(1, 100_000),
)  # fmt: skip
FILES_NUMBER_DAY = declare(
    "owner_files_number_day", 10, "Photographs and videos from one number in a day",
    "एक नंबर से एक दिन में चित्र और वीडियो", whole(0, 100),
)  # fmt: skip
CONSENT_DAYS_MOST = declare(
    "owner_consent_days_most", 1826, "Longest consent that the owner's page offers, in days",
    "स्वामी के पृष्ठ पर सबसे लम्बी सहमति, दिनों में", whole(1, 36_500),
)  # fmt: skip
