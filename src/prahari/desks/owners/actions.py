"""What owners do: register, consent, confirm, look, speak, withdraw. Officers look at what was registered.

Every act is the centre's own ("owner page") for the owner; what proves the owner stands in the audit entry's details.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from prahari.contracts import sealing
from prahari.contracts.clock import IST, end_of_day_ms, local_day
from prahari.contracts.events import now_ms
from prahari.contracts.media import MediaClaims
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, not_found, text
from prahari.desks.files import vault
from prahari.desks.files.models import StoredFile
from prahari.desks.linking import consents, ladder, permits
from prahari.desks.linking.ladder import Listing
from prahari.desks.linking.models import Receipt
from prahari.desks.linking.schemas import PremisesConsentIn
from prahari.desks.linking.steps import Via
from prahari.desks.linking.watching import origin_of
from prahari.desks.messages import queue
from prahari.desks.outreach import actions as outreach
from prahari.desks.owners import codes, places, schemas, selectors, sessions, texts
from prahari.desks.owners import rules as limits
from prahari.desks.owners.keyed import keyed
from prahari.desks.owners.models import OwnerSession, Purpose, Registration, Review
from prahari.desks.owners.sessions import Visitor
from prahari.desks.registry.models import Contact, OwnerClass, Premises
from prahari.desks.registry.premises import mobile_key, sealing_context
from prahari.desks.registry.search import key_of

SOURCE = "owner registration"
LOOK_S = 60
FILES_NAME = "owner page"


def register(*, visitor: Visitor, form: schemas.OwnerRegisterIn) -> UUID:
    """Enter premises; they are listed at once and wait for an officer's look. The same form twice is one entry.

    Raises Problem 401, 409 (limits), 422."""
    session = visitor.owner
    with action("owner.register", actor=visitor.actor) as act:
        OwnerSession.objects.select_for_update().get(id=session.id)  # one form of this browser at a time
        earlier = Registration.objects.filter(key=form.key).first()
        if earlier is not None:
            if earlier.mobile_key != session.mobile_key:
                raise conflict("key_used", "Begin this form anew.", "यह फ़ॉर्म नए सिरे से भरें।")
            act.about("premises", earlier.premises_id)
            return earlier.premises_id
        _within_limits(session)
        owner_class = OwnerClass.objects.filter(code=form.owner_class, active=True, public=False).first()
        if owner_class is None:
            raise invalid(owner_class=text("Choose what kind of place this is.", "यह किस प्रकार का स्थान है, चुनें।"))
        if (form.lat is None) != (form.lon is None):
            raise invalid(lat=text("Set the place on the map again.", "नक्शे पर स्थान फिर से लगाएँ।"))
        premises = _premises(form, owner_class)
        premises.save(force_insert=True)
        _contact(premises, form.contact_name, sessions.mobile_of(session))
        photo = _attached(uploader(visitor, session), form.photo, premises, ("image",)) if form.photo else None
        Registration.objects.create(
            key=form.key, premises=premises, mobile_key=session.mobile_key, photo_id=photo, created_ms=now_ms(),
            answers={"cameras": form.cameras, "covers": sorted(set(form.covers)), "recorder": form.recorder},
        )  # fmt: skip
        ladder.list_premises(actor=visitor.actor, listings=[Listing(premises.id, form.cameras, SOURCE)], via=Via.OWNER)
        act.about("premises", premises.id, premises.name_en,
                  jurisdiction=premises.jurisdiction.path, agency=premises.agency_id)  # fmt: skip
        act.details(source=SOURCE, cameras=form.cameras, mobile_last2=_last2(session))
    return premises.id


def _within_limits(session: OwnerSession) -> None:
    if not selectors.may_register(session):
        raise conflict("too_many_premises",
                       "An officer first looks at what you have registered. Then you can add more.",
                       "पहले अधिकारी आपके दर्ज प्रतिष्ठान देखेंगे। उसके बाद और जोड़ सकेंगे।")  # fmt: skip
    today = Registration.objects.filter(created_ms__gt=now_ms() - codes.DAY_MS).count()
    if today >= rules.value(limits.REGISTRATIONS_CENTRE_DAY):
        raise codes.too_many()


def _premises(form: schemas.OwnerRegisterIn, owner_class: OwnerClass) -> Premises:
    department = places.department_for(owner_class)
    now = now_ms()
    return Premises(
        name_en=form.name, name_hi=form.name, address_en=form.address, address_hi=form.address,
        owner_class=owner_class, department=department, agency_id=department.agency_id,
        jurisdiction=places.station_for(form.lat, form.lon), ward=places.area_at(form.lat, form.lon, "ward"),
        lat=form.lat, lon=form.lon, source_list=SOURCE, search=key_of(form.name, form.name, "", form.address, ""),
        created_ms=now, edited_ms=now,
    )  # fmt: skip


def _contact(premises: Premises, name: str, mobile: str) -> None:
    contact = Contact(premises=premises, name=name, role="owner", mobile_key=mobile_key(mobile))
    contact.sealed_mobile = sealing.seal(mobile, settings.CONFIG.sealing_key(), sealing_context(contact.id))
    contact.save(force_insert=True)


def store_file(*, visitor: Visitor, stream: IO[bytes], name: str, kind: str, expected_bytes: int) -> UUID:
    """A photograph or a video handed in for what comes next. Raises Problem 401, 413, 422, 429, 507."""
    session = visitor.owner
    since = now_ms() - codes.DAY_MS
    who = uploader(visitor, session)
    handed_in = StoredFile.objects.filter(uploader_name=who.username, created_ms__gt=since).count()
    if handed_in >= rules.value(limits.FILES_NUMBER_DAY):
        raise Problem(429, "too_many_files", "That is enough for today. Come again tomorrow.",
                      "आज के लिए इतना पर्याप्त है। कल फिर आएँ।")  # fmt: skip
    stored = vault.store(actor=who, stream=stream, name=name, kinds=(kind,), expected_bytes=expected_bytes)
    return stored.id


def uploader(visitor: Visitor, session: OwnerSession) -> Actor:
    """The vault tells files apart by who handed them in: for owners by their number's key."""
    return dataclasses.replace(visitor.actor, username=f"{FILES_NAME} {session.mobile_key[:24]}")


