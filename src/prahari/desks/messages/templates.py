"""The kinds of messages that exist, what each is filled with, and the words that a new centre starts with.

Words are rows (MessageTemplate) that an administrator changes from a day on; kinds and their placeholders are code,
since code fills them.
"""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass

from prahari.contracts.clock import local_day
from prahari.desks.messages.choices import Channel
from prahari.desks.messages.models import MessageTemplate

HOUR_S = 3600


@dataclass(frozen=True)
class Kind:
    """placeholders: what the words may hold, all of which a caller gives. secret: the body is not kept once sent.
    urgent: goes before others. valid_for_s: how late it may still be sent."""

    placeholders: frozenset[str]
    valid_for_s: int
    secret: bool = False
    urgent: bool = False


def _kind(words: str, hours: float, **more: bool) -> Kind:
    return Kind(frozenset(words.split()), int(hours * HOUR_S), **more)


KNOWN: dict[str, Kind] = {
    "one_time_code": _kind("code minutes", 1 / 12, secret=True, urgent=True),
    "consent_receipt": _kind("premises number link", 48, urgent=True),
    "withdrawal_receipt": _kind("premises number at", 48, urgent=True),
    "confirm_request": _kind("premises link", 48),
    "view_request": _kind("camera purpose until", 4),
    "visit_reminder": _kind("premises date", 24),
    "task_due": _kind("title due", 24),
    "escalation": _kind("title days officer", 24),
    "alarm_waiting": _kind("title place time waiting", 1 / 4, urgent=True),
    "incident_late": _kind("number kind clock", 1 / 4, urgent=True),
    "shift_late": _kind("name post minutes", 1 / 2, urgent=True),
    "unit_called": _kind("unit number kind place", 1 / 4, urgent=True),
    "daily_report": _kind("date area summary", 48),
    "notice": _kind("title text", 48),
    "welcome": _kind("name username link", 72),
    "test": _kind("at", 1, urgent=True),
}
"""Also filled in everywhere: {centre}, the centre's name in the message's language."""

COMMON = frozenset({"centre"})

_SMS = {
    "one_time_code": (
        "{code} is your code for {centre}. Valid for {minutes} minutes. Do not tell it to anybody, nor to an officer.",
        "{centre}: आपका कोड {code} है। यह {minutes} मिनट तक मान्य है। इसे किसी को, अधिकारी को भी, न बताएँ।",
    ),
    "consent_receipt": (
        "{centre}: your consent for {premises} is recorded. Receipt {number}. See or withdraw it any time: {link}",
        "{centre}: {premises} के लिए आपकी सहमति दर्ज हुई। रसीद {number}। कभी भी देखें या वापस लें: {link}",
    ),
    "withdrawal_receipt": (
        "{centre}: your consent for {premises} was withdrawn at {at}. Your cameras are cut off. Receipt {number}.",
        "{centre}: {premises} के लिए आपकी सहमति {at} पर वापस ली गई। आपके कैमरे हटा दिए गए। रसीद {number}।",
    ),
    "confirm_request": (
        "{centre}: the cameras of {premises} are connected. Please look and confirm: {link}",
        "{centre}: {premises} के कैमरे जुड़ गए हैं। कृपया देखकर पुष्टि करें: {link}",
    ),
    "view_request": (
        "{centre}: your camera {camera} may be looked at until {until}, for: {purpose}",
        "{centre}: आपका कैमरा {camera} {until} तक देखा जा सकता है, कारण: {purpose}",
    ),
    "visit_reminder": (
        "{centre}: a visit to {premises} is due on {date}.",
        "{centre}: {premises} का भ्रमण {date} को निर्धारित है।",
    ),
    "task_due": ("{centre}: task due on {due}: {title}", "{centre}: कार्य {due} तक पूरा करना है: {title}"),
    "escalation": (
        "{centre}: {days} days late, with {officer}: {title}",
        "{centre}: {days} दिन विलम्ब, {officer} के पास: {title}",
    ),
    "alarm_waiting": (
        "{centre}: {waiting} alarm(s) not acknowledged. First: {title}, {place}, {time}. Please open the alarm queue.",
        "{centre}: {waiting} अलार्म स्वीकारे नहीं गए। पहला: {title}, {place}, {time}। कृपया अलार्म सूची खोलें।",
    ),
    "incident_late": (
        "{centre}: incident {number} ({kind}): time has run out: {clock}. Please see to it.",
        "{centre}: घटना {number} ({kind}): समय-सीमा बीत गई: {clock}। कृपया तत्काल देखें।",
    ),
    "shift_late": (
        "{centre}: {name} has not come to {post}; the shift began {minutes} minutes ago.",
        "{centre}: {name} {post} पर नहीं पहुँचे; पाली {minutes} मिनट पहले शुरू हुई।",
    ),
    "unit_called": (
        "{unit}: you are called to {kind}, {place} ({number}). Please answer in the unit page. {centre}",
        "{unit}: आपको {kind}, {place} ({number}) पर बुलाया गया है। कृपया इकाई पृष्ठ पर उत्तर दें। {centre}",
    ),
    "welcome": (
        "{centre}: {name}, your account is {username}. Sign in at {link}",
        "{centre}: {name}, आपका खाता {username} है। यहाँ साइन इन करें: {link}",
    ),
    "test": ("{centre}: test message of {at}.", "{centre}: परीक्षण संदेश, {at}।"),
}

