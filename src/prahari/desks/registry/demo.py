"""Lays a made-up city into the registry: areas, departments, premises, cameras with consents and orders, and people.

In bulk, but leaving what a person's work would leave: audit entries, history, plans for the media engine. Loading again
changes only what differs (another port of the simulated cameras, another number of recorded ones).
"""

from __future__ import annotations

import datetime as dt
import gzip
from collections import defaultdict
from itertools import zip_longest
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db import connection, transaction

from prahari.contracts import sealing
from prahari.contracts.city import CameraSeed, City, PremisesPlan
from prahari.contracts.events import CAMERA_CHANGED, Event, now_ms
from prahari.desks.accounts import actions as accounts
from prahari.desks.accounts.models import Jurisdiction, User
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor, system
from prahari.desks.linking import facts
from prahari.desks.linking.models import Consent, Order, OrderedCamera, PremisesConsent
from prahari.desks.registry.actions import sealed_credentials, search_key
from prahari.desks.registry.models import (
    Camera,
    CameraCredential,
    Contact,
    Department,
    OwnerClass,
    PlaceClass,
    Premises,
)
from prahari.desks.registry.premises import mobile_key, sealing_context
from prahari.desks.registry.search import key_of

BATCH = 500
ANNOUNCED = "Demonstration city laid out"


def load(city: City, rtsp_base_url: str, username: str, password: str, record: int) -> list[dict[str, str]]:
    """Enter `city`, its cameras reached at rtsp_base_url + stream_path, the first `record` of them (spread over the
    owner classes) recorded without a break. Safe to repeat. The accounts made: [{"username", "password", "name"}]."""
    actor = system("demo")
    accounts.set_centre(
        actor=actor, code=city.code, name_en=city.name.en, name_hi=city.name.hi, centre=city.centre,
        bounds=city.bounds, demo=True,
    )  # fmt: skip
    accounts.lay_out_jurisdictions(actor=actor, areas=city.areas)
    _write_basemap(city)
    with action("demo.load", actor=actor, reason=ANNOUNCED) as act:
        act.about("centre", city.code, city.name.en)
        _departments(city)
        premises = _premises(city)
        created, changed = _cameras(city, premises, rtsp_base_url.rstrip("/"), username, password, record)
        _leave(city, actor)
        act.details(cameras=len(city.cameras), created=len(created), changed=len(changed))
        at = now_ms()
        act.emit("registry", *(
            Event(CAMERA_CHANGED, str(row.id), at, {"change": word}, jurisdiction=path, agency=row.agency_id)
            for word, rows in (("created", created), ("edited", changed))
            for row, path in ((row, row.jurisdiction.path) for row in rows)
        ))  # fmt: skip
        facts.settle_and_publish([row.id for row in (*created, *changed)])
    _analyse()
    return _people(city, actor)


def _write_basemap(city: City) -> None:
    """home/basemap/city.json, and beside it a compressed one for slow networks."""
    folder = Path(settings.CONFIG.home) / "basemap"
    folder.mkdir(parents=True, exist_ok=True)
    body = orjson.dumps(city.basemap)
    target = folder / "city.json"
    if target.exists() and target.read_bytes() == body:
        return
    for path, content in ((folder / "city.json.gz", gzip.compress(body, 6)), (target, body)):
        fresh = path.with_name(path.name + ".new")
        fresh.write_bytes(content)
        fresh.replace(path)


def _departments(city: City) -> None:
    at = now_ms()
    Department.objects.bulk_create(
        [
            Department(
                code=one.code, name_en=one.name.en, name_hi=one.name.hi, agency_id=one.agency, sort=sort, edited_ms=at
            )
            for sort, one in enumerate(city.departments)
        ],
        ignore_conflicts=True,
    )
    plans = [*city.premises, *(prospect.premises for prospect in city.prospects)]
    for model, codes in (
        (OwnerClass, {one.owner_class for one in plans}),
        (PlaceClass, {one.place_class for one in plans}),
    ):
        known = set(model.objects.values_list("code", flat=True))
        more: dict[str, Any] = {"public": False} if model is OwnerClass else {}
        for code in sorted(codes - known):  # removed by an administrator, or new in the plan
            name = code.replace("_", " ").capitalize()
            model.objects.create(code=code, name_en=name, name_hi=name, edited_ms=at, **more)


def _by_code(model: type[Any]) -> dict[str, Any]:
    return {row.code: row for row in model.objects.all()}


