from django.apps import AppConfig


class LinkingConfig(AppConfig):
    name = "prahari.desks.linking"
    label = "linking"
