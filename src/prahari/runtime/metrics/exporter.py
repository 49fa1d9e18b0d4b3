"""`python -m prahari.runtime.metrics.exporter --port P`: /metrics for who has keys/metrics.token."""

from __future__ import annotations

import argparse
import asyncio
import hmac
import logging
import sys
from collections.abc import Iterable, Iterator

import uvloop
from aiohttp import web
from nats.aio.client import Client
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from prahari.contracts import bus
from prahari.contracts.config import Config, ConfigError, load
from prahari.contracts.logs import configure_logging
from prahari.contracts.stopping import until_stopped
from prahari.contracts.tls import server_context
from prahari.runtime import keys
from prahari.runtime.errors import CentreError
from prahari.runtime.metrics import alarms, database, processes, stream
from prahari.runtime.metrics.workers import Heartbeats

log = logging.getLogger(__name__)

TOKEN = "metrics.token"  # noqa: S105 - a file's name
STREAM_TIMEOUT_S = 4.0


class _Told(Collector):
    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        yield from self._families


class Exporter:
    """Looks anew at each question; one question at a time. `token`: what the asker must show."""

    def __init__(self, config: Config, token: str) -> None:
        self._config = config
        self._token = token
        self._heartbeats = Heartbeats()
        self._client: Client | None = None
        self._one_at_a_time = asyncio.Lock()

    async def run(self, port: int) -> None:
        """Until cancelled. Serves before NATS or the database answer: that they do not is a figure too."""
        app = web.Application()
        app.add_routes([web.get("/healthz", self._healthz), web.get("/metrics", self._metrics)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, handle_signals=False)
        await runner.setup()
        await web.TCPSite(runner, self._config.bind, port, ssl_context=server_context(self._config)).start()
        try:
            client = await bus.connect(self._config.nats_url, "metrics")
            self._client = client
            await self._heartbeats.listen(client)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()
            if self._client is not None:
                await self._client.close()

    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def _metrics(self, request: web.Request) -> web.Response:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(shown.encode(), self._token.encode()):
            sentence = f"Show the token of the file keys/{TOKEN}: Authorization: Bearer ..."
            return web.Response(status=401, text=sentence, headers={"WWW-Authenticate": "Bearer"})
        async with self._one_at_a_time:
            families = await self._look()
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Told(families))
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _look(self) -> list[Metric]:
        told = asyncio.to_thread(database.look, self._config.database_url)
        used = asyncio.to_thread(lambda: list(processes.collect(self._config.home)))
        of_database, of_processes, of_stream = await asyncio.gather(told, used, self._of_stream())
        of_alarms = alarms.collect(self._config.home)
        return [*of_processes, *self._heartbeats.collect(), *of_alarms, *of_stream, *of_database]

    async def _of_stream(self) -> list[Metric]:
        if self._client is None or not self._client.is_connected:
            return []
        return await stream.look(self._client.jetstream(timeout=STREAM_TIMEOUT_S))


def main() -> None:
    parser = argparse.ArgumentParser(description="The centre's figures; normally started by ./prahari up.")
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    configure_logging("metrics")
    try:
        config = load()
        exporter = Exporter(config, keys.read_text(config.home, TOKEN))
        uvloop.run(until_stopped(exporter.run(arguments.port)))
    except (ConfigError, CentreError, OSError) as error:
        log.critical("figures cannot be told: %s", error)
        sys.exit(1)


if __name__ == "__main__":
    main()
