from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "prahari.desks.incidents"
    label = "incidents"
