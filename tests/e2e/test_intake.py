"""From the outside in, in a whole centre: the demonstration's sources hand in, a new one is added and uses its key."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.conftest import Centre
from e2e.people import code_for

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

SHOTS = os.environ.get("PRAHARI_TEST_SHOTS", "")


def _shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


def _page(browser: Browser, centre: Centre, state: Any, **more: Any) -> Page:
    """In English until the test says otherwise."""
    context = browser.new_context(base_url=centre.address, storage_state=state, **more)
    context.add_init_script(
        "if (!sessionStorage.getItem('begun')) localStorage.setItem('prahari.language', 'en');"
        "sessionStorage.setItem('begun', 'yes')"
    )
    return context.new_page()


def test_a_vendor_is_given_a_key_and_hands_in(browser: Browser, centre: Centre, signed_in: dict[str, Any]) -> None:
    page = _page(browser, centre, signed_in, viewport={"width": 1440, "height": 900})
    page.goto("/intake")
    expect(page.get_by_text("112 (simulated)")).to_be_visible()
    page.get_by_role("button", name="Add a source").click()
    page.get_by_label("Name").fill("Flood gauges, Ganga ghat")
    page.get_by_role("combobox", name="Area").click()
    page.get_by_role("option").nth(3).click()
    page.get_by_label("Flood level").check()
    _shot(page, "form")
    page.get_by_role("dialog").locator("textarea").last.fill("Agreed with the vendor")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("This key is shown only now")).to_be_visible()
    _shot(page, "key")
    key = page.get_by_text("pk_", exact=False).first.inner_text()
    page.get_by_role("button", name="I have kept it").click()
    event = {"specversion": "1.0", "id": "g-1", "type": "device.flood_level", "data": {"text": "2 m"}}
    headers = {"Authorization": f"Bearer {key}"}
    url = f"http://127.0.0.1:{centre.port + 42}/v1/events"
    deadline = time.monotonic() + 20
    while (answer := httpx.post(url, json=event, headers=headers)).status_code == 401:
        assert time.monotonic() < deadline, "the key does not reach the intake process"
        time.sleep(0.2)
    assert answer.status_code == 202
    assert httpx.post(url, json={**event, "type": "device.gunshot"}, headers=headers).json()["code"] == "kind"
    row = page.get_by_role("row").filter(has_text="Flood gauges")
    expect(row.get_by_text("1 taken, 1 refused", exact=True)).to_be_visible(timeout=150_000)
    _shot(page, "sources-en")
    if SHOTS:
        for language, scheme in (("hi", "light"), ("hi", "dark")):
            page.evaluate(
                f"localStorage.setItem('prahari.language', '{language}');"
                f"localStorage.setItem('mantine-color-scheme-value', '{scheme}')"
            )
            page.reload()
            page.get_by_role("table").wait_for()
            _shot(page, f"sources-{language}-{scheme}")


def test_the_citizens_page_begins_with_a_number(browser: Browser, centre: Centre) -> None:
    page = browser.new_context(base_url=centre.address, viewport={"width": 360, "height": 720}).new_page()
    page.goto("/report")
    expect(page.get_by_text("112 पर कॉल करें")).to_be_visible()
    page.get_by_label("मोबाइल नंबर").fill("9876501234")
    page.get_by_role("button", name="कोड भेजें").click()
    code = code_for(centre, "9876501234")
    page.locator("input").last.fill(code)
    _shot(page, "report-code")
    page.get_by_role("button", name="आगे").click()
    expect(page.get_by_role("heading", name="नियंत्रण कक्ष को सूचना दें")).to_be_visible()
    page.get_by_role("combobox").select_option("fire")
    page.locator("textarea").fill("दुकान के पीछे धुआँ")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 26.46, "longitude": 80.33})
    page.get_by_role("button", name="मैं यहीं हूँ").click()
    expect(page.get_by_text("स्थान दर्ज हुआ")).to_be_visible()
    _shot(page, "report-form")
    page.get_by_role("button", name="भेजें").click()
    expect(page.get_by_role("status").filter(has_text="CR-")).to_be_visible()
    expect(page.get_by_text("आपकी दी हुई सूचनाएँ")).to_be_visible()
    page.evaluate("window.scrollTo(0, 0)")
    _shot(page, "report-sent")
