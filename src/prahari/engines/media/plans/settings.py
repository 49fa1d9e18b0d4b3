"""What the desks decided for all cameras: followed in the bucket, kept on disk for when the centre is away."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import msgspec
from nats.js import JetStreamContext

from prahari.contracts import bus
from prahari.contracts.mediasettings import MediaSettings

log = logging.getLogger(__name__)

_decoder = msgspec.json.Decoder(MediaSettings)


class SettingsKeeper:
    """`apply` is told at `load` and at every change."""

    def __init__(self, kept: Path, apply: Callable[[MediaSettings], None]) -> None:
        self._kept = kept
        self._apply = apply

    def load(self) -> None:
        """Those of the last run; what is built in when there are none."""
        try:
            self._take(self._kept.read_bytes())
        except FileNotFoundError:
            self._apply(MediaSettings())
        except OSError as error:
            log.warning("settings of the last run cannot be read: %s", error.strerror)
            self._apply(MediaSettings())

    async def follow(self, js: JetStreamContext) -> None:
        """For ever, until cancelled."""
        async for payload in bus.follow_settings(js):
            self.take(payload)

    def take(self, payload: bytes) -> None:
        """As they are told now, by whatever way."""
        if self._take(payload):
            self._keep(payload)

    def _take(self, payload: bytes) -> bool:
        try:
            settings = _decoder.decode(payload)
        except ValueError as error:
            log.warning("settings that cannot be read are left out: %s", error)
            return False
        self._apply(settings)
        return True

    def _keep(self, payload: bytes) -> None:
        temporary = self._kept.with_suffix(".new")
        try:
            temporary.write_bytes(payload)
            temporary.replace(self._kept)
        except OSError as error:
            log.warning("settings hold until the next start only: %s", error.strerror)
