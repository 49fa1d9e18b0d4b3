"""A new version of a box's connector from the console: published, chosen, seen to run."""

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
from e2e.test_edge_site import because, edge
from prahari.engines.edge.packages import Releases
from prahari.runtime import edge_release

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

Get = Callable[[str], Any]


@contextlib.contextmanager
def kept(root: Path, home: Path) -> Iterator[None]:
    """As the service of the box runs it."""
    environment = {**servers.plain_environment(), "PRAHARI_EDGE_PYTHON": sys.executable}
    command = [sys.executable, "-m", "prahari.engines.edge.keeper", str(root), str(home), "--reserve-mb", "50"]
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(40)


def publish(page: Page) -> None:
    """Answer why, over the list of versions."""
    dialog = page.get_by_role("dialog", name="Publish a package")
    dialog.locator("textarea").last.fill("Tried at the office")
    dialog.get_by_role("button", name="Publish a package").click()


def test_a_version_is_published_chosen_and_seen_to_run(page: Page, api: Get, centre: Centre, tmp_path: Path) -> None:
    key = edge_release.signing_key(centre.home / "keys" / "edge-release.pem")
    for version in ("1.0.0", "1.0.1"):
        edge_release.build(tmp_path / f"prahari-edge-{version}.tar", key, version, None)
    root, home = tmp_path / "root", tmp_path / "box"
    releases = Releases(root)
    releases.install(tmp_path / "prahari-edge-1.0.0.tar", key.public_key())
    releases.confirm("1.0.0")

    page.evaluate("localStorage.setItem('prahari.language', 'en')")
    page.goto(f"{centre.address}/edge-sites")
    page.get_by_role("button", name="Add a site").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Updated box")
    premises = api("/premises?limit=1")["items"][0]["name"]["en"]
    dialog.get_by_label("Premises").click()
    dialog.get_by_label("Premises").fill(premises)
    page.get_by_role("option", name=premises).first.click()
    because(page, "Add")
    page.get_by_role("button", name="Make a code").click()
    because(page, "Make a code")
    code = re.search(r"[A-Z2-9]{6}-\d{4}-\d{4}", page.get_by_role("dialog", name="Enrol the box").inner_text())
    assert code
    edge(home, "enrol", "--centre", centre.address, "--code", code[0])
    page.keyboard.press("Escape")
    site = next(one for one in api("/edge-sites")["items"] if one["name"] == "Updated box")
    with kept(root, home):
        until(lambda: api(f"/edge-sites/{site['id']}")["version"] == "1.0.0", "the box linked", 60)
        page.goto(f"{centre.address}/edge-sites/{site['id']}")
        state = page.get_by_role("region", name="Version of the box").get_by_role("status")
        expect(state).to_have_text("Version 1.0.0 runs", timeout=20_000)

        # What is not signed is refused before it is kept.
        page.get_by_role("button", name="Versions").click()
        strange = tmp_path / "strange.tar"
        strange.write_bytes(b"no package" * 1000)
        page.locator("input[type=file]").set_input_files(strange)
        publish(page)
        expect(page.get_by_text("This is no package of the connector, or it is damaged.")).to_be_visible()
        page.get_by_role("dialog", name="Publish a package").get_by_role("button", name="Cancel").click()
        page.locator("input[type=file]").set_input_files(tmp_path / "prahari-edge-1.0.1.tar")
        publish(page)
        expect(page.get_by_role("cell", name=re.compile("^1.0.1"))).to_be_visible(timeout=20_000)
        page.screenshot(path=os.environ.get("PRAHARI_EDGE_SHOT", str(tmp_path / "versions.png")))
        page.keyboard.press("Escape")

        page.get_by_role("button", name="Update to 1.0.1").click()
        because(page, "Update to 1.0.1")
        until(lambda: api(f"/edge-sites/{site['id']}")["version"] == "1.0.1", "the new version linked", 90)
        expect(state).to_have_text("Version 1.0.1 runs", timeout=60_000)
        expect(page.get_by_role("button", name=re.compile("^Update to"))).to_have_count(0)
        assert releases.current == "1.0.1"
        row = api("/edge-releases")["items"][0]
        assert (row["version"], row["sites"], row["running"], row["failed"]) == ("1.0.1", 1, 1, 0)

        # In Hindi on a phone nothing hangs over the edge.
        page.evaluate("localStorage.setItem('prahari.language', 'hi')")
        page.set_viewport_size({"width": 360, "height": 740})
        page.reload()
        page.get_by_text("संस्करण 1.0.1 चल रहा है").wait_for(timeout=20_000)
        page.get_by_role("button", name="संस्करण", exact=True).click()
        page.get_by_text("रिलीज़ कुंजी", exact=False).first.wait_for()
        page.screenshot(path=os.environ.get("PRAHARI_EDGE_SHOT", str(tmp_path / "versions.png")) + ".hi.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