def _premises(city: City) -> dict[str, Premises]:
    """Premises by code, those that are only listed included."""
    at = now_ms()
    plans = [*city.premises, *(prospect.premises for prospect in city.prospects)]
    areas = {row.path: row for row in Jurisdiction.objects.defer("boundary")}
    classes, places, departments = _by_code(OwnerClass), _by_code(PlaceClass), _by_code(Department)
    known = set(Premises.objects.filter(code__isnull=False).values_list("code", flat=True))

    def row(plan: PremisesPlan) -> Premises:
        department = departments[plan.department]
        return Premises(
            code=plan.code, name_en=plan.name.en, name_hi=plan.name.hi, address_en=plan.address.en,
            address_hi=plan.address.hi, owner_class=classes[plan.owner_class], place_class=places[plan.place_class],
            department=department, agency_id=department.agency_id, jurisdiction=areas[plan.jurisdiction],
            ward=areas.get(plan.ward), lat=plan.lat, lon=plan.lon, source_list=f"{city.name.en} demonstration",
            search=key_of(plan.name.en, plan.name.hi, plan.code, plan.address.en, plan.address.hi),
            created_ms=at, edited_ms=at,
        )  # fmt: skip

    fresh = [plan for plan in plans if plan.code not in known]
    made = Premises.objects.bulk_create([row(plan) for plan in fresh], batch_size=BATCH)
    key = settings.CONFIG.sealing_key()
    contacts = []
    for plan, premises in zip(fresh, made, strict=True):
        if plan.contact_name:
            contact = Contact(premises=premises, name=plan.contact_name)
            if plan.contact_mobile:
                contact.sealed_mobile = sealing.seal(plan.contact_mobile, key, sealing_context(contact.id))
                contact.mobile_key = mobile_key(plan.contact_mobile)
            contacts.append(contact)
    Contact.objects.bulk_create(contacts, batch_size=BATCH)
    relations = ("owner_class", "place_class", "department", "jurisdiction", "ward")
    found = Premises.objects.filter(code__in=[plan.code for plan in plans]).select_related(*relations)
    return {str(row.code): row for row in found.defer("jurisdiction__boundary", "ward__boundary")}


def recorded_ids(city: City, record: int) -> set[str]:
    """reg_ids of the recorded cameras: one of each owner class in turn, so that few still show every kind."""
    class_of = {plan.code: plan.owner_class for plan in city.premises}
    by_class: dict[str, list[str]] = defaultdict(list)
    for camera in city.cameras:
        by_class[class_of[camera.premises]].append(camera.reg_id)
    turns = (reg_id for turn in zip_longest(*by_class.values()) for reg_id in turn if reg_id)
    return {reg_id for reg_id, _ in zip(turns, range(max(record, 0)), strict=False)}


def _cameras(
    city: City, premises: dict[str, Premises], base_url: str, username: str, password: str, record: int
) -> tuple[list[Camera], list[Camera]]:
    """(made, changed) cameras."""
    at = now_ms()
    recorded = recorded_ids(city, record)
    reg_ids = [seed.reg_id for seed in city.cameras]
    known = {
        camera.reg_id: camera
        for camera in Camera.objects.select_for_update(of=("self",))
        .filter(reg_id__in=reg_ids, retired_ms__isnull=True)
        .select_related("jurisdiction")
        .defer("jurisdiction__boundary")
    }
    taken = set(Camera.objects.filter(reg_id__in=reg_ids).values_list("reg_id", flat=True))
    fresh: list[Camera] = []
    changed: list[Camera] = []
    for seed in city.cameras:
        mode = "continuous" if seed.reg_id in recorded else "none"
        camera = known.get(seed.reg_id)
        if camera is None and seed.reg_id not in taken:
            fresh.append(_camera(seed, premises[seed.premises], base_url, mode, at))
        elif camera is not None and (camera.url, camera.record_mode) != (base_url + seed.stream_path, mode):
            camera.url, camera.record_mode, camera.edited_ms = base_url + seed.stream_path, mode, at
            camera.sub_url = f"{camera.url}/sub"
            camera.revision += 1
            changed.append(camera)
    Camera.objects.bulk_create(fresh, batch_size=BATCH)
    Camera.objects.bulk_update(changed, ["url", "sub_url", "record_mode", "edited_ms", "revision"], batch_size=BATCH)
    if username or password:
        CameraCredential.objects.bulk_create(
            [
                CameraCredential(camera=one, sealed=sealed_credentials(one.id, username, password), edited_ms=at)
                for one in (*fresh, *changed)
            ],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["camera"],
            update_fields=["sealed", "edited_ms"],
        )
    return fresh, changed


def _camera(seed: CameraSeed, premises: Premises, base_url: str, mode: str, at: int) -> Camera:
    camera = Camera(
        reg_id=seed.reg_id, name_en=seed.name.en, name_hi=seed.name.hi, premises=premises,
        owner_class=premises.owner_class, place_class=premises.place_class, department=premises.department,
        agency_id=premises.agency_id, jurisdiction=premises.jurisdiction, ward=premises.ward, lat=seed.lat,
        lon=seed.lon, bearing_deg=seed.bearing_deg, fov_deg=seed.fov_deg, placement=seed.placement, kind=seed.kind,
        url=base_url + seed.stream_path, sub_url=f"{base_url}{seed.stream_path}/sub", record_mode=mode,
        make=seed.make, model=seed.model, codec="h264", source_list=premises.source_list, created_ms=at, edited_ms=at,
    )  # fmt: skip
    camera.search = search_key(camera, premises)
    return camera


_AUTHORITIES = {
    "police": "Commissioner of Police",
    "traffic": "Deputy Commissioner of Police (Traffic)",
    "municipal": "Municipal Commissioner",
    "disaster": "District Magistrate",
}


