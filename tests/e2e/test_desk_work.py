"""Work at the desk against a whole centre: linking a camera, correcting it, ending and renewing its consent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Page

from e2e.conftest import Centre, until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Get = Callable[[str], Any]
Post = Callable[[str, dict[str, Any]], APIResponse]
WEB = Path(__file__).resolve().parents[2] / "web" / "src"


def words(folder: str, key: str) -> re.Pattern[str]:
    """What the console calls a thing, in either language."""
    found = []
    for language in ("en", "hi"):
        text: Any = json.loads((WEB / folder / "i18n" / f"{language}.json").read_text())
        for part in key.split("."):
            text = text[part]
        found.append(re.escape(text))
    return re.compile(rf"^({'|'.join(found)})\s*\*?$")  # required fields have a star


@pytest.fixture
def post(page: Page, centre: Centre) -> Post:
    def send(path: str, body: dict[str, Any]) -> APIResponse:
        token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
        headers = {"X-CSRFToken": token, "Origin": centre.address}
        return page.context.request.post(f"{centre.address}/api/v1{path}", data=body, headers=headers)

    return send


def test_a_private_camera_is_tested_linked_and_proved(page: Page, api: Get, post: Post, centre: Centre) -> None:
    shops = api("/cameras?owner_class=shop&limit=20")["items"]
    neighbour = next(one for one in shops if one["reg_id"].startswith("KNP-"))  # one that the simulated city plays
    address = {
        "url": f"rtsp://127.0.0.1:{centre.port + 4}/cam/{neighbour['reg_id']}",
        "username": "centre",
        "password": (centre.home / "keys" / "simcity.password").read_text().strip(),
    }
    place = api("/linking/premises?step=listed&owner_class=shop&limit=1")["items"][0]  # nobody has consented there yet
    refused = post("/camera-tests", {**address, "password": "wrong", "owner_present": True}).json()
    assert (refused["ok"], refused["reason"]) == (False, "wrong_password")
    tested = post("/camera-tests", {**address, "owner_present": True}).json()
    assert tested["ok"], tested
    assert tested["video"]["codec"] == "h264"
    assert tested["jpeg_base64"].startswith("/9j/")

    made = post(
        "/cameras",
        {
            "name": {"en": "Back door", "hi": "पिछला द्वार"},
            "premises": place["id"],
            "placement": "exit",
            "kind": "fixed",
            "lat": neighbour["lat"],
            "lon": neighbour["lon"],
            **address,
        },
    )
    assert made.ok, made.text()
    camera = made.json()
    assert address["password"] not in made.text()
    until(lambda: api(f"/cameras/{camera['id']}")["status"] == "no_consent", "no picture without consent", 30)
    consent = post(
        f"/cameras/{camera['id']}/consents",
        {"given_by": "Shop owner", "given_on": "2026-01-10", "scope": {"live": True, "record": False, "hours": []}},
    )
    assert consent.ok, consent.text()
    page.goto(f"{centre.address}/cameras/{camera['id']}")
    page.locator(f"[data-camera-id='{camera['id']}'][data-phase=live]").first.wait_for(timeout=20_000)
    until(lambda: api(f"/cameras/{camera['id']}")["status"] == "live", "proved live")


def test_a_correction_is_written_with_its_reason(page: Page, api: Get, centre: Centre) -> None:
    camera = api("/cameras?owner_class=hospital&limit=1")["items"][0]
    page.goto(f"{centre.address}/cameras/{camera['id']}")
    page.get_by_role("button", name=words("desks/registry", "camera.edit")).click()
    page.get_by_label(words("desks/registry", "fact.model")).fill("Drishti X1")
    page.get_by_label(words("kit", "reason_dialog.label")).fill("Read from the housing")
    page.get_by_role("button", name=words("desks/registry", "form.save")).click()
    until(lambda: api(f"/cameras/{camera['id']}")["model"] == "Drishti X1", "the correction")
    newest = api(f"/cameras/{camera['id']}/history")["items"][0]
    assert newest["why"] == "Read from the housing"
    assert newest["who"]["name"]


def test_consent_is_withdrawn_and_given_again_on_the_page(page: Page, api: Get, centre: Centre) -> None:
    camera = api("/cameras?owner_class=school&limit=1")["items"][0]
    page.goto(f"{centre.address}/cameras/{camera['id']}?tab=permit")
    tile = f"[data-camera-id='{camera['id']}']"
    page.locator(f"{tile}[data-phase=live]").first.wait_for(timeout=20_000)
    withdraw = words("desks/registry", "permit.end_consent")
    page.get_by_role("button", name=withdraw).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words("kit", "reason_dialog.label")).fill("Letter of the head master")
    dialog.get_by_role("button", name=withdraw).click()
    page.locator(f"{tile}[data-phase=no_consent]").first.wait_for(timeout=5_000)
    page.get_by_role("button", name=words("desks/registry", "permit.add_consent")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words("desks/registry", "consent.given_by")).fill("Head master")
    dialog.get_by_role("button", name=words("desks/registry", "consent.save")).click()
    page.locator(f"{tile}[data-phase=live]").first.wait_for(timeout=20_000)
