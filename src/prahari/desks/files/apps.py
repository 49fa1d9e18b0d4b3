from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "prahari.desks.files"
    label = "files"
