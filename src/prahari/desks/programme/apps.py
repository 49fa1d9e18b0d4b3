from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "prahari.desks.programme"
    label = "programme"
