"""Taking over a visit: stored, and entered on the ladder in the same transaction; or kept for a person to decide."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import orjson

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, required, text
from prahari.desks.field import places, selectors
from prahari.desks.field.choices import MOVES, STEP_HI, STEPS, Outcome, State
from prahari.desks.field.models import Visit
from prahari.desks.field.schemas import Settle, VisitForm
from prahari.desks.files import vault
from prahari.desks.files.models import StoredFile
from prahari.desks.linking import consents, ladder, linkages
from prahari.desks.linking.models import LadderEntry, Linkage
from prahari.desks.linking.schemas import PremisesConsentIn, PremisesScope
from prahari.desks.linking.steps import MAY_FOLLOW, Step, Via
from prahari.desks.registry.models import Premises

FILES_FOR = "linking.view"
SKEW_KEPT_MS = 60_000
"""A phone's clock that is out by less is taken as right: the network alone takes seconds."""


class MissingFilesError(Exception):
    """Files that a visit names and that are not (or no longer) in the vault."""

    def __init__(self, keys: list[UUID]) -> None:
        super().__init__(f"{len(keys)} files are missing")
        self.keys = keys


def content_of(form: VisitForm) -> str:
    """SHA-256 of all that a visit says but for its own number."""
    plain = form.model_dump(mode="json", exclude={"id"})
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()


def take_over(*, actor: Actor, form: VisitForm, device_id: UUID, clock_skew_ms: int) -> Visit:
    """Store a visit and enter it on the ladder. Where somebody else moved the premises meanwhile, or the step cannot
    follow, it is stored as a conflict and changes nothing else.

    Raises Problem 403, 404, 422; MissingFilesError; IntegrityError when it is stored already.
    """
    _check(form)
    now = now_ms()
    with action("field.visit", actor=actor, reason=form.note) as act:
        premises = _premises(actor, form)
        skew = clock_skew_ms if abs(clock_skew_ms) >= SKEW_KEPT_MS else 0
        visit = Visit(
            id=form.id, content_sha256=content_of(form), premises=premises, by_id=actor.id, outcome=form.outcome,
            state=State.APPLIED, device_id=device_id, made_at_ms=form.made_at_ms,
            at_ms=max(1, min(now, form.made_at_ms + skew)), received_ms=now, clock_skew_ms=clock_skew_ms,
            come_again_on=form.come_again_on, lat=form.lat, lon=form.lon, accuracy_m=form.accuracy_m,
            form=_kept(form), jurisdiction_path=premises.jurisdiction.path,
            agency_code=premises.agency_id,
        )  # fmt: skip
        # First of all: the same visit sent at the same time waits here for this one, and then is known.
        visit.save(force_insert=True)
        files = _attach(actor, form, premises)
        visit.files = [{"id": str(file.id), "use": use} for use, file in files]
        try:
            if form.premises_id is not None:
                _nobody_else_meanwhile(actor, visit, form)
            _enter(actor, visit, form, files)
        except Problem as problem:
            if problem.status != 409:
                raise
            visit.state = State.CONFLICT
            visit.conflict = {"code": problem.code, **problem.message}
        visit.save()
        _about(act, visit, premises)
    return visit


def settle(*, actor: Actor, visit_id: UUID, form: Settle) -> None:
    """Decide about a visit that stands in conflict: enter it after all, or leave it. Raises Problem 403, 404, 409."""
    with action("field.settle", actor=actor, reason=form.reason) as act:
        visit = selectors.visit_to_settle(actor, visit_id)
        if visit.state != State.CONFLICT:
            raise conflict("settled", "This visit was decided about already.", "इस भ्रमण पर निर्णय हो चुका है।")
        premises = linkages.premises_to_work(actor, visit.premises_id)
        if form.decision == "apply":
            files = [(one["use"], StoredFile.objects.get(id=one["id"])) for one in visit.files]
            _enter(actor, visit, VisitForm(**visit.form), files)
        visit.state = State.APPLIED if form.decision == "apply" else State.DISMISSED
        visit.settled_by_id, visit.settled_ms, visit.settled_reason = actor.id, now_ms(), form.reason
        visit.save()
        _about(act, visit, premises)


def _kept(form: VisitForm) -> dict[str, Any]:
    """What is kept of a form: a found place's number is not, contacts keep it sealed."""
    kept = form.model_dump(mode="json")
    if kept["place"]:
        kept["place"]["contact_mobile"] = ""
    return kept


def _about(act: Action, visit: Visit, premises: Premises) -> None:
    act.about("visit", visit.id, premises.name_en, jurisdiction=visit.jurisdiction_path, agency=visit.agency_code)
    act.details(outcome=visit.outcome, state=visit.state, premises=str(visit.premises_id))


