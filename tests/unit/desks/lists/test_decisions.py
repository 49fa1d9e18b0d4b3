"""Duplicates, bad rows, corrections, taking back; and that nothing is lost or doubled when work is cut off."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest

import lists_rig as rig
import registry_rig
from prahari.contracts import sealing
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.linking import ladder
from prahari.desks.linking.models import Linkage
from prahari.desks.lists import committing, tasks
from prahari.desks.lists.models import Alias, DuplicateProposal, ListRow, RowBlock
from prahari.desks.registry.models import Contact, Premises
from scope import World

HEAD = ["S.No.", "Name of Shop", "Owner", "Mobile", "Address", "Thana", "Type", "Cameras"]


def row(
    number: int, name: str, mobile: str = "", address: str = "", station: str = "Kalyanpur", cameras: Any = 1
) -> list[Any]:
    return [number, name, "Owner", mobile, address, station, "Shop", cameras]


GUPTA = row(1, "Gupta Jewellers", "9839100001", "12 Mall Road")
NEARLY = row(2, "गुप्ता ज्वैलर्स", "98391 00001", "12, Mall Rd", cameras=5)
OTHER = row(3, "Ram Sweets", "9839100003", "7 Station Road")


@pytest.fixture
def client(world: World) -> Any:
    rig.area(world)
    return world.client("list.import", "registry.view", at=World.HOME)


def queue(client: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/list-duplicates")
    assert answer.status_code == 200
    return list(answer.json()["items"])


def decide(client: Any, pair: dict[str, Any], decision: str, expected: int = 204) -> None:
    answer = client.post(
        f"/api/v1/list-duplicates/{pair['id']}/decide", {"decision": decision}, content_type="application/json"
    )
    assert answer.status_code == expected, answer.content


def test_another_spelling_waits_for_a_person_and_the_same_joins(client: Any) -> None:
    rig.take_over(client, rig.imported(client, rig.xlsx([HEAD, GUPTA]))["id"])
    done = rig.take_over(client, rig.imported(client, rig.xlsx([HEAD, NEARLY, OTHER]))["id"])
    assert (done["counts"]["decide"], done["counts"]["premises"], done["open_duplicates"]) == (1, 1, 1)
    (pair,) = queue(client)
    assert pair["score"] >= 90
    assert {"name", "mobile", "address"} <= {reason["code"] for reason in pair["reasons"]}
    assert (pair["one"]["name"]["hi"], pair["other"]["name"]["en"]) == ("गुप्ता ज्वैलर्स", "Gupta Jewellers")
    decide(client, pair, "later")
    assert [one["decision"] for one in queue(client)] == ["later"]
    decide(client, pair, "same")
    assert Premises.objects.count() == 2
    assert Linkage.objects.get(premises__name_en="Gupta Jewellers").cameras_reported == 5
    assert queue(client) == []
    decide(client, pair, "different", 409)


def test_different_makes_the_premises_and_the_list_sent_again_changes_nothing(client: Any) -> None:
    content = rig.xlsx([HEAD, GUPTA, NEARLY, OTHER])
    rig.take_over(client, rig.imported(client, content)["id"])
    assert Premises.objects.count() == 2, "within a list, too, nobody merges by themselves"
    again = rig.imported(client, content)
    assert again["counts"]["same"] == 3, "what waits on an earlier list does not wait twice"
    rig.take_over(client, again["id"])
    (pair,) = queue(client)
    assert pair["ready"]
    decide(client, pair, "different")
    assert Premises.objects.count() == 3
    assert ListRow.objects.get(premises__name_hi="गुप्ता ज्वैलर्स", made=True).state == "new"
    third = rig.imported(client, content)
    assert (third["counts"]["same"], third["counts"]["decide"]) == (3, 0)


def test_against_the_register_the_same_is_the_same_and_numbers_stay_hidden(client: Any, world: World) -> None:
    known = registry_rig.premises(
        world, at=rig.station(world), name_en="Gupta Jewellers", name_hi="गुप्ता ज्वैलर्स", address_en="12 Mall Road"
    )
    contact = Contact(premises=known, name="G")
    from django.conf import settings

    from prahari.desks.registry.premises import mobile_key, sealing_context

    contact.sealed_mobile = sealing.seal("+919839177777", settings.CONFIG.sealing_key(), sealing_context(contact.id))
    contact.mobile_key = mobile_key("+919839177777")
    contact.save(force_insert=True)
    without_number = row(1, "Gupta Jewellers", "", "12 Mall Road")
    done = rig.take_over(client, rig.imported(client, rig.xlsx([HEAD, without_number, GUPTA]))["id"])
    assert (done["counts"]["same"], done["counts"]["decide"]) == (1, 1)
    (pair,) = queue(client)
    assert pair["other"]["mobile"] == "•••••• 7777"
    assert Premises.objects.count() == 1
    assert known.linkage.step == "listed"


def test_premises_of_another_area_are_neither_compared_nor_shown(client: Any, world: World) -> None:
    registry_rig.premises(world, at=f"{world.ELSEWHERE}.chakeri", name_en="Gupta Jewellers", address_en="12 Mall Road")
    seen = rig.imported(client, rig.xlsx([HEAD, GUPTA, row(2, "Sharma", "9839100009", "1 X Road", "Chakeri")]))
    assert (seen["counts"]["new"], seen["counts"]["decide"], seen["counts"]["bad"]) == (1, 0, 1)
    (bad,) = client.get(f"/api/v1/lists/{seen['id']}/rows?state=bad").json()["items"]
    assert bad["problems"][0]["code"] == "station_outside"
    assert "चकेरी" in bad["problems"][0]["text"]["hi"] or "Chakeri" in bad["problems"][0]["text"]["hi"]


def test_two_shops_with_nothing_but_the_same_name_are_not_thrown_together(client: Any) -> None:
    head = ["S.No.", "Name", "Thana", "Type", "Cameras"]
    rows = [[1, "SBI ATM", "Kalyanpur", "Bank", 2], [2, "SBI ATM", "Kalyanpur", "Bank", 2]]
    content = rig.xlsx([head, *rows])
    seen = rig.imported(client, content)
    assert (seen["counts"]["new"], seen["counts"]["decide"]) == (1, 1)
    rig.take_over(client, seen["id"])
    decide(client, queue(client)[0], "different")
    assert rig.imported(client, content)["counts"]["same"] == 2


def test_bad_rows_come_back_with_reasons_and_mended_they_are_taken(client: Any) -> None:
    bad = [row(2, "", "9839100004"), row(3, "Verma", "9839100005", station="Nowhere"), row(4, "Sen", cameras="many")]
    seen = rig.imported(client, rig.xlsx([HEAD, GUPTA, *bad]))
    assert (seen["counts"]["bad"], seen["counts"]["new"]) == (3, 1)
    rig.take_over(client, seen["id"])
    answer = client.get(f"/api/v1/lists/{seen['id']}/bad-rows")
    assert "bad%20rows" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    head = next(line for line in rows if line[1] == "Name of Shop")
    assert head[-3:] == ["Row", "Reason", "कारण"]
    first = rows.index(head) + 1
    assert "no name" in rows[first][-2]
    assert "नाम नहीं" in rows[first][-1]
    assert rows[first][-3] == 3
    sheet.cell(first + 1, 2).value = "Mended Store"
    sheet.cell(first + 2, 6).value = "Panki"
    sheet.cell(first + 3, 8).value = 3
    file = io.BytesIO()
    book.save(file)
    mended = rig.imported(client, file.getvalue(), "mended.xlsx")
    assert (mended["counts"]["new"], mended["counts"]["bad"], mended["counts"]["rows"]) == (3, 0, 3)


def patch(client: Any, seen: dict[str, Any], body: dict[str, Any]) -> Any:
    return client.patch(f"/api/v1/lists/{seen['id']}/sheets/0", body, content_type="application/json")


def test_a_correction_is_remembered_for_the_sender(client: Any) -> None:
    head = ["A", "B", "C", "D", "E"]
    rows = [
        ["9839100001", "Gupta Store", "Lane 1", "Kalyanpur", "Shop"],
        ["9839100002", "Ram Store", "Lane 2", "Panki", "Shop"],
    ]
    seen = rig.imported(client, rig.xlsx([head, *rows]), sender="SO Kalyanpur")
    fields = ["mobile", "name", "address", "police_station", "owner_class"]
    stale = patch(client, seen, {"fields": fields, "edited_ms": seen["edited_ms"] - 1})
    assert stale.status_code == 409
    assert patch(client, seen, {"fields": fields[:-1]}).status_code == 422
    assert patch(client, seen, {"fields": ["mobile", "", "address", "ward", ""]}).status_code == 422
    assert patch(client, seen, {"fields": fields, "edited_ms": seen["edited_ms"]}).status_code == 200
    rig.work(seen["id"])
    assert rig.read(client, seen["id"])["counts"]["new"] == 2
    later = rig.imported(
        client, rig.xlsx([head, ["9839100003", "Sen Store", "Lane 3", "Panki", "Shop"]]), sender="SO Kalyanpur"
    )
    assert later["sheets"][0]["remembered"]
    assert [column["field"] for column in later["sheets"][0]["columns"]] == fields


def test_a_word_is_taught_once(client: Any, world: World) -> None:
    content = rig.xlsx([HEAD, row(1, "Gupta Store", "9839100001", "Lane 1", "KLP West")])
    seen = rig.imported(client, content)
    assert seen["unknown"] == [{"lexicon": "police_station", "text": "KLP West", "rows": 1}]
    body = {"lexicon": "police_station", "text": "KLP West", "value": rig.station(world)}
    assert client.post(f"/api/v1/lists/{seen['id']}/words", body, content_type="application/json").status_code == 200
    rig.work(seen["id"])
    assert rig.read(client, seen["id"])["counts"]["new"] == 1
    assert Alias.objects.count() == 1
    assert rig.imported(client, content)["counts"]["bad"] == 0


def test_station_and_class_of_a_whole_sheet(client: Any, world: World) -> None:
    head = ["S.No.", "Name", "Mobile", "Address"]
    rows = [[1, "Aman", "9839100001", "Lane 1"], [2, "Birla", "9839100002", "Lane 2"]]
    seen = rig.imported(client, rig.xlsx([["थाना पनकी"], head, *rows], names=["Petrol pumps"]))
    defaults = {one["lexicon"]: one["value"] for one in seen["sheets"][0]["defaults"]}
    assert defaults["police_station"] == rig.station(world, "panki")
    assert defaults["owner_class"] == "petrol_pump"
    assert seen["counts"]["new"] == 2
    assert patch(client, seen, {"defaults": {**defaults, "police_station": "nowhere"}}).status_code == 422


def test_several_sheets_and_hidden_ones(client: Any) -> None:
    tables = [[HEAD, GUPTA], [HEAD, OTHER], [HEAD, row(9, "Hidden", "9839100009", "Lane 9")], [["just a note"]]]
    seen = rig.imported(client, rig.xlsx(*tables, hidden=[2]))
    assert [(sheet["use"], sheet["hidden"]) for sheet in seen["sheets"]] == [
        (True, False), (True, False), (False, True), (False, False),
    ]  # fmt: skip
    assert seen["counts"]["new"] == 2


def undo(client: Any, list_id: str, expected: int = 200) -> dict[str, Any]:
    answer = client.post(f"/api/v1/lists/{list_id}/undo", {"reason": "wrong file"}, content_type="application/json")
    assert answer.status_code == expected, answer.content
    return dict(answer.json())


def test_taking_back_spares_what_was_touched(client: Any, world: World) -> None:
    content = rig.xlsx([HEAD, GUPTA, OTHER, row(4, "Sen Store", "9839100004", "9 Link Road", "Panki")])
    seen = rig.imported(client, content)
    undo(client, seen["id"], 409)
    rig.take_over(client, seen["id"])
    asked = Premises.objects.get(name_en="Ram Sweets")
    ladder.move(actor=world.system, premises_id=asked.id, step="asked")
    done = undo(client, seen["id"])
    assert (done["state"], done["counts"]["removed"], done["counts"]["kept"]) == ("undone", 2, 1)
    assert list(Premises.objects.values_list("name_en", flat=True)) == ["Ram Sweets"]
    again = rig.imported(client, content)
    assert (again["counts"]["new"], again["counts"]["same"]) == (2, 1)


def test_cut_off_in_the_middle_it_goes_on_without_doubles(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "PORTION", 300)  # less than a block of the reader, so a portion each
    rows = [row(n, f"Shop {n} Store", f"98391{n:05d}", f"{n} Mall Road") for n in range(1, 1001)]
    seen = rig.imported(client, rig.xlsx([HEAD, *rows]))
    assert seen["counts"]["new"] == len(rows)
    client.post(f"/api/v1/lists/{seen['id']}/commit", {}, content_type="application/json")
    real, calls = committing._take_over, []

    def dies(*arguments: Any) -> None:
        calls.append(1)
        real(*arguments)
        if len(calls) > 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(committing, "_take_over", dies)
    list_id = UUID(seen["id"])
    with pytest.raises(KeyboardInterrupt):
        tasks.work(list_id)
    assert 0 < Premises.objects.count() < len(rows)
    monkeypatch.setattr(committing, "_take_over", real)
    assert list_id in tasks.unfinished(0)
    tasks.work(list_id)
    tasks.work(list_id)
    assert rig.read(client, seen["id"])["state"] == "committed"
    assert Premises.objects.count() == Linkage.objects.count() == len(rows)
    assert tasks.unfinished(0) == []


def test_a_list_of_another_area_is_out_of_sight(client: Any, world: World) -> None:
    seen = rig.imported(client, rig.xlsx([HEAD, GUPTA]))
    elsewhere = world.client("list.import", at=World.ELSEWHERE)
    assert elsewhere.get(f"/api/v1/lists/{seen['id']}").status_code == 404
    assert elsewhere.get("/api/v1/lists").json()["items"] == []
    station = world.client("list.import", at=f"{World.HOME}.kalyanpur")
    assert station.get(f"/api/v1/lists/{seen['id']}").status_code == 404


def test_cells_are_sealed_at_rest(client: Any) -> None:
    rig.imported(client, rig.xlsx([HEAD, GUPTA]))
    for block in RowBlock.objects.all():
        assert b"9839100001" not in bytes(block.cells) + bytes(block.understood)
        assert b"Gupta" not in bytes(block.cells) + bytes(block.understood)
    assert not DuplicateProposal.objects.exists()
    assert Jurisdiction.objects.exists()


KANPUR = [
    ("दुकानें", "shop", 321), ("Schools", "school", 11), ("स्मार्ट सिटी", "smart_city", 624), ("नगर निगम", "municipal", 39),
    ("Hospitals", "hospital", 9), ("पेट्रोल पम्प", "petrol_pump", 30), ("Automobile", "automobile", 82), ("KDA", "kda", 7),
    ("NHAI", "nhai", 8), ("Lab", "lab", 1), ("पुलिस चौकियाँ", "police_post", 20), ("उद्योग", "industry", 114),
    ("Bank & ATM", "bank", 428), ("UPSRTC Bus Stand", "bus_stand", 26),
]  # fmt: skip


def test_the_kanpur_table_from_a_messy_workbook(client: Any, world: World) -> None:
    """The published counts of linked cameras by owner class, sum 1,720 (design/india.md)."""
    from prahari.desks.linking import figures

    rows: list[list[Any]] = []
    for written, code, cameras in KANPUR:
        left, number = cameras, 0
        while left:  # premises of up to nine cameras each
            here = min(left, 9)
            number += 1
            count: Any = here if number % 3 else f"{here:02d} नग"
            rows.append(
                [
                    len(rows) + 1,
                    written,
                    f"{code} site {number}",
                    "",
                    f"{number} {code} Road",
                    "थाना कल्याणपुर",
                    count,
                    None,
                ]
            )
            left -= here
    head1 = ["क्र0सं0", "मद", "स्थान का नाम", "दूरभाष", "पता", "थाना", "सीसीटीवी", "अभ्युक्ति"]
    table = [["कानपुर नगर: लिंक कैमरों का विवरण"], [], head1, *rows, [None, "कुल योग", None, None, None, None, 1720]]
    seen = rig.imported(client, rig.xlsx(table, merge=["A1:H1"]), "kanpur.xlsx")
    assert seen["counts"]["bad"] == 0, seen["unknown"]
    assert seen["counts"]["decide"] == 0
    done = rig.take_over(client, seen["id"])
    assert done["counts"]["cameras"] == 1720
    table_of = figures.table(world.system, by=("owner_class",))
    assert {one.keys["owner_class"]: one["listed"] for one in table_of} == {code: n for _, code, n in KANPUR}
    assert figures.total(table_of)["listed"] == 1720
