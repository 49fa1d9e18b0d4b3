"""The audit page: entries told in words, narrowed by them, opened, and taken as a file that the audit tells of, too."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Centre, until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Get = Callable[[str], Any]


def filters_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_an_auditor_finds_an_act_by_its_words_opens_it_and_takes_a_file(page: Page, api: Get, centre: Centre) -> None:
    page.evaluate("localStorage.setItem('prahari.language', 'en')")
    page.goto(f"{centre.address}/audit")
    rows = page.get_by_role("row")
    expect(rows.filter(has_text="Signed in").first).to_be_visible()

    # By the words of one act, in the list that its group heads.
    act = page.get_by_role("combobox", name="Act")
    act.click()
    act.fill("own password")
    page.get_by_role("option", name="Own password changed").click()
    until(lambda: filters_of(page) == {"action": ["account.password"]}, "the act in the address")
    expect(page.get_by_text("1 entry", exact=True)).to_be_visible()
    entry = api("/audit?action=account.password")["items"][0]
    shown = rows.filter(has_text="Own password changed")
    expect(shown).to_have_count(1)
    expect(shown.get_by_title("account.password")).to_be_visible()

    # By who did it, found by name; and by a day on which nothing was.
    who = page.get_by_role("combobox", name="Who")
    who.click()
    who.fill(centre.username)
    page.get_by_role("option", name=f"({centre.username})").click()
    until(lambda: filters_of(page).get("actor") == [entry["actor"]["id"]], "the person in the address")
    expect(shown).to_have_count(1)
    page.get_by_role("textbox", name="To day").fill("1 Jan 2026")
    expect(page.get_by_text("No entry matches")).to_be_visible()
    page.get_by_role("textbox", name="To day").fill("")
    expect(shown).to_have_count(1)

    # Opened, with its place in the chain and a way to whom it is about; the address opens it again.
    shown.click()
    dialog = page.get_by_role("dialog", name="Own password changed")
    expect(dialog.get_by_text("account.password").first).to_be_visible()
    expect(dialog.get_by_text("of the chain")).to_be_visible(timeout=15_000)
    expect(dialog.get_by_role("link", name=entry["object_name"])).to_have_attribute(
        "href", f"/users/{entry['object_id']}"
    )
    page.reload()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    # The whole group as a file, with a reason.
    act.click()
    act.fill("accounts, sign")
    page.get_by_role("option", name="Accounts, signing in: all").click()
    until(lambda: filters_of(page).get("action") == ["account."], "the group in the address")
    page.get_by_role("button", name="Export").click()
    asked = page.get_by_role("dialog", name="Export these entries")
    asked.get_by_role("textbox").fill("Asked by the inspector")
    with page.expect_download() as taking:
        asked.get_by_role("button", name="Export").click()
    expect(asked).to_be_hidden()
    assert taking.value.suggested_filename.startswith("audit-")
    lines = list(csv.DictReader(io.StringIO(Path(taking.value.path()).read_text("utf-8-sig"))))
    assert {"account.password", "account.sign_in"} <= {line["action"] for line in lines}
    assert all(line["action"].startswith("account.") for line in lines)
    own = api("/audit?action=audit.export")["items"][0]
    assert (own["reason"], own["details"]["rows"]) == ("Asked by the inspector", len(lines))
