from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "prahari.desks.intake"
    label = "intake"

    def ready(self) -> None:
        from prahari.desks.intake import joining

        joining.join()
