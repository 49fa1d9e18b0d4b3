"""`procrastinate worker` of a centre: runs tasks, and publishes the outbox beside them."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django.management.commands import procrastinate

from prahari.desks.common.outbox import publisher


class Command(procrastinate.Command):
    def handle(self, *args: Any, **kwargs: Any) -> None:
        working = kwargs.get("command") == "worker"
        if working:
            publisher.keep_running()
        try:
            super().handle(*args, **kwargs)
        finally:
            if working:
                publisher.stop()
