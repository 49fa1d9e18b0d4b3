"""Words of the incidents desk in both languages: states, clocks, names; what a time line says."""

from __future__ import annotations

from collections.abc import Iterable

from prahari.desks.accounts.models import Agency
from prahari.desks.common.errors import Text, text

CENTRE = text("The centre", "केंद्र")
SEVERITY: dict[str, Text] = {
    "low": text("Low", "निम्न"),
    "medium": text("Medium", "मध्यम"),
    "high": text("High", "उच्च"),
    "critical": text("Critical", "अति गंभीर"),
}
STATE: dict[str, Text] = {
    "open": text("Open", "खुली"),
    "in_hand": text("In hand", "कार्यवाही में"),
    "resolved": text("Resolved", "निस्तारित"),
    "closed": text("Closed", "बंद"),
}
CLOCK: dict[str, Text] = {
    "in_hand": text("Taken in hand", "कार्यवाही प्रारम्भ"),
    "arrive": text("Help on the spot", "मौके पर पहुँच"),
    "resolve": text("Resolved", "निस्तारण"),
}
CLOCK_STATE: dict[str, Text] = {
    "running": text("Running", "चल रही"),
    "warning": text("Running out", "समाप्त होने वाली"),
    "missed": text("Missed", "चूकी"),
    "kept": text("Kept", "समय पर"),
    "late": text("Met late", "विलम्ब से"),
    "stopped": text("Not needed", "आवश्यक नहीं रही"),
}
CHANNEL: dict[str, Text] = {
    "alarm": text("Alarm", "अलार्म"),
    "call": text("Telephone call (112)", "टेलीफ़ोन कॉल (112)"),
    "call_box": text("Emergency call box", "इमरजेंसी कॉल बॉक्स"),
    "citizen": text("Citizen's report", "नागरिक की सूचना"),
    "camera": text("Seen on a camera", "कैमरे पर देखा गया"),
    "patrol": text("Patrol", "गश्ती दल"),
    "agency": text("Another agency", "अन्य एजेंसी"),
    "other": text("Other", "अन्य"),
}
OUTCOME: dict[str, Text] = {
    "handled": text("Handled", "कार्यवाही पूर्ण"),
    "nothing_found": text("Nothing found on the spot", "मौके पर कुछ नहीं मिला"),
    "false_call": text("False call", "झूठी सूचना"),
    "test": text("Test or exercise", "परीक्षण या अभ्यास"),
    "handed_on": text("Handed on outside the centre", "केंद्र के बाहर सौंपी गई"),
    "merged": text("Part of another incident", "दूसरी घटना का भाग"),
}
PART: dict[str, Text] = {
    "lead": text("Leads", "नेतृत्व"),
    "support": text("Takes part", "सहभागी"),
    "asked": text("Asked to take over", "कार्यभार लेने को कहा गया"),
}

HANDOVER: dict[str, Text] = {
    "offered": text("Offered", "प्रस्तावित"),
    "accepted": text("Accepted", "स्वीकृत"),
    "refused": text("Refused", "अस्वीकृत"),
    "withdrawn": text("Withdrawn", "वापस लिया"),
}


def agency_names(codes: Iterable[str]) -> dict[str, Text]:
    """Names by code; a code that is no agency any more stands for itself."""
    wanted = set(codes)
    found = {one.code: one.name for one in Agency.objects.filter(code__in=wanted)}
    return {code: found.get(code, text(code, code)) for code in wanted}


def agency_name(code: str) -> Text:
    return agency_names([code])[code]
