from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "prahari.desks.audit"
    label = "audit"
