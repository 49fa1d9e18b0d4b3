"""From what a form holds (codes, paths, ids) to rows; what does not exist is told beside its field."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from prahari.desks.accounts.models import Agency, Centre, Jurisdiction
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, Text, invalid, text
from prahari.desks.registry.models import Department, OwnerClass, PlaceClass, RetentionClass, Site
from prahari.desks.registry.premises import sites_in

M = TypeVar("M", bound=Model)


def _coded(model: type[M], field: str, code: str) -> M:
    found = model._default_manager.filter(code=code).first()
    if found is None:
        raise invalid(**{field: text(f"There is no {code!r} in this list.", f"इस सूची में {code!r} नहीं है।")})
    return found


def owner_class(code: str) -> OwnerClass:
    return _coded(OwnerClass, "owner_class", code)


def place_class(code: str | None) -> PlaceClass | None:
    return _coded(PlaceClass, "place_class", code) if code else None


def department(code: str) -> Department:
    return _coded(Department, "department", code)


def retention_class(code: str | None) -> RetentionClass | None:
    return _coded(RetentionClass, "retention_class", code) if code else None


def agency(code: str) -> Agency:
    return _coded(Agency, "agency", code)


def jurisdiction(path: str, field: str = "jurisdiction") -> Jurisdiction:
    found = Jurisdiction.objects.filter(path=path).first()
    if found is None:
        raise invalid(**{field: text("There is no such place in the tree.", "ऐसा कोई क्षेत्र नहीं है।")})
    return found


def ward(path: str | None) -> Jurisdiction | None:
    found = jurisdiction(path, "ward") if path else None
    if found is not None and found.level != "ward":
        raise invalid(ward=text("This is not a ward.", "यह वार्ड नहीं है।"))
    return found


def site(actor: Actor, site_id: UUID | None) -> Site | None:
    if site_id is None:
        return None
    found = sites_in(actor, "registry.view").filter(id=site_id).first()
    if found is None:
        raise invalid(site=text("There is no such site in your area.", "आपके क्षेत्र में ऐसा कोई स्थान नहीं है।"))
    return found


def position(lat: float | None, lon: float | None) -> None:
    """Raises Problem 422 for half a position, or one outside the city: latitude and longitude swapped, mostly."""
    if lat is None and lon is None:
        return
    if lat is None or lon is None:
        missing = "lat" if lat is None else "lon"
        raise invalid(**{missing: text("Latitude and longitude belong together.", "अक्षांश और देशांतर दोनों दें।")})
    centre = Centre.objects.filter(id=1).first()
    if centre is None or len(centre.bounds) != 4:
        return
    west, south, east, north = centre.bounds
    if west <= lon <= east and south <= lat <= north:
        return
    swapped = west <= lat <= east and south <= lon <= north
    why = _SWAPPED if swapped else _outside(centre)
    raise Problem(422, "outside_city", why["en"], why["hi"], {"lat": why, "lon": why})


_SWAPPED = text(
    "Latitude and longitude seem to be swapped: with the two exchanged the position lies in the city.",
    "अक्षांश और देशांतर अदल-बदल लगते हैं: बदलने पर स्थिति नगर में आती है।",
)


def _outside(centre: Centre) -> Text:
    west, south, east, north = centre.bounds
    box = f"{south:.4f}-{north:.4f} N, {west:.4f}-{east:.4f} E"
    return text(
        f"This position lies outside {centre.name_en} ({box}). Check it on the map.",
        f"यह स्थिति {centre.name_hi} के बाहर है ({box})। मानचित्र पर जाँचें।",
    )


def given(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    """Those of `names` that the form sent."""
    return {name: fields[name] for name in names if name in fields}
