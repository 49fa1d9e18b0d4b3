"""Words of the reports in both languages: numbers as they are written here, dates, reasons, the lead sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from prahari.contracts.clock import IST
from prahari.desks.common.errors import Text, text

MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "hi": ("जन॰", "फ़र॰", "मार्च", "अप्रैल", "मई", "जून", "जुल॰", "अग॰", "सित॰", "अक्तू॰", "नव॰", "दिस॰"),
}
_REASONS: dict[str, tuple[str, str]] = {
    "": ("not proved since it was linked", "लिंक होने के बाद से प्रमाणित नहीं"),
    "starting": ("starting", "प्रारम्भ हो रहा है"),
    "unreachable": ("does not answer at its address", "अपने पते पर उत्तर नहीं दे रहा"),
    "timeout": ("connected, no answer in time", "जुड़ा, पर समय पर उत्तर नहीं"),
    "wrong_password": ("user name or password wrong", "उपयोगकर्ता नाम या पासवर्ड गलत"),
    "not_found": ("no stream at this address", "इस पते पर स्ट्रीम नहीं"),
    "refused": ("the camera refused", "कैमरे ने अस्वीकार किया"),
    "bad_stream": ("unreadable stream", "स्ट्रीम पढ़ी नहीं जा सकती"),
    "unsupported": ("kind of video not supported", "वीडियो का प्रकार समर्थित नहीं"),
    "too_large": ("too large a message", "बहुत बड़ा संदेश"),
    "no_frames": ("connected, no pictures", "जुड़ा है, पर चित्र नहीं"),
    "connection_lost": ("connection broke", "संपर्क टूटा"),
    "packet_loss": ("pictures lost on the way", "मार्ग में चित्र खोए"),
    "clock_jump": ("the camera's clock jumped", "कैमरे की घड़ी बदली"),
    "certificate": ("another certificate than before", "प्रमाणपत्र पहले वाला नहीं"),
    "no_permit": ("neither consent nor order", "न सहमति, न आदेश"),
    "permit_ended": ("consent or order ended", "सहमति या आदेश समाप्त"),
    "outside_hours": ("outside the hours consented to", "सहमति के समय से बाहर"),
    "disk_full": ("disk full", "डिस्क भरी"),
    "disk_slow": ("disk too slow", "डिस्क धीमी"),
    "disk_error": ("disk fails", "डिस्क खराब"),
    "engine_restart": ("media engine restarted", "मीडिया इंजन पुनः प्रारम्भ"),
    "retired": ("retired", "हटाया जा चुका"),
    "node_moved": ("handed over to another machine", "दूसरी मशीन को सौंपा गया"),
    "node_lost": ("the machine was away", "मशीन उपलब्ध नहीं थी"),
}


def reason(code: str) -> Text:
    """Why a camera is down; the code itself for one that has no words yet."""
    en, hi = _REASONS.get(code, (code, code))
    return text(en, hi)


def number(value: int) -> str:
    """1234567 -> 12,34,567."""
    digits = str(abs(value))
    head, tail = digits[:-3], digits[-3:]
    parts = []
    while len(head) > 2:
        parts.insert(0, head[-2:])
        head = head[:-2]
    grouped = ",".join([*([head] if head else []), *parts, tail])
    return f"-{grouped}" if value < 0 else grouped


def day(value: dt.date, language: str) -> str:
    """25 Nov 2026 / 25 नव॰ 2026."""
    return f"{value.day} {MONTHS[language][value.month - 1]} {value.year}"


def moment(ms: int, language: str) -> str:
    """25 Nov 2026, 18:04, Indian Standard Time."""
    local = dt.datetime.fromtimestamp(ms / 1000, IST)
    return f"{day(local.date(), language)}, {local:%H:%M}"


def lead(figures: dict[str, Any]) -> Text:
    """What a commissioner reads when he reads one sentence."""
    totals, today = figures["totals"], figures["today"]
    n = number
    en = f"{n(totals['verified'])} cameras are verified live"
    hi = f"{n(totals['verified'])} कैमरे लाइव सत्यापित हैं"
    target = totals["target"]
    if target is not None:
        gap = max(target - totals["verified"], 0)
        en += f" of a target of {n(target)}; {n(gap)} remain"
        hi += f", लक्ष्य {n(target)} का; {n(gap)} शेष"
    en += (
        f". On this day {n(today['consented'])} consents, {n(today['linked'])} linked, {n(today['verified'])} verified"
    )
    hi += f"। इस दिन {n(today['consented'])} की सहमति, {n(today['linked'])} लिंक, {n(today['verified'])} सत्यापित"
    if today["refused"] or today["withdrawn"]:
        en += f", {n(today['refused'])} refused, {n(today['withdrawn'])} withdrawn"
        hi += f", {n(today['refused'])} असहमत, {n(today['withdrawn'])} सहमति वापस"
    en, hi = f"{en}.", f"{hi}।"
    if totals["live_now"] is not None:
        live, down = n(totals["live_now"]), n(totals["down_24h"])
        en += f" {live} were live at the hour of the report; {down} had been down for more than a day."
        hi += f" आख्या के समय {live} लाइव थे; {down} एक दिन से अधिक से बंद थे।"
    return text(en, hi)
