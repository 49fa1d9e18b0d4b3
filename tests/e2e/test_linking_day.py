"""A camera's whole way: from a police list to verified live, into the daily report, and gone when its owner says so."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
from playwright.sync_api import APIResponse, Browser, Page

from e2e.conftest import Centre, until
from prahari.contracts.clock import local_day

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(420)]

Get = Callable[[str], Any]
MOBILE = "9839100027"
WEB = Path(__file__).resolve().parents[2] / "web" / "src"
WORDS = json.loads((WEB / "desks" / "owners" / "i18n" / "hi.json").read_text())["page"]


def words(key: str) -> str:
    """What the owner's page calls a thing, in Hindi."""
    found: Any = WORDS
    for part in key.split("."):
        found = found[part]
    return str(found)


@pytest.fixture
def send(page: Page, centre: Centre) -> Callable[..., APIResponse]:
    """A signed-in officer's request, with the page's CSRF token."""

    def request(method: str, path: str, **what: Any) -> APIResponse:
        token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
        headers = {"X-CSRFToken": token, "Origin": centre.address}
        answer = page.context.request.fetch(f"{centre.address}/api/v1{path}", method=method, headers=headers, **what)
        assert answer.ok, answer.text()
        return answer

    return request


@pytest.fixture
def phone(browser: Browser, centre: Centre) -> Iterator[Page]:
    """The owner's own telephone, where nobody is signed in."""
    context = browser.new_context(locale="hi-IN", viewport={"width": 360, "height": 740}, has_touch=True)
    tab = context.new_page()
    tab.goto(f"{centre.address}/o")
    yield tab
    context.close()


def code_sent(centre: Centre, to: str, already: int) -> str:
    """The newest code in the telephone's inbox, once it has more of them than `already`."""

    def newest() -> str:
        rows = httpx.get(f"http://127.0.0.1:{centre.port + 6}/inbox", params={"to": to}).json()["items"]
        codes = [found[1] for row in rows if (found := re.search(r"कोड (\d{6})", row["text"]))]  # newest first
        return codes[0] if len(codes) > already else ""

    return str(until(newest, "the code comes", 30))