_MAIL = {
    "daily_report": (
        "Daily progress report, {area}, {date}", "दैनिक प्रगति आख्या, {area}, {date}",
        "The daily progress report of {area} for {date} is attached.\n\n{summary}\n\n{centre}",
        "{area} की {date} की दैनिक प्रगति आख्या संलग्न है।\n\n{summary}\n\n{centre}",
    ),
    "task_due": (
        "Task due on {due}: {title}", "कार्य {due} तक: {title}",
        "This task is due on {due}:\n\n{title}\n\n{centre}", "यह कार्य {due} तक पूरा करना है:\n\n{title}\n\n{centre}",
    ),
    "escalation": (
        "{days} days late: {title}", "{days} दिन विलम्ब: {title}",
        "This is {days} days late and is with {officer}:\n\n{title}\n\n{centre}",
        "यह {days} दिन विलम्ब से है और {officer} के पास है:\n\n{title}\n\n{centre}",
    ),
    "visit_reminder": (
        "Visit due on {date}: {premises}", "भ्रमण {date}: {premises}",
        "A visit to {premises} is due on {date}.\n\n{centre}", "{premises} का भ्रमण {date} को निर्धारित है।\n\n{centre}",
    ),
    "notice": ("{title}", "{title}", "{text}\n\n{centre}", "{text}\n\n{centre}"),
    "welcome": (
        "Your account: {username}", "आपका खाता: {username}",
        "{name}, your account is {username}. Sign in at {link}\n\n{centre}",
        "{name}, आपका खाता {username} है। यहाँ साइन इन करें: {link}\n\n{centre}",
    ),
    "test": ("Test message", "परीक्षण संदेश", "Test message of {at}.\n\n{centre}", "परीक्षण संदेश, {at}।\n\n{centre}"),
}  # fmt: skip


def seeds() -> list[dict[str, str]]:
    """Rows of MessageTemplate without their dates."""
    rows = []
    for code, (en, hi) in _SMS.items():
        for language, body in (("en", en), ("hi", hi)):
            rows.append({"code": code, "channel": "sms", "language": language, "subject": "", "body": body})
    for code, (subject_en, subject_hi, en, hi) in _MAIL.items():
        for language, subject, body in (("en", subject_en, en), ("hi", subject_hi, hi)):
            rows.append({"code": code, "channel": "mail", "language": language, "subject": subject, "body": body})
    return rows


def fields_of(words: str) -> set[str]:
    """The placeholders of a text. Raises ValueError for braces that are none."""
    found = set()
    for _, name, form, conversion in string.Formatter().parse(words):
        if name is None:
            continue
        if not re.fullmatch(r"[a-z_]+", name) or form or conversion:
            raise ValueError(name)
        found.add(name)
    return found


def in_force(code: str, channel: Channel, language: str, on: dt.date | None = None) -> MessageTemplate:
    """The words of a kind on a day; English where they are missing in `language`.

    Raises LookupError: no words for this channel."""
    rows = MessageTemplate.objects.filter(code=code, channel=channel, valid_from__lte=on or local_day())
    row = rows.filter(language=language).order_by("-valid_from").first() or rows.order_by("-valid_from").first()
    if row is None:
        raise LookupError(f"no template {code!r} for {channel}")
    return row


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def filled(words: str, values: Mapping[str, object]) -> str:
    """Words with their placeholders filled: once, so that braces in a value stay what they are."""
    return words.format_map({name: _CONTROL.sub(" ", str(value)) for name, value in values.items()})
