from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "prahari.desks.reports"
    label = "reports"

    def ready(self) -> None:
        from prahari.desks.reports import rules  # noqa: F401 - its rules are known from the start
