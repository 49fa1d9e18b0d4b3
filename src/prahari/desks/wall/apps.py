from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "prahari.desks.wall"
    label = "wall"

    def ready(self) -> None:
        from prahari.desks.accounts import authentication
        from prahari.desks.common import web
        from prahari.desks.wall import kiosk, rules

        authentication.add_key(kiosk.reader)
        web.frame_origins = rules.frame_origins
