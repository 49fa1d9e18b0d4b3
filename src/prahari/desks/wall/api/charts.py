"""Numbers of the charts: for people at their desks, and for the kiosk of a screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.wall import charts
from prahari.desks.wall import screen_schemas as s

router = Router(tags=["wall"])


@router.get("/charts/{chart}", response=responses(s.ChartFigures))
def chart_figures(request: HttpRequest, chart: s.ChartKind) -> HttpResponse:
    """In the area and agency of whoever asks."""
    return reply(charts.figures(actor_of(request), chart))
