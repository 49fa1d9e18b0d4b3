"""`python -m prahari.engines.alarms`: the alarm engine, normally started by ./prahari up."""

from __future__ import annotations

import logging
import sys

import uvloop

from prahari.contracts.config import ConfigError, load
from prahari.contracts.logs import configure_logging
from prahari.contracts.stopping import until_stopped
from prahari.engines.alarms.engine import AlarmEngine

log = logging.getLogger(__name__)


async def _serve() -> None:
    config = load()
    log.info("the alarm engine starts")
    await until_stopped(AlarmEngine(config.home / "alarms", config.nats_url).run())
    log.info("the alarm engine has stopped")


if __name__ == "__main__":
    configure_logging("alarms")
    try:
        uvloop.run(_serve())
    except (ConfigError, OSError) as error:
        log.critical("the alarm engine cannot start: %s", error)
        sys.exit(1)
