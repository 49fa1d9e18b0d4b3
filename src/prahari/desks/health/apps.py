from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "prahari.desks.health"
    label = "health"
