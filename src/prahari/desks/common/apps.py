from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "prahari.desks.common"
    label = "common"
