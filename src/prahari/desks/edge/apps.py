from django.apps import AppConfig


class EdgeConfig(AppConfig):
    name = "prahari.desks.edge"
    label = "edge"

    def ready(self) -> None:
        from prahari.desks.devices.selectors import add_mover
        from prahari.desks.edge import planning
        from prahari.desks.linking import plans, watching

        plans.add_part("edge", planning.sites_of)
        plans.add_part("permit", planning.permits_of)
        plans.add_part("device", planning.devices_of)  # over the devices desk's, which says the rest
        add_mover(planning.moves_at_its_site)
        watching.add_way(planning.port_of)
