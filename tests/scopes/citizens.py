"""Endpoints of the citizens desk."""

from __future__ import annotations

import uuid
from typing import Any

import citizens_rig
from scope import Endpoint, World

SEE, WORK = "incident.view", "incident.work"


def report(world: World) -> dict[str, str]:
    return {"report_id": str(citizens_rig.report(world).pk)}


def incident(world: World) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "kind": "fire", "agency": World.AGENCY}


ENDPOINTS = [
    Endpoint("GET", "/citizen-reports", SEE, row=report, lists=True),
    Endpoint("GET", "/citizen-reports/counts", SEE),
    Endpoint("GET", "/citizen-reports/{report_id}", SEE, row=report),
    Endpoint("POST", "/citizen-reports/{report_id}/answer", WORK, row=report, body={"state": "in_hand", "version": 1}),
    Endpoint("POST", "/citizen-reports/{report_id}/incident", WORK, row=report, body=incident, success=201),
    Endpoint("POST", "/citizen-reports/{report_id}/number", WORK, row=report, body={"reason": "To find the lane"}),
]
