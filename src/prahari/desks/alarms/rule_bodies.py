"""From a form to an AlarmRule, every fault told beside its field; and a rule as the engine gets it.

A rule of an area never matches beyond it, whatever its matches name: `bounded` sees to that where it counts.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from prahari.core.alarming import rule as core
from prahari.core.scope import is_within
from prahari.desks.accounts.models import Agency, Jurisdiction
from prahari.desks.alarms.models import AlarmRule
from prahari.desks.alarms.rule_schemas import RuleBody, RuleMatch
from prahari.desks.common.errors import Text, invalid, text
from prahari.desks.registry.models import Camera, OwnerClass

BODY_BYTES_MOST = 60_000
_NUMBERS = ("<", "<=", ">", ">=")


def checked(form: RuleBody, jurisdiction: str, agency: str) -> dict[str, Any]:
    """The body as it is kept. Raises Problem 422 naming the fields."""
    faults: dict[str, Text] = {}
    matches = {"match": form.match} | {f"also.{at}": one for at, one in enumerate(form.also)}
    matches |= {f"suppress.{at}": one for at, one in enumerate(form.suppress)}
    for name, match in matches.items():
        faults |= {f"body.{name}.{field}": fault for field, fault in _faults(match, jurisdiction, agency).items()}
    if form.suppress and form.suppress_s == 0:
        faults["body.suppress_s"] = text("Say within how many seconds.", "बताएँ कि कितने सेकंड के भीतर।")
    if form.assign_agency and not Agency.objects.filter(code=form.assign_agency, active=True).exists():
        faults["body.assign_agency"] = _MISSING
    if agency and form.assign_agency not in ("", agency):
        faults["body.assign_agency"] = text("A rule of an agency gives its alarms to that agency.",
                                            "किसी एजेंसी का नियम अपने अलार्म उसी एजेंसी को देता है।")  # fmt: skip
    body = form.model_dump(mode="json")
    if len(msgspec.json.encode(body)) > BODY_BYTES_MOST:
        faults["body.match"] = text("This rule names too many things.", "इस नियम में बहुत अधिक चीज़ें हैं।")
    if faults:
        raise invalid(**faults)
    as_rule("check", 1, body)
    return body


_MISSING = text("One of these does not exist, or is not in your area.", "इनमें से कोई नहीं है, या आपके क्षेत्र में नहीं है।")


def _faults(match: RuleMatch, jurisdiction: str, agency: str) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    paths = set(match.jurisdictions)
    inside = all(is_within(path, jurisdiction) for path in paths)
    if not inside or Jurisdiction.objects.filter(path__in=paths).count() < len(paths):
        faults["jurisdictions"] = _MISSING
    agencies = set(match.agencies)
    if (agency and not agencies <= {agency}) or Agency.objects.filter(code__in=agencies).count() < len(agencies):
        faults["agencies"] = _MISSING
    classes = set(match.owner_classes)
    if OwnerClass.objects.filter(code__in=classes).count() < len(classes):
        faults["owner_classes"] = _MISSING
    if not _cameras_inside(set(match.cameras), jurisdiction):
        faults["cameras"] = _MISSING
    for path, operator, value in match.where:
        if operator in _NUMBERS and (isinstance(value, bool) or not isinstance(value, float | int)):
            faults["where"] = text(f"{path} {operator}: a number is expected.", f"{path} {operator}: संख्या अपेक्षित है।")
        if (operator == "in") is not isinstance(value, list):
            faults["where"] = text(f"{path} {operator}: a list goes with “in”, and with it only.",
                                   f"{path} {operator}: सूची केवल “in” के साथ आती है।")  # fmt: skip
    return faults


def _cameras_inside(cameras: set[UUID], jurisdiction: str) -> bool:
    found = dict(Camera.objects.filter(id__in=cameras).values_list("id", "jurisdiction_path"))
    return len(found) == len(cameras) and all(is_within(path, jurisdiction) for path in found.values())


def as_rule(rule_id: str, number: int, body: dict[str, Any]) -> core.AlarmRule:
    """Raises msgspec.ValidationError for a body that this version of the program does not understand."""
    return msgspec.convert({**body, "rule_id": rule_id, "version": number}, core.AlarmRule)


def bounded(rule: AlarmRule, number: int, body: dict[str, Any]) -> core.AlarmRule:
    """A version as the engine gets it: within the rule's own area and agency."""
    made = as_rule(str(rule.id), number, body)

    def within(match: core.Match) -> core.Match:
        return msgspec.structs.replace(
            match,
            jurisdictions=match.jurisdictions or ([rule.jurisdiction_path] if rule.jurisdiction_path else []),
            agencies=match.agencies or ([rule.agency_code] if rule.agency_code else []),
        )

    return msgspec.structs.replace(
        made,
        match=within(made.match),
        also=[within(one) for one in made.also],
        suppress=[within(one) for one in made.suppress],
    )
