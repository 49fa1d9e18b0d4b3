from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "prahari.desks.intake"
    label = "intake"
