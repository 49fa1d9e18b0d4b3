"""The search box in three spellings; premises, sites, contacts, short lists; what leaves as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import orjson
import pytest
from django.test import Client

import registry_rig as rig
from prahari.desks.audit.models import AuditEntry
from prahari.desks.registry import schemas
from prahari.desks.registry.export import COLUMNS, safe_cell
from prahari.desks.registry.models import Contact, PlaceClass, RetentionClass
from prahari.desks.registry.retention import RetentionRules
from scope import World

JSON = "application/json"

# What stands in the register (English, Hindi) and what somebody types.
NAMES = [
    ("Golghar Crossing", "गोलघर चौराहा", ["golghar chauraha", "gol ghar", "golghar chowraha", "गोलघर", "GOLGHAR"]),
    ("Kalyanpur Police Station", "थाना कल्याणपुर", ["kalyanpur thana", "kalianpur", "कल्याणपुर", "kalyaanpoor", "thana"]),
    (
        "Kidwai Nagar Market",
        "किदवई नगर बाज़ार",
        ["kidwai nagar bazar", "kidvai nagar", "किदवई", "bazaar", "market kidwai"],
    ),
    ("Swaroop Nagar Gate No. 2", "स्वरूप नगर गेट २", ["svarup nagar 2", "swaroop gate", "स्वरूप नगर २", "sarup"]),
    ("Naubasta Bypass", "नौबस्ता बाईपास", ["nobasta", "नौबस्ता", "naubasta baipas", "nowbasta"]),
    ("Shastri Nagar", "शास्त्री नगर", ["sastri nagar", "shaastree", "शास्त्री", "shastri"]),
    ("Phool Bagh", "फूल बाग", ["ful bag", "phul bagh", "फूल", "phoolbagh"]),
    ("Ghantaghar", "घंटाघर", ["ghanta ghar", "घण्टाघर", "gantaghar", "घंटा"]),
    ("Kakadeo Coaching", "काकादेव कोचिंग", ["kakadev", "काकादेव", "koching", "kaakadeo"]),
    ("Civil Lines State Bank", "सिविल लाइन्स स्टेट बैंक", ["sivil lains", "स्टेट बैंक", "civil lines", "bank civil"]),
]


def found(client: Client, q: str) -> dict[str, Any]:
    answer = client.get("/api/v1/search", {"q": q})
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    schemas.Found.model_validate(body)
    return body


def test_names_are_found_however_they_are_typed(world: World) -> None:
    client = world.client("camera.view", "registry.view")
    for en, hi, _ in NAMES:
        rig.camera(world, name_en=en, name_hi=hi, premises=rig.premises(world, name_en=f"{en} House", name_hi=hi))
    missed = []
    for en, _, spellings in NAMES:
        for typed in spellings:
            body = found(client, typed)
            if not body["cameras"] or body["cameras"][0]["name"]["en"] != en:
                missed.append((typed, en, [row["name"]["en"] for row in body["cameras"]]))
            if not body["premises"] or body["premises"][0]["name"]["en"] != f"{en} House":
                missed.append((typed, f"{en} House", [row["name"]["en"] for row in body["premises"]]))
    assert sum(len(spellings) for *_, spellings in NAMES) >= 40
    allowed = {"sarup", "gol ghar", "phoolbagh", "ghanta ghar"}  # a letter missing, words split or joined
    assert {typed for typed, *_ in missed} <= allowed, missed


def test_a_near_miss_is_found_when_nothing_fits(world: World) -> None:
    client = world.client("camera.view")
    camera = rig.camera(world, name_en="Govindpuri Railway Crossing", name_hi="गोविन्दपुरी")
    for asked, similar in (("govindpuri relwey crosing", False), ("gobindpuri railway crossing", True)):
        near = found(client, asked)
        assert [row["id"] for row in near["cameras"]] == [str(camera.pk)]
        assert near["similar"] is similar


def test_totals_say_how_many_there_are_whatever_is_shown(world: World) -> None:
    client = world.client("camera.view", "registry.view")
    for number in range(14):
        premises = rig.premises(world, name_en=f"Golghar House {number}")
        rig.camera(world, name_en=f"Golghar Crossing {number}", name_hi="गोलघर चौराहा", premises=premises)
    rig.camera(world, at=World.ELSEWHERE, name_en="Golghar Crossing east")

    def numbers(most: int | None) -> list[int]:
        query = {"q": "golghar"} if most is None else {"q": "golghar", "most": most}
        body = client.get("/api/v1/search", query).json()
        assert body["totals"] == {"cameras": 14, "premises": 14, "places": 0}
        return [len(body["cameras"]), len(body["premises"])]

    assert numbers(None) == [12, 8]
    assert numbers(3) == [3, 3]
    assert numbers(200) == [14, 14]
    assert client.get("/api/v1/search", {"q": "golghar", "most": 0}).status_code == 422


def test_search_stays_in_scope_and_takes_anything(world: World) -> None:
    rig.camera(world, at=World.ELSEWHERE, name_en="Hidden Chowk")
    client = world.client("camera.view", "registry.view")
    assert found(client, "hidden chowk")["cameras"] == []
    for typed in ("", " ", "%", "_", "'; DROP TABLE", "\\", "a" * 5000, "।", "🎥", "x"):
        found(client, typed)
    assert [place["path"] for place in found(client, "kalyanpur")["places"]] == [f"{World.HOME}.kalyanpur"]


def test_premises_with_contacts_and_coverage(world: World) -> None:
    client = world.client("registry.view", "registry.edit", "camera.view")
    body = {
        "name": {"en": "Gupta Stores", "hi": "गुप्ता स्टोर्स"}, "owner_class": "shop",
        "department": rig.department(world).code, "jurisdiction": World.HOME, "lat": 26.4, "lon": 80.3,
        "contacts": [{"name": "R. Gupta", "mobile": "+91 98390 12345"}],
    }  # fmt: skip
    made = client.post("/api/v1/premises", body, content_type=JSON)
    assert made.status_code == 201, made.content
    premises = made.json()
    schemas.PremisesDetail.model_validate(premises)
    assert premises["contacts"][0]["mobile"] == "+91 98390 12345"
    assert "98390" not in Contact.objects.get().sealed_mobile
    assert premises["coverage"] == dict.fromkeys(("entry", "exit", "road_side", "public_area"), False)
    from prahari.desks.registry.models import Premises

    rig.camera(world, premises=Premises.objects.get(pk=premises["id"]), placement="exit")
    row = client.get("/api/v1/premises?q=gupta").json()["items"][0]
    schemas.PremisesRow.model_validate(row)
    assert row["cameras"] == 1 and row["coverage"]["exit"] and not row["coverage"]["entry"]
    assert client.get("/api/v1/premises?without_cameras=true").json()["items"] == []
    path = f"/api/v1/premises/{premises['id']}"
    renamed = client.patch(path, {"name": {"en": "Sharma Stores", "hi": "शर्मा"}, "reason": "sold"}, content_type=JSON)
    assert renamed.status_code == 200 and renamed.json()["contacts"][0]["name"] == "R. Gupta"
    assert found(client, "sharma")["cameras"][0]["premises"]["name"]["en"] == "Sharma Stores"
    # The camera list never shows whom to call; without registry.view nobody sees premises at all.
    assert b"98390" not in client.get("/api/v1/cameras").content
    assert world.client("camera.view").get(path).status_code == 403


def test_half_a_position_is_refused(world: World) -> None:
    client = world.client("registry.view", "registry.edit")
    body = {"name": {"en": "x", "hi": "y"}, "agency": "police", "jurisdiction": World.HOME, "lat": 26.0}
    answer = client.post("/api/v1/sites", body, content_type=JSON)
    assert answer.status_code == 422 and set(answer.json()["fields"]) == {"lon"}


def test_lists_are_rows_that_administrators_edit(world: World) -> None:
    admin = world.client("registry.edit", at="", agency=None)
    rows = {row["code"]: row for row in admin.get("/api/v1/owner-classes").json()["items"]}
    named = {"shop", "school", "smart_city", "municipal", "hospital", "petrol_pump", "automobile", "kda", "nhai", "lab",
             "police_post", "industry", "bank", "bus_stand", "hotel", "coaching", "liquor_shop",
             "medical_store"}  # fmt: skip
    assert named <= set(rows) and rows["smart_city"]["public"] and not rows["shop"]["public"]
    assert all(row["name"]["en"] and row["name"]["hi"] for row in rows.values())
    change = {"name": {"en": "Shops and stalls", "hi": "दुकानें"}, "reason": "new wording"}
    assert (
        admin.patch("/api/v1/owner-classes/shop", change, content_type=JSON).json()["name"]["en"] == "Shops and stalls"
    )
    taken = {"code": "shop", "name": {"en": "x", "hi": "y"}, "public": False}
    assert admin.post("/api/v1/owner-classes", taken, content_type=JSON).json()["code"] == "code_taken"
    assert AuditEntry.objects.filter(action="ownerclass.edit", object_id="shop", reason="new wording").exists()
    for path, schema in (("place-classes", schemas.PlaceClassRow), ("retention-classes", schemas.RetentionRow)):
        for row in admin.get(f"/api/v1/{path}").json()["items"]:
            schema.model_validate(row)


def test_retention_is_the_rule_of_the_day(world: World) -> None:
    police = PlaceClass.objects.get(code="police_station").retention_id
    rules = RetentionRules.load()
    assert (rules.days(None, None), rules.days(None, police)) == (30, 548)
    RetentionClass.objects.create(code="standard-2025", policy="standard", name_en="s", name_hi="s", days=45,
                                  valid_from="2025-06-01", source="Order 7")  # fmt: skip
    assert RetentionRules.load().days(None, None) == 45


INJECTION = '=HYPERLINK("http://evil","x")'


@pytest.fixture
def three(world: World) -> Client:
    rig.camera(world, name_en=INJECTION, name_hi="कैमरा, एक\nदो", reg_id="E-1")
    rig.camera(world, name_en="@SUM(1+1)", name_hi="-2+3", reg_id="E-2", placement="exit")
    rig.camera(world, at=World.ELSEWHERE, reg_id="E-3")
    return world.client("camera.view", "camera.export")


def body_of(answer: Any) -> bytes:
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content)


def test_csv_reloads_and_runs_no_formula(three: Client) -> None:
    text = body_of(three.get("/api/v1/cameras/export?format=csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["reg_id"] for row in rows] == ["E-1", "E-2"]
    assert rows[0]["name_en"] == f"'{INJECTION}" and rows[0]["name_hi"] == "कैमरा, एक\nदो"
    assert rows[1]["name_en"] == "'@SUM(1+1)" and rows[1]["name_hi"] == "'-2+3"
    assert float(rows[0]["lat"]) == 26.45


def test_xlsx_opens_and_runs_no_formula(three: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(body_of(three.get("/api/v1/cameras/export?format=xlsx"))))
    rows = list(book.active.iter_rows())
    assert [cell.value for cell in rows[0]] == [name for name, _, _ in COLUMNS]
    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert rows[2][1].value == f"'{INJECTION}" and len(rows) == 4
    book.close()


def test_geojson_opens_with_the_same_filters_as_the_list(three: Client) -> None:
    collection = orjson.loads(body_of(three.get("/api/v1/cameras/export?format=geojson&placement=exit")))
    [feature] = collection["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [80.33, 26.45]}
    assert feature["properties"]["reg_id"] == "E-2"
    entry = AuditEntry.objects.get(action="camera.export_list")
    assert entry.details["rows"] == 1 and entry.details["filters"] == {"placement": "exit"}


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "|cmd", "%x"])
def test_cells_that_would_run_are_made_text(value: str) -> None:
    assert safe_cell(value) == f"'{value}"


def test_numbers_and_plain_text_stay() -> None:
    assert [safe_cell(value) for value in (-1.5, "a=b", "", None)] == [-1.5, "a=b", "", None]
