"""`procrastinate worker` of a centre: runs tasks, and publishes the outbox beside them."""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from procrastinate.contrib.django.management.commands import procrastinate

from prahari.desks.common.outbox import publisher


class Command(procrastinate.Command):
    def handle(self, *args: Any, **kwargs: Any) -> None:
        working = kwargs.get("command") == "worker"
        if working:
            # Until the worker has handlers of its own: told to stop while it is still starting, it ends in order.
            signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
            publisher.keep_running()
            for desk in settings.DESKS:  # a desk's tasks.at_start: what has to be done anew after every start
                if find_spec(f"{desk}.tasks") and hasattr(tasks := import_module(f"{desk}.tasks"), "at_start"):
                    tasks.at_start()
        try:
            super().handle(*args, **kwargs)
        finally:
            if working:
                publisher.stop()
