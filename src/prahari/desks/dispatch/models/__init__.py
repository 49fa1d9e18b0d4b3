"""Units and their crews, what they are sent to, what is said between them and the centre, where they are."""

from prahari.desks.dispatch.models.assignments import Assignment, CrewDeed, UnitMessage
from prahari.desks.dispatch.models.units import CrewMember, Unit, UnitPosition

__all__ = ["Assignment", "CrewDeed", "CrewMember", "Unit", "UnitMessage", "UnitPosition"]
