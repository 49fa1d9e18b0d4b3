"""From alarm to closed incident: two operators, a supervisor and a crew on its telephone, all at once."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from e2e.conftest import Centre, until
from e2e.people import Person, demo_passwords, home_of, press_a_button, second_officer

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

UNIT = "PCR-1"
PRESSED = "Pressed at the bus stand"


@pytest.fixture
def people(browser: Browser, centre: Centre, context: BrowserContext) -> Iterator[dict[str, Person]]:
    one_time = demo_passwords(centre)
    wide = {"viewport": {"width": 1600, "height": 900}}
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
    second = second_officer(centre, context, "imran", "Imran Ansari (operator)")
    found = {
        "asha": Person(browser, centre, "operator", one_time["operator"], **wide),
        "imran": Person(browser, centre, "imran", second, **wide),
        "rakesh": Person(browser, centre, "supervisor", one_time["supervisor"], **wide),
        "crew": Person(browser, centre, "constable", one_time["constable"], **phone),
    }
    yield found
    for one in found.values():
        one.context.close()


def test_from_alarm_to_closed(centre: Centre, context: BrowserContext, people: dict[str, Person]) -> None:
    asha, imran, rakesh, crew = (people[name] for name in ("asha", "imran", "rakesh", "crew"))
    for one in (asha, imran):
        one.page.goto("/alarms")
    press_a_button(centre, context, home_of(centre, context, UNIT), PRESSED)

    # Both see it; one is quicker, the other is told so and nothing of it is overwritten.
    alarm = until(lambda: _alarm(asha), "the alarm", within_s=90)  # a new centre reads its cameras first
    for one in (asha, imran):
        until(lambda page=one.page: _is_listed(page), "it stands in the queue by itself")
    for one in (asha, imran):
        one.page.goto(f"/alarms?open={alarm}")
        one.page.get_by_text(PRESSED).first.wait_for()
    imran.deaf()
    imran.page.get_by_text(PRESSED).first.wait_for()
    asha.page.get_by_role("button", name="Acknowledge (A)").click()
    asha.page.get_by_text("Alarm acknowledged").wait_for()
    imran.page.get_by_role("button", name="Acknowledge (A)").click()
    conflict = imran.page.get_by_role("dialog", name="Somebody was quicker")
    expect(conflict.get_by_text("Sunita Verma")).to_be_visible()
    conflict.get_by_role("button", name="Leave it so").click()

    # An incident of it, with its procedure.
    asha.page.get_by_role("button", name="Open incident (I)").click()
    asha.page.get_by_role("radio", name="Road accident").click()
    asha.page.get_by_label("Title").fill("Panic button at the bus stand")
    asha.page.get_by_label("Place in words").fill("Bus stand, gate 2")
    asha.page.get_by_role("button", name="Open and take in hand").click()
    expect(asha.page.get_by_role("heading", level=1)).to_have_text(re.compile("Panic button at the bus stand"))
    incident = asha.page.url.rpartition("/")[2]
    number = asha.api("GET", f"/incidents/{incident}")["number"]
    run = asha.page.get_by_role("region", name="Road accident")
    run.get_by_label("Vehicles").fill("One bus")
    run.get_by_label("Injured people").fill("0")
    run.get_by_role("button", name="Done", exact=True).first.click()

    # The crew signs on; the dispatcher sends it; it answers.
    crew.page.goto("/unit")
    crew.page.get_by_role("button", name=re.compile(f"^.*{UNIT}")).click()
    crew.page.get_by_role("button", name="Available").wait_for()
    asha.page.goto(f"/dispatch?incident={incident}")
    asha.page.get_by_label("Show all units on duty").check()
    asha.page.get_by_role("list", name="Who could go").get_by_role("button", name=UNIT).click()
    asha.page.get_by_text(f"{UNIT} was called to {number}.").wait_for()
    call = crew.page.get_by_role("region", name=number)
    expect(call.get_by_role("heading", name="Panic button at the bus stand")).to_be_visible(timeout=20_000)
    call.get_by_role("button", name="Acknowledge").click()
    card = asha.page.locator(f"[data-incident='{number}']")
    expect(card.get_by_text("Acknowledged")).to_be_visible(timeout=20_000)

    # Without a network the crew goes on; the centre hears of it afterwards, with the time at which it was.
    crew.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    crew.context.set_offline(True)
    call.get_by_role("button", name="On the way").click()
    call.get_by_role("button", name="Arrived").click()
    expect(crew.page.locator("[data-waiting='2']")).to_be_visible()
    arrived_by_ms = time.time() * 1000
    crew.page.reload()
    expect(call.get_by_role("button", name="Done here")).to_be_visible()
    crew.context.set_offline(False)
    expect(card.get_by_text("Arrived")).to_be_visible(timeout=30_000)
    sent = _sent(asha, incident)
    assert sent["en_route_ms"] <= sent["arrived_ms"] <= arrived_by_ms + 1000

    # Two write at once: the later one is shown both, and keeps what was typed.
    imran.page.goto(f"/incidents/{incident}")
    imran.page.get_by_role("heading", level=1).wait_for()
    imran.page.get_by_role("button", name="More", exact=True).click()
    imran.page.get_by_role("menuitem", name="Edit").click()
    edit = imran.page.get_by_role("dialog")
    edit.get_by_label("What is known").fill("Reported again from the ticket office")
    version = asha.api("GET", f"/incidents/{incident}")["version"]
    asha.api("PATCH", f"/incidents/{incident}", {"version": version, "address": "Bus stand, gate 4"})
    edit.get_by_role("button", name="Save").click()
    note = edit.get_by_role("alert").filter(has_text="Somebody was quicker")
    expect(note.get_by_text("Bus stand, gate 4")).to_be_visible()
    expect(edit.get_by_label("What is known")).to_have_value("Reported again from the ticket office")
    edit.get_by_role("button", name="Save").click()
    edit.wait_for(state="detached")
    both = asha.api("GET", f"/incidents/{incident}")
    assert (both["address"], both["description"]) == ("Bus stand, gate 4", "Reported again from the ticket office")

    # Handed to the traffic police; the supervisor accepts for them, closes, and reads the whole way.
    asha.page.goto(f"/incidents/{incident}")
    asha.page.get_by_role("heading", level=1).wait_for()
    asha.page.keyboard.press("h")
    dialog = asha.page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Agency that is to lead").click()
    asha.page.get_by_role("option", name="Traffic police").click()
    dialog.get_by_label("What it has to know").fill("Nobody is hurt; the bus blocks gate 4")
    dialog.get_by_role("button", name="Offer").click()
    rakesh.page.goto(f"/incidents/{incident}")
    rakesh.page.get_by_role("button", name="Answer").click()
    rakesh.page.get_by_role("dialog").get_by_role("button", name="Accept").click()
    until(lambda: asha.api("GET", f"/incidents/{incident}")["agency"]["code"] == "traffic", "the hand-over")
    call.get_by_role("button", name="Done here").click()
    until(lambda: _sent(asha, incident)["state"] == "cleared", "the unit is clear")
    rakesh.page.get_by_role("button", name="Resolve").click()
    rakesh.page.get_by_role("dialog").get_by_label("What was done").fill("Bus towed, gate open")
    rakesh.page.get_by_role("dialog").get_by_role("button", name="Resolve").click()
    rakesh.page.get_by_role("button", name="Close", exact=True).click()
    dialog = rakesh.page.get_by_role("dialog")
    dialog.get_by_label("Why it is closed all the same").fill("The rest of the steps was not needed")
    dialog.get_by_role("button", name="Close", exact=True).last.click()
    until(lambda: asha.api("GET", f"/incidents/{incident}")["state"] == "closed", "closing")
    line = rakesh.page.get_by_role("list", name="Time line")
    for said in (f"{UNIT} was called", f"{UNIT} has acknowledged", f"{UNIT} has arrived", f"{UNIT} is clear"):
        expect(line.get_by_text(said).first).to_be_visible()
    assert asha.api("GET", f"/alarms/{alarm}")["alarm"]["handling"]["state"] == "closed"


def _is_listed(page: Page) -> bool:
    """What comes does not move the list that somebody reads: it waits behind a button."""
    newer = page.locator("[data-new-alarms]")
    if newer.count():
        newer.click()
    return page.get_by_text(PRESSED).count() > 0


def _alarm(one: Person) -> str | None:
    rows = one.api("GET", "/alarms?limit=100")["items"]
    return next((str(row["id"]) for row in rows if "bus stand" in row["text"].lower()), None)


def _sent(one: Person, incident: str) -> dict[str, Any]:
    [sent] = one.api("GET", f"/incidents/{incident}/assignments")["items"]
    return dict(sent)
