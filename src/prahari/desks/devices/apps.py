from django.apps import AppConfig


class DevicesConfig(AppConfig):
    name = "prahari.desks.devices"
    label = "devices"

    def ready(self) -> None:
        from prahari.desks.devices.planning import device_plans
        from prahari.desks.linking import plans

        plans.add_part("device", device_plans)
