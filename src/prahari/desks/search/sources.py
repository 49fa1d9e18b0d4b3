"""What can be found besides cameras, premises and places: a source a kind, each read through its own desk's scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from prahari.core.text import fold
from prahari.desks.accounts import selectors as accounts
from prahari.desks.alarms import rule_selectors as alarm_rules
from prahari.desks.citizens import selectors as citizen_reports
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text, text
from prahari.desks.devices import selectors as devices
from prahari.desks.dispatch import selectors as dispatch
from prahari.desks.edge import selectors as edge
from prahari.desks.incidents import selectors as incidents
from prahari.desks.lists import selectors as lists
from prahari.desks.outreach import scopes as outreach
from prahari.desks.outreach.models import Association, Campaign
from prahari.desks.procedures import selectors as procedures
from prahari.desks.programme import orders_selectors as orders
from prahari.desks.registry.filters import needles
from prahari.desks.reports import meeting_selectors as meetings
from prahari.desks.works import references as works

LOOKED_AT = 5_000
"""Of a source without a search column the newest so many rows are read: a centre has some hundreds of each."""


@dataclass(frozen=True)
class Source:
    """`rows`: what the actor may see. `titles`: columns of the name in English and Hindi (the same one twice when it is
    in one language only). `more`: columns that are searched and shown beside it. `to`: address in the console, for what
    stands in the column `link`."""

    kind: str
    name: Text
    permission: str
    rows: Callable[[Actor], QuerySet[Any]]
    titles: tuple[str, str]
    more: tuple[str, ...]
    to: str
    newest: str = "-id"
    link: str = "pk"

    def find(self, actor: Actor, asked: str, most: int) -> tuple[list[dict[str, Any]], int]:
        """SearchHits, whole names first, then beginnings, then the newest; and how many there are in all."""
        sought, whole = needles(asked), fold(asked)
        found = self.rows(actor).order_by(self.newest)
        columns = (*self.titles, *self.more)
        ranked = []
        for at, (key, link, *values) in enumerate(found.values_list("pk", self.link, *columns)[:LOOKED_AT]):
            keys = _key_of(tuple(str(value) for value in values if value))
            if all(needle in keys for needle in sought):
                ranked.append((f"| {whole} |" not in keys, f"| {whole}" not in keys, at, key, link, values))
        ranked.sort(key=lambda one: one[:3])
        return [self._hit(key, link, values) for _, _, _, key, link, values in ranked[:most]], len(ranked)

    def _hit(self, key: Any, link: Any, values: list[Any]) -> dict[str, Any]:
        en, hi, *more = values
        return {
            "id": str(key),
            "title": text(str(en or hi), str(hi or en)),
            "note": " · ".join(str(value) for value in more if value),
            "to": self.to.format(link),
        }


@lru_cache(maxsize=65_536)
def _key_of(values: tuple[str, ...]) -> str:
    """Each value's key between bars, so that a phrase does not match across two."""
    return "|" + "".join(f" {key} |" for key in dict.fromkeys(map(fold, values)) if key)


SOURCES = [
    Source(
        "incident", text("Incidents", "घटनाएँ"), incidents.VIEW, incidents.incidents_in,
        ("kind__name_en", "kind__name_hi"), ("number", "title", "address"), "/incidents/{}",
    ),
    Source(
        "citizen_report", text("Citizens' reports", "नागरिकों की सूचनाएँ"), citizen_reports.VIEW,
        lambda actor: citizen_reports.reports_in(actor), ("number", "number"), ("words",), "/citizen-reports?open={}",
    ),
    Source(
        "unit", text("Units", "इकाइयाँ"), dispatch.VIEW, dispatch.units_in,
        ("call_sign", "call_sign"), ("phone", "tracker"), "/dispatch?unit={}", newest="call_sign",
    ),
    Source(
        "procedure", text("Procedures", "कार्यप्रणालियाँ"), procedures.VIEW, procedures.procedures_in,
        ("name_en", "name_hi"), (), "/procedures/{}", newest="sort", link="code",
    ),
    Source(
        "alarm_rule", text("Alarm rules", "अलार्म नियम"), "alarm.view", lambda actor: alarm_rules.rules_in(actor),
        ("name_en", "name_hi"), (), "/alarms/rules/{}",
    ),
    Source(
        "device", text("Devices", "उपकरण"), "camera.view", lambda actor: devices.devices_in(actor), ("name", "name"),
        ("make", "model", "serial", "premises__name_en", "premises__name_hi"), "/premises/{}", link="premises_id",
    ),
    Source(
        "edge_site", text("Edge sites", "एज स्थान"), "camera.view", lambda actor: edge.sites_in(actor),
        ("name", "name"), ("premises__name_en", "premises__name_hi"), "/edge-sites/{}",
    ),
    Source(
        "list", text("Lists", "सूचियाँ"), "list.import", lists.lists_in, ("file_name", "file_name"), ("sender",),
        "/lists/{}",
    ),
    Source(
        "order", text("Government orders", "शासनादेश"), "linking.view", orders.orders_in, ("subject_en", "subject_hi"),
        ("number", "sender_en", "sender_hi"), "/programme/orders/{}",
    ),
    Source(
        "meeting", text("Review meetings", "समीक्षा बैठकें"), "report.view", lambda actor: meetings.meetings_in(actor),
        ("title_en", "title_hi"), ("number",), "/meetings/{}",
    ),
    Source(
        "package", text("Works", "कार्य"), "works.view", lambda actor: works.packages_in(actor), ("name_en", "name_hi"),
        ("number", "contractor"), "/works/packages/{}",
    ),
    Source(
        "association", text("Associations", "संघ"), "outreach.view", lambda actor: outreach.rows(actor, Association),
        ("name_en", "name_hi"), ("address",), "/outreach?tab=associations&open={}",
    ),
    Source(
        "campaign", text("Outreach", "जन-जागरूकता"), "outreach.view", lambda actor: outreach.rows(actor, Campaign),
        ("title_en", "title_hi"), ("place",), "/outreach?tab=campaigns&open={}",
    ),
    Source(
        "person", text("People", "उपयोगकर्ता"), "user.manage", accounts.visible_people, ("name", "name"),
        ("username",), "/users/{}",
    ),
]  # fmt: skip