def _leave(city: City, actor: Actor) -> None:
    """An order for the public cameras of each department, a consent for every private one, where none is entered."""
    at = now_ms()
    today = dt.datetime.now(dt.UTC).date()
    cameras = Camera.objects.filter(reg_id__in=[seed.reg_id for seed in city.cameras], retired_ms__isnull=True)
    public = cameras.filter(owner_class__public=True, ordered__isnull=True)
    by_department: dict[int, list[Camera]] = defaultdict(list)
    for camera in public.only("id", "department_id"):
        by_department[camera.department_id].append(camera)
    city_row = Jurisdiction.objects.get(path=_first(city, "city"))
    for department in Department.objects.filter(id__in=by_department).order_by("sort", "code"):
        order, _ = Order.objects.get_or_create(
            authority=_AUTHORITIES.get(department.agency_id, "District Magistrate") + f", {city.name.en}",
            number=f"DEMO/{department.code.upper()}/{today.year}",
            dated_on=dt.date(today.year, 1, 1),
            defaults={
                "title": f"Linking of the cameras of {department.name_en} to the centre",
                "department": department, "jurisdiction": city_row, "valid_from_ms": at, "created_ms": at,
                "document_note": "Demonstration: no such paper exists", "recorded_by_id": actor.id,
            },
        )  # fmt: skip
        OrderedCamera.objects.bulk_create(
            [OrderedCamera(order=order, camera=camera, created_ms=at) for camera in by_department[department.id]],
            batch_size=BATCH,
            ignore_conflicts=True,
        )
    private = cameras.filter(owner_class__public=False, consents__isnull=True).select_related("premises")
    # The first of each premises comes last and stays.
    contacts = dict(Contact.objects.order_by("-sort").values_list("premises_id", "name"))
    by_premises: dict[UUID, list[Camera]] = defaultdict(list)
    for camera in private.only("id", "premises_id", "premises__name_en"):
        by_premises[camera.premises_id].append(camera)
    given = {
        premises_id: PremisesConsent(
            premises_id=premises_id, given_by=contacts.get(premises_id) or of_one[0].premises.name_en, given_on=today,
            channel="paper", live="yes", record=True, valid_from_ms=at, created_ms=at, recorded_by_id=actor.id,
            document_note="Demonstration: no such paper exists",
        )
        for premises_id, of_one in by_premises.items()
    }  # fmt: skip
    PremisesConsent.objects.bulk_create(given.values(), batch_size=BATCH)
    Consent.objects.bulk_create(
        [
            Consent(
                camera=camera, premises_consent=consent, given_by=consent.given_by, given_on=today, live=True,
                record=True, hours=[], valid_from_ms=at, created_ms=at, recorded_by_id=actor.id,
                document_note=consent.document_note,
            )
            for premises_id, consent in given.items()
            for camera in by_premises[premises_id]
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _analyse() -> None:
    """Tell the planner at once, not at the next autovacuum, that the tables are full now."""
    if transaction.get_connection().in_atomic_block:
        return
    with connection.cursor() as cursor:
        for model in (Camera, Premises, Consent, OrderedCamera):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _people(city: City, actor: Actor) -> list[dict[str, str]]:
    """Somebody of every kind that works in a centre. Each gets a one-time password, told once."""
    whole = _first(city, "city")
    division, district, zone = _first(city, "division"), _first(city, "district"), _first(city, "zone")
    station = _first(city, "police_station")
    made = []
    for username, name, language, role, path, agency in (
        ("operator", "Sunita Verma (operator)", "hi", "operator", whole, None),
        ("supervisor", "Rakesh Tiwari (supervisor)", "hi", "supervisor", whole, None),
        ("traffic", "SI Imran Khan (traffic)", "hi", "traffic_police", whole, "traffic"),
        ("constable", "Ct. Pooja Yadav (constable)", "hi", "constable", station, "police"),
        ("nodal", "Addl. DCP Anil Kumar (nodal officer)", "hi", "nodal_officer", district, None),
        ("zone", "Addl. DCP Meera Singh (zone)", "en", "supervisor", zone, "police"),
        ("commissioner", "Divisional Commissioner", "en", "commissioner", division, None),
        ("investigator", "SI Deepak Mishra (investigator)", "hi", "investigator", station, "police"),
        ("technician", "Farhan Ali (technician)", "en", "technician", whole, None),
    ):
        if User.objects.filter(username=username).exists():
            continue
        with transaction.atomic():
            user, password = accounts.create_user(
                actor=actor, username=username, name=name, language=language, jurisdiction=path, agency=agency,
                reason=ANNOUNCED,
            )  # fmt: skip
            accounts.give_role(
                actor=actor, user_id=user.pk, role=role, jurisdiction=path, agency=agency, reason=ANNOUNCED
            )
        made.append({"username": username, "password": password, "name": name})
    return made


def _first(city: City, level: str) -> str:
    """Path of the plan's first area of a level; of the whole centre when it has none."""
    return next((area.path for area in city.areas if area.level == level), "")