def police_list(station: str) -> bytes:
    """A workbook as a police station sends it: a title, Hindi headers, one shop with one camera."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["सी.सी.टी.वी. कैमरों की सूची"])
    sheet.append(["क्र.सं.", "प्रतिष्ठान का नाम", "स्वामी का नाम", "मोबाइल नं.", "पता", "थाना", "श्रेणी", "कैमरों की संख्या"])
    sheet.append([1, "दीपशिखा जनरल स्टोर", "आर. गुप्ता", f"+91 {MOBILE}", "माल रोड, कानपुर", station, "दुकान", 1])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_from_a_list_to_verified_live_to_withdrawn(
    page: Page, phone: Page, api: Get, send: Callable[..., APIResponse], centre: Centre
) -> None:
    today = local_day().isoformat()
    for code, value in (("verification_s", 10), ("owner_code_pause_s", 0)):
        rule = {"code": code, "value": value, "valid_from": today, "source": "Test of the whole way"}
        send("POST", "/rules", data=rule)
    let_report_be_made(api, send)

    # The police station's list comes in.
    station = api("/jurisdictions?level=police_station")["items"][0]
    workbook = {
        "name": "thana.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": police_list(station["name"]["hi"]),
    }
    made = send("POST", "/lists", multipart={"file": workbook, "sender": "Thana"}).json()
    read = until(lambda: (one := api(f"/lists/{made['id']}"))["state"] == "ready" and one, "the list is read", 60)
    assert (read["counts"]["new"], read["counts"]["bad"]) == (1, 0), read
    send("POST", f"/lists/{made['id']}/commit", data={"edited_ms": read["edited_ms"]})
    until(lambda: api(f"/lists/{made['id']}")["state"] == "committed", "the list is taken over", 60)
    [listed] = api("/linking/premises?q=दीपशिखा")["items"]
    assert (listed["step"], listed["cameras"]) == ("listed", 1)

    # The owner consents on a telephone.
    phone.get_by_role("button", name=words("landing.begin")).click()
    phone.get_by_label(words("enter.mobile")).fill(MOBILE)
    phone.get_by_role("button", name=words("enter.send")).click()
    phone.get_by_label(words("code.label")).fill(code_sent(centre, MOBILE, 0))
    phone.get_by_role("button", name=words("enter.go")).click()
    phone.get_by_text("दीपशिखा").first.click()
    phone.get_by_role("button", name=words("place.consent"), exact=True).click()
    phone.get_by_label(words("your_name")).fill("R. Gupta")
    phone.get_by_role("button", name=words("consent.ask")).click()
    phone.get_by_label(words("code.label")).fill(code_sent(centre, MOBILE, 1))
    phone.get_by_role("button", name=words("consent.give"), exact=True).click()
    phone.get_by_text(words("consent.done")).wait_for()
    assert api(f"/linking/premises/{listed['id']}")["step"] == "consented"

    # A technician enters the camera; the consent covers it, so it is linked at once, and frames prove it.
    shops = api("/cameras?owner_class=shop&limit=20")["items"]
    neighbour = next(one for one in shops if one["reg_id"].startswith("KNP-"))  # one that the simulated city plays
    camera = send(
        "POST",
        "/cameras",
        data={
            "name": {"en": "Deepshikha door", "hi": "दीपशिखा द्वार"}, "premises": listed["id"], "placement": "entry",
            "kind": "fixed", "lat": neighbour["lat"], "lon": neighbour["lon"],
            "url": f"rtsp://127.0.0.1:{centre.port + 4}/cam/{neighbour['reg_id']}", "username": "centre",
            "password": (centre.home / "keys" / "simcity.password").read_text().strip(),
        },
    ).json()  # fmt: skip
    detail = api(f"/linking/premises/{listed['id']}")
    assert (detail["step"], detail["ladder"][0]["step"]) == ("surveyed", "linked")
    page.goto(f"{centre.address}/cameras/{camera['id']}")
    tile = f"[data-camera-id='{camera['id']}']"
    page.locator(f"{tile}[data-phase=live]").first.wait_for(timeout=30_000)
    verified = lambda: api(f"/linking/premises/{listed['id']}")["ladder"][0]["step"] == "verified_live"  # noqa: E731
    until(verified, "frames over the set time", 150)

    # The daily report shows it, made anew with the figures of now.
    first = until(lambda: report_of_today(api), "the report is made at its hour", 150)
    report = send("POST", f"/daily-reports/{first['id']}/correct", data={"reason": "Figures of now"}).json()
    rows = report["figures"]["rows"]
    mine = [row for row in rows if row["class"] == "shop" and row["station"] == station["path"]]
    assert mine and mine[0]["verified_today"] >= 1, mine

    # The owner withdraws: the picture is gone within five seconds.
    phone.goto(f"{centre.address}/o/place/{listed['id']}")
    phone.get_by_role("button", name=words("place.withdraw")).click()
    phone.get_by_role("button", name=words("withdraw.ask")).click()
    phone.get_by_label(words("code.label")).fill(code_sent(centre, MOBILE, 2))
    page.locator(f"{tile}[data-phase=live]").first.wait_for()
    started = time.monotonic()
    phone.get_by_role("button", name=words("withdraw.give"), exact=True).click()
    page.locator(f"{tile}[data-phase=no_consent]").first.wait_for(timeout=5_000)
    took_s = time.monotonic() - started
    assert took_s < 5
    phone.get_by_text(words("withdraw.done")).wait_for()
    detail = api(f"/linking/premises/{listed['id']}")
    assert (detail["step"], detail["ladder"][0]["step"]) == ("withdrawn", "withdrawn")
    assert {receipt["kind"] for receipt in detail["receipts"]} == {"consent", "withdrawal"}
    print(f"picture gone {took_s:.2f} s after the owner's tap")


def report_of_today(api: Get) -> Any:
    """Of the whole city; None: not made yet."""
    day = local_day().isoformat()
    rows = [row for row in api(f"/daily-reports?first={day}&last={day}")["items"] if row["id"]]
    return min(rows, key=lambda row: len(row["area"]["path"])) if rows else None


def let_report_be_made(api: Get, send: Callable[..., APIResponse]) -> None:
    """Its hour is now, unless it was made already."""
    if report_of_today(api):
        return
    minute = (dt.datetime.now(dt.UTC) + dt.timedelta(minutes=330)).strftime("%H:%M")
    for code, value in (("report_hour", minute), ("sign_off_until", "23:59")):
        rule = {"code": code, "value": value, "valid_from": local_day().isoformat(), "source": "Test of the whole way"}
        send("POST", "/rules", data=rule)
