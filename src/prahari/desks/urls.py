"""Addresses of the api process: the API, signing in, the base map, and the console for everything else."""

from __future__ import annotations

from django.urls import include, path, re_path

from prahari.desks.accounts import signin
from prahari.desks.api import api
from prahari.desks.common import console, errors

urlpatterns = [
    path("api/v1/", api.urls),
    path("_allauth/", include((signin.urlpatterns(), "headless"), namespace="headless")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("healthz", console.healthz),
    re_path(r"^basemap/(?P<name>[^/]+)$", console.basemap),
    re_path(r"^(?:api|_allauth|accounts)/", errors.no_such_address),
    re_path(r"^(?P<path>.*)$", console.index),
]
handler400 = "prahari.desks.common.errors.bad_request"
handler403 = "prahari.desks.common.errors.permission_denied"
handler404 = "prahari.desks.common.errors.no_such_address"
handler500 = "prahari.desks.common.errors.server_error"
