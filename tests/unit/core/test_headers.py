from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.core.headers import FIELDS, Column, guess, header_scores, value_scores

NAMED = {
    "serial": ["S.No.", "Sr. No", "क्र0सं0", "क्र.सं.", "क्रमांक"],
    "name": [
        "Name of Shop/Establishment",
        "दुकान/प्रतिष्ठान का नाम",
        "Bank Name",
        "Name of School",
        "प्रतिष्ठान का नाम",
        "NAME OF PREMISES",
    ],
    "owner": ["Name of Owner", "मालिक का नाम", "Contact Person", "स्वामी का नाम"],
    "mobile": ["Mob. No.", "मो0 नं0", "Mobile Number of Owner", "Contact No", "दूरभाष नं0"],
    "address": ["Address", "पता", "पूरा पता"],
    "police_station": ["P.S.", "PS", "Thana", "थाना", "Police Station Name", "थाने का नाम"],
    "police_post": ["चौकी", "Police Post"],
    "ward": ["Ward No.", "वार्ड सं0", "वार्ड"],
    "owner_class": ["Category", "श्रेणी", "Type of Establishment", "Owner Class", "मद"],
    "department": ["विभाग का नाम", "Department"],
    "cameras": ["No. of Cameras", "कैमरों की संख्या", "कुल कैमरा", "Total CCTV Cameras Installed", "CCTV"],
    "placement": ["Camera Location", "कैमरे की लोकेशन"],
    "make": ["Make/Model", "Brand"],
    "ip_based": ["IP/Analog"],
    "recorder": ["DVR/NVR"],
    "coordinates": ["Lat/Long", "Google Location", "GPS Coordinates"],
    "lat": ["Latitude", "अक्षांश"],
    "lon": ["Longitude", "देशांतर"],
    "consent": ["सहमति (हाँ/नहीं)", "Consent (Y/N)"],
    "remarks": ["Remarks", "अभ्युक्ति"],
    "ignore": ["Reason", "कारण"],
}


@pytest.mark.parametrize(("field", "header"), [(field, one) for field, headers in NAMED.items() for one in headers])
def test_headers_as_offices_write_them(field: str, header: str) -> None:
    scores = header_scores(header)
    assert max(scores, key=lambda name: scores[name]) == field, scores


def test_every_field_is_tried() -> None:
    assert set(NAMED) == {*FIELDS, "ignore"}


def test_values_speak_where_the_header_deceives() -> None:
    columns = [
        Column("विवरण 1", ["9839123456", "+91 94150 12345", "09839100000"]),
        Column("विवरण 2", ["26.45, 80.33", "26.46, 80.34", ""]),
        Column("Mobile", ["nil", "nil", "none"]),
        Column("Name", ["Gupta Store", "Ram Store", "Sen Store"]),
    ]
    fields = [one.field for one in guess(columns)]
    assert (fields[0], fields[1], fields[3]) == ("mobile", "coordinates", "name")


def test_a_list_without_headers_is_guessed_by_its_values() -> None:
    columns = [
        Column("", ["1", "2", "3", "4"]),
        Column("", ["Gupta Store", "Ram Store", "Sen Store", "Das Store"]),
        Column("", ["9839123456", "9839123457", "9839123458", "9839123459"]),
        Column("", ["Kalyanpur", "Panki", "Panki", "Kalyanpur"], {"police_station": 1.0}),
    ]
    assert [one.field for one in guess(columns)] == ["serial", "name", "mobile", "police_station"]


def test_each_field_once_but_names_in_two_languages() -> None:
    columns = [
        Column("Name of Shop", ["Gupta"]),
        Column("दुकान का नाम", ["गुप्ता"]),
        Column("Thana", ["A"]),
        Column("थाना", ["ए"]),
    ]
    fields = [one.field for one in guess(columns)]
    assert fields[:2] == ["name", "name"]
    assert fields.count("police_station") == 1


@given(st.lists(st.tuples(st.text(max_size=40), st.lists(st.text(max_size=30), max_size=5)), max_size=6))
def test_whatever_is_given(columns: list[tuple[str, list[str]]]) -> None:
    guesses = guess([Column(header, values) for header, values in columns])
    assert len(guesses) == len(columns)
    assert all(0 <= one.confidence <= 1 and one.field in {*FIELDS, ""} for one in guesses)
    for _, values in columns:
        assert all(0 <= share <= 1 for share in value_scores(values).values())
