"""`python -m prahari.engines.media.placing`: the placer of one machine; normally started by ./prahari up or node."""

from __future__ import annotations

import logging
import os
import secrets
import sys

import uvloop

from prahari.contracts import bus
from prahari.contracts.config import ConfigError, load
from prahari.contracts.logs import configure_logging
from prahari.contracts.stopping import until_stopped
from prahari.engines.media.placing.placer import SETTLED_S, Placer

log = logging.getLogger(__name__)


async def serve() -> None:
    config = load()
    settled_s = float(os.environ.get("PRAHARI_NODE_SETTLED_S", SETTLED_S))
    workers = config.media_workers if config.node_number == 0 else None
    placer = Placer(f"{config.node}-{secrets.token_hex(4)}", workers, settled_s=settled_s)
    client = await bus.connect(config.nats_url, f"placer-{config.node}")
    try:
        await placer.run(client.jetstream(timeout=5))
    finally:
        await client.close()


def main() -> None:
    configure_logging("placer")
    try:
        uvloop.run(until_stopped(serve()))
    except (ConfigError, OSError) as error:
        log.critical("the placer cannot run: %s", error)
        sys.exit(1)


if __name__ == "__main__":
    main()
