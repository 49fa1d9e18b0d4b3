"""Endpoints of the owner's pages (no account: a session of their own), and the officers' look at registrations."""

from __future__ import annotations

from typing import IO, Annotated, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import StringConstraints

from prahari.desks.common.actor import actor_of
from prahari.desks.common.documents import centre_name, pdf
from prahari.desks.common.errors import ErrorOut, Problem, reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.common.web import host_of
from prahari.desks.linking import receipts
from prahari.desks.owners import actions, codes, letters, schemas, selectors, sessions
from prahari.desks.owners.models import Purpose
from prahari.desks.owners.sessions import owner, visitor, visitor_of
from prahari.desks.registry import premises as registry
from prahari.desks.registry.models import Premises
from prahari.desks.registry.schemas import Short

router = Router(tags=["owners"])

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {"application/octet-stream": _BYTES}}}
_PDF: dict[str, Any] = {"responses": {200: {"description": "PDF", "content": {"application/pdf": _BYTES}}}}
Token = Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Za-z0-9_-]*$")]


@router.get("/owner/start", auth=visitor, response=responses(schemas.OwnerStart))
def owner_start(request: HttpRequest, p: Token = "") -> HttpResponse:
    """What the first page needs; `p` as printed in a letter."""
    premises_id = letters.premises_of(p) if p else None
    found = Premises.objects.filter(id=premises_id).first() if premises_id else None
    return reply(
        {
            "centre": centre_name(),
            "owner_classes": selectors.owner_classes(),
            "letter": {"en": found.name_en, "hi": found.name_hi} if found else None,
            "letter_premises": found.id if found else None,
        }
    )


@router.post("/owner/code", auth=visitor, response=responses(schemas.OwnerCodeSent, 202))
def owner_code(request: HttpRequest, payload: schemas.OwnerCodeIn) -> HttpResponse:
    actor = visitor_of(request).actor
    sent = codes.ask(actor=actor, mobile=payload.mobile, purpose=Purpose.SIGN_IN, language=payload.language)
    return reply(sent, 202)


@router.post("/owner/session", auth=visitor, response=responses(schemas.OwnerMe))
def owner_sign_in(request: HttpRequest, payload: schemas.OwnerSignInIn) -> HttpResponse:
    session, token = actions.sign_in(visitor=visitor_of(request), mobile=payload.mobile, code=payload.code)
    response = reply(selectors.me(session))
    sessions.give_cookie(response, token)
    return response


@router.get("/owner/session", auth=owner, response=responses(schemas.OwnerMe))
def owner_me(request: HttpRequest) -> HttpResponse:
    return reply(selectors.me(visitor_of(request).owner))


@router.delete("/owner/session", auth=owner, response=responses(None, 204))
def owner_sign_out(request: HttpRequest) -> HttpResponse:
    who = visitor_of(request)
    sessions.end(actor=who.actor, session=who.owner)
    response = HttpResponse(status=204)
    sessions.take_cookie(response)
    return response


@router.get("/owner/premises", auth=owner, response=responses(schemas.OwnerPremisesList))
def owner_premises(request: HttpRequest) -> HttpResponse:
    session = visitor_of(request).owner
    return reply({"items": selectors.cards(session), "may_register": selectors.may_register(session)})


@router.post("/owner/premises", auth=owner, response=responses(schemas.OwnerPremisesDetail, 201))
def owner_register(request: HttpRequest, payload: schemas.OwnerRegisterIn) -> HttpResponse:
    who = visitor_of(request)
    premises_id = actions.register(visitor=who, form=payload)
    return reply(selectors.detail(who.owner, premises_id), 201)


