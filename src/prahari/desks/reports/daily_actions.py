"""Signing daily reports off, correcting them, and saying who gets them."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.desks.accounts.models import Agency, Jurisdiction
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, invalid, text
from prahari.desks.programme import escalation
from prahari.desks.reports import daily_selectors, mailing, making, officers, snapshot
from prahari.desks.reports.daily_selectors import SIGN
from prahari.desks.reports.models import DailyReport, Recipient, ReportVersion
from prahari.desks.reports.officers import Area
from prahari.desks.reports.schemas_daily import RecipientEdit, RecipientIn, SignIn

VERSIONS_MOST = 50
RECIPIENTS_MOST = 100


def sign(*, actor: Actor, report_id: UUID, form: SignIn) -> None:
    """Sign the version in force. Raises Problem 403, 404, 409 (signed already, or not the version that was read)."""
    with action("report.sign", actor=actor, reason=form.remark) as act:
        report = _locked(actor, report_id)
        version = ReportVersion.objects.get(report=report, version=report.version)
        if version.version != form.version or version.sha256 != form.sha256:
            raise conflict("other_version", "The report was corrected meanwhile. Read the new version, then sign it.",
                           "इस बीच आख्या संशोधित हुई है। नया संस्करण पढ़कर प्रमाणित करें।")  # fmt: skip
        if report.signed:
            raise conflict("signed", "This report is signed already.", "यह आख्या पहले ही प्रमाणित है।")
        if snapshot.digest(version.figures) != version.sha256:
            raise conflict("not_intact", "The stored figures do not match their hash. Tell your technician.",
                           "संग्रहीत आँकड़े अपने हैश से मेल नहीं खाते। तकनीशियन को बताएँ।")  # fmt: skip
        assert actor.id is not None  # a person's session, since a system actor signs nothing
        post = officers.post_of(actor.id, report.jurisdiction_path, report.agency_code, report.day)
        version.signed_ms, version.signed_by_id = now_ms(), actor.id
        version.signer_name, version.remark = actor.name or actor.username, form.remark
        version.signer_post_en, version.signer_post_hi = post["en"], post["hi"]
        version.save(
            update_fields=["signed_ms", "signed_by", "signer_name", "signer_post_en", "signer_post_hi", "remark"]
        )
        report.signed = True
        report.save(update_fields=["signed"])
        escalation.settle(actor=actor, key=making.escalation_key(report.id))
        _about(act, report)
        act.details(version=version.version, sha256=version.sha256)


def correct(*, actor: Actor, report_id: UUID, reason: str) -> None:
    """Make a new version from the figures as they stand now for that day; the old one stays, with its signature.

    Raises Problem 403, 404, 409 (too many versions, nothing has changed).
    """
    with action("report.correct", actor=actor, reason=reason) as act:
        report = _locked(actor, report_id)
        old = ReportVersion.objects.get(report=report, version=report.version)
        if report.version >= VERSIONS_MOST:
            raise conflict("too_many", "This report has been corrected too often.", "यह आख्या बहुत बार संशोधित हो चुकी है।")
        area = Area(
            report.jurisdiction_path, report.agency_code, report.officer_id,
            report.officer.name if report.officer else "",
            text(report.officer_post_en, report.officer_post_hi), report.appointment_id,
        )  # fmt: skip
        now = now_ms()
        figures = snapshot.make(area, report.day, now_ms=now, late=report.late, first=old.figures)
        if _same(figures, old.figures):
            raise conflict("unchanged", "The figures of that day are still the same. Correct the entries first.",
                           "उस दिन के आँकड़े वही हैं। पहले प्रविष्टियाँ ठीक करें।")  # fmt: skip
        made = ReportVersion.objects.create(
            report=report, version=report.version + 1, figures=figures, sha256=snapshot.digest(figures), made_ms=now,
            made_by_id=actor.id, reason=reason,
        )  # fmt: skip
        report.version, report.signed = made.version, False
        report.save(update_fields=["version", "signed"])
        _about(act, report)
        act.details(version=made.version, sha256=made.sha256)


def add_recipient(*, actor: Actor, form: RecipientIn) -> Recipient:
    """Raises Problem 403, 409 (too many), 422."""
    with action("report.recipient_add", actor=actor) as act:
        actor.require(SIGN)
        area = Jurisdiction.objects.defer("boundary").filter(path=form.jurisdiction).first()
        if area is None:
            raise invalid(jurisdiction=text("There is no such area.", "ऐसा कोई क्षेत्र नहीं है।"))
        if form.agency and not Agency.objects.filter(code=form.agency).exists():
            raise invalid(agency=text("There is no such agency.", "ऐसी कोई एजेंसी नहीं है।"))
        actor.require_in(SIGN, area.path, form.agency)
        if Recipient.objects.filter(jurisdiction_path=area.path, agency_code=form.agency).count() >= RECIPIENTS_MOST:
            raise conflict("too_many", f"An area has at most {RECIPIENTS_MOST} recipients. Remove one first.",
                           f"एक क्षेत्र में अधिकतम {RECIPIENTS_MOST} प्राप्तकर्ता। पहले एक हटाएँ।")  # fmt: skip
        made_id, now = uuid7(), now_ms()
        made = Recipient.objects.create(
            id=made_id, jurisdiction=area, jurisdiction_path=area.path, agency_code=form.agency, name=form.name,
            sealed_address=mailing.sealed(made_id, _mail(form.address)), language=form.language, created_ms=now,
            edited_ms=now,
        )  # fmt: skip
        act.about("report recipient", made.id, made.name, jurisdiction=area.path, agency=form.agency)
    return made


def edit_recipient(*, actor: Actor, recipient_id: UUID, form: RecipientEdit) -> Recipient:
    """Raises Problem 403, 404, 409 (saved meanwhile), 422."""
    with action("report.recipient_edit", actor=actor) as act:
        row = _recipient(actor, recipient_id)
        if row.edited_ms != form.edited_ms:
            raise conflict("edited_meanwhile", "This was saved meanwhile. Load it again, then make your change.",
                           "इसे इस बीच सहेजा गया है। फिर से लोड करें, तब बदलाव करें।")  # fmt: skip
        row.name = form.name or row.name
        row.language = form.language or row.language
        if form.address:
            row.sealed_address = mailing.sealed(row.id, _mail(form.address))
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        row.save()
        act.about("report recipient", row.id, row.name, jurisdiction=row.jurisdiction_path, agency=row.agency_code)
    return row


def remove_recipient(*, actor: Actor, recipient_id: UUID) -> None:
    with action("report.recipient_remove", actor=actor) as act:
        row = _recipient(actor, recipient_id)
        act.about("report recipient", row.id, row.name, jurisdiction=row.jurisdiction_path, agency=row.agency_code)
        row.delete()


def _locked(actor: Actor, report_id: UUID) -> DailyReport:
    daily_selectors.report(actor, report_id, SIGN)
    return DailyReport.objects.select_for_update(of=("self",)).select_related("officer").get(id=report_id)


def _recipient(actor: Actor, recipient_id: UUID) -> Recipient:
    daily_selectors.recipient(actor, recipient_id)
    return Recipient.objects.select_for_update().get(id=recipient_id)


def _about(act: Action, report: DailyReport) -> None:
    act.about(
        "daily report", report.id, str(report.day), jurisdiction=report.jurisdiction_path, agency=report.agency_code
    )


def _same(new: dict[str, object], old: dict[str, object]) -> bool:
    """Whether two versions say the same of the day itself, whenever they were made."""
    told = ("rows", "totals", "today", "classes", "stations", "refusals")
    return all(new.get(name) == old.get(name) for name in told)


def _mail(written: str) -> str:
    try:
        validate_email(written)
    except ValidationError:
        raise invalid(address=text("A mail address as name@kanpur.example is expected.",
                                   "मेल पता अपेक्षित है, जैसे name@kanpur.example।")) from None  # fmt: skip
    return written
