"""A control room's first day: sign in, see pictures change, play a recording, lose an engine and get it back."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from e2e.conftest import RECORDED, Centre, until
from prahari.engines.media.mp4.reader import scan

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]  # the first test waits for the whole centre to start

Get = Callable[[str], Any]

PIXELS = """tile => {
  const video = tile.querySelector('video');
  if (!video || video.videoWidth === 0) return null;
  const canvas = document.createElement('canvas');
  canvas.width = 96; canvas.height = 54;
  const drawing = canvas.getContext('2d');
  drawing.drawImage(video, 0, 0, 96, 54);
  const data = drawing.getImageData(0, 0, 96, 54).data;
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum += data[at] + data[at + 1] * 3 + data[at + 2] * 7;
  return sum;
}"""
"""A number that follows from the pixels shown; null while there is no picture."""


def recorded(api: Get) -> list[dict[str, Any]]:
    return list(api("/cameras?recorded=true&limit=50")["items"])


def assert_pixels_change(tile: Locator) -> None:
    first = until(lambda: tile.evaluate(PIXELS), "a picture in the tile")
    until(lambda: tile.evaluate(PIXELS) != first, "another picture in the tile")


def test_the_city_is_on_the_page(page: Page, api: Get) -> None:
    counts = api("/cameras/counts")
    assert counts["linked"] == 1720
    expect(page.locator("canvas.maplibregl-canvas")).to_be_visible()
    until(lambda: api("/cameras/counts")["live"] >= RECORDED, "the recorded cameras live", 60)


def test_pixels_change_in_a_live_tile(page: Page, api: Get, centre: Centre) -> None:
    camera = until(lambda: [row for row in recorded(api) if row["status"] == "live"], "a live camera", 60)[0]
    page.goto(f"{centre.address}/cameras/{camera['id']}")
    tile = page.locator(f"[data-camera-id='{camera['id']}'][data-phase=live]").first
    tile.wait_for(timeout=20_000)
    assert_pixels_change(tile)


def test_a_camera_that_nobody_records_opens_when_looked_at(page: Page, api: Get, centre: Centre) -> None:
    camera = api("/cameras?recorded=false&limit=1")["items"][0]
    page.goto(f"{centre.address}/cameras/{camera['id']}")
    tile = page.locator(f"[data-camera-id='{camera['id']}'][data-phase=live]").first
    tile.wait_for(timeout=20_000)
    assert_pixels_change(tile)


def test_a_recording_plays(page: Page, api: Get, centre: Centre) -> None:
    camera = recorded(api)[0]
    ago_ms = time.time_ns() // 1_000_000 - 8_000
    page.goto(f"{centre.address}/cameras/{camera['id']}#t={ago_ms}")
    video = page.locator("video:visible").first
    until(lambda: video.evaluate("v => v.currentTime > 0 && v.readyState >= 2"), "the recording playing")
    before = video.evaluate("v => v.currentTime")
    until(lambda: video.evaluate("v => v.currentTime") > before + 1, "the recording going on")


def test_the_wall_shows_many(page: Page, api: Get, centre: Centre) -> None:
    cameras = [row["id"] for row in recorded(api)][:4]
    page.goto(f"{centre.address}/wall?cameras={','.join(cameras)}")
    for camera in cameras:
        page.locator(f"[data-camera-id='{camera}'][data-phase=live]").first.wait_for(timeout=20_000)


def test_both_languages_at_once(page: Page) -> None:
    html = page.locator("html")
    first = html.get_attribute("lang")
    page.get_by_role("button", name="हिन्दी").or_(page.get_by_role("button", name="English")).first.click()
    until(lambda: html.get_attribute("lang") != first, "the other language")


def test_a_wrong_password_says_so_and_does_not_let_in(browser: Browser, centre: Centre) -> None:
    context = browser.new_context(locale="en-IN")
    tab = context.new_page()
    tab.goto(centre.address)
    tab.locator("input[name=username]").fill(centre.username)
    tab.locator("input[name=password]").fill("not the password")
    tab.locator("button[type=submit]").click()
    expect(tab.get_by_role("alert")).to_be_visible()
    assert context.request.get(f"{centre.address}/api/v1/cameras").status == 401
    context.close()


def test_a_bad_camera_is_named_and_others_go_on(page: Page, api: Get, centre: Centre) -> None:
    bad, good = (api(f"/cameras/{row['id']}") for row in recorded(api)[:2])
    path = "/cam/" + bad["reg_id"]
    page.goto(f"{centre.address}/cameras/{bad['id']}")
    try:
        centre.fault(path, status=404)
        centre.drop(path)
        until(lambda: api(f"/cameras/{bad['id']}")["reason"] == "not_found", "the reason", 30)
        page.locator(f"[data-camera-id='{bad['id']}'][data-phase=offline]").first.wait_for(timeout=10_000)
        assert api(f"/cameras/{good['id']}")["status"] == "live"
    finally:
        centre.fault(path)
    until(lambda: api(f"/cameras/{bad['id']}")["status"] == "live", "the camera live again", 30)


def test_withdrawn_consent_cuts_the_picture(page: Page, api: Get, centre: Centre) -> None:
    rows = api("/cameras?owner_class=shop&limit=1")["items"]
    camera = api(f"/cameras/{rows[0]['id']}")
    page.goto(f"{centre.address}/cameras/{camera['id']}")
    page.locator(f"[data-camera-id='{camera['id']}'][data-phase=live]").first.wait_for(timeout=20_000)
    permits = api(f"/cameras/{camera['id']}/permits")["items"]
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    started = time.monotonic()
    answer = page.context.request.post(
        f"{centre.address}/api/v1/consents/{permits[0]['basis_id']}/withdraw",
        data={"reason": "The owner asked for it"},
        headers={"X-CSRFToken": cookies["csrftoken"], "Origin": centre.address},
    )
    assert answer.ok, answer.text()
    page.locator(f"[data-camera-id='{camera['id']}'][data-phase=no_consent]").first.wait_for(timeout=5_000)
    assert time.monotonic() - started < 5


def test_a_killed_engine_comes_back_and_loses_at_most_one_group(page: Page, api: Get, centre: Centre) -> None:
    camera = recorded(api)[-1]
    folder = centre.home / "recordings" / camera["id"]

    def groups() -> list[tuple[int, int]]:
        return sorted(
            (fragment.start_ms, fragment.end_ms) for path in folder.rglob("*.mp4") for fragment in scan(path).fragments
        )

    page.goto(f"{centre.address}/cameras/{camera['id']}")
    tile = page.locator(f"[data-camera-id='{camera['id']}'][data-phase=live]").first
    tile.wait_for(timeout=20_000)
    until(lambda: len(groups()) > 2, "a few groups on disk")
    os.kill(centre.pid("media-0"), signal.SIGKILL)
    killed_ms = time.time_ns() // 1_000_000
    until(lambda: groups()[-1][0] > killed_ms, "recording again", 15)
    known = groups()
    longest_ms = max(end - start for start, end in known)
    last_before = max(end for start, end in known if start < killed_ms)
    assert killed_ms - last_before <= longest_ms + 500  # half a second: the last gulp from the socket
    assert_pixels_change(page.locator(f"[data-camera-id='{camera['id']}'][data-phase=live]").first)
