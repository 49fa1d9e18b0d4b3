from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "prahari.desks.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from prahari.desks.dispatch import joining

        joining.join()
