"""Traces: none by default; when asked for, a collector gets a span a request, with nothing in it about anybody."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from prahari.desks.common import tracing


class Collector:
    """Takes OTLP over HTTP, as a real one does."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.came = threading.Event()
        taken = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                taken.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()
                taken.came.set()

            def log_message(self, *_: Any) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def spans(self) -> list[Any]:
        return [
            span
            for body in self.bodies
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


def ask(application: Any, path: str) -> int:
    statuses: list[int] = []
    environ = RequestFactory().get(path).environ
    b"".join(application(environ, lambda status, *_: statuses.append(int(status[:3]))))
    return statuses[0]


def test_off_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(tracing.ENDPOINT, raising=False)
    application = get_wsgi_application()
    assert tracing.traced(application, "api") is application


@pytest.mark.django_db
def test_a_span_a_request_and_nothing_about_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    collector = Collector()
    monkeypatch.setenv(tracing.ENDPOINT, f"http://127.0.0.1:{collector.server.server_port}")
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
    try:
        application = tracing.traced(get_wsgi_application(), "prahari-api")
        secret = "01a21608-01d7-7ed5-833c-19b804f63688"
        assert ask(application, f"/api/v1/cameras/{secret}?q=9839011111") == 401
        assert collector.came.wait(10)
    finally:
        collector.server.shutdown()
        collector.server.server_close()
    [span] = collector.spans()
    told = {one.key: one.value for one in span.attributes}
    assert span.name == "GET /api/v1/cameras/<camera_id>"
    assert told["http.response.status_code"].int_value == 401
    everything = b"".join(collector.bodies)
    assert secret.encode() not in everything and b"98390" not in everything
