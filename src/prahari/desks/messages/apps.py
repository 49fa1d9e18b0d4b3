from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "prahari.desks.messages"
    label = "messages"
