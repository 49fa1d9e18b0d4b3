"""`python -m prahari.simcity.emergency --port N --intake URL --mqtt-port N --centre URL`: emergencies to show.

Now and then a call to 112, a button pressed, an alert; patrols all the time, some with crews that answer. Keys of the
demonstration's sources follow from the simulated cameras' password (contracts.happenings.demo_key).
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import random
import ssl
import sys
from urllib.parse import urlsplit

import aiohttp

from prahari.contracts.city import City
from prahari.contracts.happenings import DEMO_CREWS, demo_key
from prahari.contracts.logs import configure_logging
from prahari.contracts.stopping import run_together, until_stopped
from prahari.simcity.city import plan
from prahari.simcity.emergency.buttons import SimButton
from prahari.simcity.emergency.crew import SimCrew
from prahari.simcity.emergency.mqtt import MqttClient
from prahari.simcity.emergency.patrol import Place, SimPatrol
from prahari.simcity.emergency.service import SimEmergency

log = logging.getLogger(__name__)

PATROLS = 8
PARKED = ("AMB-1", "AMB-2", "FT-1", "FT-2")
"""Units that stand at their stations."""
POSITION_S = 5.0
CALL_S, BUTTON_S, ALERT_S = 90.0, 150.0, 900.0
BUTTONS = ((0, False), (0, False), (3_600_000, False), (-1_200_000, False), (0, True), (0, True))
"""Of each how wrong its clock is (ms), and whether it sends everything twice."""

NOT_YET_S = 20.0
"""Pause after an answer that says that our source is not entered (yet)."""


class Emergencies:
    def __init__(
        self, service: SimEmergency, intake: str, mqtt_port: int, centre: str, password: str, city: City
    ) -> None:  # fmt: skip
        self._service, self._intake, self._mqtt_port = service, intake, mqtt_port
        self._password = password
        self._chance = random.Random(5)  # noqa: S311 - a simulation
        self._places = [(one.lat, one.lon) for one in city.premises]
        streets = sorted(_lines(city), key=len, reverse=True)
        self._patrols = [SimPatrol(f"PCR-{at + 1}", street, seed=at) for at, street in enumerate(streets[:PATROLS])]
        self._patrols += [
            SimPatrol(name, street, speed_kmh=0) for name, street in zip(PARKED, streets[PATROLS:], strict=False)
        ]
        self._crews = [SimCrew(centre, one, password) for one in self._patrols if one.unit in DEMO_CREWS]
        places = self._chance.sample(self._places, len(BUTTONS))
        self._buttons = [
            SimButton(f"button-{at + 1}", *place, clock_off_ms=off_ms, twice=twice)
            for at, (place, (off_ms, twice)) in enumerate(zip(places, BUTTONS, strict=True))
        ]

    async def run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http:
            await run_together(
                self._calls(), self._alerts(), self._press(http),
                *(self._patrol(http, one) for one in self._patrols), *(one.run() for one in self._crews),
            )  # fmt: skip

    async def _calls(self) -> None:
        while True:
            self._service.centre.add_some(*self._chance.choice(self._places))
            await asyncio.sleep(self._chance.expovariate(1 / CALL_S))

    async def _alerts(self) -> None:
        number = 0
        while True:
            number += 1
            self._service.alerts.alert(f"sim-rain-{number}")
            await asyncio.sleep(ALERT_S)
            self._service.alerts.alert(f"sim-rain-{number}-u", kind="Update", supersedes=(f"sim-rain-{number}",),
                                       severity="Extreme")  # fmt: skip
            self._service.alerts.malformed(f"sim-broken-{number}")
            await asyncio.sleep(ALERT_S)
            self._service.alerts.alert(f"sim-rain-{number}-c", kind="Cancel", supersedes=(f"sim-rain-{number}-u",))
            await asyncio.sleep(ALERT_S)

    async def _press(self, http: aiohttp.ClientSession) -> None:
        while True:
            await asyncio.sleep(self._chance.expovariate(1 / BUTTON_S))
            button = self._chance.choice(self._buttons)
            try:
                if self._chance.random() < 0.5:
                    await button.press_http(http, self._intake, demo_key(self._password, "buttons"))
                else:
                    await self._press_mqtt(button)
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                log.info("a button was not heard: %s", str(error) or type(error).__name__)

    async def _press_mqtt(self, button: SimButton) -> None:
        parts = urlsplit(self._intake)
        tls = None
        if parts.scheme == "https":  # the centre's certificate is its own
            tls = ssl.create_default_context()
            tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        key = demo_key(self._password, "buttons-mqtt")
        async with MqttClient(parts.hostname or "127.0.0.1", self._mqtt_port, key, button.name, tls=tls) as client:
            await button.press_mqtt(client)

    async def _patrol(self, http: aiohttp.ClientSession, patrol: SimPatrol) -> None:
        while True:
            try:
                status = await patrol.report(http, self._intake, demo_key(self._password, "patrols"), POSITION_S)
            except (TimeoutError, aiohttp.ClientError) as error:
                log.debug("%s was not heard: %s", patrol.unit, type(error).__name__)
                status = 0
            await asyncio.sleep(POSITION_S if status == 202 else NOT_YET_S)


def _lines(city: City) -> list[list[Place]]:
    """The roads, each piece by itself."""
    shapes = [one["geometry"] for one in city.basemap["road"]["features"]]
    return [
        line
        for shape in shapes
        for line in (shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]])
    ]


async def _serve(port: int, intake: str, mqtt_port: int, centre: str) -> None:
    password = os.environ.get("SIMCITY_PASSWORD", "")
    async with SimEmergency(port, token=demo_key(password, "112")) as service:
        log.info("simulated 112 and alerts at %d", service.port)
        city = await asyncio.to_thread(plan)  # seconds of a core, more while a whole centre starts
        await Emergencies(service, intake.rstrip("/"), mqtt_port, centre.rstrip("/"), password, city).run()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m prahari.simcity.emergency", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--intake", required=True, help="address of the centre's intake")
    parser.add_argument("--mqtt-port", type=int, required=True)
    parser.add_argument("--centre", required=True, help="address of the centre's console")
    arguments = parser.parse_args()
    configure_logging("simemergency")
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
    try:
        serving = _serve(arguments.port, arguments.intake, arguments.mqtt_port, arguments.centre)
        asyncio.run(until_stopped(serving))
    except OSError as error:
        log.error("cannot listen: %s; choose another port", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
