"""What an owner consents to for premises, given and withdrawn; each camera's consent follows from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, not_found, text
from prahari.desks.linking import actions, facts, linkages, receipts
from prahari.desks.linking.models import Consent, LadderEntry, Linkage, Live, PremisesConsent, Receipt
from prahari.desks.linking.rules import RECORDINGS_AFTER_WITHDRAWAL
from prahari.desks.linking.schemas import PremisesConsentIn
from prahari.desks.linking.steps import Step, Via
from prahari.desks.registry.models import Camera, Premises

MANAGE = "consent.manage"


def give_for_premises(
    *,
    actor: Actor,
    premises_id: UUID,
    form: PremisesConsentIn,
    evidence: dict[str, Any] | None = None,
    permission: str = MANAGE,
    via: str = Via.CONSOLE,
) -> tuple[PremisesConsent, Receipt]:
    """Enter an owner's consent for premises; it takes the place of one that stands.

    permission: field officers enter signed papers with linking.work. Raises Problem: 403, 404, 422.
    """
    with action("consent.give", actor=actor) as act:
        premises = linkages.premises_to_work(actor, premises_id, permission)
        if premises.owner_class.public:
            raise Problem(
                422, "needs_order",
                "These premises belong to a public owner: they need an authority's order, not a consent.",
                "यह प्रतिष्ठान सार्वजनिक स्वामी का है: इसके लिए सहमति नहीं, प्राधिकारी का आदेश चाहिए।",
            )  # fmt: skip
        now = now_ms()
        start = _check(form, now)
        cameras = _cameras(premises, form.camera_ids)
        row = _linkage(premises, now)
        _replace(premises, now)
        consent = PremisesConsent.objects.create(
            premises=premises, given_by=form.given_by, given_on=form.given_on, channel=form.channel,
            live=form.scope.live, record=form.scope.record, hours=[list(one) for one in form.scope.hours],
            public_view_only=form.scope.public_view_only, all_cameras=form.camera_ids is None, valid_from_ms=start,
            valid_to_ms=form.valid_to_ms, document_note=form.document_note,
            document_ids=[str(one) for one in form.document_ids], evidence=evidence or {}, recorded_by_id=actor.id,
            created_ms=now,
        )  # fmt: skip
        Consent.objects.bulk_create([_of_camera(consent, camera.id, now) for camera in cameras])
        before = row.step
        facts.reach(row, Step.CONSENTED, now)
        row.save()
        LadderEntry.objects.create(
            premises=premises, step=Step.CONSENTED, before=before, at_ms=now, entered_ms=now, by_id=actor.id,
            by_name=form.given_by, via=via, document_ids=consent.document_ids,
            facts={"consent": str(consent.id), "channel": form.channel, **form.scope.dict()},
        )  # fmt: skip
        receipt = receipts.issue("consent", premises, consent, {"by": form.given_by, "scope": _scope(consent)})
        linkages.about(act, premises)
        act.details(consent=str(consent.id), receipt=receipt.number, cameras=len(cameras), channel=form.channel)
        _tell(act, cameras)
    return consent, receipt


def _linkage(premises: Premises, now: int) -> Linkage:
    """Locked after the cameras, as everywhere, so that two people at once wait for each other instead of failing."""
    row, _ = Linkage.objects.select_for_update().get_or_create(
        premises=premises, defaults={"listed_ms": now, "edited_ms": now}
    )
    return row


def _check(form: PremisesConsentIn, now: int) -> int:
    """When the consent begins. Raises Problem 422."""
    actions.check_date("given_on", form.given_on)
    start = form.valid_from_ms if form.valid_from_ms is not None else now
    actions.check_period(start, form.valid_to_ms, now)
    if form.scope.live == Live.NO and not form.scope.record:
        raise invalid(scope=text("Consent must be for live, for recording, or both.",
                                 "सहमति लाइव, रिकॉर्डिंग या दोनों के लिए होनी चाहिए।"))  # fmt: skip
    actions.check_hours(form.scope.hours)
    return start


def _cameras(premises: Premises, wanted: list[UUID] | None) -> list[Camera]:
    found = Camera.objects.select_for_update(of=("self",)).filter(
        premises=premises, retired_ms__isnull=True, owner_class__public=False
    )
    cameras = list(found.order_by("id"))
    if wanted is None:
        return cameras
    chosen = [camera for camera in cameras if camera.id in set(wanted)]
    if len(chosen) != len(set(wanted)):
        raise invalid(camera_ids=text("A camera does not belong to these premises.",
                                      "कोई कैमरा इस प्रतिष्ठान का नहीं है।"))  # fmt: skip
    return chosen


def _replace(premises: Premises, now: int) -> None:
    """The standing consent, and those of its cameras, give way to the new one."""
    PremisesConsent.objects.filter(premises=premises, withdrawn_ms__isnull=True).update(
        withdrawn_ms=now, withdrawn_by="replaced"
    )
    Consent.objects.filter(camera__premises=premises, withdrawn_ms__isnull=True).update(withdrawn_ms=now, replaced=True)


def _of_camera(consent: PremisesConsent, camera_id: UUID, now: int) -> Consent:
    return Consent(
        camera_id=camera_id, premises_consent=consent, given_by=consent.given_by, given_on=consent.given_on,
        live=consent.live != Live.NO, on_request=consent.live == Live.ON_REQUEST, record=consent.record,
        hours=consent.hours, public_view_only=consent.public_view_only, valid_from_ms=consent.valid_from_ms,
        valid_to_ms=consent.valid_to_ms, document_note=consent.document_note, recorded_by_id=consent.recorded_by_id,
        created_ms=now,
    )  # fmt: skip


def covers_new_camera(camera: Camera) -> bool:
    """A camera entered at premises whose owner consented for all: its consent follows, within that action."""
    if camera.owner_class.public:
        return False
    consent = PremisesConsent.objects.filter(
        premises_id=camera.premises_id, withdrawn_ms__isnull=True, all_cameras=True
    ).first()
    now = now_ms()
    if consent is None or (consent.valid_to_ms is not None and consent.valid_to_ms <= now):
        return False
    _of_camera(consent, camera.id, now).save(force_insert=True)
    return True


def withdraw_for_premises(
    *, actor: Actor, consent_id: UUID, reason: str, by: str = "officer", permission: str = MANAGE
) -> Receipt:
    """Take a premises' consent back. The engine closes every stream within a second or two; recordings follow the
    rule `recordings_after_withdrawal`. by: "owner" or "officer". Raises Problem 403, 404, 409."""
    with action("consent.withdraw", actor=actor, reason=reason) as act:
        actor.require(permission)
        premises_id = PremisesConsent.objects.filter(id=consent_id).values_list("premises_id", flat=True).first()
        if premises_id is None:
            raise not_found("There is no such consent in your area.", "आपके क्षेत्र में ऐसी कोई सहमति नहीं है।")
        premises = linkages.premises_to_work(actor, premises_id, permission)
        return _withdraw(actor, act, premises, consent_id, reason, by)


def withdraw_all(*, actor: Actor, premises_id: UUID, reason: str, by: str, permission: str = MANAGE) -> Receipt:
    """Take back whatever consent stands for premises: the owner's for all, and those of single cameras.

    Raises Problem 403, 404, 409 where none stands."""
    with action("consent.withdraw", actor=actor, reason=reason) as act:
        premises = linkages.premises_to_work(actor, premises_id, permission)
        return _withdraw(actor, act, premises, None, reason, by)


def stands_for(premises_id: UUID) -> bool:
    """Whether any consent of these premises was not taken back."""
    return (
        PremisesConsent.objects.filter(premises_id=premises_id, withdrawn_ms__isnull=True).exists()
        or Consent.objects.filter(camera__premises_id=premises_id, withdrawn_ms__isnull=True).exists()
    )


def _withdraw(actor: Actor, act: Action, premises: Premises, consent_id: UUID | None, reason: str, by: str) -> Receipt:
    """consent_id: the one that must stand; None: any."""
    cameras = list(
        Camera.objects.select_for_update(of=("self",)).filter(premises=premises, retired_ms__isnull=True).order_by("id")
    )
    now = now_ms()
    row = _linkage(premises, now)
    consent = PremisesConsent.objects.select_for_update().filter(premises=premises, withdrawn_ms__isnull=True).first()
    if (consent_id is not None and (consent is None or consent.id != consent_id)) or not stands_for(premises.id):
        raise conflict("withdrawn", "This consent was withdrawn already.", "यह सहमति पहले ही वापस ली जा चुकी है।")
    if consent is not None:
        consent.withdrawn_ms, consent.withdrawn_reason, consent.withdrawn_by = now, reason[:400], by
        consent.save(update_fields=["withdrawn_ms", "withdrawn_reason", "withdrawn_by"])
    # Those of single cameras, too: the owner said no to the premises.
    Consent.objects.filter(camera__premises=premises, withdrawn_ms__isnull=True).update(
        withdrawn_ms=now, withdrawn_reason=reason[:400]
    )
    before = row.step
    facts.reach(row, Step.WITHDRAWN, now)
    row.save()
    consent_name = str(consent.id) if consent else ""
    LadderEntry.objects.create(
        premises=premises, step=Step.WITHDRAWN, before=before, at_ms=now, entered_ms=now, by_id=actor.id,
        by_name=consent.given_by if consent and by == "owner" else "",
        via=Via.OWNER if by == "owner" else Via.CONSOLE, note=reason, facts={"consent": consent_name},
    )  # fmt: skip
    policy = rules.value(RECORDINGS_AFTER_WITHDRAWAL)
    receipt = receipts.issue("withdrawal", premises, consent, {"by": by, "cameras": len(cameras), "recordings": policy})
    linkages.about(act, premises)
    act.details(consent=consent_name, receipt=receipt.number, cameras=len(cameras), by=by, recordings=policy)
    _tell(act, cameras)
    return receipt


def _scope(consent: PremisesConsent) -> dict[str, Any]:
    return {
        "live": consent.live, "record": consent.record, "hours": consent.hours,
        "public_view_only": consent.public_view_only, "valid_to_ms": consent.valid_to_ms,
    }  # fmt: skip


def _tell(act: Action, cameras: list[Camera]) -> None:
    actions.emit(act, [(camera.id, camera.jurisdiction_path, camera.agency_id) for camera in cameras])
