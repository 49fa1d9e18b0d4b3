"""A screen of the wall from its pairing to its end: paired by a code, shown on from the desk, cut off and back."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from e2e.conftest import Centre, until
from e2e.people import asked

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

OFFICE = {"width": 1280, "height": 720}


@pytest.fixture
def kiosk(browser: Browser, centre: Centre) -> Iterator[Page]:
    """A browser that nobody signs in at."""
    opened: BrowserContext = browser.new_context(locale="en-IN", viewport=OFFICE)  # type: ignore[arg-type]
    tab = opened.new_page()
    troubles: list[str] = []
    tab.on("pageerror", lambda error: troubles.append(f"script error: {error}"))
    tab.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
    tab.goto(f"{centre.address}/screen")
    yield tab
    opened.close()
    assert troubles == []


def test_a_screen_from_pairing_to_revoking(page: Page, kiosk: Page, centre: Centre, api: Callable[[str], Any]) -> None:
    page.add_init_script("localStorage.setItem('prahari.language', 'en')")
    page.goto(f"{centre.address}/wall/screens")
    screen = page.get_by_role("region", name="Hall right")
    expect(screen.get_by_text("No kiosk paired")).to_be_visible()

    # Paired by the code that it shows.
    _pair(screen, page, kiosk)
    dialog = page.get_by_role("dialog")
    expect(kiosk.locator("[data-phase=live] video[data-shown]").first).to_be_visible(timeout=20_000)
    expect(screen.get_by_text("Linked", exact=True)).to_be_visible(timeout=20_000)

    # A camera is pushed from its own page, over what there is; it is there live within a moment.
    on_screen = {camera["id"] for item in _items(api) for camera in item["content"].get("cameras", [])}
    pushed = next(one for one in reversed(api("/cameras?owner_class=shop")["items"]) if one["id"] not in on_screen)
    page.goto(f"{centre.address}/cameras/{pushed['id']}")
    page.get_by_role("button", name="Show on the wall").first.click()
    dialog.get_by_role("combobox", name="Screen").click()
    page.get_by_role("option", name="Hall right").click()
    dialog.get_by_role("button", name="1 ").first.click()
    dialog.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Shown on “Hall right”")).to_be_visible()
    tile = kiosk.locator(f"[data-camera-id='{pushed['id']}']")
    expect(tile.locator("video[data-shown]")).to_be_visible(timeout=15_000)
    expect(tile).to_have_attribute("data-phase", "live")

    # Its owner withdraws the consent: dark within five seconds, with a sentence.
    permits = api(f"/cameras/{pushed['id']}/permits")["items"]
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    answer = page.context.request.post(
        f"{centre.address}/api/v1/consents/{permits[0]['basis_id']}/withdraw",
        data={"reason": "The owner asked for it"},
        headers={"X-CSRFToken": cookies["csrftoken"], "Origin": centre.address},
    )
    assert answer.ok, answer.text()
    expect(tile).to_have_attribute("data-phase", "no_consent", timeout=5_000)
    expect(tile.get_by_role("status")).to_contain_text("सहमति")
    expect(tile.locator("video[data-shown]")).to_have_count(0)

    # Its network is cut: it says so, keeps what it shows, and comes back alone with what was changed meanwhile.
    kiosk.context.set_offline(True)
    expect(kiosk.get_by_role("status").filter(has_text="केन्द्र")).to_be_visible(timeout=20_000)
    expect(tile).to_be_attached()
    page.goto(f"{centre.address}/wall/screens")
    screen.get_by_role("button", name=f"Take off “{pushed['name']['en']}”").click()
    expect(page.get_by_text("Taken off the screen.")).to_be_visible()
    os.kill(centre.pid("api"), signal.SIGKILL)  # and the centre is away for a moment as well
    kiosk.context.set_offline(False)
    expect(tile).to_have_count(0, timeout=30_000)
    expect(kiosk.locator("[data-phase=live] video[data-shown]").first).to_be_visible(timeout=20_000)

    # Revoked: nothing is shown any more, the code is asked for again.
    _choose(screen, page, "End pairing")
    dialog.get_by_role("textbox").fill("The machine is taken away")
    dialog.get_by_role("button", name="End pairing").click()
    kiosk.locator("[data-code]:not([data-code=''])").wait_for(timeout=20_000)
    expect(kiosk.locator("section[data-kind]")).to_have_count(0)
    until(lambda: not _screen(api)["enrolled_ms"], "the screen without a kiosk")


def test_charts_on_a_screen_chosen_with_a_preview(
    page: Page, kiosk: Page, centre: Centre, api: Callable[[str], Any]
) -> None:
    # A screen of its own: alarms and procedures put things on those of the demonstration at any time.
    hall = _screen(api)
    body = {
        "name": {"en": "Hall of figures", "hi": "आँकड़ों का हॉल"}, "columns": 3, "rows": 2, "reason": "Figures",
        "jurisdiction": hall["jurisdiction"], "agency": hall["agency"],
    }  # fmt: skip
    asked(page.context, centre.address, "POST", "/screens", body)
    page.add_init_script("localStorage.setItem('prahari.language', 'en')")
    page.goto(f"{centre.address}/wall/screens")
    screen = page.get_by_role("region", name="Hall of figures")

    # Each is chosen with its numbers before one's eyes.
    dialog = page.get_by_role("dialog")
    titles = ("Alarms an hour", "Open alarms by kind", "Open incidents", "Cameras live in the last 24 hours", "Units")
    for title in titles:
        screen.get_by_role("button", name="Show something…").click()
        dialog.get_by_role("combobox", name="What").click()
        page.get_by_role("option", name="Chart").click()
        dialog.get_by_role("combobox", name="Chart").click()
        page.get_by_role("option", name=title).click()
        expect(dialog.get_by_role("article", name=title)).to_contain_text("As of")
        dialog.get_by_role("button", name="Show", exact=True).click()
        expect(dialog).to_have_count(0)
    _pair(screen, page, kiosk)
    expect(kiosk.locator("article[data-chart]")).to_have_count(len(titles), timeout=15_000)
    _choose_language(screen, page, "English")
    for title in titles:
        expect(kiosk.get_by_role("article", name=title)).to_contain_text("As of", timeout=15_000)

    # The numbers are the rows': what the desk counts, large.
    live = kiosk.locator("article[data-chart=cameras_live]")
    linked = api("/cameras/counts")["linked"]
    expect(live).to_contain_text(f"/ {linked:,}")
    expect(live.locator("[data-column]")).to_have_count(25)  # the full hours, and now
    expect(kiosk.locator("article[data-chart=units] [data-bar]")).not_to_have_count(0)
    for chart in ("alarms_by_hour", "alarms_by_kind", "incidents_open", "units"):
        until(lambda chart=chart: _agrees(api, kiosk, chart), f"the desk's numbers in {chart}")  # type: ignore[misc]

    # The centre does not answer: what was told last stays, and says that it is old.
    kiosk.context.set_offline(True)
    expect(live.get_by_role("status")).to_contain_text("Not up to date", timeout=90_000)
    kiosk.context.set_offline(False)
    expect(live.get_by_role("status")).to_have_count(0, timeout=30_000)

    screen.get_by_role("button", name="Clear").click()
    expect(kiosk.locator("section[data-kind]")).to_have_count(0)

    # The same on a page at the desk, each as a table too, and from there to a screen.
    page.goto(f"{centre.address}/figures")
    card = page.get_by_role("region", name="Open incidents")
    card.get_by_role("button", name="Show as a table").click()
    expect(card.get_by_role("columnheader", name="Past their time")).to_be_visible()
    card.get_by_role("button", name="Show on the wall").click()
    expect(dialog.get_by_role("article", name="Open incidents")).to_be_visible()


RAW_STREAM = """async ([camera, token]) => {
    const key = JSON.parse(localStorage.getItem('prahari.screen')).key;
    if (!token) {
        const answer = await fetch('/api/v1/screen/media-tokens', {
            method: 'POST', credentials: 'omit', body: JSON.stringify({ camera_ids: [camera] }),
            headers: { Authorization: `Screen ${key}`, 'Content-Type': 'application/json' },
        });
        token = (await answer.json()).items[0];
    }
    const raw = { token, pictures: 0, code: null };
    const socket = new WebSocket(`${token.origin.replace(/^http/, 'ws')}/live/${camera}?token=${token.token}`);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => { if (typeof data !== 'string') raw.pictures++; };
    socket.onclose = ({ code }) => { raw.code = code; };
    window.raw = raw;
    return token;
}"""
"""A connection that the page knows nothing of: whoever took the token out of the kiosk holds on to the picture."""


def test_an_ended_pairing_ends_the_stream_in_the_engine(
    page: Page, kiosk: Page, centre: Centre, api: Callable[[str], Any]
) -> None:
    page.add_init_script("localStorage.setItem('prahari.language', 'en')")
    page.goto(f"{centre.address}/wall/screens")
    screen = page.get_by_role("region", name="Hall right")
    _pair(screen, page, kiosk)
    item = next(one for one in _items(api) if one["kind"] == "camera" and one["content"]["cameras"][0])
    camera = item["content"]["cameras"][0]["id"]

    # The camera is taken off the screen: the stream is closed by the engine, and the token opens none.
    token = kiosk.evaluate(RAW_STREAM, [camera, None])
    until(lambda: kiosk.evaluate("raw.pictures") > 5, "pictures over a connection of one's own")
    screen.get_by_role("button", name=f"Take off “{item['content']['cameras'][0]['name']['en']}”").click()
    until(lambda: kiosk.evaluate("raw.code") == 4401, "the stream closed", 5)
    kiosk.evaluate(RAW_STREAM, [camera, token])
    until(lambda: kiosk.evaluate("raw.code") == 4401, "the token refused", 5)
    assert kiosk.evaluate("raw.pictures") == 0
    page.get_by_role("button", name="Undo").first.click()

    # The pairing is ended: the same.
    expect(kiosk.locator(f"[data-camera-id='{camera}'] video[data-shown]")).to_be_visible(timeout=15_000)
    token = kiosk.evaluate(RAW_STREAM, [camera, None])
    until(lambda: kiosk.evaluate("raw.pictures") > 5, "pictures over a connection of one's own")
    _choose(screen, page, "End pairing")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("The machine is taken away")
    with page.expect_response(lambda answer: answer.url.endswith("/revoke") and answer.ok):
        dialog.get_by_role("button", name="End pairing").click()
    until(lambda: kiosk.evaluate("raw.code") == 4401, "the stream closed", 5)
    kiosk.evaluate(RAW_STREAM, [camera, token])
    until(lambda: kiosk.evaluate("raw.code") == 4401, "the token refused", 5)
    assert kiosk.evaluate("raw.pictures") == 0


def _agrees(api: Callable[[str], Any], kiosk: Page, chart: str) -> bool:
    """Whether a tile shows what the desk counts just now: new alarms come all the time."""
    figures = api(f"/charts/{chart}")
    said = kiosk.locator(f"article[data-chart={chart}]").inner_text()
    return (f"{figures['total']:,}" if figures["total"] or figures["of"] else "No ") in said


def _pair(screen: Any, page: Page, kiosk: Page) -> None:
    code = kiosk.locator("[data-code]:not([data-code=''])")
    code.wait_for()
    _choose(screen, page, "Pair a kiosk")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Code on the screen").fill(code.get_attribute("data-code") or "")
    dialog.get_by_label("Reason").fill("It hangs in the hall")
    dialog.get_by_role("button", name="Pair a kiosk").click()
    expect(kiosk.locator("section[data-kind]")).not_to_have_count(0)


def _choose_language(screen: Any, page: Page, language: str) -> None:
    _choose(screen, page, "Set up…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Language of the screen").click()
    page.get_by_role("option", name=language).click()
    dialog.get_by_label("Reason").fill("Guests from abroad")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)


def _choose(screen: Any, page: Page, name: str) -> None:
    screen.get_by_role("button", name="More for this screen").click()
    page.get_by_role("menuitem", name=name).click()


def _screen(api: Callable[[str], Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in api("/screens")["items"] if one["name"]["en"] == "Hall right")
    return found


def _items(api: Callable[[str], Any]) -> list[dict[str, Any]]:
    return list(_screen(api)["items"])
