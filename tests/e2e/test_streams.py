"""The console on two streams: walls small, enlarged large, one connection; policy and disks on their pages."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Centre, until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Get = Callable[[str], Any]
SHOTS = Path(os.environ["PRAHARI_SHOTS"]) if os.environ.get("PRAHARI_SHOTS") else None


def shot(page: Page, name: str) -> None:
    """A picture of the screen for whoever wants to look (PRAHARI_SHOTS)."""
    if SHOTS is not None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(SHOTS / f"{name}.png"), full_page=True)


def in_english(page: Page) -> None:
    if page.locator("html").get_attribute("lang") != "en":
        page.get_by_role("button", name="English").first.click()
        expect(page.locator("html")).to_have_attribute("lang", "en")


def recorded(api: Get) -> dict[str, Any]:
    return until(lambda: api("/cameras?recorded=true&status=live")["items"], "a live recorded camera", 90)[0]


def test_a_wall_tile_is_small_and_large_when_enlarged(page: Page, api: Get, centre: Centre) -> None:
    camera = recorded(api)
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{centre.address}/wall?cameras={camera['id']}")
    tile = page.locator(f"[data-camera-id='{camera['id']}']")
    expect(tile).to_have_attribute("data-phase", "live", timeout=60_000)
    video = tile.locator("video")
    page.wait_for_function("video => video.videoWidth === 320", arg=video.element_handle(), timeout=30_000)
    shot(page, "wall-small")
    tile.dblclick()
    page.wait_for_function("video => video.videoWidth === 640", arg=video.element_handle(), timeout=30_000)
    expect(tile).to_have_attribute("data-phase", "live")
    shot(page, "wall-enlarged")
    live = [url for url in sockets if "/live/" in url]
    assert len(live) == 1 and "stream=sub" in live[0], "one connection, moved from stream to stream"


def test_when_a_camera_is_recorded_is_edited_and_shown(page: Page, api: Get, centre: Centre) -> None:
    camera = recorded(api)
    page.goto(f"{centre.address}/cameras/{camera['id']}")
    detail = api(f"/cameras/{camera['id']}")
    in_english(page)
    week = [[day, 0, 1440] for day in range(7)]
    answer = page.request.patch(
        f"{centre.address}/api/v1/cameras/{camera['id']}",
        data=json.dumps({"record_mode": "schedule", "record_schedule": week, "reason": "test of the week"}),
        headers={
            "Content-Type": "application/json",
            "X-CSRFToken": next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken"),
            "Referer": centre.address,
        },
    )
    assert answer.ok, answer.text()
    page.reload()
    expect(page.get_by_text("By the week").first).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Edit").first.click()
    expect(page.get_by_text("Recorded in these stretches of the week")).to_be_visible()
    expect(page.get_by_label("Address of the small stream")).to_have_value(detail["sub_url"])
    shot(page, "camera-form-week")


def test_the_system_page_tells_of_the_disks(page: Page, centre: Centre) -> None:
    page.goto(f"{centre.address}/system")
    shot(page, "system-first-language")
    in_english(page)
    disks = page.get_by_text("Recording disks")
    expect(disks).to_be_visible(timeout=20_000)
    expect(page.get_by_role("cell", name="recordings").first).to_be_visible(timeout=20_000)
    shot(page, "system")
    page.set_viewport_size({"width": 360, "height": 780})
    shot(page, "system-360")
