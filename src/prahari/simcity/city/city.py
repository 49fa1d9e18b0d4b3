"""The whole city: jurisdictions, departments, premises, cameras and base map."""

from __future__ import annotations

from prahari.contracts.city import City
from prahari.simcity.city import areas, basemap, roads
from prahari.simcity.city.geometry import BOUNDS, CENTRE
from prahari.simcity.city.names import name
from prahari.simcity.city.premises import settle
from prahari.simcity.city.prospects import prospects
from prahari.simcity.city.settler import DEPARTMENTS


def plan(seed: int = 78) -> City:
    """A city with 1,720 cameras in the 14 published owner classes. Takes a second or two; same seed, same city."""
    network = roads.grow(seed)
    jurisdictions = areas.lay_out(seed)
    premises, cameras = settle(network, jurisdictions, seed)
    return City(
        code="kanpur",
        name=name("Kanpur", "कानपुर"),
        centre=CENTRE,
        bounds=BOUNDS,
        areas=jurisdictions.areas,
        departments=DEPARTMENTS,
        premises=premises,
        cameras=cameras,
        basemap=basemap.build(network, jurisdictions.areas, seed),
        prospects=prospects(network, jurisdictions, seed),
    )
