from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "prahari.desks.targets"
    label = "targets"
