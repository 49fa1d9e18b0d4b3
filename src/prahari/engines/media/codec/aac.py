"""AAC: AudioSpecificConfig (ISO/IEC 14496-3)."""

from __future__ import annotations

from prahari.engines.media.codec.bits import BitReader, BitstreamError

_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
MAX_CONFIG_BYTES = 64


def parse_config(config: bytes) -> tuple[int, int, int]:
    """(object type, sample rate in Hz, channels). Raises BitstreamError."""
    if not 2 <= len(config) <= MAX_CONFIG_BYTES:
        raise BitstreamError("an AAC configuration of impossible length")
    reader = BitReader(config)
    kind = reader.bits(5)
    if kind == 31:
        kind = 32 + reader.bits(6)
    index = reader.bits(4)
    if index == 15:
        rate = reader.bits(24)
    elif index < len(_RATES):
        rate = _RATES[index]
    else:
        raise BitstreamError("an unknown AAC sample rate")
    channels = reader.bits(4)
    if not 7000 <= rate <= 200_000 or not 0 < channels <= 8:
        raise BitstreamError("an AAC configuration with an impossible rate or number of channels")
    return kind, rate, 8 if channels == 7 else channels
