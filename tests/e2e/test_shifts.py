"""A post in a whole centre: signed on, a picture watched and looked away from, handed over; who watched is answered."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.conftest import Centre, until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

AWAY = "window.dispatchEvent(new Event('blur'))"


def _asked(context: BrowserContext, centre: Centre, method: str, path: str, body: Any = None) -> Any:
    token = next(one.get("value", "") for one in context.cookies() if one.get("name") == "csrftoken")
    headers = {"X-CSRFToken": token, "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body)
    answer = context.request.fetch(f"{centre.address}/api/v1{path}", method=method, data=data, headers=headers)
    assert answer.ok, answer.text()
    return answer.json() if answer.status != 204 else None


def test_a_post_is_kept_watched_and_handed_over(centre: Centre, context: BrowserContext, page: Page) -> None:
    page.add_init_script(
        "localStorage.setItem('prahari.language', 'en');"
        "window.__focused = true; document.hasFocus = () => window.__focused;"
    )
    camera = until(lambda: _of_the_city(context, centre), "a camera is live", within_s=90)
    post = {
        "code": "e2e", "name": {"en": "Junction desk", "hi": "चौराहा डेस्क"}, "jurisdiction": "", "agency": "police",
        "cameras": [camera["id"]], "reason": "Test of the desk",
    }  # fmt: skip
    _asked(context, centre, "POST", "/shift-posts", post)

    # Signed on, from the page; the bar tells it everywhere.
    page.goto(f"{centre.address}/shifts")
    row = page.get_by_role("listitem").filter(has_text="Junction desk").filter(has=page.get_by_role("button"))
    row.get_by_role("button", name="Sign on").click()
    expect(page.get_by_label("On duty at Junction desk", exact=False)).to_be_visible()

    # A live picture before somebody who is there counts; from the moment at which the window loses the focus, not.
    began_ms = int(time.time() * 1000)
    page.goto(f"{centre.address}/cameras/{camera['id']}")
    page.locator("video").first.wait_for()
    page.mouse.move(300, 300)
    watched_ms = until(lambda: _watched_ms(context, centre, camera["id"], began_ms), "a stretch is told", within_s=90)
    assert watched_ms > 0
    page.evaluate(f"window.__focused = false; {AWAY}")
    away_ms = int(time.time() * 1000)
    page.wait_for_timeout(4_000)  # what plays now is not watched
    page.evaluate("window.__focused = true; window.dispatchEvent(new Event('focus'))")

    # A note for the next one, with what is open; the hand-over waits for somebody to take it.
    page.goto(f"{centre.address}/shifts")
    page.get_by_role("button", name="Hand over").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What the next has to know").fill("The signal at the junction is dark")
    dialog.get_by_role("button", name="Hand over").click()
    expect(page.get_by_text("Handed over; waiting for the next to take it.")).to_be_visible()
    page.get_by_role("button", name="Withdraw the hand-over").click()

    # "Who watched it?" has an answer, and looking is audited.
    page.goto(f"{centre.address}/shifts/attention")
    page.get_by_role("combobox", name="Which cameras").fill(camera["reg_id"])
    page.get_by_role("option").filter(has_text=camera["reg_id"]).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Look", exact=True).click()
    card = page.locator(f"[data-camera='{camera['reg_id']}']")
    expect(card.get_by_text("nobody", exact=True)).to_be_visible()
    report = _report(context, centre, camera["id"], began_ms)
    [person] = report["people"]
    assert all(not (start < away_ms + 3_500 and end > away_ms + 500) for start, end in person["stretches"])
    assert person["post"] == "e2e"
    looks = _asked(context, centre, "GET", "/audit?action=attention.look&limit=5")["items"]
    assert looks

    page.goto(f"{centre.address}/shifts")
    page.get_by_role("button", name="Sign off").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason").fill("End of the test")
    dialog.get_by_role("button", name="Sign off").click()
    expect(page.get_by_text("You are not on duty at any post.")).to_be_visible()


def _of_the_city(context: BrowserContext, centre: Centre) -> dict[str, Any] | None:
    """A simulated one that is live; not what other tests have linked and taken away."""
    rows = _asked(context, centre, "GET", "/cameras?status=live&limit=100")["items"]
    return next((row for row in rows if row["reg_id"].startswith("KNP-")), None)


def _report(context: BrowserContext, centre: Centre, camera: str, from_ms: int) -> dict[str, Any]:
    to_ms = int(time.time() * 1000)
    path = f"/attention/cameras?from_ms={from_ms}&to_ms={to_ms}&cameras={camera}"
    return dict(_asked(context, centre, "GET", path)["cameras"][0])


def _watched_ms(context: BrowserContext, centre: Centre, camera: str, from_ms: int) -> int:
    people = _report(context, centre, camera, from_ms)["people"]
    return sum(end - start for one in people for start, end in one["stretches"])