def _check(form: VisitForm) -> None:
    """What belongs to an outcome is there. Raises Problem 422."""
    if (form.premises_id is None) == (form.place is None):
        raise invalid(premises_id=text("Say which premises were visited.", "कौन-सा प्रतिष्ठान देखा गया, बताएँ।"))
    if form.premises_id is not None and form.seen_ms is None:
        raise invalid(seen_ms=required())
    match form.outcome:
        case Outcome.COME_AGAIN if form.come_again_on is None:
            raise invalid(come_again_on=text("When to come again?", "दोबारा कब आना है?"))
        case Outcome.CONSENTED:
            if not form.given_by:
                raise invalid(given_by=text("Who gave the consent?", "सहमति किसने दी?"))
            if not any(file.use in {"form", "signature"} for file in form.files):
                raise invalid(files=text("A signature, or a photograph of the signed form, is needed.",
                                         "हस्ताक्षर, या हस्ताक्षरित प्रपत्र का चित्र चाहिए।"))  # fmt: skip


def _premises(actor: Actor, form: VisitForm) -> Premises:
    premises_id = form.premises_id
    if premises_id is None and form.place is not None:
        premises_id = places.enter(actor=actor, place=form.place, lat=form.lat, lon=form.lon)
    assert premises_id is not None
    return linkages.premises_to_work(actor, premises_id)


def _attach(actor: Actor, form: VisitForm, premises: Premises) -> list[tuple[str, StoredFile]]:
    """Each with its use. Raises MissingFilesError."""
    known = vault.by_client_keys(actor, [file.key for file in form.files])
    missing = [file.key for file in form.files if file.key not in known]
    if missing:
        raise MissingFilesError(missing)
    vault.attach(
        [known[file.key].id for file in form.files], actor=actor, jurisdiction=premises.jurisdiction.path,
        agency=premises.agency_id, permission=FILES_FOR, kinds=("image",),
    )  # fmt: skip
    return [(file.use, known[file.key]) for file in form.files]


def _nobody_else_meanwhile(actor: Actor, visit: Visit, form: VisitForm) -> None:
    """Raises Problem 409 when somebody else took a step with these premises after the phone heard of them."""
    if form.outcome not in MOVES:
        return
    # Locked, so that nobody takes a step between this look and our own step.
    Linkage.objects.select_for_update().filter(premises_id=visit.premises_id).first()
    entries = LadderEntry.objects.filter(premises_id=visit.premises_id, camera__isnull=True)
    other = entries.filter(entered_ms__gt=form.seen_ms).exclude(by_id=actor.id).select_related("by").first()
    if other is None:
        return
    step = Step(other.step)
    who = other.by.name if other.by else other.by_name
    raise conflict(
        "moved_meanwhile",
        f"Since your list was made, these premises came to “{step.label}” ({who or 'the centre'}). "
        "The visit is kept; a person decides what holds.",
        f"आपकी सूची बनने के बाद यह प्रतिष्ठान “{STEP_HI[step]}” पर आ गया ({who or 'केंद्र'})। "
        "भ्रमण सुरक्षित है; क्या मान्य होगा, यह कोई अधिकारी तय करेगा।",
    )


def _enter(actor: Actor, visit: Visit, form: VisitForm, files: list[tuple[str, StoredFile]]) -> None:
    """The step on the ladder that an outcome is. Raises Problem."""
    documents = [file.id for _, file in files]
    if form.outcome == Outcome.CONSENTED:
        by_use = {use: str(file.id) for use, file in files}
        consents.give_for_premises(
            actor=actor, premises_id=visit.premises_id, permission=ladder.WORK, via=Via.FIELD,
            form=PremisesConsentIn(
                given_by=form.given_by, given_on=local_day(visit.at_ms),
                channel="paper" if "form" in by_use else "visit",
                scope=form.scope or PremisesScope(), document_ids=documents,
            ),
            evidence={"visit": str(visit.id), **by_use},
        )  # fmt: skip
        return
    step = STEPS.get(form.outcome)
    if step is None or (form.outcome == Outcome.COME_AGAIN and not _may_be_asked(visit)):
        return
    ladder.move(
        actor=actor, premises_id=visit.premises_id, step=step, note=form.note, reason=form.reason, at_ms=visit.at_ms,
        document_ids=documents, promised_for=form.promised_for, cost_borne_by=form.cost_borne_by,
        cameras_found=len(form.cameras) if form.outcome == Outcome.SURVEYED else None,
        come_again_on=form.come_again_on, by_name=form.met, via=Via.FIELD,
    )  # fmt: skip


def _may_be_asked(visit: Visit) -> bool:
    """Whether coming again is one more asking, or only a survey put off."""
    row: dict[str, Any] | None = Linkage.objects.filter(premises_id=visit.premises_id).values("step").first()
    return row is not None and Step.ASKED in MAY_FOLLOW[Step(row["step"])]
