from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "prahari.desks.search"
    label = "search"
