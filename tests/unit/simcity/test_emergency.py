"""The demonstration's emergencies: patrols keep to the streets of the city."""

from __future__ import annotations

from prahari.simcity.city import plan
from prahari.simcity.emergency import SimEmergency
from prahari.simcity.emergency.__main__ import PARKED, Emergencies, _lines


def test_patrols_go_along_the_streets() -> None:
    city = plan()
    made = Emergencies(SimEmergency(token="t"), "http://127.0.0.1:1", 1, "http://127.0.0.1:1", "password", city)
    west, south, east, north = city.bounds
    for patrol in made._patrols:
        places = [patrol.step(30) for _ in range(200)]
        stands = patrol.unit in PARKED
        different = len({(one["lat"], one["lon"]) for one in places})
        assert different == 1 if stands else different > 100
        assert all(west - 0.1 < float(one["lon"]) < east + 0.1 for one in places)
        assert all(south - 0.1 < float(one["lat"]) < north + 0.1 for one in places)
    assert {len(corner) for line in _lines(city) for corner in line} == {2}