@router.get("/owner/premises/{premises_id}", auth=owner, response=responses(schemas.OwnerPremisesDetail))
def owner_one_premises(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    return reply(selectors.detail(visitor_of(request).owner, premises_id))


@router.post("/owner/premises/{premises_id}/code", auth=owner, response=responses(schemas.OwnerCodeSent, 202))
def owner_act_code(request: HttpRequest, premises_id: UUID, payload: schemas.OwnerActCodeIn) -> HttpResponse:
    return reply(actions.ask_code(visitor=visitor_of(request), premises_id=premises_id, form=payload), 202)


@router.post("/owner/premises/{premises_id}/words", auth=owner, response=responses(schemas.OwnerConsentWords))
def owner_consent_words(request: HttpRequest, premises_id: UUID, payload: schemas.OwnerScopeIn) -> HttpResponse:
    shown = actions.words(visitor_of(request), premises_id, payload)
    return reply({"version": shown.version, "text": shown.text, "sha256": shown.sha256})


@router.post("/owner/premises/{premises_id}/consent", auth=owner, response=responses(schemas.OwnerReceipt, 201))
def owner_consent(request: HttpRequest, premises_id: UUID, payload: schemas.OwnerConsentIn) -> HttpResponse:
    receipt = actions.give_consent(visitor=visitor_of(request), premises_id=premises_id, form=payload)
    return reply(selectors.receipt_row(receipt), 201)


@router.post("/owner/premises/{premises_id}/withdraw", auth=owner, response=responses(schemas.OwnerReceipt, 201))
def owner_withdraw(request: HttpRequest, premises_id: UUID, payload: schemas.OwnerWithdrawIn) -> HttpResponse:
    receipt = actions.withdraw(visitor=visitor_of(request), premises_id=premises_id, form=payload)
    return reply(selectors.receipt_row(receipt), 201)


@router.post("/owner/premises/{premises_id}/confirm", auth=owner, response=responses(schemas.OwnerConfirmed))
def owner_confirm(request: HttpRequest, premises_id: UUID, payload: schemas.OwnerConfirmIn) -> HttpResponse:
    number = actions.confirm(visitor=visitor_of(request), premises_id=premises_id, form=payload)
    return reply({"confirmed": number})


@router.post(
    "/owner/premises/{premises_id}/testimonial", auth=owner, response=responses(schemas.OwnerTestimonialOut, 201)
)
def owner_testimonial(request: HttpRequest, premises_id: UUID, payload: schemas.OwnerTestimonialIn) -> HttpResponse:
    made = actions.testify(visitor=visitor_of(request), premises_id=premises_id, form=payload)
    return reply({"id": made}, 201)


@router.post(
    "/owner/files",
    auth=owner,
    response={**responses(schemas.OwnerFile, 201), frozenset({413, 507}): ErrorOut},
    openapi_extra=_BODY,
)
def owner_upload(
    request: HttpRequest,
    kind: Literal["image", "video"],
    name: Short = Query("", description="As the phone calls it"),  # noqa: B008
) -> HttpResponse:
    """The bare bytes as the body."""
    stored = actions.store_file(
        visitor=visitor_of(request), stream=cast(IO[bytes], request), name=name, kind=kind,
        expected_bytes=int(request.META.get("CONTENT_LENGTH") or 0),
    )  # fmt: skip
    return reply({"id": stored}, 201)


@router.post("/owner/cameras/{camera_id}/look", auth=owner, response=responses(schemas.OwnerLook))
def owner_look(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    return reply(actions.look(visitor=visitor_of(request), camera_id=camera_id, host=host_of(request)))


@router.get("/owner/cameras/{camera_id}/views", auth=owner, response=responses(schemas.OwnerViews))
def owner_views(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    return reply(selectors.views(visitor_of(request).owner, camera_id))


@router.get("/owner/receipts/{receipt_id}", auth=owner, response=responses(schemas.OwnerReceipt))
def owner_receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    return reply(selectors.receipt_row(selectors.receipt(visitor_of(request).owner, receipt_id)))


@router.get("/owner/receipts/{receipt_id}/pdf", auth=owner, response=responses(None), openapi_extra=_PDF)
def owner_receipt_pdf(request: HttpRequest, receipt_id: UUID, language: schemas.LanguageName = "hi") -> HttpResponse:
    found = selectors.receipt(visitor_of(request).owner, receipt_id)
    data = selectors.receipt_row(found)
    response = HttpResponse(pdf("owners/receipt", data, language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return response


@router.get("/owner/receipt-check", auth=visitor, response=responses(schemas.OwnerReceiptChecked))
def owner_receipt_check(
    request: HttpRequest,
    number: Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9 -]+$")],
    code: Annotated[str, StringConstraints(max_length=6, pattern=r"^[0-9]{6}$")],
) -> HttpResponse:
    """Whether a receipt is genuine: for who holds its number and check code, without signing in."""
    ip = visitor_of(request).actor.ip
    codes.guarded_guess(ip)
    try:
        found = receipts.check(number, code)
    except Problem:
        codes.wrong_receipt(ip)
        raise
    shown = {name: found[name] for name in ("number", "kind", "issued_ms", "genuine")}
    return reply({**shown, "premises": found["facts"]["premises"]})


@router.get("/owner-registrations", response=responses(schemas.RegistrationPage))
def list_registrations(
    request: HttpRequest, review: Literal["", "waiting", "accepted", "rejected"] = "", limit: Limit = LIMIT_DEFAULT,
    cursor: str | None = None,
) -> HttpResponse:  # fmt: skip
    return reply(selectors.registration_page(actor_of(request), review, limit, cursor))


@router.post("/owner-registrations/{registration_id}/review", response=responses(None, 204))
def review_registration(
    request: HttpRequest, registration_id: UUID, payload: schemas.RegistrationReviewIn
) -> HttpResponse:
    actions.review(actor=actor_of(request), registration_id=registration_id, form=payload)
    return HttpResponse(status=204)


@router.get("/premises/{premises_id}/owner-link", response=responses(schemas.OwnerLetterLink))
def owner_link(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    """The address to print in a letter or show as a QR code: it leads the owner to these premises."""
    found = registry.one_premises(actor_of(request), premises_id, selectors.VERIFY)
    return reply({"path": letters.path_for(found.id)})
