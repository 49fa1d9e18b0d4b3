from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.core.coordinates import EAST, NORTH, SOUTH, WEST, Position, metres_between, position

HERE = Position(26.45, 80.33)


@pytest.mark.parametrize(
    "text",
    [
        "26.45, 80.33", "80.33,26.45", "26.45N 80.33E", "N 26.45 E 80.33",
        "E 80.33, N 26.45", "26°27'0\"N 80°19'48\"E",
        "26° 27' N, 80° 19.8' E", "26 27 0 N 80 19 48 E", "N 26 27 0 E 80 19 48",
        "Lat: 26.45 Long: 80.33", "२६.४५, ८०.३३", "(26.45,80.33)",
        "https://www.google.com/maps/place/Shop/@26.45,80.33,17z", "https://maps.google.com/?q=26.45,80.33",
        "https://www.google.com/maps?q=26.45%2C80.33&z=12",
        "https://www.google.com/maps/place/X/@1.0,2.0,17z/data=!8m2!3d26.45!4d80.33",
        "geo:26.45,80.33", "26.45/80.33",
    ],
)  # fmt: skip
def test_in_every_way_of_writing(text: str) -> None:
    found = position(text)
    assert found is not None
    assert metres_between(found, HERE) < 1


@pytest.mark.parametrize(
    "text", ["", "117/12", "street 12, house 5", "0,0", "51.5, -0.12", "26.45",
    "https://maps.app.goo.gl/abcd", "26.45S 80.33E",
             "7JVW52GR+2V", "26°77'0\"N 80°19'48\"E", "9839123456"],
)  # fmt: skip
def test_what_is_no_position(text: str) -> None:
    assert position(text) is None


def test_two_columns() -> None:
    assert position("26.45", "80.33") == position(80.33, 26.45) == HERE
    assert position("26°27'0\"", "80°19'48\"") is not None
    assert position("26.45", "") is None
    assert position("", "80.33") is None
    assert position("26.45, 80.33", "") == HERE


_LAT = st.floats(SOUTH + 0.01, NORTH - 0.01)
_LON = st.floats(WEST + 0.01, EAST - 0.01)


def _dms(value: float) -> str:
    minutes, seconds = divmod(round(value * 36000), 600)
    return f"{minutes // 60}°{minutes % 60}'{seconds / 10}\""


@given(_LAT, _LON)
def test_written_and_read(lat: float, lon: float) -> None:
    written = [f"{lat:.6f}, {lon:.6f}", f"{lon:.6f} {lat:.6f}", f"{lat:.6f}N {lon:.6f}E", f"{_dms(lat)}N {_dms(lon)}E",
               f"https://www.google.com/maps/@{lat:.6f},{lon:.6f},15z"]  # fmt: skip
    for text in written:
        found = position(text)
        assert found is not None, text
        assert metres_between(found, Position(lat, lon)) < 5


@given(st.text(), st.one_of(st.none(), st.text()))
def test_whatever_is_given_lies_in_india(text: str, other: str | None) -> None:
    found = position(text, other)
    assert found is None or (SOUTH <= found.lat <= NORTH and WEST <= found.lon <= EAST)


def test_metres() -> None:
    assert math.isclose(metres_between(Position(26.0, 80.0), Position(26.001, 80.0)), 111.3, abs_tol=0.2)
    assert math.isclose(metres_between(Position(26.0, 80.0), Position(26.0, 80.001)), 100.05, abs_tol=0.2)
