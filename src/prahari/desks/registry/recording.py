"""What is recorded of a camera: its own policy, and what the city's rules say where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prahari.contracts.recording import ConversionSettings, StorageSettings
from prahari.desks.common import rules
from prahari.desks.common.errors import Text, invalid, text
from prahari.desks.registry.choices import RecordMode

if TYPE_CHECKING:
    from prahari.desks.registry.models import Camera


def _by_class(least: float, most: float, allowed: tuple[str, ...] = ()) -> rules.Check:
    """An object: code of an owner or place class -> a number within limits, or one of the allowed words."""

    def check(given: Any) -> Text | None:
        if isinstance(given, dict):
            values = list(given.values())
            if allowed and all(value in allowed for value in values):
                return None
            numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
            if not allowed and numbers and all(least <= value <= most for value in values):
                return None
        example = '{"shop": "on_event"}' if allowed else '{"shop": 30}'
        return text(f"Class codes with their values are expected, as {example}.",
                    f"वर्ग-कोड और उनके मान अपेक्षित हैं, जैसे {example}।")  # fmt: skip

    return check


MODE_OF_CLASS = rules.declare(
    "record_mode_of_class", {},
    "Recording of new cameras by place class or owner class (continuous, none, on_event, schedule); others: none",
    "नए कैमरों की रिकॉर्डिंग, स्थल श्रेणी या स्वामी श्रेणी के अनुसार (continuous, none, on_event, schedule); अन्य: none",
    _by_class(0, 0, tuple(RecordMode.values)),
)  # fmt: skip

PRE_ROLL_S = rules.declare(
    "record_pre_roll_s", 10, "Recording on events: seconds kept from before the event",
    "घटना पर रिकॉर्डिंग: घटना से पहले के कितने सेकंड रखे जाएँ", rules.whole(0, 60),
)  # fmt: skip

POST_ROLL_S = rules.declare(
    "record_post_roll_s", 30, "Recording on events: seconds recorded after the event",
    "घटना पर रिकॉर्डिंग: घटना के बाद के कितने सेकंड रिकॉर्ड हों", rules.whole(1, 600),
)  # fmt: skip

SHARES = rules.declare(
    "recording_share_pct_of_class", {},
    "Share of the disks, in percent, that recordings of a place class or owner class may take; others have no limit",
    "डिस्क का वह प्रतिशत जो किसी स्थल श्रेणी या स्वामी श्रेणी की रिकॉर्डिंग ले सकती है; अन्य पर सीमा नहीं",
    _by_class(1, 100),
)  # fmt: skip

VERIFY_MB_S = rules.declare(
    "recording_verify_mb_s", 4, "Recordings read again to find damage: MB a second for each media worker; 0: never",
    "क्षति की खोज हेतु रिकॉर्डिंग का पुनर्पठन: प्रति मीडिया वर्कर प्रति सेकंड MB; 0: कभी नहीं", rules.whole(0, 500),
)  # fmt: skip

CONVERSIONS = rules.declare(
    "conversions_most", 2, "H.265 cameras converted for browsers at once on each media worker",
    "प्रत्येक मीडिया वर्कर पर एक साथ ब्राउज़र हेतु बदले जाने वाले H.265 कैमरे", rules.whole(0, 64),
)  # fmt: skip

CONVERSION_CPU_PCT = rules.declare(
    "conversion_cpu_pct", 100, "What conversions for browsers may take of each media worker, in percent of a core",
    "ब्राउज़र हेतु रूपान्तरण प्रत्येक मीडिया वर्कर का कितना ले, एक कोर के प्रतिशत में", rules.whole(10, 6400),
)  # fmt: skip

_CODES = (MODE_OF_CLASS, PRE_ROLL_S, POST_ROLL_S, SHARES)


@dataclass(frozen=True)
class Policy:
    """The rules of today, for building many plans."""

    pre_roll_s: float
    post_roll_s: float
    shares: Mapping[str, float]

    @classmethod
    def load(cls) -> Policy:
        found = rules.values(_CODES)
        return cls(found[PRE_ROLL_S], found[POST_ROLL_S], found[SHARES])

    def disk_class(self, place_class: str | None, owner_class: str) -> str:
        """Whose share of the disks a camera's recordings take: its place's when that has one, else its owner's."""
        return place_class if place_class and place_class in self.shares else owner_class


def mode_of(camera: Camera) -> str:
    """What the rule says for a camera that was entered without a word on it."""
    modes = rules.value(MODE_OF_CLASS)
    place = camera.place_class.code if camera.place_class else ""
    return str(modes.get(place) or modes.get(camera.owner_class.code) or RecordMode.NONE)


def check(camera: Camera) -> None:
    """Raises Problem 422: by the week without any stretch of it."""
    if camera.record_mode == RecordMode.SCHEDULE and not camera.record_schedule:
        raise invalid(record_schedule=text(
            "Say when it is recorded: at least one stretch of the week.",
            "बताएँ कि रिकॉर्डिंग कब हो: सप्ताह का कम से कम एक समय।",
        ))  # fmt: skip


def settings() -> dict[str, Any]:
    """What the media engine is told of these rules: fields of contracts.mediasettings.MediaSettings."""
    found = rules.values((SHARES, VERIFY_MB_S, CONVERSIONS, CONVERSION_CPU_PCT))
    shares = {code: float(pct) for code, pct in found[SHARES].items()}
    return {
        "storage": StorageSettings(shares, float(found[VERIFY_MB_S])),
        "conversions": ConversionSettings(found[CONVERSIONS], float(found[CONVERSION_CPU_PCT])),
    }
