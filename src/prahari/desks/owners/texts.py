"""The exact words that an owner agrees to: a dated text with the scope written out, and its hash for the evidence."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from prahari.contracts.clock import local_day
from prahari.desks.common.documents import centre_name
from prahari.desks.linking.schemas import PremisesScope
from prahari.desks.owners.models import ConsentText
from prahari.desks.registry.models import Premises

SEEDS = {
    "hi": (
        "मैं “{premises}” का स्वामी या प्रभारी हूँ। मैं {centre} को इस प्रतिष्ठान के सार्वजनिक स्थान की ओर देखने वाले कैमरों का "
        "उपयोग इस सीमा तक करने की सहमति देता/देती हूँ:\n\n{scope}\n\n"
        "मुझे बताया गया है कि चेहरा पहचान नहीं की जाएगी, भीतर के निजी स्थान नहीं देखे जाएँगे, और मैं देख सकता/सकती हूँ कि मेरा कैमरा "
        "किसने और क्यों देखा। मैं यह सहमति किसी भी समय, बिना कारण बताए, इसी पृष्ठ पर वापस ले सकता/सकती हूँ; तब चित्र कुछ ही "
        "सेकंड में बंद हो जाते हैं।"
    ),
    "en": (
        "I own or am in charge of “{premises}”. I agree that {centre} uses the cameras of these premises that look at "
        "public places, within these limits:\n\n{scope}\n\n"
        "I have been told that faces are not recognised, that private inside places are not looked at, and that I can "
        "see who looked at my camera and why. I can withdraw this consent at any time, without a reason, on this same "
        "page; the pictures then stop within seconds."
    ),
}


@dataclass(frozen=True)
class Shown:
    version: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def shown(premises: Premises, scope: PremisesScope, until: dt.date | None, language: str) -> Shown:
    """The whole text as the owner reads it. Deterministic: asked again for the same scope it is the same."""
    rows = ConsentText.objects.filter(language=language, valid_from__lte=local_day())
    row = rows.order_by("-valid_from", "-created_ms").first()
    if row is None:
        raise LookupError(f"no consent text in {language!r}")
    name = premises.name_hi if language == "hi" else premises.name_en
    sentences = "\n".join(lines(scope, until, language))
    words = {"{premises}": name, "{centre}": centre_name()[language], "{scope}": sentences}
    text = row.body
    for mark, value in words.items():
        # Marks in a name must not be filled in turn: control characters keep them apart until the end.
        text = text.replace(mark, value.replace("{", "\x01"))
    return Shown(row.version, text.replace("\x01", "{"))


_LIVE = {
    "yes": ("Live pictures: the police control room may look.", "लाइव चित्र: पुलिस कंट्रोल रूम देख सकता है।"),
    "on_request": (
        "Live pictures: only when an officer writes down why. I am told of each time.",
        "लाइव चित्र: केवल तब, जब अधिकारी कारण लिखे। हर बार मुझे बताया जाएगा।",
    ),
    "no": ("Live pictures: no.", "लाइव चित्र: नहीं।"),
}
_RECORD = {
    True: (
        "Recording: yes, kept for a limited time, then erased.",
        "रिकॉर्डिंग: हाँ, सीमित समय तक रखी जाएगी, फिर मिटा दी जाएगी।",
    ),
    False: ("Recording: no.", "रिकॉर्डिंग: नहीं।"),
}


def lines(scope: PremisesScope, until: dt.date | None, language: str) -> list[str]:
    """The scope as sentences."""
    hindi = language == "hi"

    def word(pair: tuple[str, str]) -> str:
        return f"• {pair[1] if hindi else pair[0]}"

    found = [word(_LIVE[scope.live]), word(_RECORD[scope.record])]
    if scope.hours:
        spans = ", ".join(f"{_clock(begin)}–{_clock(end)}" for begin, end in scope.hours)
        found.append(word((f"Hours: {spans}, every day.", f"समय: प्रतिदिन {spans}।")))
    else:
        found.append(word(("Hours: day and night.", "समय: दिन और रात।")))
    if scope.public_view_only:
        found.append(word(("Only cameras that look at the entrance, the exit, the road or a public place.",
                           "केवल वे कैमरे जो प्रवेश द्वार, निकास द्वार, सड़क या सार्वजनिक स्थान देखते हैं।")))  # fmt: skip
    if until is not None:
        day = until.strftime("%d-%m-%Y")
        found.append(word((f"Until {day}.", f"{day} तक।")))
    else:
        found.append(word(("Until I withdraw it.", "जब तक मैं वापस न लूँ।")))
    return found


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
