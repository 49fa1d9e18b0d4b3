"""The typed API at /api/v1: every desk's router under one roof, one error shape, sessions with CSRF."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

import prahari
from prahari.desks.accounts.authentication import session_actor
from prahari.desks.common import errors
from prahari.desks.common.schema import Schema


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=str)


class OrjsonParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


_make_response_model = Operation._create_response_model


@cache
def _response_model(answer: Any) -> type[Schema] | None:
    return _make_response_model(None, answer)  # type: ignore[arg-type]  # it looks at nothing of the operation


def _share_response_models() -> None:
    """ninja makes a model for each status of each endpoint. Nearly all are the error shape: one will do, and saves a
    quarter of the start and 60 MB of every process that answers (docs/performance.md)."""
    Operation._create_response_model = lambda _, answer: _response_model(answer)  # type: ignore[assignment,method-assign]


def build() -> NinjaAPI:
    _share_response_models()
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
