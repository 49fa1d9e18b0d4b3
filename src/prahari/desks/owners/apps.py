from django.apps import AppConfig


class OwnersConfig(AppConfig):
    name = "prahari.desks.owners"
    label = "owners"
