from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "prahari.desks.outreach"
    label = "outreach"
