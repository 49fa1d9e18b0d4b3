"""Alarms (written by the event log), what people do with them, how they climb; rules, their versions and trials."""

from prahari.desks.alarms.models.queue import Alarm, AlarmHandling, AlarmNotice
from prahari.desks.alarms.models.rules import AlarmRule, AlarmRuleVersion, RuleTrial

__all__ = ["Alarm", "AlarmHandling", "AlarmNotice", "AlarmRule", "AlarmRuleVersion", "RuleTrial"]
