"""Endpoints of the reports desk."""

from __future__ import annotations

from ninja import Router

from prahari.desks.reports.api import daily, meetings

router = Router(tags=["reports"])
router.add_router("", daily.router)
router.add_router("", meetings.router)
