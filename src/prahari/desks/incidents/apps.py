from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "prahari.desks.incidents"
    label = "incidents"

    def ready(self) -> None:
        from prahari.desks.incidents import handing_over

        handing_over.join()
