"""Citizens' reports: entered by who confirmed a number, told to the event log, and found again by their words."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.conf import settings
from django.db import connection

from prahari.contracts import sealing
from prahari.contracts.events import CITIZEN_REPORT_CHANGED, Event, now_ms
from prahari.contracts.happenings import INTAKE_SOURCE, HappeningData
from prahari.core.ids import uuid7
from prahari.desks.common import rules
from prahari.desks.common.action import Action, action
from prahari.desks.common.errors import Problem, conflict, invalid, text
from prahari.desks.files import vault
from prahari.desks.intake import report_schemas as schemas
from prahari.desks.intake import rules as limits
from prahari.desks.intake.models import CitizenReport
from prahari.desks.owners import actions as owners
from prahari.desks.owners import places, sessions
from prahari.desks.owners.sessions import Visitor
from prahari.desks.registry.search import key_of

CITIZEN_REPORT = "citizen.report"
SOURCE = "citizen_reports"
AGENCY = "police"
SEE = "incident.view"
DAY_MS, HOUR_MS = 86_400_000, 3_600_000


def report(*, visitor: Visitor, form: schemas.CitizenReportIn) -> CitizenReport:
    """Enter it, once however often it is sent. Raises Problem 401, 409, 422, 429."""
    session = visitor.owner
    with action("citizen.report", actor=visitor.actor) as act:
        with connection.cursor() as cursor:
            # One after the other for a number: its limit counts, and the same form sent twice at once is one.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [session.mobile_key])
        earlier = CitizenReport.objects.filter(key=form.key).first()
        if earlier is not None:
            if earlier.mobile_key != session.mobile_key:
                raise conflict("key_used", "Begin this form anew.", "यह फ़ॉर्म नए सिरे से भरें।")
            act.about("citizen report", earlier.id, earlier.number)
            return earlier
        if form.kind not in {one["code"] for one in rules.value(limits.REPORT_KINDS)}:
            raise invalid(kind=text("Choose what it is about.", "चुनें कि सूचना किस बारे में है।"))
        at = now_ms()
        _within_limits(session.mobile_key, at)
        area = places.station_for(form.lat, form.lon)
        made = CitizenReport(
            id=uuid7(), key=form.key, number=_number(), mobile_key=session.mobile_key, kind=form.kind,
            words=form.words, lat=form.lat, lon=form.lon, jurisdiction_path=area.path, agency_code=AGENCY,
            created_ms=at, edited_ms=at,
        )  # fmt: skip
        made.sealed_mobile = sealing.seal(
            sessions.mobile_of(session), settings.CONFIG.sealing_key(), sealing_context(made.id)
        )
        made.search = found_by(made.number, made.words)
        if form.photo is not None:
            [made.photo] = vault.attach(
                [form.photo], actor=owners.uploader(visitor, session), jurisdiction=area.path, agency=AGENCY,
                permission=SEE, kinds=("image",),
            )  # fmt: skip
        made.save(force_insert=True)
        act.about("citizen report", made.id, made.number, jurisdiction=area.path, agency=AGENCY)
        act.emit(INTAKE_SOURCE, _event(made))
        changed(act, made, "made")
    return made


def changed(act: Action, found: CitizenReport, what: str) -> None:
    """Consoles read anew what they show. what: made, answered, incident."""
    data = {"number": found.number, "state": found.state, "version": found.version, "what": what}
    told = Event(CITIZEN_REPORT_CHANGED, str(found.id), now_ms(), data, found.jurisdiction_path, found.agency_code)
    act.emit(SOURCE, told)


def found_by(number: str, words: str) -> str:
    """The `search` column. Of the number CR-000123 also 123."""
    return key_of(number, number.rpartition("-")[2].lstrip("0"), words)


def sealing_context(report_id: UUID) -> str:
    return f"citizen report:{report_id}"


def _within_limits(mobile_key: str, at: int) -> None:
    mine = CitizenReport.objects.filter(mobile_key=mobile_key, created_ms__gt=at - DAY_MS).count()
    if mine >= rules.value(limits.REPORTS_NUMBER_DAY):
        raise Problem(429, "too_many_reports", "That is enough from this number for today. In an emergency call 112.",
                      "इस नंबर से आज के लिए इतना पर्याप्त है। आपात स्थिति में 112 पर कॉल करें।")  # fmt: skip
    if CitizenReport.objects.filter(created_ms__gt=at - HOUR_MS).count() >= rules.value(limits.REPORTS_CENTRE_HOUR):
        raise Problem(429, "busy", "Very many reports come in just now. Try again later; in an emergency call 112.",
                      "इस समय बहुत अधिक सूचनाएँ आ रही हैं। बाद में प्रयास करें; आपात स्थिति में 112 पर कॉल करें।")  # fmt: skip


def _number() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('citizen_report_number')")
        return f"CR-{cursor.fetchone()[0]:06d}"


def _event(made: CitizenReport) -> Event:
    """The photograph and the number stay with the report: its id is enough to open it."""
    data = HappeningData(
        kind="report", external_id=made.number, text=made.words, lat=made.lat, lon=made.lon,
        parameters={"report_kind": made.kind, "has_photo": made.photo_id is not None},
    )  # fmt: skip
    return Event(
        CITIZEN_REPORT, str(made.id), made.created_ms, msgspec.to_builtins(data), made.jurisdiction_path,
        made.agency_code, id=str(made.id),
    )  # fmt: skip
