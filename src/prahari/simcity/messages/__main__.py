"""`python -m prahari.simcity.messages --sms-port N --smtp-port N`: the demonstration's SMS gateway and mail server.

The key and the mail server's credentials are those of the simulated cameras: SIMCITY_USERNAME and SIMCITY_PASSWORD.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys

from prahari.contracts.logs import configure_logging
from prahari.contracts.stopping import until_stopped
from prahari.simcity.messages.post import SimPost


async def _serve(sms_port: int, smtp_port: int) -> None:
    username, password = os.environ.get("SIMCITY_USERNAME", ""), os.environ.get("SIMCITY_PASSWORD", "")
    async with SimPost(sms_port, smtp_port, key=password, username=username, password=password) as post:
        logging.getLogger(__name__).info("simulated SMS gateway at %d, mail at %d", post.sms_port, post.smtp_port)
        await asyncio.Event().wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m prahari.simcity.messages", description=__doc__)
    parser.add_argument("--sms-port", type=int, required=True)
    parser.add_argument("--smtp-port", type=int, required=True)
    arguments = parser.parse_args()
    configure_logging("simmessages")
    for name in ("aiohttp.access", "mail.log"):  # they would log who wrote to whom
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        asyncio.run(until_stopped(_serve(arguments.sms_port, arguments.smtp_port)))
    except OSError as error:
        logging.getLogger(__name__).error("cannot listen: %s; choose another port", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
