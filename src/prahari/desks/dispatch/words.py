"""Words of the dispatch desk in both languages, as time lines and messages say them."""

from __future__ import annotations

from prahari.desks.common.errors import Text, text
from prahari.desks.dispatch.choices import Progress, Status, UnitKind

KIND: dict[str, Text] = {
    UnitKind.PATROL_CAR: text("Patrol car", "गश्ती वाहन"),
    UnitKind.MOTORCYCLE: text("Motorcycle", "मोटरसाइकिल"),
    UnitKind.AMBULANCE: text("Ambulance", "एम्बुलेंस"),
    UnitKind.FIRE_TENDER: text("Fire tender", "दमकल वाहन"),
    UnitKind.QUICK_RESPONSE: text("Quick response team", "त्वरित कार्यवाही दल"),
    UnitKind.FOOT: text("Foot patrol", "पैदल गश्त"),
}
STATUS: dict[str, Text] = {
    Status.OFF_DUTY: text("Off duty", "ड्यूटी पर नहीं"),
    Status.AVAILABLE: text("Available", "उपलब्ध"),
    Status.ASSIGNED: text("Assigned", "कार्य सौंपा गया"),
    Status.EN_ROUTE: text("En route", "रास्ते में"),
    Status.AT_SCENE: text("At scene", "मौके पर"),
    Status.BUSY: text("Busy otherwise", "अन्य कार्य में व्यस्त"),
    Status.OUT_OF_SERVICE: text("Out of service", "सेवा से बाहर"),
}
PROGRESS: dict[str, Text] = {
    Progress.OFFERED: text("Called", "बुलाया गया"),
    Progress.ACKNOWLEDGED: text("Acknowledged", "स्वीकारा"),
    Progress.EN_ROUTE: text("En route", "रास्ते में"),
    Progress.ARRIVED: text("At scene", "मौके पर"),
    Progress.CLEARED: text("Cleared", "कार्य पूर्ण"),
    Progress.REFUSED: text("Refused", "अस्वीकार"),
    Progress.WITHDRAWN: text("Withdrawn", "वापस लिया"),
    Progress.CANCELLED: text("Cancelled", "निरस्त"),
}
DID: dict[str, Text] = {
    Progress.ACKNOWLEDGED: text("{unit} has acknowledged.", "{unit} ने स्वीकारा।"),
    Progress.EN_ROUTE: text("{unit} is on its way.", "{unit} रवाना हुई।"),
    Progress.ARRIVED: text("{unit} has arrived.", "{unit} मौके पर पहुँची।"),
    Progress.CLEARED: text("{unit} is clear.", "{unit} का कार्य पूर्ण हुआ।"),
    Progress.REFUSED: text("{unit} has refused.", "{unit} ने अस्वीकार किया।"),
    Progress.WITHDRAWN: text("{unit} is not needed any more.", "{unit} की आवश्यकता नहीं रही।"),
    Progress.CANCELLED: text("{unit} is released: the incident has ended.", "{unit} मुक्त: घटना समाप्त हुई।"),
}
"""Sentences of an incident's time line."""


def did(progress: str, call_sign: str) -> Text:
    said = DID[progress]
    return text(said["en"].format(unit=call_sign), said["hi"].format(unit=call_sign))


def minutes(seconds: int | None) -> Text:
    """In brackets behind a call sign: when it is expected."""
    if seconds is None:
        return text("arrival not known", "पहुँचने का समय ज्ञात नहीं")
    whole = max(1, round(seconds / 60))
    return text(f"about {whole} min", f"लगभग {whole} मिनट")