def _attached(actor: Actor, file_id: UUID, premises: Premises, kinds: tuple[str, ...]) -> UUID:
    [found] = vault.attach(
        [file_id], actor=actor, jurisdiction=premises.jurisdiction.path, agency=premises.agency_id,
        permission="linking.view", kinds=kinds,
    )  # fmt: skip
    return found.id


def ask_code(*, visitor: Visitor, premises_id: UUID, form: schemas.OwnerActCodeIn) -> dict[str, int]:
    """A fresh code for one act at one place. Raises Problem 401, 404, 429."""
    session = visitor.owner
    selectors.premises(session, premises_id)
    return codes.ask(
        actor=visitor.actor, mobile=sessions.mobile_of(session), purpose=Purpose(form.purpose), language=form.language,
        premises_id=premises_id,
    )  # fmt: skip


def words(visitor: Visitor, premises_id: UUID, form: schemas.OwnerScopeIn) -> texts.Shown:
    """The exact text for this scope. Raises Problem 401, 404, 422."""
    premises = selectors.premises(visitor.owner, premises_id)
    _check_until(form.until)
    return texts.shown(premises, form.scope, form.until, form.language)


def _check_until(until: dt.date | None) -> None:
    if until is None:
        return
    today = local_day()
    if not today < until <= today + dt.timedelta(days=rules.value(limits.CONSENT_DAYS_MOST)):
        raise invalid(until=text("Choose a later day, at most five years ahead.",
                                 "आज के बाद का, अधिकतम पाँच वर्ष आगे का दिन चुनें।"))  # fmt: skip


