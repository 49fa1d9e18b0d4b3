"""What an order's clauses about outreach are held against: meetings, campaigns, visits and testimonials on record."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from prahari.contracts.clock import local_day
from prahari.desks.common.scoping import within
from prahari.desks.outreach.choices import TestimonialState
from prahari.desks.outreach.models import Association, Campaign, RepresentativeVisit, Testimonial
from prahari.desks.programme.clause_figures import Counted, FigureArea, Settings, declare


def _in(area: FigureArea, rows: QuerySet[Any], path: str = "jurisdiction__path", agency: str = "agency_id") -> Any:
    found = rows.filter(within(area.path, path))
    return found if area.agency is None else found.filter(**{agency: area.agency})


def _associations_met(area: FigureArea, settings: Settings) -> Counted:
    """Associations with at least one meeting, of all that are on record."""
    rows = _in(area, Association.objects.filter(active=True))
    return rows.filter(meetings__isnull=False).distinct().count(), rows.count()


def _campaigns_held(area: FigureArea, settings: Settings) -> Counted:
    return _in(area, Campaign.objects.filter(first_day__lte=local_day())).count(), None


def _representatives_shown(area: FigureArea, settings: Settings) -> Counted:
    return _in(area, RepresentativeVisit.objects.all()).count(), None


def _testimonials_kept(area: FigureArea, settings: Settings) -> Counted:
    rows = Testimonial.objects.exclude(state=TestimonialState.WITHDRAWN)
    return _in(area, rows, "premises__jurisdiction__path", "premises__agency_id").count(), None


declare("associations_met", "Associations met", "जिन संघों से बैठक हुई", _associations_met)
declare("campaigns_held", "Campaigns held", "जन-जागरूकता अभियान", _campaigns_held)
declare("representatives_shown", "Visits of representatives", "जन-प्रतिनिधि भ्रमण", _representatives_shown)
declare("testimonials_kept", "Testimonials kept", "सुरक्षित प्रशंसापत्र", _testimonials_kept)
