"""Who is answerable, what they are to do, what was said one level up, and the orders behind it all."""

from prahari.desks.programme.models.escalations import Escalation, EscalationStep
from prahari.desks.programme.models.orders import Clause, ClauseRemark, GovernmentOrder
from prahari.desks.programme.models.people import Appointment, Holiday, Office, Rank, Responsibility
from prahari.desks.programme.models.tasks import ChecklistItem, Reminder, Task, TaskBatch, TaskComment

__all__ = [
    "Appointment",
    "ChecklistItem",
    "Clause",
    "ClauseRemark",
    "Escalation",
    "EscalationStep",
    "GovernmentOrder",
    "Holiday",
    "Office",
    "Rank",
    "Reminder",
    "Responsibility",
    "Task",
    "TaskBatch",
    "TaskComment",
]
