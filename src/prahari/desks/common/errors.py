"""Errors as people read them: a status, a code for the console, a sentence in both languages, fields."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from typing import Any

import orjson
import psycopg
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as NinjaValidationError

from prahari.desks.common.schema import Schema
from prahari.desks.common.validation import sentence

log = logging.getLogger(__name__)

Text = dict[str, str]
"""{"en": ..., "hi": ...}"""


def text(en: str, hi: str) -> Text:
    return {"en": en, "hi": hi}


class Bilingual(Schema):
    en: str
    hi: str


class ErrorOut(Schema):
    """What every refused request answers."""

    code: str
    message: Bilingual
    fields: dict[str, Bilingual] | None = None


class Problem(Exception):  # noqa: N818 - it is an answer to the person as much as an error
    """A refusal that the person asking should read. `fields`: field name -> text, for forms."""

    def __init__(self, status: int, code: str, en: str, hi: str, fields: Mapping[str, Text] | None = None) -> None:
        super().__init__(f"{code}: {en}")
        self.status = status
        self.code = code
        self.message = text(en, hi)
        self.fields = dict(fields) if fields else None

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.fields:
            body["fields"] = self.fields
        return body

    def response(self) -> HttpResponse:
        return reply(self.body(), self.status)


def passed_on(body: bytes) -> HttpResponse:
    """JSON that is written already."""
    return HttpResponse(body, content_type="application/json")


def reply(payload: Any, status: int = 200) -> HttpResponse:
    """JSON answer straight from plain data; API functions return it where validating the output costs too much."""
    return HttpResponse(orjson.dumps(payload), status=status, content_type="application/json")


def responses(success: Any, status: int = 200) -> dict[Any, Any]:
    """`response=` of an endpoint: what it answers, and the error shape for everything else."""
    return {status: success, frozenset({400, 401, 403, 404, 409, 422, 429}): ErrorOut}


def not_found(en: str = "There is no such entry, or it is not in your area.", hi: str = "") -> Problem:
    """Also for rows outside the actor's scope: whether they exist is nobody's business."""
    return Problem(404, "not_found", en, hi or "ऐसी कोई प्रविष्टि नहीं है, या वह आपके क्षेत्र में नहीं है।")


def forbidden(permission: str) -> Problem:
    return Problem(
        403,
        "forbidden",
        f"Your role does not include this ({permission}). Ask your administrator.",
        f"आपकी भूमिका में यह अधिकार नहीं है ({permission})। अपने प्रशासक से कहें।",
    )


def conflict(code: str, en: str, hi: str) -> Problem:
    return Problem(409, code, en, hi)


def invalid(**fields: Text) -> Problem:
    """Fields that have to be mended: `invalid(name=text("...", "..."))`."""
    return Problem(422, "invalid", "Please correct the marked fields.", "कृपया चिह्नित फ़ील्ड ठीक करें।", fields or None)


def required() -> Text:
    return text("This is needed.", "यह आवश्यक है।")


def unauthenticated() -> Problem:
    return Problem(401, "unauthenticated", "Please sign in.", "कृपया साइन इन करें।")


def _is_database_away(error: BaseException | None) -> bool:
    """Whether there was no connection to be had, or it broke: errors of this side have no SQLSTATE, the server's last
    words one of 57P."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    state = cause.sqlstate if isinstance(cause, psycopg.Error) else None
    return state is None or state.startswith(("08", "57P"))


def _server_error(request: HttpRequest, error: BaseException | None) -> Problem:
    """Log the whole, tell the person a number to quote."""
    if _is_database_away(error):
        log.error("no database for %s %s: %s", request.method, request.path, error)
        return Problem(
            503,
            "unavailable",
            "The database does not answer just now. Try again in a moment; what you last saved may not have been kept.",
            "डेटाबेस अभी उत्तर नहीं दे रहा है। थोड़ी देर में फिर प्रयास करें; पिछली बार सहेजा गया शायद न रहा हो।",
        )
    number = secrets.token_hex(4)
    log.error("error %s in %s %s", number, request.method, request.path, exc_info=error)
    return Problem(
        500,
        "internal",
        f"Something went wrong here. Quote this number to your technician: {number}",
        f"यहाँ कोई त्रुटि हुई। अपने तकनीशियन को यह संख्या बताएँ: {number}",
    )


def _from_ninja(error: NinjaValidationError) -> Problem:
    fields: dict[str, Text] = {}
    for item in error.errors:
        place = [str(part) for part in item["loc"]]
        # ("body", "payload", "name", "en") -> "name.en": what comes before is ninja's, not the form's.
        name = ".".join(place[2:] if place[0] in {"body", "form"} and len(place) > 2 else place[1:]) or place[-1]
        fields.setdefault(name, sentence(item))
    return invalid(**{}) if not fields else Problem(422, "invalid", *_INVALID, fields)


_INVALID = ("Please correct the marked fields.", "कृपया चिह्नित फ़ील्ड ठीक करें।")


def _from_http(error: HttpError) -> Problem:
    if error.status_code == 400:
        return Problem(400, "bad_request", "The request cannot be read.", "अनुरोध पढ़ा नहीं जा सका।")
    return Problem(error.status_code, "refused", "The request was refused.", "अनुरोध अस्वीकार किया गया।")


def _too_large() -> Problem:
    return Problem(413, "too_large", "That is too much at once.", "यह एक बार में बहुत अधिक है।")


def install(api: NinjaAPI) -> None:
    """Make every error of the API take the shape of ErrorOut."""
    api.add_exception_handler(Problem, lambda request, error: error.response())
    api.add_exception_handler(NinjaValidationError, lambda request, error: _from_ninja(error).response())
    api.add_exception_handler(AuthenticationError, lambda request, error: unauthenticated().response())
    api.add_exception_handler(HttpError, lambda request, error: _from_http(error).response())
    api.add_exception_handler(Http404, lambda request, error: not_found().response())
    api.add_exception_handler(
        RequestDataTooBig,
        lambda request, error: Problem(
            413, "too_large", "That is too much at once.", "यह एक बार में बहुत अधिक है।"
        ).response(),
    )
    api.add_exception_handler(Exception, lambda request, error: _server_error(request, error).response())


def csrf() -> Problem:
    return Problem(
        403,
        "csrf",
        "This page is out of date. Load it again.",
        "यह पृष्ठ पुराना हो गया है। इसे फिर से लोड करें।",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return csrf().response()


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return Problem(400, "bad_request", "The request cannot be read.", "अनुरोध पढ़ा नहीं जा सका।").response()


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return Problem(403, "forbidden", "This is not allowed.", "इसकी अनुमति नहीं है।").response()


def no_such_address(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return Problem(404, "no_such_address", "There is nothing at this address.", "इस पते पर कुछ नहीं है।").response()


def server_error(request: HttpRequest) -> HttpResponse:
    import sys

    return _server_error(request, sys.exc_info()[1]).response()
