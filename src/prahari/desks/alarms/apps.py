from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    name = "prahari.desks.alarms"
    label = "alarms"
