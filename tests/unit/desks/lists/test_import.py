"""A list from the upload to premises on the ladder, through the doors that the console uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lists_rig as rig
from prahari.core.krutidev import encode
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.history import record
from prahari.desks.linking.models import LadderEntry, Linkage
from prahari.desks.lists.models import ListRow
from prahari.desks.registry.models import Contact, Premises
from scope import World

HEAD = ["क्र0सं0", "दुकान का नाम", "मालिक का नाम", "मो0 नं0", "पता", "थाना", "श्रेणी", "कैमरों की संख्या"]
ROWS = [
    [1, "Gupta Medical Store", "R. K. Gupta", "+91 98391-00001", "12 Mall Road", "Kalyanpur", "Medical store", 4],
    [2, "शर्मा ज्वैलर्स", "सुरेश शर्मा", "९८३९१०००२२", "117/एच काकादेव", "थाना पनकी", "दुकान", 2],
    [3, "State Bank ATM", "Manager", 9839100003.0, "GT Road", "PS Rawatpur", "Bank/ATM", "03 Nos"],
    [4, None, "Nobody", "9839100004", "Lane 4", "Kalyanpur", "Shop", 1],
    [5, "Verma Kirana", "Verma", "9839100005", "Lane 5", "Nowhere Nagar", "Shop", 1],
]


@pytest.fixture
def client(world: World) -> Any:
    rig.area(world)
    return world.client("list.import", "linking.view", at=World.HOME)


def test_a_messy_list_becomes_premises_on_the_ladder(client: Any, world: World) -> None:
    title = [["थाना कल्याणपुर व अन्य की सूची दिनांक 12.11.2026"], []]
    seen = rig.imported(client, rig.xlsx([*title, HEAD, *ROWS], merge=["A1:H1"]), sender="CO West")

    sheet = seen["sheets"][0]
    assert [column["field"] for column in sheet["columns"]] == [
        "serial", "name", "owner", "mobile", "address", "police_station", "owner_class", "cameras",
    ]  # fmt: skip
    assert all(column["confidence"] > 0.8 for column in sheet["columns"])
    assert sheet["header_rows"] == [3]
    assert (seen["state"], seen["counts"]["rows"]) == ("ready", 5)
    assert {state: seen["counts"][state] for state in ("new", "bad", "same", "decide", "more")} == {
        "new": 3, "bad": 2, "same": 0, "decide": 0, "more": 0,
    }  # fmt: skip
    assert Premises.objects.count() == 0, "nothing is written before the list is taken over"

    done = rig.take_over(client, seen["id"])
    assert (done["state"], done["counts"]["premises"], done["counts"]["cameras"]) == ("committed", 3, 9)
    store = Premises.objects.get(name_en="Gupta Medical Store")
    assert store.owner_class.code == "medical_store"
    assert (store.jurisdiction.path, store.agency_id) == (rig.station(world), world.AGENCY)
    assert (store.source_list, store.source_row) == ("list.xlsx", 4)
    assert store.linkage.cameras_reported == 4
    assert "gupta" in store.search or "gupt" in store.search
    contact = store.contacts.get()
    assert contact.name == "R. K. Gupta"
    assert contact.mobile_key
    assert "9839" not in contact.sealed_mobile
    assert Linkage.objects.filter(step="listed").count() == LadderEntry.objects.count() == 3
    assert {"list.take_in", "list.start_commit", "list.take_over", "list.commit"} <= set(
        AuditEntry.objects.values_list("action", flat=True)
    )
    (made,) = record(Premises, store.id)
    assert (made["action"], made["who"]["name"][:6]) == ("list.take_over", "Person")
    row = ListRow.objects.get(premises=store)
    assert row.made
    assert row.row == 4


def test_the_same_list_twice_changes_nothing(client: Any) -> None:
    content = rig.xlsx([HEAD, *ROWS])
    first = rig.imported(client, content)
    rig.take_over(client, first["id"])
    before = (Premises.objects.count(), Contact.objects.count(), LadderEntry.objects.count())

    again = rig.imported(client, content)
    assert (again["counts"]["same"], again["counts"]["new"], again["counts"]["bad"]) == (3, 0, 2)
    assert again["earlier"]["id"] == first["id"]
    rig.take_over(client, again["id"])
    # Saved anew in another form, with its rows turned round: still the same.
    turned = rig.imported(client, rig.text([HEAD, *reversed(ROWS)], ";", "utf-16"), "again.csv")
    assert turned["counts"]["same"] == 3
    rig.take_over(client, turned["id"])
    assert (Premises.objects.count(), Contact.objects.count(), LadderEntry.objects.count()) == before


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods", "csv", "cp1252", "utf-16", "tabs"])
def test_every_form_says_the_same(client: Any, form: str, tmp_path: Path) -> None:
    head = ["S.No.", "Name of Shop", "Owner Name", "Mobile No.", "Address", "P.S.", "Category", "No. of Cameras"]
    rows = [[1, "Gupta Store", "R Gupta", "9839100001", "12 Mall Road", "Kalyanpur", "Shop", 4],
            [2, "Ram Café", "Ram", "9839100002", "13 Mall Road", "Panki", "Shop", 2]]  # fmt: skip
    content, name = {
        "xlsx": lambda: (rig.xlsx([head, *rows]), "l.xlsx"),
        "xls": lambda: (rig.xls([head, *rows], tmp_path / "l.xls"), "l.xls"),
        "ods": lambda: (rig.ods([head, *rows], tmp_path / "l.ods"), "l.ods"),
        "csv": lambda: (rig.text([head, *rows]), "l.csv"),
        "cp1252": lambda: (rig.text([head, *rows], ";", "cp1252"), "l.csv"),
        "utf-16": lambda: (rig.text([head, *rows], ",", "utf-16"), "l.csv"),
        "tabs": lambda: (rig.text([head, *rows], "\t", "utf-8-sig"), "l.txt"),
    }[form]()
    done = rig.take_over(client, rig.imported(client, content, name)["id"])
    assert (done["counts"]["premises"], done["counts"]["cameras"]) == (2, 6)
    assert set(Premises.objects.values_list("name_en", "ward")) == {("Gupta Store", None), ("Ram Café", None)}


def test_a_date_or_a_sheets_number_is_no_ward_but_its_word_is(client: Any) -> None:
    head = ["S.No.", "Name of Shop", "Mobile No.", "Address", "P.S.", "Category"]
    rows = [[1, "Gupta Store", "9839100001", "12 Mall Road", "Kalyanpur", "Shop"]]
    dated = [["List of 12.11.2026"], head, *rows]
    rig.take_over(client, rig.imported(client, rig.xlsx(dated, names=["Sheet12"]), "list-12.xlsx")["id"])
    assert Premises.objects.get().ward is None
    titled = [["Ward No. 12, Kalyanpur"], head, [1, "Ram Bakery", "9839100002", "7 GT Road", "Panki", "Shop"]]
    rig.take_over(client, rig.imported(client, rig.xlsx(titled), "ward.xlsx")["id"])
    assert Premises.objects.get(name_en="Ram Bakery").ward.name_en == "Ward 12"


def test_a_row_that_says_what_its_header_says_is_a_row(client: Any) -> None:
    head = ["S.No.", "Shop", "Owner", "Mobile No.", "Address", "P.S.", "Category"]
    rows = [["1", "Shop", "Owner", "9839100001", "12 Mall Road", "Kalyanpur", "Shop"],
            ["2", "Ram Bakery", "Ram", "9839100002", "7 GT Road", "Panki", "Shop"]]  # fmt: skip
    done = rig.take_over(client, rig.imported(client, rig.text([head, *rows]), "l.csv")["id"])
    assert done["counts"]["premises"] == 2


def test_kruti_dev_columns_become_unicode_and_english_stays(client: Any) -> None:
    head = [encode(text) for text in HEAD]
    rows = [
        [1, encode("गुप्ता मेडिकल स्टोर"), encode("रमेश गुप्ता"), "9839100001", encode("मॉल रोड, कल्याणपुर"), encode("कल्याणपुर"),
         encode("मेडिकल स्टोर"), 4],
        [2, encode("श्रीमती वर्मा क्लीनिक"), encode("श्रीमती वर्मा"), "9839100002", encode("स्वरूप क्षेत्र"), encode("पनकी"),
         encode("अस्पताल"), 1],
        [3, "State Bank of India", "Manager", "9839100003", "GT Road", "Rawatpur", "Bank", 2],
    ]  # fmt: skip
    done = rig.take_over(client, rig.imported(client, rig.xlsx([head, *rows]))["id"])
    assert done["counts"]["bad"] == 0
    assert set(Premises.objects.values_list("name_hi", flat=True)) == {
        "गुप्ता मेडिकल स्टोर", "श्रीमती वर्मा क्लीनिक", "State Bank of India",
    }  # fmt: skip
    assert Premises.objects.get(name_hi="श्रीमती वर्मा क्लीनिक").address_hi == "स्वरूप क्षेत्र"


def test_a_row_for_each_camera_becomes_one_premises(client: Any) -> None:
    head = ["S.No.", "Name of Shop", "Owner", "Mobile", "Address", "Thana", "Type", "Camera Location", "Make"]
    rows = [
        [1, "Gupta Store", "R Gupta", "9839100001", "12 Mall Road", "Kalyanpur", "Shop", "Gate", "CP Plus"],
        [None, None, None, None, None, None, None, "Back lane", "CP Plus"],
        [None, None, None, None, None, None, None, "Counter", "Hikvision"],
        [2, "Ram Store", "Ram", "9839100002", "13 Mall Road", "Panki", "Shop", "Gate", "CP Plus"],
        [3, "Ram Store", "Ram", "9839100002", "13 Mall Road", "Panki", "Shop", "Gate", "CP Plus"],
    ]
    seen = rig.imported(client, rig.xlsx([head, *rows], merge=["B2:B4", "C2:C4"]))
    assert {state: seen["counts"][state] for state in ("new", "more", "same")} == {"new": 2, "more": 2, "same": 1}
    rig.take_over(client, seen["id"])
    assert dict(Linkage.objects.values_list("premises__name_en", "cameras_reported")) == {
        "Gupta Store": 3, "Ram Store": 1,
    }  # fmt: skip
    assert ListRow.objects.filter(premises__name_en="Gupta Store").count() == 3
