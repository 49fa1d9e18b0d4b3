"""The constable's day without a network: thirty visits recorded, the browser killed, sent twice: thirty visits."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright

from e2e.conftest import CHROMIUM, FLAGS, PASSWORD, Centre, until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

VISITS = 30
NO_NETWORK = ["--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>"]
"""For all that the browser does, its service worker included: a proxy that is not there."""
PHONE = {"width": 390, "height": 844}


@contextmanager
def phone(playwright: Playwright, profile: Path, *more: str) -> Iterator[BrowserContext]:
    """The phone's browser on the data that it left behind."""
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=CHROMIUM, args=[*FLAGS, *more], locale="hi-IN", viewport=PHONE,  # type: ignore[arg-type]
        geolocation={"latitude": 26.45, "longitude": 80.33}, permissions=["geolocation"],
    )  # fmt: skip
    yield context
    with suppress(Error):  # it may have been killed
        context.close()


def kill(profile: Path) -> None:
    """As when the battery is taken out: every process on this profile, at once."""
    whole = str(profile)
    mine = [one for one in psutil.process_iter(["cmdline"]) if any(whole in word for word in one.info["cmdline"] or [])]
    assert mine, "the browser was not running"
    for one in mine:
        os.kill(one.pid, signal.SIGKILL)
    psutil.wait_procs(mine, timeout=10)


def waiting(page: Page) -> int:
    """How many visits the page says are on this phone."""
    return int(page.locator("[data-waiting]").get_attribute("data-waiting") or -1)


def record(page: Page, premises_id: str, outcome: str) -> None:
    """Three taps: the premises, what came of it, save."""
    before = waiting(page)
    page.locator(f'a[href="/field/p/{premises_id}"]').click()
    page.wait_for_url(f"**/field/p/{premises_id}")
    page.locator(f'[data-outcome="{outcome}"]').click()
    if outcome == "refused":
        page.get_by_role("radio").first.check()
    if outcome == "consented":
        page.get_by_role("textbox").first.fill("श्रीमती शर्मा")
        pad = page.locator("canvas")
        pad.evaluate("one => one.scrollIntoView({block: 'center'})")
        box = pad.bounding_box()
        assert box
        page.mouse.move(box["x"] + 40, box["y"] + 80)
        page.mouse.down()
        page.mouse.move(box["x"] + 160, box["y"] + 50, steps=6)
        page.mouse.up()
    page.locator("[data-save]").click()
    until(lambda: waiting(page) == before + 1, "the visit is on the phone")
    if outcome == "consented":
        page.locator("header button").first.click()  # it stays at the door, for the survey
        page.locator('a[href^="/field/p/"]').first.wait_for()


def get(context: BrowserContext, centre: Centre, path: str) -> Any:
    answer = context.request.get(f"{centre.address}/api/v1{path}")
    assert answer.ok, answer.text()
    return answer.json()


def ladder_of(context: BrowserContext, centre: Centre, chosen: list[str]) -> list[dict[str, Any]]:
    """All entries of all these premises."""
    return [
        entry
        for premises_id in chosen
        for entry in get(context, centre, f"/linking/premises/{premises_id}/ladder")["items"]
    ]


