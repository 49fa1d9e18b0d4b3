"""Why something that was handed in is not taken: a code for programs, a sentence in both languages for their makers."""

from __future__ import annotations

from dataclasses import dataclass

from prahari.engines.media.gate.problems import Answer


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818 - an answer, not a fault of ours
    """One event that is not taken. `again_s`: it may be taken when it is sent once more after so long."""

    code: str
    en: str
    hi: str
    again_s: int = 0


class AwayError(Exception):
    """The event log does not acknowledge: nothing was taken, the sender keeps it and comes again."""


AGAIN_S = 2

NO_KEY = Answer(
    401,
    "key",
    "The key is missing or wrong: send it as 'Authorization: Bearer KEY'.",
    "कुंजी नहीं है या ग़लत है: उसे 'Authorization: Bearer KEY' के रूप में भेजें।",
)
AWAY = Answer(
    503,
    "away",
    "The event log does not answer: nothing was taken; keep it and send it again.",
    "गतिविधि लॉग उत्तर नहीं दे रहा: कुछ भी नहीं लिया गया; इसे रखें और फिर भेजें।",
)
TOO_LARGE = Answer(
    413,
    "too_large",
    "At most 1,000 events and 1 MB at once: send several smaller batches.",
    "एक बार में अधिकतम 1,000 गतिविधियाँ और 1 एमबी: छोटे-छोटे भाग भेजें।",
)
UNREADABLE = Answer(
    400,
    "unreadable",
    "The body is no JSON: send one CloudEvents object or an array of them.",
    "भेजा गया पाठ JSON नहीं है: एक CloudEvents ऑब्जेक्ट या उनकी सूची भेजें।",
)


def malformed(detail: str) -> Refusal:
    return Refusal("malformed", f"This event cannot be read: {detail}.", f"यह गतिविधि पढ़ी नहीं जा सकी: {detail}।")


def unknown_kind(kind: str, allowed: list[str]) -> Refusal:
    known = ", ".join(allowed) or "-"
    return Refusal(
        "kind", f"This source may not hand in {kind}, only: {known}.", f"यह स्रोत {kind} नहीं दे सकता, केवल: {known}।"
    )


def unknown_unit(name: str) -> Refusal:
    return Refusal(
        "unit",
        f"This source knows no unit '{name}': have it entered in the console.",
        f"इस स्रोत में '{name}' नाम की कोई इकाई नहीं है: इसे कंसोल में दर्ज कराएँ।",
    )


def too_many(per_minute: int, again_s: int) -> Refusal:
    return Refusal(
        "rate",
        f"More than {per_minute} in a minute: send it again in {again_s} s.",
        f"एक मिनट में {per_minute} से अधिक: {again_s} सेकंड बाद फिर भेजें।",
        again_s,
    )
