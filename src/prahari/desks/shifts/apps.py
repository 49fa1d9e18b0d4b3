from django.apps import AppConfig


class ShiftsConfig(AppConfig):
    name = "prahari.desks.shifts"
    label = "shifts"

    def ready(self) -> None:
        from prahari.desks.shifts import joining

        joining.join()
