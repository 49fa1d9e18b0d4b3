from django.apps import AppConfig


class CitizensConfig(AppConfig):
    name = "prahari.desks.citizens"
    label = "citizens"

    def ready(self) -> None:
        from prahari.desks.citizens import joining

        joining.join()
