"""What the desks decide for all cameras of the media engine at once: rules of the city, not orders for one camera."""

from __future__ import annotations

import msgspec

from prahari.contracts.health import HealthSettings
from prahari.contracts.recording import ConversionSettings, StorageSettings


class MediaSettings(msgspec.Struct, frozen=True):
    """What holds for all cameras (bucket ``media_settings``, key ``all``): the whole truth, replaced at each change."""

    health: HealthSettings = HealthSettings()
    revision: int = 0
    storage: StorageSettings = StorageSettings()
    conversions: ConversionSettings | None = None
    """None: as the environment of the process says."""
