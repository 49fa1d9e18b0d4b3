from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "prahari.desks.field"
    label = "field"
