"""Rows of the shifts desk: posts and rosters, who was on duty, what they watched."""

from prahari.desks.shifts.models.attention import AttentionCheck, AttentionStretch
from prahari.desks.shifts.models.duties import Duty, DutyBreak, ShiftHandover
from prahari.desks.shifts.models.rosters import Post, PostCamera, RosterEntry, ShiftPattern

__all__ = [
    "AttentionCheck",
    "AttentionStretch",
    "Duty",
    "DutyBreak",
    "Post",
    "PostCamera",
    "RosterEntry",
    "ShiftHandover",
    "ShiftPattern",
]
