"""A city in small for the reports: officers, premises and cameras on the ladder, a target, an evening."""

from __future__ import annotations

import datetime as dt
from typing import Any

import registry_rig as rig
from prahari.contracts.clock import IST, local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.linking.models import CameraLinkage, LadderEntry, Linkage
from prahari.desks.programme.models import Appointment
from prahari.desks.registry.models import Camera, Department, Premises
from prahari.desks.reports import making
from prahari.desks.reports.models import DailyReport, Decision, Invitation, Meeting, Recipient, ReportVersion
from prahari.desks.reports.officers import Area
from scope import World
from scopes.programme import appointed, fill_seeds

STATION = f"{World.HOME}.kalyanpur"
HOUR_MS = 3_600_000


def at(hour: int, minute: int = 0, *, days: int = 0) -> int:
    """Unix ms of an hour today (local time), or `days` later."""
    day = local_day() + dt.timedelta(days=days)
    return int(dt.datetime.combine(day, dt.time(hour, minute), IST).timestamp() * 1000)


def officer(world: World, *, at_: str = World.HOME, agency: str | None = World.AGENCY, **more: Any) -> Appointment:
    fill_seeds()
    return appointed(
        world, "nodal_officer", at=at_, agency=agency, rank="additional_sp",
        designation_en="Additional SP", designation_hi="अपर पुलिस अधीक्षक", **more,
    )  # fmt: skip


def house(world: World, *, at_: str = STATION, cameras: int = 2, when_ms: int | None = None, **more: Any) -> Premises:
    """Premises on the ladder, since an hour: `more` are columns of Linkage."""
    since = (when_ms or now_ms()) - HOUR_MS
    names = {name: more.pop(name) for name in ("owner_class", "name_en", "name_hi", "agency") if name in more}
    made = rig.premises(world, at=at_, **names)
    Linkage.objects.create(premises=made, cameras_reported=cameras, **({"listed_ms": since} | more))
    return made


def camera(world: World, premises: Premises, *, verified: bool = True, when_ms: int | None = None) -> Camera:
    """A linked camera, verified live unless told otherwise."""
    since = (when_ms or now_ms()) - HOUR_MS
    one = rig.camera(world, premises=premises)
    Camera.objects.filter(id=one.id).update(created_ms=since)
    CameraLinkage.objects.create(
        camera=one, step="verified_live" if verified else "linked", entered_ms=since, linked_ms=since,
        verified_ms=since if verified else None,
    )  # fmt: skip
    for step in ("linked", "verified_live") if verified else ("linked",):
        LadderEntry.objects.create(
            premises=premises, camera=one, step=step, before="entered", at_ms=since, entered_ms=since, via="fact"
        )
    return one


def report(world: World, *, at_: str = World.HOME, agency: str = World.AGENCY, **more: Any) -> DailyReport:
    """Today's report of an area, whatever the hour is."""
    person: User | None = more.pop("person", None)
    area = Area(at_, agency, person.id if person else None, person.name if person else "", more.pop("post", None))
    made = making.make(area, more.pop("day", local_day()), more.pop("now_ms", now_ms()), late=False)
    assert made is not None
    return made


def version(made: DailyReport) -> ReportVersion:
    made.refresh_from_db()
    return ReportVersion.objects.get(report=made, version=made.version)


def recipient(world: World, address: str = "adm@kanpur.example", *, language: str = "hi", **more: Any) -> Recipient:
    from prahari.core.ids import uuid7
    from prahari.desks.accounts.models import Jurisdiction
    from prahari.desks.reports import mailing

    made_id = uuid7()
    fields: dict[str, Any] = {"jurisdiction_path": World.HOME, "agency_code": World.AGENCY} | more
    return Recipient.objects.create(
        id=made_id, jurisdiction=Jurisdiction.objects.get(path=fields["jurisdiction_path"]), name="ADM",
        sealed_address=mailing.sealed(made_id, address), language=language, created_ms=1, edited_ms=1, **fields,
    )  # fmt: skip


def meeting(
    world: World, state: str = "planned", *, at_: str = World.HOME, agency: str = World.AGENCY, **more: Any
) -> Meeting:
    from prahari.desks.accounts.models import Jurisdiction

    fields: dict[str, Any] = {
        "number": f"RM-T-{Meeting.objects.count() + 1}", "title_en": "Review", "title_hi": "समीक्षा", "starts_ms": 1,
        "chair_name": "Divisional Commissioner", "created_ms": 1, "edited_ms": 1,
        "agenda": None if state == "planned" else EMPTY,
    } | more  # fmt: skip
    return Meeting.objects.create(
        jurisdiction=Jurisdiction.objects.get(path=at_),
        jurisdiction_path=at_,
        agency_code=agency,
        state=state,
        **fields,
    )


EMPTY: dict[str, Any] = {
    "as_of_ms": 1, "follow_up": [], "departments": [], "due_on": None, "refusals": [],
    "overdue_tasks": {"count": 0, "tasks": []}, "down": {"count": 0, "reasons": {}},
    "totals": dict.fromkeys(
        ("listed", "asked", "consented", "refused", "withdrawn", "verified", "live_now", "down_24h", "last_7_days"), 0
    ) | {"target": None, "gap": None, "needed_7_days": None},
}  # fmt: skip


def invitation(world: World, of: Meeting, department: Department | None = None) -> Invitation:
    return Invitation.objects.create(meeting=of, department=department, name_en="Excise", name_hi="आबकारी")


def decision(world: World, of: Meeting, number: int = 1, **more: Any) -> Decision:
    fields: dict[str, Any] = {"text_en": "Link the liquor shops", "text_hi": "मदिरा दुकानें जोड़ें"} | more
    return Decision.objects.create(meeting=of, number=number, created_ms=1, edited_ms=1, **fields)