def give_consent(*, visitor: Visitor, premises_id: UUID, form: schemas.OwnerConsentIn) -> Receipt:
    """Consent by a fresh code to exactly the text that was shown; receipt by SMS.

    Raises Problem 401, 404, 409 (code, or the text changed meanwhile), 422, 429."""
    session, actor = visitor.owner, visitor.actor
    shown = words(visitor, premises_id, form)
    if shown.sha256 != form.text_sha256:
        raise conflict("text_changed", "The text has changed. Read it again, then agree.",
                       "पाठ बदल गया है। इसे फिर से पढ़ें, तब सहमति दें।")  # fmt: skip
    mobile = sessions.mobile_of(session)
    code = codes.prove(actor=actor, mobile=mobile, purpose=Purpose.CONSENT, code=form.code, premises_id=premises_id)
    with action("owner.consent", actor=actor) as act:
        codes.use(code)
        premises = selectors.premises(session, premises_id)
        evidence = {
            "mobile_last2": mobile[-2:], "code_message_id": str(code.message_id), "text_version": shown.version,
            "text_sha256": shown.sha256, "language": form.language, "ip": actor.ip,
            "user_agent_hash": keyed("user agent", visitor.user_agent), "session": str(session.id),
        }  # fmt: skip
        _, receipt = consents.give_for_premises(
            actor=actor, premises_id=premises_id, via=Via.OWNER, evidence=evidence,
            form=PremisesConsentIn(
                given_by=form.given_by, given_on=local_day(), channel="code", scope=form.scope,
                valid_to_ms=None if form.until is None else end_of_day_ms(form.until),
            ),
        )  # fmt: skip
        _tell(premises, mobile, receipt, "consent_receipt", form.language)
        _about(act, premises)
        act.details(receipt=receipt.number, text_sha256=shown.sha256, mobile_last2=mobile[-2:])
    return receipt


def withdraw(*, visitor: Visitor, premises_id: UUID, form: schemas.OwnerWithdrawIn) -> Receipt:
    """Take the consent back by a fresh code: the engine closes the streams within seconds; receipt by SMS.

    Raises Problem 401, 404, 409 (code, or no consent stands), 429."""
    session, actor = visitor.owner, visitor.actor
    premises = selectors.premises(session, premises_id)
    if not consents.stands_for(premises.id):
        raise conflict("no_consent", "No consent stands for these premises.", "इस प्रतिष्ठान के लिए कोई सहमति लागू नहीं है।")
    mobile = sessions.mobile_of(session)
    code = codes.prove(actor=actor, mobile=mobile, purpose=Purpose.WITHDRAW, code=form.code, premises_id=premises_id)
    with action("owner.withdraw", actor=actor, reason=form.reason) as act:
        codes.use(code)
        receipt = consents.withdraw_all(actor=actor, premises_id=premises.id, reason=form.reason, by="owner")
        _tell(premises, mobile, receipt, "withdrawal_receipt", form.language)
        _about(act, premises)
        act.details(receipt=receipt.number, code_message_id=str(code.message_id), mobile_last2=mobile[-2:])
    return receipt


def _tell(premises: Premises, mobile: str, receipt: Receipt, template: str, language: str) -> None:
    at = dt.datetime.fromtimestamp(receipt.issued_ms / 1000, IST).strftime("%d-%m-%Y %H:%M:%S")
    name = premises.name_hi if language == "hi" else premises.name_en
    queue.sms(
        to=mobile, template=template, language=language, key=f"receipt {receipt.id}", about=("premises", premises.id),
        values={"premises": name[:60], "number": receipt.number, "at": at, "link": _link()},
        jurisdiction=premises.jurisdiction.path, agency=premises.agency_id,
    )  # fmt: skip


def _link() -> str:
    config = settings.CONFIG
    names = [name for name in settings.ALLOWED_HOSTS if name not in {"*", "127.0.0.1", "[::1]"}]
    return f"{config.origin(config.port, names[0] if names else None)}/o"


def confirm(*, visitor: Visitor, premises_id: UUID, form: schemas.OwnerConfirmIn) -> int:
    """The owner says that it works. How many cameras. Raises Problem 401, 404, 409."""
    session = visitor.owner
    selectors.premises(session, premises_id)
    return ladder.confirm_by_owner(
        actor=visitor.actor, premises_id=premises_id, camera_ids=form.camera_ids, by_name=form.name, via=Via.OWNER
    )


