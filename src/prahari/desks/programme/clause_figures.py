"""Figures that an order's clause may name:

    {"figure": "verified", "owner_class": ["liquor_shop"], "against": "listed"}

A figure is a count, and what it is held against: a clause is done when the one reaches the other. Other desks add
theirs, in a module `clause_figures` of their own:

    clause_figures.declare("associations_met", "Associations met", "जिन संघों से बैठक हुई", met)

where `met(area, settings) -> (count, against or None)`; settings may give `against` as a number instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings as django_settings
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, Greatest

from prahari.core.scope import Grant, Scope
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text, text
from prahari.desks.common.scoping import within
from prahari.desks.linking import figures
from prahari.desks.linking.models import CameraLinkage, Linkage
from prahari.desks.linking.steps import CameraStep
from prahari.desks.programme import officers
from prahari.desks.registry.models import OwnerClass, PlaceClass

Settings = dict[str, Any]
Counted = tuple[int, int | None]
VERIFIED = (CameraStep.VERIFIED_LIVE, CameraStep.OWNER_CONFIRMED)
STEPS: dict[str, tuple[str, str, str]] = {
    "asked": ("Cameras asked for", "कैमरे जिनके लिए सम्पर्क किया", "listed"),
    "consented": ("Cameras with consent", "सहमति प्राप्त कैमरे", "listed"),
    "linked": ("Cameras linked", "लिंक कैमरे", "listed"),
    "verified": ("Cameras verified live", "लाइव सत्यापित कैमरे", "listed"),
    "confirmed": ("Cameras confirmed by their owners", "स्वामी द्वारा पुष्ट कैमरे", "verified"),
    "premises_asked": ("Premises asked", "प्रतिष्ठान जिनसे सम्पर्क किया", "premises_listed"),
    "premises_consented": ("Premises with consent", "सहमति प्राप्त प्रतिष्ठान", "premises_listed"),
}
"""Counts of the linking desk: name in both languages, and what they are held against unless told otherwise."""


@dataclass
class FigureArea:
    """Where an order holds; keeps what was counted there, so that nine clauses ask once."""

    path: str
    agency: str | None

    @cached_property
    def actor(self) -> Actor:
        """Sees exactly this area: a clause's state is the same for every reader."""
        grant = Grant(self.path, self.agency, frozenset({figures.VIEW}))
        return Actor(id=None, username="order register", name="order register", scope=Scope((grant,)))

    @cached_property
    def rows(self) -> list[figures.Row]:
        return figures.table(self.actor, ("owner_class", "department"))


@dataclass(frozen=True)
class Known:
    name: Text
    count: Callable[[FigureArea, Settings], Counted]


_known: dict[str, Known] = {}


def declare(code: str, en: str, hi: str, count: Callable[[FigureArea, Settings], Counted]) -> str:
    _known[code] = Known(text(en, hi), count)
    return code


def known() -> dict[str, Known]:
    """All figures; desks that declare theirs in a module `clause_figures` are read in first."""
    for desk in django_settings.DESKS:
        if desk != "prahari.desks.programme" and find_spec(f"{desk}.clause_figures"):
            import_module(f"{desk}.clause_figures")
    return _known


def read(area: FigureArea, settings: Settings) -> Counted | None:
    """The count and what it is held against; None when the clause names no figure or one that is not known here."""
    found = known().get(str(settings.get("figure", "")))
    if found is None:
        return None
    value, against = found.count(area, settings)
    told = settings.get("against")
    return value, told if isinstance(told, int) else against


def wrong(settings: Settings) -> Text | None:
    """What is not right about a clause's figure, or None."""
    if not settings:
        return None
    name = settings.get("figure")
    if not isinstance(name, str) or name not in known():
        names = ", ".join(sorted(known()))
        return text(f"One of these figures is expected: {names}.", f"इनमें से एक आँकड़ा अपेक्षित है: {names}।")
    if set(settings) - {"figure", "owner_class", "department", "place_class", "against"}:
        return text("A figure is told by figure, owner_class, department, place_class and against.",
                    "आँकड़े में figure, owner_class, department, place_class और against ही हो सकते हैं।")  # fmt: skip
    against = settings.get("against")
    if (
        against is not None
        and against not in figures.COUNTS
        and (isinstance(against, bool) or not isinstance(against, int) or not 0 < against < 10_000_000)
    ):
        return text("Held against a whole number, or a count such as listed.", "पूर्ण संख्या या listed जैसा आँकड़ा दें।")
    for model, field_name in ((OwnerClass, "owner_class"), (PlaceClass, "place_class")):
        codes = _codes(settings, field_name)
        rows: Any = model._default_manager
        if codes and rows.filter(code__in=codes).count() != len(set(codes)):
            return text(f"{field_name} names something that is not in its list.", f"{field_name} सूची में नहीं है।")
    return None


def _codes(settings: Settings, name: str) -> list[str]:
    given = settings.get(name) or []
    return [given] if isinstance(given, str) else [str(one) for one in given] if isinstance(given, list) else []


def _step(name: str, against: str) -> Callable[[FigureArea, Settings], Counted]:
    def count(area: FigureArea, settings: Settings) -> Counted:
        held = settings.get("against")
        other = held if held in figures.COUNTS else against
        if places := _codes(settings, "place_class"):
            return _of_places(area, name, places)
        classes, departments = _codes(settings, "owner_class"), _codes(settings, "department")
        total = figures.total(
            row
            for row in area.rows
            if (not classes or row.keys["owner_class"] in classes)
            and (not departments or row.keys["department"] in departments)
        )
        return total[name], total[other]

    return count


def _of_places(area: FigureArea, name: str, places: list[str]) -> Counted:
    """Of crowded places and other classes of place, which the linking desk's table does not tell apart."""
    cameras = CameraLinkage.objects.filter(
        within(area.path, "camera__jurisdiction_path"), camera__place_class__code__in=places, camera__retired_ms=None
    )
    premises = Linkage.objects.filter(
        within(area.path, "premises__jurisdiction__path"), premises__place_class__code__in=places
    )
    if area.agency is not None:
        cameras = cameras.filter(camera__agency_id=area.agency)
        premises = premises.filter(premises__agency_id=area.agency)
    reached = {
        "linked": Q(step__in=(CameraStep.LINKED, *VERIFIED)),
        "verified": Q(step__in=VERIFIED),
        "confirmed": Q(step=CameraStep.OWNER_CONFIRMED),
    }
    weights = premises.annotate(weight=_weight())
    if name in reached:
        value = cameras.filter(reached[name]).count()
    else:
        column = f"{name.removeprefix('premises_')}_ms"
        value = sum(weights.filter(**{f"{column}__isnull": False}).values_list("weight", flat=True))
    return value, sum(weights.values_list("weight", flat=True))


def _weight() -> Any:
    """Cameras that premises stand for, as the linking desk counts them: the largest of list, survey and register."""
    entered = Count("premises__cameras", filter=Q(premises__cameras__retired_ms__isnull=True))
    return Greatest(F("cameras_reported"), Coalesce("cameras_found", 0), entered)


def _nodal_officers(area: FigureArea, settings: Settings) -> Counted:
    standing = officers.standing().filter(within(area.path, "jurisdiction__path"), office__nodal=True)
    if area.agency is not None:
        standing = standing.filter(Q(agency__isnull=True) | Q(agency_id=area.agency))
    return standing.count(), 1


for _name, (_en, _hi, _against) in STEPS.items():
    declare(_name, _en, _hi, _step(_name, _against))
declare("nodal_officers_appointed", "Nodal officers appointed", "नामित नोडल अधिकारी", _nodal_officers)
