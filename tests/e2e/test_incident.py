"""An incident from the first call to its report: opened, its procedure run, handed to another agency, closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Centre, until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_from_the_call_to_the_report(page: Page, centre: Centre, api: Callable[[str], Any]) -> None:
    page.add_init_script("localStorage.setItem('prahari.language', 'en')")
    page.goto(f"{centre.address}/incidents")
    page.get_by_role("grid", name="Incidents").wait_for()
    page.keyboard.press("n")

    # Opened and taken in hand.
    page.get_by_role("radio", name="Road accident").click()
    page.get_by_label("Title").fill("Two cars at the crossing")
    page.get_by_label("Place in words").fill("Mall Road, opposite the bank")
    page.get_by_role("combobox", name="Leads").click()
    page.get_by_role("option", name="Police", exact=True).click()
    page.get_by_role("button", name="Open and take in hand").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(r"\d{4}-\d{6} Two cars at the crossing"))
    incident = page.url.rpartition("/")[2]

    # Its procedure has begun; the tasks process has brought the traffic police in by itself.
    run = page.get_by_role("region", name="Road accident")
    expect(run.get_by_text("Traffic police takes part now")).to_be_visible(timeout=30_000)
    run.get_by_label("Vehicles").fill("Two cars")
    run.get_by_label("Injured people").fill("1")
    run.get_by_role("button", name="Done", exact=True).first.click()
    run.get_by_role("button", name="Serious, or not known").click()
    run.get_by_role("button", name="No", exact=True).click()
    # Nobody has said where on the map it is, so the wall cannot show it by itself.
    expect(run.get_by_text("no point on the map")).to_be_visible(timeout=30_000)
    run.get_by_role("button", name="Done by hand").wait_for()
    page.keyboard.press("d")
    run.get_by_text("The first hour decides").wait_for()
    page.keyboard.press("d")
    expect(page.get_by_role("list", name="Time line").get_by_text("Done: Ambulance called (108).")).to_be_visible()

    # A note by key; help is there.
    page.keyboard.press("n")
    page.keyboard.type("The driver is conscious")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("list", name="Time line").get_by_text("The driver is conscious")).to_be_visible()
    page.locator("body").click(position={"x": 800, "y": 70})
    page.keyboard.press("a")
    expect(page.get_by_text("Help is on the spot.")).to_be_visible()

    # Handed to the traffic police, who accept.
    page.keyboard.press("h")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Agency that is to lead").click()
    page.get_by_role("option", name="Traffic police").click()
    dialog.get_by_label("What it has to know").fill("The injured are in hospital; the road is still blocked")
    dialog.get_by_role("button", name="Offer").click()
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("dialog").get_by_role("button", name="Accept").click()
    until(lambda: api(f"/incidents/{incident}")["agency"]["code"] == "traffic", "the hand-over")

    # Resolved and closed, saying why although steps are open.
    page.get_by_role("button", name="Resolve").click()
    page.get_by_role("dialog").get_by_label("What was done").fill("Road open again after 20 minutes")
    page.get_by_role("dialog").get_by_role("button", name="Resolve").click()
    page.get_by_role("button", name="Close", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Why it is closed all the same").fill("The rest follows on paper")
    dialog.get_by_label("Lessons").fill("The signal was dark")
    dialog.get_by_role("button", name="Close", exact=True).last.click()
    until(lambda: api(f"/incidents/{incident}")["state"] == "closed", "closing")

    # The report, in both languages.
    for language in ("Hindi", "English"):
        page.get_by_role("button", name="More", exact=True).click()
        with page.expect_download() as report:
            page.get_by_role("menuitem", name=f"Report in {language} (PDF)").click()
        assert report.value.path().read_bytes().startswith(b"%PDF")
        page.keyboard.press("Escape")
