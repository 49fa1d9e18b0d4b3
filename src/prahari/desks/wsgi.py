"""The api: all of it is loaded here, once; the worker processes are forked from that and share its memory.

`granian --interface wsgi --factory prahari.desks.wsgi:worker`
"""

from __future__ import annotations

import gc
import os

gc.disable()  # until all is loaded: nothing of it is garbage, and looking for some takes a fifth of the start
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prahari.desks.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from prahari.desks.common.tracing import Application, traced

settings.CONFIG.sealing_key()  # without the centre's keys every worker would make up its own: refuse to serve
_application = get_wsgi_application()
# Now, not with the first request: a worker takes connections only once it can answer them.
assert get_resolver().url_patterns

from prahari.desks.linking.whereabouts import whereabouts  # after the apps are loaded

gc.freeze()  # what lives as long as the process is not looked through again and again, which would also copy it
gc.enable()


def worker() -> Application:
    """What answers in one worker. Threads are begun here: those of the process that it is forked from stay there."""
    whereabouts.start()
    return traced(_application, "prahari-api")
