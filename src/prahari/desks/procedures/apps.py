from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "prahari.desks.procedures"
    label = "procedures"

    def ready(self) -> None:
        from prahari.desks.procedures import joining, on_wall

        joining.join()
        on_wall.join()
