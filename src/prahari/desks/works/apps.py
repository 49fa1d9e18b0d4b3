from django.apps import AppConfig


class WorksConfig(AppConfig):
    name = "prahari.desks.works"
    label = "works"
