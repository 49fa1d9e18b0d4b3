"""The worker's HTTP server: doors put together, errors and origins answered in one place."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable

import msgspec
from aiohttp import web

from prahari.contracts.config import Config
from prahari.contracts.events import now_ms
from prahari.contracts.tls import server_context
from prahari.engines.media.gate.problems import INTERNAL, Answer, Problem
from prahari.engines.media.gate.tokens import CONSOLE_HOSTS, origin_to_allow

log = logging.getLogger(__name__)

MOST_BODY_BYTES = 64_000
EXPOSED = "X-Start-Ms, X-End-Ms, X-Mime, X-Next-Ms, X-Damaged-Ms, X-Picture-Ms, Content-Disposition"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _http_answer(status: int) -> Answer:
    sentences = {
        404: ("No such address.", "ऐसा कोई पता नहीं है।"),
        405: ("This address does not take that method.", "यह पता यह विधि नहीं लेता।"),
        413: ("The request is too large.", "अनुरोध बहुत बड़ा है।"),
    }
    en, hi = sentences.get(status, ("The request cannot be served.", "अनुरोध पूरा नहीं किया जा सकता।"))
    return Answer(status, "http", en, hi)


@web.middleware
async def answer_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever goes wrong becomes JSON with a code and a sentence; never a traceback, never a token in the log."""
    try:
        return await handler(request)
    except Problem as problem:
        return problem.answer.response()
    except web.HTTPException as error:
        return _http_answer(error.status).response()
    except ConnectionError:
        raise
    except Exception:
        log.exception("a request to %s failed", request.match_info.route.resource and request.match_info.route.name)
        return INTERNAL.response()


@web.middleware
async def answer_preflight(request: web.Request, handler: Handler) -> web.StreamResponse:
    """CORS: the browser asks before it sends a token or a body."""
    if request.method != "OPTIONS":
        return await handler(request)
    return web.Response(
        status=204,
        headers={
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Max-Age": "600",
        },
    )


async def allow_origin(request: web.Request, response: web.StreamResponse) -> None:
    """Pages of the host that was asked may read the answer, others not. Also for streams: set before they begin."""
    response.headers["Vary"] = "Origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    origin = origin_to_allow(request)
    if origin is not None:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = EXPOSED


def build_app(
    routes: Iterable[web.RouteDef], health: Callable[[], dict[str, object]], *, most_body_bytes: int = MOST_BODY_BYTES
) -> web.Application:
    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(body=msgspec.json.encode({**health(), "now_ms": now_ms()}), content_type="application/json")

    app = web.Application(middlewares=[answer_problems, answer_preflight], client_max_size=most_body_bytes)
    app.on_response_prepare.append(allow_origin)
    app.add_routes([*routes, web.get("/healthz", healthz)])
    return app


async def listen(app: web.Application, config: Config, port: int) -> web.AppRunner:
    """Serve until the runner is cleaned up. No access log: addresses hold tokens."""
    app[CONSOLE_HOSTS] = config.console_hosts
    runner = web.AppRunner(app, access_log=None, keepalive_timeout=30, shutdown_timeout=1.0, handle_signals=False)
    await runner.setup()
    await web.TCPSite(runner, config.bind, port, ssl_context=server_context(config), backlog=256).start()
    return runner
