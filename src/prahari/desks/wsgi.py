"""The api process: `granian --interface wsgi prahari.desks.wsgi:application`."""

from __future__ import annotations

import gc
import os

gc.disable()  # until all is loaded: nothing of it is garbage, and looking for some takes a fifth of the start
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prahari.desks.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from prahari.desks.common.tracing import traced

settings.CONFIG.sealing_key()  # without the centre's keys every worker would make up its own: refuse to serve
application = traced(get_wsgi_application(), "prahari-api")
# Now, not with the first request: a worker takes connections only once it can answer them.
assert get_resolver().url_patterns

from prahari.desks.linking.whereabouts import whereabouts  # after the apps are loaded

whereabouts.start()
gc.freeze()  # what lives as long as the process is not looked through again and again
gc.enable()
