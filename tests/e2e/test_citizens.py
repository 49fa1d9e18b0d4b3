"""A citizen reports from a telephone; officers answer, two at once, make an incident of it; it is searched for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.conftest import Centre, until
from e2e.people import Person, code_for, second_officer
from files_rig import photograph

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

TOLD = "गोलघर चौराहे के पास दुकान से धुआँ"
WIDE = {"viewport": {"width": 1600, "height": 900}}


@pytest.fixture(scope="module")
def phone(browser: Browser, centre: Centre) -> Iterator[Page]:
    """A citizen whose number is confirmed, before the form."""
    context = browser.new_context(
        base_url=centre.address, viewport={"width": 360, "height": 740}, has_touch=True, permissions=["geolocation"],
        geolocation={"latitude": 26.4605, "longitude": 80.3306},
    )  # fmt: skip
    page = context.new_page()
    page.goto("/report")
    page.get_by_label("मोबाइल नंबर").fill("9876501235")
    page.get_by_role("button", name="कोड भेजें").click()
    page.locator("input").last.fill(code_for(centre, "9876501235"))
    page.get_by_role("button", name="आगे").click()
    page.get_by_role("heading", name="नियंत्रण कक्ष को सूचना दें").wait_for()
    yield page
    context.close()


@pytest.fixture(scope="module")
def officers(browser: Browser, centre: Centre, signed_in: dict[str, Any]) -> Iterator[tuple[Person, Person]]:
    admin = browser.new_context(storage_state=signed_in)  # type: ignore[arg-type]
    # Accounts of their own: those of the demonstration are signed in to for the first time by another test.
    first = second_officer(centre, admin, "kavita", "Kavita Singh (operator)")
    second = second_officer(centre, admin, "meena", "Meena Yadav (operator)")
    both = (
        Person(browser, centre, "kavita", first, **WIDE),
        Person(browser, centre, "meena", second, **WIDE),
    )
    yield both
    for context in (admin, *(one.context for one in both)):
        context.close()


def _report(phone: Page, kind: str, words: str, photo: bool = False) -> str:
    """Sent; its number."""
    phone.get_by_role("combobox").select_option(kind)
    phone.locator("textarea").fill(words)
    phone.get_by_role("button", name="मैं यहीं हूँ").click()
    phone.get_by_text("स्थान दर्ज हुआ").wait_for()
    if photo:
        phone.locator("input[type=file]").set_input_files(
            {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
        )
        phone.get_by_text("चित्र रख लिया").wait_for()
    before = phone.get_by_role("status").filter(has_text="CR-").all_inner_texts()
    phone.get_by_role("button", name="भेजें", exact=True).click()
    receipt = phone.get_by_role("status").filter(has_text="CR-")
    until(lambda: receipt.count() and receipt.all_inner_texts() != before, "the receipt")
    found = re.search(r"CR-\d+", receipt.inner_text())
    assert found
    return found[0]


def test_told_on_a_telephone_seen_answered_and_read(
    phone: Page, officers: tuple[Person, Person], centre: Centre
) -> None:
    asha, _ = officers
    asha.page.goto("/citizen-reports")
    asha.page.get_by_role("heading", level=1, name="Citizens' reports").wait_for()
    number = _report(phone, "fire", TOLD, photo=True)

    # It comes by itself, with photograph, place and alarm; the number of who told it does not.
    asha.page.get_by_role("row").filter(has_text=number).click()
    panel = asha.page.get_by_role("article", name=number)
    expect(panel.get_by_text(TOLD)).to_be_visible()
    picture = panel.get_by_role("img", name="Photograph")
    until(lambda: picture.evaluate("image => image.naturalWidth > 0"), "the photograph is shown")
    panel.get_by_role("region", name="Place").locator("canvas").wait_for()
    expect(panel.get_by_role("link", name="Alarm: Citizen report")).to_be_visible(timeout=60_000)
    assert "9876501235" not in asha.page.content()
    panel.get_by_role("button", name="Show the number").click()
    asking = asha.page.get_by_role("dialog")
    asking.get_by_role("textbox").fill("Which of the two shops is it?")
    asking.get_by_role("button", name="Show", exact=True).click()
    expect(panel.get_by_role("link", name=re.compile("9876501235"))).to_be_visible()

    # Answered by key; what was typed outlives a reload.
    asha.page.keyboard.press("a")
    asha.page.keyboard.type("दमकल मौके पर है।")
    asha.page.reload()
    expect(panel.get_by_label("Sentence that the citizen reads")).to_have_value("दमकल मौके पर है।")
    panel.get_by_role("radio", name="In hand").check()
    sees = panel.get_by_role("figure")
    expect(sees).to_contain_text("कार्यवाही जारी")
    expect(sees).to_contain_text("Somebody is at it")
    panel.get_by_role("button", name="Send the answer").click()
    expect(panel.get_by_role("list", name="Answers so far")).to_contain_text("दमकल मौके पर है।")
    phone.reload()
    mine = phone.get_by_role("listitem").filter(has_text=number)
    expect(mine).to_contain_text("कार्यवाही जारी")
    expect(mine).to_contain_text("दमकल मौके पर है।")

    # An incident of it: the form is filled, the alarm goes along, the report leads there and stands on its page.
    asha.page.locator("body").click(position={"x": 800, "y": 70})
    asha.page.keyboard.press("i")
    expect(asha.page.get_by_role("radio", name="Fire")).to_be_checked()
    expect(asha.page.get_by_label("What is known")).to_have_value(f"{TOLD}\n({number})")
    asha.page.get_by_label("Title").fill("Smoke from a shop")
    # Its page begins with pictures of four cameras: what citizens told of it is asked for after a while.
    with asha.page.expect_response(lambda answer: "/citizen-reports?" in answer.url and "incident=" in answer.url):
        asha.page.get_by_role("button", name="Open and take in hand").click()
    expect(asha.page.get_by_role("heading", level=1)).to_have_text(re.compile("Smoke from a shop"))
    expect(asha.page.get_by_role("link", name=number)).to_be_visible()
    incident = asha.api("GET", f"/incidents/{asha.page.url.rpartition('/')[2]}")
    assert (incident["channel"], len(incident["alarms"])) == ("citizen", 1)
    asha.page.get_by_role("link", name=number).click()
    expect(panel.get_by_role("link", name=f"Incident {incident['number']}")).to_be_visible()
    expect(panel.get_by_role("button", name="Open an incident")).to_have_count(0)


def test_two_answer_at_once(phone: Page, officers: tuple[Person, Person]) -> None:
    asha, meena = officers
    number = _report(phone, "street_light", "गली की बत्ती तीन दिन से बंद")
    for one in officers:
        one.page.goto("/citizen-reports?state=received&kind=street_light")
        one.page.get_by_role("row").filter(has_text=number).click()
        one.page.get_by_label("Sentence that the citizen reads").wait_for()
    meena.page.get_by_label("Sentence that the citizen reads").fill("This is for the municipality: call 0512-0000000.")
    meena.page.get_by_role("radio", name="Not ours").check()
    asha.page.get_by_role("radio", name="In hand").check()
    asha.page.get_by_label("Sentence that the citizen reads").fill("Told to the electricity department.")
    asha.page.get_by_role("button", name="Send the answer").click()
    asha.page.get_by_role("list", name="Answers so far").wait_for()

    meena.page.get_by_role("button", name="Send the answer").click()
    note = meena.page.get_by_role("alert").filter(has_text="Somebody else has answered meanwhile")
    expect(note).to_contain_text("Kavita Singh")
    expect(note).to_contain_text("Told to the electricity department.")
    typed = meena.page.get_by_label("Sentence that the citizen reads")
    expect(typed).to_have_value("This is for the municipality: call 0512-0000000.")
    expect(meena.page.get_by_role("radio", name="Not ours")).to_be_checked()
    typed.fill("Told to the electricity department; the municipality mends it on Monday.")
    meena.page.get_by_role("button", name="Send mine all the same").click()
    said = meena.page.get_by_role("list", name="Answers so far").get_by_role("listitem")
    expect(said).to_have_count(2)
    # The other one's page hears of it by itself.
    expect(asha.page.get_by_role("list", name="Answers so far").get_by_role("listitem")).to_have_count(2)
    phone.reload()
    mine = phone.get_by_role("listitem").filter(has_text=number)
    expect(mine).to_contain_text("mends it on Monday")
    expect(mine).to_contain_text("नियंत्रण कक्ष से सम्बन्धित नहीं")


def test_everything_is_found_by_how_it_sounds(phone: Page, officers: tuple[Person, Person]) -> None:
    asha, _ = officers
    number = _report(phone, "traffic", "गोलघर चौराहा पूरी तरह जाम")
    asha.page.goto("/")
    asha.page.locator("canvas.maplibregl-canvas").wait_for()

    # From the box: its last line, and Enter while nothing is chosen.
    asha.page.keyboard.press("/")
    box = asha.page.get_by_role("dialog").get_by_role("textbox")
    box.fill("golghar chauraha")
    last = asha.page.get_by_role("option").last
    expect(last).to_have_text("All results for “golghar chauraha”")
    box.press("ArrowUp")
    expect(asha.page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    box.press("Enter")
    expect(asha.page).to_have_url(re.compile(r"/search\?q=golghar(\+|%20)chauraha$"))
    group = asha.page.get_by_role("region", name=re.compile("Citizens' reports"))
    expect(group.get_by_role("link").filter(has_text=number)).to_be_visible()

    # Many of one kind: counted, the first of them shown, more on demand; kept in the address.
    page = asha.page
    page.goto("/search")
    page.get_by_text("What are you looking for?").wait_for()
    page.get_by_role("textbox", name="Name, number").fill("kanpur" if _cameras(asha, "kanpur") > 8 else "road")
    cameras = page.get_by_role("region", name=re.compile("^Cameras"))
    expect(cameras.get_by_role("link")).to_have_count(8)
    cameras.get_by_role("button", name=re.compile(r"Show \d+ more")).click()
    until(lambda: cameras.get_by_role("link").count() > 8, "more cameras are shown")
    expect(page).to_have_url(re.compile("more=camera"))

    # By keys to the first, and what to try when there is nothing.
    page.get_by_role("textbox", name="Name, number").press("ArrowDown")
    first = cameras.get_by_role("link").first
    to = first.get_attribute("href")
    page.get_by_role("textbox", name="Name, number").press("Enter")
    expect(page).to_have_url(re.compile(f"{to}$"))
    page.goto("/search?q=qqqzzz wwwvvv")
    expect(page.get_by_text("Nothing found for “qqqzzz wwwvvv”")).to_be_visible()
    expect(page.get_by_role("link", name="Only “qqqzzz”")).to_be_visible()


def _cameras(one: Person, asked: str) -> int:
    return int(one.api("GET", f"/search?q={asked}")["totals"]["cameras"])
