"""Endpoints of the audit desk."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["audit"])
