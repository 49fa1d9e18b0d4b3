"""Traces of requests, off by default: one span a request, sent by OpenTelemetry where OTEL_EXPORTER_OTLP_ENDPOINT says.

A span names method, address pattern, status and how long it took; never a query, a body, a person or a row.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import Resolver404, resolve

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


def traced(application: Application, service: str) -> Application:
    """The WSGI application, with a span around each request where traces are asked for."""
    if not os.environ.get(ENDPOINT):
        return application
    # Only here: who does not trace does not pay for the library.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.trace import SpanKind, Status, StatusCode

    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    tracer = provider.get_tracer("prahari")

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        method = str(environ.get("REQUEST_METHOD", ""))
        pattern = _pattern(str(environ.get("PATH_INFO", "")))
        with tracer.start_as_current_span(f"{method} {pattern}", kind=SpanKind.SERVER) as span:
            span.set_attributes({"http.request.method": method, "http.route": pattern})

            def start(status: str, *more: Any, **others: Any) -> Any:
                code = int(status.split(" ", 1)[0])
                span.set_attribute("http.response.status_code", code)
                if code >= 500:
                    span.set_status(Status(StatusCode.ERROR))
                return start_response(status, *more, **others)

            body = application(environ, start)
            try:
                yield from body
            finally:
                if hasattr(body, "close"):
                    body.close()

    return answer


def _pattern(path: str) -> str:
    """`/api/v1/cameras/{camera_id}` and not which camera."""
    try:
        return "/" + resolve(path).route
    except Resolver404:
        return "/"
