"""The queue before an operator whose line to the centre is slow: nothing stays away from it silently."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from e2e.conftest import Centre, until
from e2e.people import asked, home_of, press_a_button

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

PRESSED = "Pressed at the ferry"


def _is_known(centre: Centre, admin: BrowserContext) -> bool:
    return any(PRESSED in one["text"] for one in asked(admin, centre.address, "GET", "/alarms?limit=100")["items"])


def test_what_comes_between_reading_and_listening_is_there(centre: Centre, context: BrowserContext) -> None:
    """The list is read, the stream of events opens only later, and an alarm comes in between."""
    held: list[Route] = []
    is_open = False

    def on_the_way(route: Route) -> None:
        if is_open:
            route.continue_()
        else:
            held.append(route)

    context.route(re.compile(r":\d+/events\?"), on_the_way)
    context.add_init_script("localStorage.setItem('prahari.language', 'en')")
    page = context.new_page()
    page.goto(f"{centre.address}/alarms")
    expect(page.get_by_text("No open alarms").or_(page.get_by_role("row")).first).to_be_visible()
    until(lambda: held, "the page asks for events")
    press_a_button(centre, context, home_of(centre, context, "PCR-1"), PRESSED)
    until(
        lambda: _is_known(centre, context), "the alarm is stored", within_s=90
    )  # a new centre reads its cameras first
    assert page.get_by_text(PRESSED).count() == 0

    is_open = True
    for one in held:
        one.continue_()

    def is_listed() -> bool:
        newer = page.locator("[data-new-alarms]")
        if newer.count():
            newer.click()
        return page.get_by_text(PRESSED).count() > 0

    until(is_listed, "it stands in the list")
