"""Endpoints of the programme desk."""

from ninja import Router

from prahari.desks.programme.api import matters, orders, people, rules, tasks

router = Router(tags=["programme"])
for part in (people, tasks, matters, orders, rules):
    router.add_router("", part.router)
