"""What the gate knows of sites and of the plans of their cameras: followed in the event log, kept on disk
for when that is away."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nats.js import JetStreamContext

from prahari.contracts import bus
from prahari.contracts.edge import EdgeRecord
from prahari.contracts.media import CameraPlan, PermitClaims
from prahari.engines.media.gate.permits import CLOSED, Leave, leave_at, read_permit
from prahari.engines.media.plans.store import PlanStore, decode_plan

log = logging.getLogger(__name__)

_decoder = msgspec.json.Decoder(EdgeRecord)


class Book:
    """`on_plan(camera id, plan, plan before)` and `on_site(site id, record)` are told of changes; None: there is none
    any more. A plan that goes to another site is told as one of that site only: whoever had it before sees it in the
    plan before."""

    def __init__(self, folder: Path, key: Ed25519PublicKey) -> None:
        self._folder = folder
        self._key = key
        folder.mkdir(parents=True, exist_ok=True)
        self._plan_store = PlanStore(folder / "plans")
        self.plans: dict[str, CameraPlan] = self._plan_store.load()
        self._claims: dict[str, tuple[str, PermitClaims | None]] = {}
        self.sites: dict[str, EdgeRecord] = {}
        self.on_plan: Callable[[str, CameraPlan | None, CameraPlan | None], None] = lambda camera_id, plan, before: None
        self.on_site: Callable[[str, EdgeRecord | None], None] = lambda site_id, record: None
        self._load_sites()

    def of_site(self, site_id: str) -> list[CameraPlan]:
        return [plan for plan in self.plans.values() if plan.edge == site_id]

    def leave(self, camera_id: str, now_s: float) -> Leave:
        """What the camera's permit allows, as far as the gate has been told."""
        plan = self.plans.get(camera_id)
        if plan is None:
            return CLOSED
        token, claims = self._claims.get(camera_id, ("", None))
        if token != plan.permit:
            claims = read_permit(plan.permit, camera_id, self._key)
            self._claims[camera_id] = (plan.permit, claims)
        return leave_at(claims, now_s)

    def apply(self, camera_id: str, plan: CameraPlan | None) -> None:
        """`plan` None, or one of no site: the camera is none of ours (any more)."""
        before = self.plans.get(camera_id)
        if plan is not None and not plan.edge:
            plan = None
        if plan == before:
            return
        if plan is None:
            del self.plans[camera_id]
            self._claims.pop(camera_id, None)
        else:
            self.plans[camera_id] = plan
        try:
            if plan is None:
                self._plan_store.delete(camera_id)
            else:
                self._plan_store.save(plan)
        except OSError as error:
            log.error("plan of camera %s is not kept on disk: %s", camera_id, error.strerror)
        self.on_plan(camera_id, plan, before)

    def put_site(self, site_id: str, record: EdgeRecord | None) -> None:
        if record == self.sites.get(site_id):
            return
        if record is None:
            self.sites.pop(site_id, None)
        else:
            self.sites[site_id] = record
        self._save_sites()
        self.on_site(site_id, record)

    async def follow_plans(self, js: JetStreamContext) -> None:
        """For ever, until cancelled."""
        async for message in bus.follow_plans(js):
            camera_id, payload = bus.plan_change(message)
            plan = None if payload is None else decode_plan(camera_id, payload)
            if plan is not None or camera_id in self.plans:
                self.apply(camera_id, plan)

    async def follow_sites(self, js: JetStreamContext) -> None:
        """For ever, until cancelled."""
        async for site_id, payload in bus.follow_edge_sites(js):
            record = None
            if payload is not None:
                try:
                    record = _decoder.decode(payload)
                except ValueError as error:
                    log.warning("record of site %s cannot be read: %s", site_id[:64], error)
                    continue
            self.put_site(site_id, record)

    def _load_sites(self) -> None:
        try:
            found = msgspec.json.decode((self._folder / "sites.json").read_bytes(), type=list[EdgeRecord])
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            log.warning("sites as kept cannot be read: %s", error)
            return
        self.sites = {record.site_id: record for record in found}

    def _save_sites(self) -> None:
        path = self._folder / "sites.json"
        temporary = path.with_suffix(".new")
        try:
            temporary.write_bytes(msgspec.json.encode(list(self.sites.values())))
            temporary.replace(path)
        except OSError as error:
            log.error("sites are not kept on disk: %s", error.strerror)
