"""Two dispatchers and a crew: sent by key, arrived without a network, and the slower dispatcher is told."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from e2e.conftest import PASSWORD, Centre, until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

UNIT = "PCR-90"
HERE = {"latitude": 26.4605, "longitude": 80.3306}


@pytest.fixture
def ask(context: BrowserContext, centre: Centre) -> Callable[..., Any]:
    """Asks the API as the signed-in administrator."""

    def asked(method: str, path: str, body: Any = None) -> Any:
        token = next(one.get("value", "") for one in context.cookies() if one.get("name") == "csrftoken")
        headers = {"X-CSRFToken": token, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body)
        answer = context.request.fetch(f"{centre.address}/api/v1{path}", method=method, data=data, headers=headers)
        assert answer.ok, answer.text()
        return answer.json()

    return asked


@pytest.fixture
def crew(browser: Browser, centre: Centre, ask: Callable[..., Any]) -> Iterator[Page]:
    """The telephone of a constable of the unit's own area, who has just chosen a password."""
    home = next(one for one in ask("GET", "/units?limit=100")["items"] if one["call_sign"] == "PCR-1")["jurisdiction"]
    unit = {
        "call_sign": UNIT, "kind": "patrol_car", "agency": "police", "jurisdiction": home["path"],
        "skills": ["first_aid"], "reason": "Test of sending",
    }  # fmt: skip
    ask("POST", "/units", unit)
    made = ask("POST", "/users", {"username": "crew90", "name": "Meena Yadav", "agency": "police"})
    grant = {"role": "constable", "jurisdiction": home["path"], "reason": "Test of sending"}
    ask("POST", f"/users/{made['user']['id']}/grants", grant)
    phone = browser.new_context(
        locale="en-IN", base_url=centre.address, viewport={"width": 360, "height": 740}, has_touch=True,
        geolocation=HERE, permissions=["geolocation"],
    )  # fmt: skip
    phone.add_init_script("localStorage.setItem('prahari.language', 'en')")
    page = phone.new_page()
    page.goto("/")
    page.locator("input[name=username]").fill("crew90")
    page.locator("input[name=password]").fill(made["password"])
    page.locator("button[type=submit]").click()
    fresh = page.locator("input[autocomplete=new-password]")
    fresh.first.wait_for()
    current = page.locator("input[autocomplete=current-password]")
    current.fill(made["password"])
    for number in range(2):
        fresh.nth(number).fill(PASSWORD)
    page.locator("button[type=submit]").click()
    current.wait_for(state="detached")
    page.goto("/unit")
    yield page
    phone.close()


def test_sent_and_arrived_without_a_network(
    page: Page, crew: Page, context: BrowserContext, centre: Centre, ask: Callable[..., Any]
) -> None:
    context.add_init_script("localStorage.setItem('prahari.language', 'en')")
    first, second = (_incident(ask, title) for title in ("Bag left at gate 2", "Quarrel at gate 3"))

    # On board, and the telephone tells where it is.
    crew.get_by_role("button", name=UNIT).click()
    crew.get_by_role("switch", name="Tell the centre where we are").click()
    until(lambda: _unit(ask)["position"], "the position of the unit")

    # Two dispatchers look at the same moment; one of them hears of nothing from now on.
    slow = context.new_page()
    slow.route(re.compile(r"/(events|api/v1/event-token)\b"), lambda route: route.abort())
    slow.goto(f"{centre.address}/dispatch?incident={second['id']}")
    slow.locator(f"[data-unit='{UNIT}']").wait_for()
    page.goto(f"{centre.address}/dispatch?incident={first['id']}")
    nearest = page.get_by_role("list", name="Who could go").get_by_role("button").first
    expect(nearest).to_contain_text(UNIT)
    expect(nearest).to_contain_text("0 m")
    page.keyboard.press("1")
    page.get_by_text(f"{UNIT} was called to {first['number']}.").wait_for()

    # The other one carries it onto another incident: nothing is sent, both states are told.
    card = slow.locator(f"[data-incident='{second['number']}']")
    slow.locator(f"[data-unit='{UNIT}']").drag_to(card)
    dialog = slow.get_by_role("dialog", name=f"{UNIT} to {second['number']}")
    expect(dialog.get_by_text(f"You saw {UNIT}: Available.")).to_be_visible()
    expect(dialog.get_by_text(f"{UNIT} now: Called.")).to_contain_text(first["number"])
    assert _sent(ask, second) == []
    slow.close()

    # The crew answers, loses the network, arrives, and starts its telephone anew.
    call = crew.get_by_role("region", name=first["number"])
    call.get_by_role("button", name="Acknowledge").click(timeout=20_000)
    chip = page.locator(f"[data-incident='{first['number']}']").get_by_role("button", name=UNIT)
    expect(chip).to_contain_text("Acknowledged", timeout=20_000)
    crew.evaluate("navigator.serviceWorker.ready.then(() => true)")
    crew.context.set_offline(True)
    call.get_by_role("button", name="On the way").click()
    call.get_by_role("button", name="Arrived").click()
    arrived_by_ms = time.time() * 1000
    expect(crew.locator("[data-waiting='2']")).to_be_visible()
    crew.reload()
    expect(call.get_by_role("button", name="Done here")).to_be_visible()
    assert _sent(ask, first)[0]["state"] == "acknowledged"

    # Back in the network: the dispatcher sees the moment at which it was.
    crew.context.set_offline(False)
    back_ms = time.time() * 1000
    expect(chip).to_contain_text("Arrived", timeout=20_000)
    [sent] = _sent(ask, first)
    assert sent["en_route_ms"] <= sent["arrived_ms"] <= arrived_by_ms < back_ms
    chip.click()
    panel = page.get_by_role("region", name=UNIT)
    moment = panel.locator("[data-state=arrived] time")
    shown = moment.evaluate("one => Date.parse(one.dateTime)")
    assert shown == sent["arrived_ms"]


def _incident(ask: Callable[..., Any], title: str) -> dict[str, Any]:
    body = {
        "key": str(uuid.uuid4()), "kind": "other", "severity": "high", "title": title, "address": "Bus stand",
        "lat": HERE["latitude"], "lon": HERE["longitude"], "agency": "police",
    }  # fmt: skip
    return dict(ask("POST", "/incidents", body))


def _unit(ask: Callable[..., Any]) -> dict[str, Any]:
    return next(dict(one) for one in ask("GET", "/units?limit=100")["items"] if one["call_sign"] == UNIT)


def _sent(ask: Callable[..., Any], incident: dict[str, Any]) -> list[dict[str, Any]]:
    return list(ask("GET", f"/incidents/{incident['id']}/assignments")["items"])
