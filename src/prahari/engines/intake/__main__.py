"""`python -m prahari.engines.intake`: doors for events from outside, normally started by ./prahari up."""

from __future__ import annotations

import logging
import sys

import uvloop

from prahari.contracts.config import ConfigError, load
from prahari.contracts.logs import configure_logging
from prahari.contracts.stopping import until_stopped
from prahari.engines.intake.engine import Intake

log = logging.getLogger(__name__)


async def _serve() -> None:
    config = load()
    await until_stopped(Intake(config, config.intake_port, config.mqtt_port).run())
    log.info("intake has stopped")


if __name__ == "__main__":
    configure_logging("intake")
    try:
        uvloop.run(_serve())
    except (ConfigError, OSError) as error:
        log.critical("intake cannot start: %s", error)
        sys.exit(1)
