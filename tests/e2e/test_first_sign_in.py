"""The first sign-in with a one-time password on a telephone: an own password is chosen where the work is done."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from e2e.conftest import PASSWORD, Centre

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

PHONE = {"width": 360, "height": 740}
OWN = {"hi": "अपना पासवर्ड चुनें", "en": "Choose your own password"}


def entered(context: BrowserContext, centre: Centre, username: str) -> str:
    """An account of a constable; its one-time password."""

    def ask(method: str, path: str, body: Any = None) -> Any:
        token = next(one.get("value", "") for one in context.cookies() if one.get("name") == "csrftoken")
        headers = {"X-CSRFToken": token, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body)
        answer = context.request.fetch(f"{centre.address}/api/v1{path}", method=method, data=data, headers=headers)
        assert answer.ok, answer.text()
        return answer.json()

    home = next(one for one in ask("GET", "/units?limit=100")["items"] if one["call_sign"] == "PCR-1")["jurisdiction"]
    made = ask("POST", "/users", {"username": username, "name": "Savita Rawat", "agency": "police"})
    grant = {"role": "constable", "jurisdiction": home["path"], "reason": "Joined the station"}
    ask("POST", f"/users/{made['user']['id']}/grants", grant)
    return str(made["password"])


@pytest.mark.parametrize(("path", "day", "language"), [("/unit", "/unit", "hi"), ("/field", "/field/day", "en")])
def test_an_own_password_is_chosen_on_the_telephone(
    path: str, day: str, language: str, browser: Browser, context: BrowserContext, centre: Centre
) -> None:
    username = f"first-{language}"
    one_time = entered(context, centre, username)
    phone = browser.new_context(locale="hi-IN", base_url=centre.address, viewport=PHONE, has_touch=True)  # type: ignore[arg-type]
    phone.add_init_script(f"localStorage.setItem('prahari.language', '{language}')")
    tab = phone.new_page()
    told: list[str] = []
    tab.on("response", lambda answer: told.append(answer.url) if answer.ok else None)
    tab.goto(path)
    tab.locator("input[name=username]").fill(username)
    tab.locator("input[name=password]").fill(one_time)
    tab.locator("button[type=submit]").click()
    expect(tab.get_by_text(OWN[language])).to_be_visible()
    assert not [url for url in told if f"/api/v1{day}" in url], "nothing is told before the password is chosen"

    # Put away in between and opened again: it is still what comes first.
    tab.reload()
    expect(tab.get_by_text(OWN[language])).to_be_visible()
    expect(tab.locator("input[name=username]")).to_have_count(0)
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    current, fresh = (tab.locator(f"input[autocomplete={one}-password]") for one in ("current", "new"))
    box = tab.locator("button[type=submit]").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    current.fill(one_time)
    fresh.nth(0).fill(PASSWORD)
    fresh.nth(1).fill(PASSWORD + "x")
    tab.locator("button[type=submit]").click()
    expect(fresh.nth(1)).to_have_attribute("data-invalid", "true")
    fresh.nth(1).fill(PASSWORD)
    with tab.expect_response(lambda answer: f"/api/v1{day}" in answer.url and answer.ok):
        tab.locator("button[type=submit]").click()
    expect(current).to_have_count(0)
    expect(tab.get_by_text(OWN[language])).to_have_count(0)
    tab.reload()
    expect(tab.locator("[role=status]").first).to_be_visible()
    expect(tab.locator("input[autocomplete=current-password]")).to_have_count(0)
    phone.close()
