"""The field page as an installed app: what its service worker touches, and what it leaves alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Playwright

from e2e.conftest import CHROMIUM, FLAGS, Centre, until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PHONE = {"width": 390, "height": 844}


@contextmanager
def phone(playwright: Playwright, profile: Path) -> Iterator[BrowserContext]:
    """The phone's browser on the data that it left behind."""
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=CHROMIUM, args=FLAGS, locale="hi-IN", viewport=PHONE,  # type: ignore[arg-type]
        geolocation={"latitude": 26.45, "longitude": 80.33}, permissions=["geolocation"],
    )  # fmt: skip
    try:
        yield context
    finally:
        context.close()


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
