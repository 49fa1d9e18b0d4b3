"""The typed API at /api/v1: every desk's router under one roof, one error shape, sessions with CSRF."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

import prahari
from prahari.desks.accounts.authentication import session_actor
from prahari.desks.common import errors


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=str)


class OrjsonParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


def build() -> NinjaAPI:
    api = NinjaAPI(
        title="Prahari",
        version=prahari.__version__,
        description="Errors are {code, message: {en, hi}, fields?}. Times are Unix milliseconds.",
        docs_url=None,  # its page loads scripts from elsewhere
        auth=session_actor,
        renderer=OrjsonRenderer(),
        parser=OrjsonParser(),
        urls_namespace="api",
    )
    errors.install(api)
    for desk in settings.DESKS:
        if find_spec(f"{desk}.api") is None:  # a desk without doors of its own
            continue
        api.add_router("", import_module(f"{desk}.api").router)
    return api


api = build()
