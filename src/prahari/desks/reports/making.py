"""What the clock brings about: reports at their hour, what is missing told upwards, signed ones mailed.

Each function looks at rows, not at what it did before; run twice, or by two processes at once, nothing is done twice.
"""

from __future__ import annotations

import datetime as dt
import logging
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F, Q

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms as clock_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common import rules as dated
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.common.documents import DocumentError
from prahari.desks.messages import queue
from prahari.desks.programme import escalation
from prahari.desks.reports import mailing, officers, printing, rules, snapshot, wording
from prahari.desks.reports.models import DailyReport, ReportVersion
from prahari.desks.reports.officers import Area

log = logging.getLogger(__name__)

GRACE_MS = 2 * 3_600_000
"""A report that came late may be signed for so long before its missing sign-off is told."""


def make_due(now_ms: int | None = None) -> int:
    """Make the reports whose hour has come: of today, and of days missed while the centre was off. How many."""
    now = clock_ms() if now_ms is None else now_ms
    today = local_day(now)
    made = 0
    back = int(dated.value(rules.BACKFILL_DAYS, today))
    for back_by in range(back, -1, -1):
        day = today - dt.timedelta(days=back_by)
        hour_ms = rules.moment_ms(rules.REPORT_HOUR, day)
        if now < hour_ms:
            continue
        there = set(DailyReport.objects.filter(day=day).values_list("jurisdiction_path", "agency_code"))
        for area in officers.reporting(day):
            if (area.path, area.agency) in there or (day != today and not _began_before(area, day)):
                continue
            made += make(area, day, now, late=now - hour_ms > rules.LATE_AFTER_MS) is not None
    return made


def _began_before(area: Area, day: dt.date) -> bool:
    """A day without a report was missed only when the area had reports before it."""
    return DailyReport.objects.filter(jurisdiction_path=area.path, agency_code=area.agency, day__lt=day).exists()


def make(area: Area, day: dt.date, now_ms: int, *, late: bool) -> DailyReport | None:
    """The report of an area for a day; None when somebody else has just made it."""
    figures = snapshot.make(area, day, now_ms=now_ms, late=late)
    post = area.post or {"en": "", "hi": ""}
    try:
        with action("report.make", actor=system("daily report")) as act:
            report = DailyReport.objects.create(
                day=day, jurisdiction=Jurisdiction.objects.get(path=area.path), jurisdiction_path=area.path,
                agency_code=area.agency, officer_id=area.person_id, officer_post_en=post["en"],
                officer_post_hi=post["hi"], appointment_id=area.appointment_id, made_ms=now_ms, late=late,
            )  # fmt: skip
            version = ReportVersion.objects.create(
                report=report, version=1, figures=figures, sha256=snapshot.digest(figures), made_ms=now_ms
            )
            act.about("daily report", report.id, str(day), jurisdiction=area.path, agency=area.agency)
            act.details(day=day.isoformat(), sha256=version.sha256, late=late)
    except IntegrityError:  # another process was quicker
        if DailyReport.objects.filter(day=day, jurisdiction_path=area.path, agency_code=area.agency).exists():
            return None
        raise
    return report


def escalation_key(report_id: UUID) -> str:
    return f"report-sign-off:{report_id}"


def tell_missing(now_ms: int | None = None) -> int:
    """Tell the level above of each report that its officer has not signed in time. How many were told."""
    now = clock_ms() if now_ms is None else now_ms
    told = 0
    waiting = DailyReport.objects.filter(signed=False, officer__isnull=False, escalated_ms__isnull=True)
    for report in waiting.filter(day__lte=local_day(now)).select_related("officer").order_by("day", "id"):
        until = max(rules.moment_ms(rules.SIGN_OFF_UNTIL, report.day), report.made_ms + GRACE_MS if report.late else 0)
        if now >= until:
            told += _tell(report, now)
    return told


def _tell(report: DailyReport, now: int) -> int:
    assert report.officer is not None
    with action("report.sign_off_missing", actor=system("daily report")) as act:
        locked = DailyReport.objects.select_for_update().get(id=report.id)
        act.about("daily report", report.id, str(report.day),
                  jurisdiction=report.jurisdiction_path, agency=report.agency_code)  # fmt: skip
        if locked.signed or locked.escalated_ms is not None:
            return 0
        name = report.officer.name
        escalation.raise_(
            kind="sign_off_missing", key=escalation_key(report.id), jurisdiction=report.jurisdiction_path,
            agency=report.agency_code, about_type="daily report", about_id=str(report.id),
            text_en=f"The daily report of {wording.day(report.day, 'en')} is not signed by {name}",
            text_hi=f"{wording.day(report.day, 'hi')} की दैनिक आख्या {name} द्वारा प्रमाणित नहीं",
            below=officers.appointment(report.appointment_id), since=report.day, now_ms=now,
        )  # fmt: skip
        locked.escalated_ms = now
        locked.save(update_fields=["escalated_ms"])
    return 1


def mail_ready() -> int:
    """Queue the mails of reports that are signed, or that nobody has to sign. How many reports."""
    ready = DailyReport.objects.filter(mailed_version__lt=F("version")).filter(Q(signed=True) | Q(officer__isnull=True))
    mailed = 0
    for report_id in ready.order_by("day").values_list("id", flat=True)[:100]:
        try:
            mailed += _mail(report_id)
        except DocumentError:
            log.exception("report %s cannot be printed; the others go on", report_id)
    return mailed


def _mail(report_id: UUID) -> int:
    """The documents are made before the transaction: it only queues them. A key holds each mail to once."""
    report = DailyReport.objects.get(id=report_id)
    version = ReportVersion.objects.get(report=report, version=report.version)
    groups = mailing.groups(report)
    letters = [(language, to, printing.attachments(version, language)) for language, to in groups.items()]
    with action("report.mail", actor=system("daily report")) as act:
        locked = DailyReport.objects.select_for_update().get(id=report_id)
        act.about("daily report", report.id, str(report.day),
                  jurisdiction=report.jurisdiction_path, agency=report.agency_code)  # fmt: skip
        act.details(version=version.version, mails={language: len(to) for language, to, _ in letters})
        if locked.mailed_version >= version.version:
            return 0
        area = snapshot.area_name(version.figures)
        for language, to, attachments in letters:
            values = {
                "date": wording.day(report.day, language),
                "area": area[language],
                "summary": version.figures["lead"][language],
            }
            queue.mail(
                to=to, template="daily_report", values=values, language=language,
                key=f"daily-report:{version.id}:{language}", attachments=attachments,
                about=("daily report", report.id), jurisdiction=report.jurisdiction_path, agency=report.agency_code,
            )  # fmt: skip
        locked.mailed_version = version.version
        locked.save(update_fields=["mailed_version"])
    return 1