def test_thirty_visits_without_a_network(
    playwright: Playwright, signed_in: dict[str, Any], centre: Centre, tmp_path: Path
) -> None:
    profile = tmp_path / "phone"
    # The morning: the list is fetched, the pages are kept.
    with phone(playwright, profile) as context:
        context.add_cookies(signed_in["cookies"])
        page = context.pages[0]
        page.goto(f"{centre.address}/field")
        page.locator('a[href^="/field/p/"]').first.wait_for(timeout=60_000)
        until(
            lambda: page.evaluate(
                "navigator.serviceWorker.controller !== null && caches.keys().then((names) => names.length === 1)"
            ),
            "the pages are kept on the phone",
            60,
        )
        day = get(context, centre, "/field/day?lat=26.45&lon=80.33")
        private = [one["id"] for one in day["premises"] if not one["public"] and one["step"] in ("listed", "asked")]
        shown = page.locator('a[href^="/field/p/"]').evaluate_all(
            "all => all.map((one) => one.pathname.split('/').pop())"
        )
        chosen = [one for one in shown if one in private][:VISITS]
        assert len(chosen) == VISITS
        before = {entry["id"] for entry in ladder_of(context, centre, chosen)}
        outcomes = ["asked"] * (VISITS - 5) + ["refused"] * 2 + ["promised", "come_again", "consented"]

        # The lanes: no network. The page is loaded anew, then each visit is recorded.
        context.set_offline(True)
        page.reload()
        page.locator('a[href^="/field/p/"]').first.wait_for()
        for premises_id, outcome in zip(chosen, outcomes, strict=True):
            record(page, premises_id, outcome)
        assert waiting(page) == VISITS
        kill(profile)

    # Started again, still without a network: everything is there. And killed once more.
    with phone(playwright, profile, *NO_NETWORK) as context:
        page = context.pages[0]
        page.goto(f"{centre.address}/field")
        until(lambda: waiting(page) == VISITS, "the visits are still on the phone")
        assert page.locator('a[href^="/field/p/"]').count() >= VISITS
        kill(profile)

    # The station: a network. The session has ended; signing in sends what waits.
    with phone(playwright, profile) as context:
        context.clear_cookies()  # the browser had written them down before it was killed, or not yet
        page = context.pages[0]
        sent: list[dict[str, Any]] = []
        page.on(
            "request",
            lambda request: sent.append(request.post_data_json) if request.url.endswith("/field/sync") else None,
        )
        page.goto(f"{centre.address}/field")
        page.locator("input[autocomplete=current-password]").fill(PASSWORD)
        assert waiting(page) == VISITS, "nothing is sent in nobody's name, and nothing is lost"
        page.locator("button[type=submit]").click()
        until(lambda: waiting(page) == 0, "everything is sent", 60)
        page.goto(f"{centre.address}/field/outbox")
        page.locator('[data-visit="done"]').nth(VISITS - 1).wait_for()
        page.locator("section button").first.click()  # sent again by hand: there is nothing left to send
        assert sum(len(body["visits"]) for body in sent) == VISITS

        # The same batches once more, as a phone does whose answer was lost on the way.
        token = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrftoken")
        headers = {"X-CSRFToken": token, "Origin": centre.address}
        for body in sent:
            answer = context.request.post(f"{centre.address}/api/v1/field/sync", data=body, headers=headers)
            assert {one["status"] for one in answer.json()["results"]} == {"already"}

        visits = get(context, centre, "/field/visits?mine=true&limit=100")
        assert visits["total"] == VISITS
        assert sorted(one["premises"]["id"] for one in visits["items"]) == sorted(chosen)
        assert {one["state"] for one in visits["items"]} == {"applied"}
        steps = [entry["step"] for entry in ladder_of(context, centre, chosen) if entry["id"] not in before]
        assert len(steps) == VISITS and steps.count("consented") == 1 and steps.count("refused") == 2
        kept = page.evaluate(
            """() => new Promise((resolve) => {
                const opening = indexedDB.open('prahari-field');
                opening.onsuccess = () => {
                    const all = opening.result.transaction('pictures').objectStore('pictures').count();
                    all.onsuccess = () => resolve(all.result);
                };
            })"""
        )
        assert kept == 0, "what was sent leaves the phone"


def test_the_service_worker_keeps_to_its_pages(playwright: Playwright, signed_in: dict[str, Any], centre: Centre,
                                               tmp_path: Path) -> None:  # fmt: skip
    """The console works beside it, nothing of the API is kept, and it leaves without a trace."""
    with phone(playwright, tmp_path / "phone") as context:
        context.add_cookies(signed_in["cookies"])
        page = context.pages[0]
        page.goto(f"{centre.address}/field")
        until(lambda: page.evaluate("navigator.serviceWorker.controller !== null"), "the worker is there", 60)
        kept = page.evaluate(
            """caches.keys().then((names) => Promise.all(names.map(
                async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname),
            ))).then((all) => all.flat())"""
        )
        assert "/field" in kept and any(path.endswith(".js") for path in kept)
        assert not [path for path in kept if re.match(r"/(api|_allauth|basemap)", path)], json.dumps(kept)
        page.goto(centre.address)
        page.locator("canvas.maplibregl-canvas").wait_for(timeout=30_000)
        page.goto(f"{centre.address}/field")
        page.locator("header button[aria-haspopup=menu]").click()
        page.get_by_role("menuitem").nth(-2).click()
        page.get_by_role("dialog").get_by_role("button").last.click()
        until(
            lambda: page.evaluate(
                "Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()])"
                ".then(([workers, names]) => workers.length + names.length === 0)"
            ),
            "the worker has left",
        )
