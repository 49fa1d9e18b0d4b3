"""Whom a run of letters goes to, what each says, and all of them on paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

import qrcode
from django.conf import settings
from django.db.models import QuerySet

from prahari.contracts.clock import DAY_MS
from prahari.contracts.events import now_ms
from prahari.desks.common.actor import Actor
from prahari.desks.common.documents import centre_name
from prahari.desks.common.errors import Problem, not_found
from prahari.desks.linking import linkages
from prahari.desks.outreach import scopes
from prahari.desks.outreach.models import Letter, LetterTemplate
from prahari.desks.outreach.schemas import letters as s
from prahari.desks.registry.models import Contact, Premises

PLACES = ("{premises}", "{address}", "{owner}", "{date}", "{number}", "{centre}")
_PLACE = re.compile(r"\{[^{}\n]{0,40}\}")
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "hi": ("जन॰", "फ़र॰", "मार्च", "अप्रैल", "मई", "जून", "जुल॰", "अग॰", "सित॰", "अक्तू॰", "नव॰", "दिस॰"),
}
_OWNER = {"en": "Sir or Madam", "hi": "महोदय/महोदया"}


def unknown_places(words: str) -> str:
    """The first {...} of a text that nothing is put in place of; empty: all are known."""
    return next((one for one in _PLACE.findall(words) if one not in PLACES), "")


def template(code: str) -> LetterTemplate:
    """The newest version. Raises Problem 404."""
    found = LetterTemplate.objects.filter(code=code).order_by("-version").first()
    if found is None or not found.active:
        raise not_found("There is no such letter.", "ऐसा कोई पत्र नहीं है।")
    return found


def no_such_run() -> Problem:
    return not_found("There are no such letters in your area.", "आपके क्षेत्र में ऐसे कोई पत्र नहीं हैं।")


def chosen(actor: Actor, form: s.LetterFilter, of: LetterTemplate, permission: str) -> list[Premises]:
    """Premises to write to, by area and name; at most one more than may be written to. Raises Problem 403, 422."""
    actor.require(permission)
    if form.premises:
        found: QuerySet[Premises] = Premises.objects.filter(
            id__in=scopes.premises_of(actor, form.premises, "premises", permission)
        )
    else:
        narrowed = linkages.narrowed(
            actor,
            linkages.Filters(
                q=form.q, step=form.step, owner_class=form.owner_class, department=form.department,
                jurisdiction=form.jurisdiction, ward=form.ward, without_cameras=form.without_cameras,
            ),
            permission,
        )  # fmt: skip
        found = Premises.objects.filter(id__in=narrowed.values("premises_id"))
    if form.not_written_days:
        since = now_ms() - form.not_written_days * DAY_MS
        recent = Letter.objects.filter(template__code=of.code, created_ms__gte=since).values("premises_id")
        found = found.exclude(id__in=recent)
    ordered = found.select_related("jurisdiction").defer("jurisdiction__boundary")
    return list(ordered.order_by("jurisdiction__path", "name_en", "id")[: s.LETTERS_MOST + 1])


def contacts(premises_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The first contact's name of each premises that has one."""
    rows = Contact.objects.filter(premises_id__in=list(premises_ids)).order_by("-sort", "-id")
    return dict(rows.values_list("premises_id", "name"))


def of_run(run_id: UUID) -> list[Letter]:
    found = Letter.objects.filter(run_id=run_id).select_related("template", "premises__jurisdiction")
    return list(found.defer("premises__jurisdiction__boundary").order_by("number"))


def day(value: dt.date, language: str) -> str:
    return f"{value.day} {_MONTHS[language][value.month - 1]} {value.year}"


def values(
    premises: Premises, addressed_to: str, number: str, on: dt.date, language: str, centre: dict[str, str]
) -> dict[str, str]:
    def pick(name: str) -> str:
        other = "en" if language == "hi" else "hi"
        return getattr(premises, f"{name}_{language}") or getattr(premises, f"{name}_{other}")

    return {
        "{premises}": pick("name"),
        "{address}": pick("address"),
        "{owner}": addressed_to or _OWNER[language],
        "{date}": day(on, language),
        "{number}": number,
        "{centre}": centre.get(language) or centre.get("en") or "",
    }


def filled(words: str, given: dict[str, str]) -> str:
    """One pass, so that a name with braces in it is not filled in again."""
    return _PLACE.sub(lambda found: given.get(found[0], found[0]), words)


def owner_link(premises_id: UUID) -> str:
    """Address of the owner's page for these premises, with a token where the owners desk makes them."""
    config = settings.CONFIG
    names = [name for name in settings.ALLOWED_HOSTS if name not in {"*", "127.0.0.1", "[::1]"}]
    base = config.origin(config.port, names[0] if names else None)
    if find_spec("prahari.desks.owners.letters") is None:
        return f"{base}/o"
    return base + str(import_module("prahari.desks.owners.letters").path_for(premises_id))


def qr(words: str) -> str:
    """A QR code as SVG: black modules on white, with the quiet margin that readers want."""
    code = qrcode.QRCode(border=2)
    code.add_data(words)
    rows = code.get_matrix()
    drawn = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    side = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{drawn}" fill="#000"/></svg>'
    )


def on_paper(written: Sequence[Letter]) -> dict[str, Any]:
    """Data of documents/letters.typ: all of one run, so of one template and language."""
    centre = centre_name()
    language = written[0].language
    pages = []
    for letter in written:
        given = values(letter.premises, letter.addressed_to, letter.number, letter.dated_on, language, centre)
        of = letter.template
        body = of.body_hi if language == "hi" else of.body_en
        link = owner_link(letter.premises_id)
        pages.append(
            {
                "number": letter.number,
                "date": letter.dated_on.isoformat(),
                "to": [letter.addressed_to, given["{premises}"], given["{address}"]],
                "subject": filled(of.subject_hi if language == "hi" else of.subject_en, given),
                "paragraphs": [filled(one.strip(), given) for one in re.split(r"\n\s*\n", body) if one.strip()],
                "signatory": {"en": of.signatory_en, "hi": of.signatory_hi},
                "link": link,
                "qr": qr(link),
            }
        )
    return {"letters": pages, "centre": centre}


def in_sight(actor: Actor, run_id: UUID, permission: str = scopes.VIEW) -> list[Letter]:
    """Letters of a run in the actor's area. Raises Problem 403, 404."""
    seen = scopes.rows(actor, Letter, scopes.OF_PREMISES, permission).filter(run_id=run_id)
    ids = set(seen.values_list("id", flat=True))
    found = [letter for letter in of_run(run_id) if letter.id in ids]
    if not found:
        raise no_such_run()
    return found
