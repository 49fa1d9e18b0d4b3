"""A shop's box from its code to its pictures: made and enrolled in the console, its camera shown, revoked."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import servers
from e2e.conftest import Centre, until
from prahari.runtime import keys

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

Get = Callable[[str], Any]


def edge(home: Path, *arguments: str, **environment: str) -> str:
    command = [sys.executable, "-m", "prahari.engines.edge", "--home", str(home), *arguments]
    done = subprocess.run(
        command, env={**servers.plain_environment(), **environment}, capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextlib.contextmanager
def running(home: Path) -> Iterator[None]:
    log = (home / "log").open("ab")
    command = [sys.executable, "-m", "prahari.engines.edge", "--home", str(home), "run", "--reserve-mb", "50"]
    process = subprocess.Popen(command, env=servers.plain_environment(), stdout=log, stderr=log)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()


def because(page: Page, button: str) -> None:
    """Answer the dialog that asks why."""
    dialog = page.get_by_role("dialog")
    dialog.locator("textarea").last.fill("Agreed with the owner")
    dialog.get_by_role("button", name=button, exact=True).click()


def test_a_box_is_enrolled_shows_its_camera_and_is_revoked(
    page: Page, api: Get, centre: Centre, tmp_path: Path
) -> None:
    page.evaluate("localStorage.setItem('prahari.language', 'en')")
    # A camera that pictures come from, whoever serves it.
    rows = api("/cameras?status=live&limit=50")["items"]
    camera = next(one for row in rows if (one := api(f"/cameras/{row['id']}"))["premises"] and one["url"])
    page.goto(f"{centre.address}/edge-sites")
    page.get_by_role("button", name="Add a site").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Shop box")
    dialog.get_by_label("Premises").click()
    premises = camera["premises"]["name"]["en"]
    dialog.get_by_label("Premises").fill(premises)
    page.get_by_role("option", name=premises).first.click()
    because(page, "Add")
    page.get_by_text("Not enrolled").first.wait_for()
    page.get_by_role("button", name="Make a code").click()
    because(page, "Make a code")
    code_dialog = page.get_by_role("dialog", name="Enrol the box")
    expect(code_dialog.get_by_role("img", name="Enrolment as a QR code")).to_be_visible()
    code = re.search(r"[A-Z2-9]{6}-\d{4}-\d{4}", code_dialog.inner_text())
    assert code
    home = tmp_path / "box"
    edge(home, "enrol", "--centre", centre.address, "--code", code[0])
    password = keys.read_text(centre.home, "simcity.password")
    edge(home, "camera", "add", "door", camera["url"], "--user", "centre", PRAHARI_EDGE_PASSWORD=password)
    assert password not in (home / "cameras.json").read_text()
    page.keyboard.press("Escape")
    with running(home):
        page.get_by_text("Linked").first.wait_for(timeout=60_000)
        page.reload()
        page.get_by_role("button", name="Assign").first.click(timeout=30_000)
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Camera of the register").click()
        dialog.get_by_label("Camera of the register").fill(camera["reg_id"])
        page.get_by_role("option", name=re.compile(re.escape(camera["reg_id"]))).click()
        because(page, "Assign")
        page.get_by_role("button", name="Take away").wait_for()
        assert api(f"/cameras/{camera['id']}")["url"] == "edge:door"
        page.screenshot(path=os.environ.get("PRAHARI_EDGE_SHOT", str(tmp_path / "sites.png")))
        # In Hindi on a phone nothing hangs over the edge.
        page.evaluate("localStorage.setItem('prahari.language', 'hi')")
        page.set_viewport_size({"width": 360, "height": 740})
        page.reload()
        page.get_by_text("इस स्थान के कैमरे").wait_for(timeout=20_000)
        page.screenshot(
            path=os.environ.get("PRAHARI_EDGE_SHOT", str(tmp_path / "sites.png")) + ".hi.png", full_page=True
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.set_viewport_size({"width": 1600, "height": 900})
        page.evaluate("localStorage.setItem('prahari.language', 'en')")
        # Its picture, through the gate, in the same player as any other.
        page.goto(f"{centre.address}/cameras/{camera['id']}")
        video = page.locator("video").first
        video.wait_for(timeout=30_000)
        until(lambda: page.evaluate("document.querySelector('video')?.currentTime > 0.5"), "the picture moving", 60)
        sites = api("/edge-sites")["items"]
        assert sites[0]["state"] == "online" and sites[0]["cameras"] == 1
        page.goto(f"{centre.address}/edge-sites/{sites[0]['id']}")
        page.get_by_role("button", name="Revoke").click()
        because(page, "Revoke")
        page.locator("section").get_by_text("Revoked", exact=True).first.wait_for(timeout=20_000)
        until(lambda: "revoked" in edge(home, "status"), "the box knowing", 90)