def look(*, visitor: Visitor, camera_id: UUID, host: str) -> dict[str, Any]:
    """OwnerLook: leave for one still of the owner's own camera as it is now, while consent stands. Written into the
    ledger like any other look. Raises Problem 401, 404, 409."""
    session = visitor.owner
    camera = selectors.camera(session, camera_id)
    permit = permits.choose(permits.all_of([camera.id], now_ms()).get(camera.id, []), camera.owner_class.public)
    if permit is None or permit.state != "stands" or not permit.live or not camera.url:
        raise conflict("not_linked", "This camera is not linked, so there is no picture of it here.",
                       "यह कैमरा अभी जुड़ा नहीं है, इसलिए यहाँ इसका चित्र नहीं है।")  # fmt: skip
    with action(selectors.WATCH, actor=visitor.actor) as act:
        act.about("camera", camera.id, f"{camera.reg_id} {camera.name_en}",
                  jurisdiction=camera.jurisdiction_path, agency=camera.agency_id)  # fmt: skip
        act.details(uses=["snapshot"], owner=True, mobile_last2=_last2(session))
        expires_ms = now_ms() + LOOK_S * 1000
        # The owner is who would be asked: for their own eyes that counts as the request.
        claims = MediaClaims(f"owner:{session.id}", str(camera.id), ["snapshot"], expires_ms // 1000, "owner")
        token = permits.sign(claims)
    return {"token": token, "expires_ms": expires_ms, "origin": origin_of(camera.id, host)}


def testify(*, visitor: Visitor, premises_id: UUID, form: schemas.OwnerTestimonialIn) -> UUID:
    """Hand a testimonial to the outreach desk, with its own consent. Raises Problem 401, 404, 409, 422."""
    session = visitor.owner
    selectors.premises(session, premises_id)
    if not form.words and form.video is None:
        raise invalid(words=text("Write a few words, or record a video.", "कुछ शब्द लिखें, या वीडियो बनाएँ।"))
    return outreach.receive_testimonial(
        actor=uploader(visitor, session), premises_id=premises_id, speaker=form.speaker, speaker_role="owner",
        text=form.words, file_id=form.video, key=form.key, language=form.language,
        consent={"uses": form.uses, "given_on": local_day(), "how": f"owner page, number ending {_last2(session)}"},
    )  # fmt: skip


def review(*, actor: Actor, registration_id: UUID, form: schemas.RegistrationReviewIn) -> None:
    """An officer says whether what an owner registered exists and is theirs. Raises Problem 403, 404, 409."""
    with action("owner.review", actor=actor, reason=form.reason) as act:
        found = selectors.registrations_in(actor).filter(id=registration_id).first()
        if found is None:
            raise not_found()
        row = Registration.objects.select_for_update().get(id=registration_id)
        if row.review != Review.WAITING:
            raise conflict("reviewed", "Somebody has reviewed this already.", "इसकी समीक्षा हो चुकी है।")
        row.review = Review.ACCEPTED if form.accept else Review.REJECTED
        row.review_note, row.reviewed_by_id, row.reviewed_ms = form.reason, actor.id, now_ms()
        row.save()
        _about(act, found.premises)
        act.details(accept=form.accept)


def _about(act: Any, premises: Premises) -> None:
    act.about("premises", premises.id, premises.name_en,
              jurisdiction=premises.jurisdiction.path, agency=premises.agency_id)  # fmt: skip


def _last2(session: OwnerSession) -> str:
    return sessions.mobile_of(session)[-2:]


def sign_in(*, visitor: Visitor, mobile: str, code: str) -> tuple[OwnerSession, str]:
    """A session for who gave the code that was sent to a number: (session, cookie's token).

    Raises Problem 409, 422, 429."""
    to = codes.number(mobile)
    proved = codes.prove(actor=visitor.actor, mobile=to, purpose=Purpose.SIGN_IN, code=code)
    with transaction.atomic():
        codes.use(proved)
        return sessions.begin(actor=visitor.actor, mobile=to, earlier=visitor.session)
