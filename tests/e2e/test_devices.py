"""A recorder's cameras entered by ONVIF, and a camera moved from its page, in the browser and at the device."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Centre, until
from prahari.runtime import keys

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Get = Callable[[str], Any]


@pytest.fixture
def english(page: Page, centre: Centre) -> Page:
    """The console in English, whatever an earlier test chose."""
    page.evaluate("localStorage.setItem('prahari.language', 'en')")
    page.goto(centre.address)
    return page


def heads(centre: Centre) -> dict[str, dict[str, Any]]:
    """Channel name -> where its head is, at the simulated recorders."""
    items = httpx.get(f"http://127.0.0.1:{centre.port + 5}/devices").json()["items"]
    return {channel["name"]: channel for device in items for channel in device["channels"]}


def movable(api: Get) -> dict[str, Any]:
    """A camera of a recorder that can be moved."""
    for device in api("/devices?limit=100")["items"]:
        for channel in device["channels"]:
            if channel["ptz"] and channel["camera"]:
                return {"device": device, "channel": channel, **channel["camera"]}
    raise AssertionError("the demonstration has no camera that can be moved")


def test_a_camera_is_moved_from_its_page(english: Page, api: Get, centre: Centre) -> None:
    page, camera = english, movable(api)
    page.goto(f"{centre.address}/cameras/{camera['id']}")
    panel = page.get_by_role("region", name="Move the camera")
    panel.wait_for(timeout=20_000)
    name = camera["channel"]["name"]
    before = heads(centre)[name]["at"]
    panel.get_by_role("button", name="Right", exact=True).hover()
    page.mouse.down()
    until(lambda: heads(centre)[name]["moving"], "the head moving")
    expect(panel.get_by_role("status")).to_contain_text("You are moving it")
    page.mouse.up()
    until(lambda: not heads(centre)[name]["moving"], "the head standing still")
    assert heads(centre)[name]["at"][0] > before[0]

    panel.get_by_role("group", name="Pad for moving the camera").focus()
    page.keyboard.down("ArrowUp")
    until(lambda: heads(centre)[name]["moving"], "the head moving by key")
    page.keyboard.up("ArrowUp")
    until(lambda: not heads(centre)[name]["moving"], "the head standing still after the key")

    panel.get_by_role("button", name="Keep this place").click()
    page.get_by_label("Name of the place").fill("मुख्य द्वार")
    page.get_by_role("button", name="Save", exact=True).click()
    place = panel.get_by_role("button", name="मुख्य द्वार", exact=True)
    place.wait_for()
    kept = heads(centre)[name]["at"]
    panel.get_by_role("button", name="Left", exact=True).hover()
    page.mouse.down()
    until(lambda: heads(centre)[name]["at"][0] < kept[0] - 0.05, "the head away from the place")
    page.mouse.up()
    place.click()
    until(lambda: heads(centre)[name]["at"] == pytest.approx(kept, abs=0.01), "the head back at the place")


def test_the_device_shows_its_facts_and_a_wrong_clock(english: Page, api: Get, centre: Centre) -> None:
    page, camera = english, movable(api)
    code = camera["device"]["serial"].removeprefix("SC")
    control = f"http://127.0.0.1:{centre.port + 5}/devices"
    httpx.put(f"{control}/faults", json={"code": code, "clock_off_s": 5400}).raise_for_status()
    try:
        page.goto(f"{centre.address}/cameras/{camera['id']}?tab=facts")
        page.get_by_role("button", name="Ask the device again").click()
        expect(page.get_by_text("ahead by 1 hour")).to_be_visible(timeout=15_000)
        number = camera["channel"]["number"]
        listening = httpx.get(control).json()["items"]
        assert any(one["code"] == code and one["pull_points"] for one in listening)
        httpx.post(f"{control}/event", json={"code": code, "kind": "tamper", "channel": number}).raise_for_status()
        expect(page.get_by_text("Tampered with").first).to_be_visible(timeout=30_000)
    finally:
        httpx.delete(f"{control}/faults", params={"code": code})


def test_what_lies_on_the_recorder_is_played_where_the_centre_has_nothing(
    english: Page, api: Get, centre: Centre
) -> None:
    page, camera = english, movable(api)
    at_ms = int(time.time() * 1000) - 5 * 3_600_000  # long before this centre was started
    page.goto(f"{centre.address}/cameras/{camera['id']}#t={at_ms}")
    stage = page.locator(f"[data-camera-id='{camera['id']}']").first
    expect(stage).to_have_attribute("data-mode", "recorded", timeout=20_000)
    expect(stage.get_by_text("On the device's disk")).to_be_visible(timeout=30_000)
    video = stage.locator("video").nth(1)
    until(lambda: video.evaluate("one => one.currentTime > 1 && one.videoWidth > 0"), "pictures from the device's disk")


def test_the_picture_is_set_and_a_relay_switched_with_a_reason(english: Page, api: Get, centre: Centre) -> None:
    page, camera = english, movable(api)
    page.goto(f"{centre.address}/cameras/{camera['id']}?tab=facts")
    picture = page.get_by_role("region", name="Picture", exact=True)
    picture.get_by_text("Out (night)").click(timeout=20_000)
    picture.get_by_role("button", name="Set", exact=True).click()
    dialog = page.get_by_role("dialog", name="Why is the picture set anew?")
    dialog.get_by_role("textbox").fill("Too dark at the till")
    dialog.get_by_role("button", name="Set", exact=True).click()
    expect(dialog).to_be_hidden()
    assert api(f"/cameras/{camera['id']}/imaging")["ir_cut"] == "OFF"
    relays = page.get_by_role("region", name="Relays")
    relays.get_by_role("button", name="Switch on").click()
    dialog = page.get_by_role("dialog", name="Relay 1: Switch on")
    dialog.get_by_role("textbox").fill("Lamp over the gate, asked by the owner")
    dialog.get_by_role("button", name="Switch on").click()
    expect(relays.get_by_role("status")).to_contain_text("The device has taken the order")
    told = api("/audit?action=camera.relay&limit=5")["items"]
    assert any("Lamp over the gate" in str(one) for one in told)


def test_a_maker_s_addresses_are_edited_with_a_preview_and_keep_their_history(
    english: Page, api: Get, centre: Centre
) -> None:
    page = english
    page.goto(f"{centre.address}/vendor-templates")
    page.get_by_text("Hikvision").first.click(timeout=20_000)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Channel").fill("12")
    expect(dialog.get_by_role("region", name="Preview")).to_contain_text("/Streaming/Channels/1201")
    dialog.get_by_label("Port").fill("8554")
    dialog.get_by_label("Reason").fill("The shops of this maker forward this port")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    page.get_by_text("Hikvision").first.click()
    page.get_by_role("tab", name="History").click()
    expect(page.get_by_text("The shops of this maker forward this port")).to_be_visible()
    page.keyboard.press("Escape")


def test_the_cameras_of_a_recorder_are_entered_at_once(english: Page, api: Get, centre: Centre) -> None:
    page = english
    taken = {device["premises"]["id"] for device in api("/devices?limit=100")["items"]}
    shops = api("/premises?owner_class=shop&without_cameras=false&limit=100")["items"]
    address = f"http://127.0.0.1:{centre.port + 8}/{{}}/onvif/device_service"
    # Premises that only stand on a police list have no recorder in the simulated city.
    premises = next(
        one for one in shops
        if one["id"] not in taken and httpx.post(address.format(one["code"])).status_code != 404
    )  # fmt: skip
    cameras = api(f"/cameras?premises={premises['id']}&limit=50")["items"]
    recorder = address.format(premises["code"])
    page.goto(f"{centre.address}/cameras/new")
    page.get_by_role("link", name="Add them together").click()
    page.get_by_role("heading", name="Add the cameras of a recorder").wait_for()
    page.get_by_role("combobox", name="Premises").fill(premises["name"]["en"])
    page.get_by_role("option", name=premises["name"]["en"]).first.click()
    expect(page.get_by_role("combobox", name="Site")).not_to_have_value("", timeout=15_000)
    page.get_by_label("Address of the recorder or camera").fill(recorder)
    page.get_by_role("textbox", name="User name").fill("centre")
    page.get_by_role("textbox", name="Password").fill("not the password")
    page.get_by_label("The owner is present").check()
    page.get_by_role("button", name="Ask the device").click()
    expect(page.get_by_role("alert").first).to_contain_text("refused the user name or password", timeout=20_000)
    page.get_by_role("textbox", name="Password").fill(keys.read_text(centre.home, "simcity.password"))
    page.get_by_role("button", name="Ask the device").click()
    channels = page.get_by_role("list", name="Channels")
    channels.wait_for(timeout=30_000)
    assert channels.get_by_role("checkbox").count() == max(1, len(cameras))
    channels.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Enter 1 camera").click()
    expect(page.get_by_text("Name each ticked camera in both languages.").last).to_be_visible()
    channels.get_by_label("Name (Hindi)").or_(channels.locator("input[lang=hi]")).first.fill("द्वार कैमरा")
    channels.locator("input[lang=en]").first.fill("Gate camera")
    page.get_by_role("button", name="Enter 1 camera").click()
    expect(page.get_by_text("1 camera entered")).to_be_visible(timeout=20_000)
    [device] = [one for one in api("/devices?limit=100")["items"] if one["premises"]["id"] == premises["id"]]
    entered = [channel["camera"] for channel in device["channels"] if channel["camera"]]
    assert [one["name"]["en"] for one in entered] == ["Gate camera"]
    detail = api(f"/cameras/{entered[0]['id']}")
    assert detail["url"].startswith(f"rtsp://127.0.0.1:{centre.port + 4}/cam/") and detail["has_credentials"]
