from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "prahari.desks.accounts"
    label = "accounts"

    def ready(self) -> None:
        from prahari.desks.accounts import signin

        signin.connect()
