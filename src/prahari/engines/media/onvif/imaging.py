"""How a camera's picture is set: read with the device's own scales, written within them."""

from __future__ import annotations

from typing import Any

from onveef import parsers
from onveef.exceptions import OnvifError

from prahari.contracts.devices import Adjustable, Imaging
from prahari.contracts.media import Reason
from prahari.engines.media.onvif.channels import text
from prahari.engines.media.onvif.ports import DeviceError
from prahari.engines.media.onvif.transport import CheckedClient

NAMES = {
    "brightness": "Brightness",
    "contrast": "Contrast",
    "color_saturation": "ColorSaturation",
    "sharpness": "Sharpness",
}
USUAL_SCALE = (0.0, 100.0)
MOST_MODES = 8


async def read(client: CheckedClient, source: str) -> Imaging:
    said = await client.imaging_get_settings(video_source_token=source)
    options = await _options(client, source)
    settings = []
    for name, tag in NAMES.items():
        if tag in said:
            value = float(said[tag])
            least, most = _scale(options.get(tag))
            settings.append(Adjustable(name, value, min(least, value), max(most, value)))
    focus = options.get("Focus")
    modes = _words(focus.get("AutoFocusModes")) if isinstance(focus, dict) else []
    return Imaging(
        settings,
        text(said.get("IrCutFilter")),
        _words(options.get("IrCutFilterModes")),
        text((said.get("Focus") or {}).get("auto_focus_mode")),
        modes,
        "MANUAL" in modes and await _can_drive(client, source),
    )


async def write(client: CheckedClient, source: str, settings: dict[str, float], ir_cut: str, focus: str) -> None:
    """Raises DeviceError for what the device does not offer."""
    known = await read(client, source)
    scales = {one.name: (one.least, one.most) for one in known.settings}
    unknown = settings.keys() - scales.keys()
    if unknown or (ir_cut and ir_cut not in known.ir_cut_modes) or (focus and focus not in known.focus_modes):
        raise DeviceError(Reason.UNSUPPORTED, "The device does not offer this setting.")
    wanted: dict[str, Any] = {
        name: max(scales[name][0], min(scales[name][1], float(value))) for name, value in settings.items()
    }
    if ir_cut:
        wanted["ir_cut_filter"] = ir_cut
    if focus:
        wanted["focus_auto_mode"] = focus
    await client.imaging_set_settings(video_source_token=source, **wanted)


async def _options(client: CheckedClient, source: str) -> dict[str, Any]:
    """Empty when the device does not tell them."""
    try:
        found: dict[str, Any] = parsers.parse_imaging_options(
            await client.imaging_get_options(video_source_token=source)
        )
    except OnvifError:
        return {}
    return found


async def _can_drive(client: CheckedClient, source: str) -> bool:
    try:
        said = await client.imaging_get_move_options(video_source_token=source)
    except OnvifError:
        return False
    return isinstance(said, dict) and any("continuous" in str(name).lower() for name in said)


def _scale(option: object) -> tuple[float, float]:
    if not isinstance(option, dict):
        return USUAL_SCALE
    try:
        least, most = float(option["Min"]), float(option["Max"])
    except (KeyError, TypeError, ValueError):
        return USUAL_SCALE
    return (least, most) if least < most else USUAL_SCALE


def _words(option: object) -> list[str]:
    listed = option if isinstance(option, list) else [option]
    return [word for one in listed[:MOST_MODES] if isinstance(one, str) and (word := text(one))]
