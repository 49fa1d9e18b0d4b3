"""People before a centre: officers with accounts of their own, citizens with a telephone."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, Page

from e2e.conftest import PASSWORD, Centre, until
from prahari.core.ids import uuid7


def asked(context: BrowserContext, address: str, method: str, path: str, body: Any = None) -> Any:
    token = next(one.get("value", "") for one in context.cookies() if one.get("name") == "csrftoken")
    headers = {"X-CSRFToken": token, "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body)
    answer = context.request.fetch(f"{address}/api/v1{path}", method=method, data=data, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


class Person:
    """Somebody with an account of the demonstration, who signed in for the first time and chose a password."""

    def __init__(self, browser: Browser, centre: Centre, username: str, one_time: str, **more: Any) -> None:
        self.context: BrowserContext = browser.new_context(locale="en-IN", base_url=centre.address, **more)
        self.context.add_init_script("localStorage.setItem('prahari.language', 'en')")
        self.page: Page = self.context.new_page()
        self.page.goto("/")
        self.page.locator("input[name=username]").fill(username)
        self.page.locator("input[name=password]").fill(one_time)
        self.page.locator("button[type=submit]").click()
        current = self.page.locator("input[autocomplete=current-password]")
        current.wait_for()
        fresh = self.page.locator("input[autocomplete=new-password]")
        fresh.first.wait_for()
        current.fill(one_time)
        for number in range(2):
            fresh.nth(number).fill(PASSWORD)
        self.page.locator("button[type=submit]").click()
        current.wait_for(state="detached")

    def api(self, method: str, path: str, body: Any = None) -> Any:
        return asked(self.context, "", method, path, body)

    def deaf(self) -> None:
        """Hears of nothing that others do from now on: what stands on the page is what was read before."""
        self.context.route(re.compile(r"/(events|api/v1/event-token)\b"), lambda route: route.abort())
        self.page.reload()


def second_officer(centre: Centre, admin: BrowserContext, username: str, name: str) -> str:
    """An account like the demonstration's operator; its one-time password."""
    users = asked(admin, centre.address, "GET", "/users?limit=100")["items"]
    place = next(one for one in users if one["username"] == "operator")["grants"][0]["jurisdiction"]["path"]
    made = asked(admin, centre.address, "POST", "/users", {"username": username, "name": name})
    grant = {"role": "operator", "jurisdiction": place, "reason": "The second desk"}
    asked(admin, centre.address, "POST", f"/users/{made['user']['id']}/grants", grant)
    return str(made["password"])


def home_of(centre: Centre, admin: BrowserContext, call_sign: str) -> str:
    """Path of the place that a unit belongs to."""
    units = asked(admin, centre.address, "GET", "/units?limit=100")["items"]
    return str(next(one for one in units if one["call_sign"] == call_sign)["jurisdiction"]["path"])


def press_a_button(centre: Centre, admin: BrowserContext, place: str, text: str) -> None:
    """A panic button of a new source there, by HTTP as the device does it."""
    body = {
        "name": text, "kind": "http", "kinds": ["device.panic"], "jurisdiction": place, "agency": "police",
        "reason": "Test of an alarm's way",
    }  # fmt: skip
    made = asked(admin, centre.address, "POST", "/intake/sources", body)
    event = {
        "specversion": "1.0", "id": str(uuid7()), "type": "device.panic",
        "data": {"lat": 26.4605, "lon": 80.3306, "text": text},
    }  # fmt: skip
    url = f"http://127.0.0.1:{centre.port + 42}/v1/events"
    headers = {"Authorization": f"Bearer {made['key']}"}
    until(lambda: httpx.post(url, json=event, headers=headers).status_code == 202, "the intake takes the event")


def demo_passwords(centre: Centre) -> dict[str, str]:
    """The one-time passwords of the demonstration's accounts."""
    accounts = json.loads((centre.home / "keys" / "demo-accounts.json").read_text())
    return {one["username"]: one["password"] for one in accounts}


def code_for(centre: Centre, mobile: str) -> str:
    """The one-time code that the simulated gateway has taken for this number."""
    inbox = f"http://127.0.0.1:{centre.port + 6}/inbox?to={mobile}"
    found = until(lambda: httpx.get(inbox).json()["items"], "a code comes")
    return "".join(char for char in found[0]["text"].split("कोड")[1] if char.isdecimal())[:6]
