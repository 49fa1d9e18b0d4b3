from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "prahari.desks.registry"
    label = "registry"
