from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "prahari.desks.lists"
    label = "lists"
