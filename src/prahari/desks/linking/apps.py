from django.apps import AppConfig


class LinkingConfig(AppConfig):
    name = "prahari.desks.linking"
    label = "linking"

    def ready(self) -> None:
        from prahari.desks.common import web
        from prahari.desks.linking.whereabouts import whereabouts

        web.other_origins = whereabouts.origins
