"""`manage load_demo --rtsp rtsp://127.0.0.1:8554 --record 48`: the demonstration city, from a file that holds it."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from prahari.contracts.city import City
from prahari.desks.registry import demo


class Command(BaseCommand):
    help = "Enter a city (contracts.city.City as JSON) with its cameras, consents, orders and people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("city", type=Path, help="JSON file of the city")
        parser.add_argument("--rtsp", required=True, help="address of the cameras, without path")
        parser.add_argument("--record", type=int, default=48, help="how many are recorded without a break")

    def handle(self, *args: Any, **options: Any) -> None:
        """User name and password of the cameras come from SIMCITY_USERNAME and SIMCITY_PASSWORD."""
        try:
            city = msgspec.json.decode(options["city"].read_bytes(), type=City)
        except OSError as error:
            raise CommandError(f"The city cannot be read from {options['city']}: {error.strerror}.") from None
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise CommandError(f"{options['city']} does not hold a city: {error}.") from None
        username, password = os.environ.get("SIMCITY_USERNAME", ""), os.environ.get("SIMCITY_PASSWORD", "")
        people = demo.load(city, options["rtsp"], username, password, record=options["record"])
        self.stdout.write(json.dumps(people, ensure_ascii=False))
