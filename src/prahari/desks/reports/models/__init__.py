"""Rows of the reports desk."""

from prahari.desks.reports.models.daily import DailyReport, Recipient, ReportVersion
from prahari.desks.reports.models.meetings import Decision, Invitation, Meeting

__all__ = ["DailyReport", "Decision", "Invitation", "Meeting", "Recipient", "ReportVersion"]
