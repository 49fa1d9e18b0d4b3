"""Telling officers: by SMS to their official mobile, else by mail, else only on their page."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from prahari.desks.messages import queue
from prahari.desks.programme import officers
from prahari.desks.programme.models import Appointment

Told = Literal["sms", "mail", "none"]
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS_HI = ("जन॰", "फ़र॰", "मार्च", "अप्रैल", "मई", "जून", "जुल॰", "अग॰", "सित॰", "अक्तू॰", "नव॰", "दिस॰")


def day_in(day: dt.date, language: str) -> str:
    """25 Nov 2026 / 25 नव॰ 2026"""
    months = MONTHS_EN if language == "en" else MONTHS_HI
    return f"{day.day} {months[day.month - 1]} {day.year}"


def tell(
    appointment: Appointment, *, template: str, values: dict[str, object], key: str, about: tuple[str, str],
    jurisdiction: str, agency: str,
) -> Told:  # fmt: skip
    """Queue one message to an officer, inside the caller's action; how it goes. The same key goes once."""
    language = appointment.person.language
    if mobile := officers.address(appointment, "mobile"):
        queue.sms(to=mobile, template=template, values=values, key=key, language=language, about=about,
                  jurisdiction=jurisdiction, agency=agency)  # fmt: skip
        return "sms"
    if mail := officers.address(appointment, "mail"):
        queue.mail(to=[mail], template=template, values=values, key=key, language=language, about=about,
                   jurisdiction=jurisdiction, agency=agency)  # fmt: skip
        return "mail"
    return "none"
