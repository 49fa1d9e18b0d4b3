from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "prahari.desks.wall"
    label = "wall"
