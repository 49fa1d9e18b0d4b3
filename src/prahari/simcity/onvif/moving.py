"""Operations of the PTZ service."""

from __future__ import annotations

import time
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from prahari.simcity.onvif.core import Asked, Operation
from prahari.simcity.onvif.device import MOST_PRESETS, SimChannel
from prahari.simcity.onvif.head import Place
from prahari.simcity.onvif.soap import Fault, find, moment, number, seconds

DEFAULT_MOVE_S = 60.0
FOR_EVER_S = 86_400.0


def _channel(asked: Asked) -> SimChannel:
    channel = asked.device.channel_of(asked.argument("ProfileToken"))
    if not channel.ptz or asked.device.faults.no_ptz:
        raise Fault("ter:NoPTZProfile", "The requested profile does not support PTZ")
    return channel


def _vector(asked: Asked, name: str, default: Place) -> Place:
    parent = find(asked.request.body, name)
    if parent is None:
        return default

    def axis(tag: str, key: str, fallback: float) -> float:
        element: Element | None = find(parent, tag)
        return fallback if element is None else number(element.get(key), fallback)

    return axis("PanTilt", "x", default[0]), axis("PanTilt", "y", default[1]), axis("Zoom", "x", default[2])


def continuous_move(asked: Asked) -> str:
    channel = _channel(asked)
    for_s = seconds(asked.argument("Timeout"), DEFAULT_MOVE_S)
    if asked.device.faults.never_stops:
        for_s = FOR_EVER_S
    channel.head.move(_vector(asked, "Velocity", (0.0, 0.0, 0.0)), for_s, time.monotonic())
    channel.orders.append("ContinuousMove")
    return ""


def absolute_move(asked: Asked) -> str:
    channel = _channel(asked)
    now_s = time.monotonic()
    channel.head.go_to(_vector(asked, "Position", channel.head.at(now_s)), now_s)
    channel.orders.append("AbsoluteMove")
    return ""


def relative_move(asked: Asked) -> str:
    channel = _channel(asked)
    now_s = time.monotonic()
    pan, tilt, zoom = channel.head.at(now_s)
    by = _vector(asked, "Translation", (0.0, 0.0, 0.0))
    channel.head.go_to((pan + by[0], tilt + by[1], zoom + by[2]), now_s)
    channel.orders.append("RelativeMove")
    return ""


def stop(asked: Asked) -> str:
    channel = _channel(asked)
    channel.head.stop(time.monotonic())
    channel.orders.append("Stop")
    return ""


def status(asked: Asked) -> str:
    channel = _channel(asked)
    now_s = time.monotonic()
    state = "MOVING" if channel.head.is_moving(now_s) else "IDLE"
    return (
        f"<tptz:PTZStatus><tt:Position>{_position(channel.head.at(now_s))}</tt:Position><tt:MoveStatus>"
        f"<tt:PanTilt>{state}</tt:PanTilt><tt:Zoom>{state}</tt:Zoom></tt:MoveStatus>"
        f"<tt:UtcTime>{moment(asked.device.clock_s())}</tt:UtcTime></tptz:PTZStatus>"
    )


def _position(place: Place) -> str:
    return f'<tt:PanTilt x="{place[0]:.4f}" y="{place[1]:.4f}"/><tt:Zoom x="{place[2]:.4f}"/>'


def nodes(asked: Asked) -> str:
    return "".join(
        f'<tptz:PTZNode token="node-{number}" FixedHomePosition="false"><tt:Name>node-{number}</tt:Name>'
        f"<tt:MaximumNumberOfPresets>{MOST_PRESETS}</tt:MaximumNumberOfPresets>"
        "<tt:HomeSupported>false</tt:HomeSupported></tptz:PTZNode>"
        for number, channel in enumerate(asked.device.channels, 1)
        if channel.ptz
    )


def presets(asked: Asked) -> str:
    return "".join(
        f"<tptz:Preset token={quoteattr(token)}><tt:Name>{escape(name)}</tt:Name>"
        f"<tt:PTZPosition>{_position(place)}</tt:PTZPosition></tptz:Preset>"
        for token, (name, place) in _channel(asked).presets.items()
    )


def set_preset(asked: Asked) -> str:
    channel = _channel(asked)
    token = asked.argument("PresetToken")
    if token and token not in channel.presets:
        raise Fault("ter:NoToken", "The requested preset token does not exist")
    if not token:
        if len(channel.presets) >= MOST_PRESETS:
            raise Fault("ter:TooManyPresets", "No more presets fit")
        token = asked.device.new_token("preset")
    name = asked.argument("PresetName") or token
    channel.presets[token] = (name, channel.head.at(time.monotonic()))
    return f"<tptz:PresetToken>{escape(token)}</tptz:PresetToken>"


def _known_preset(asked: Asked, channel: SimChannel) -> str:
    token = asked.argument("PresetToken")
    if token not in channel.presets:
        raise Fault("ter:NoToken", "The requested preset token does not exist")
    return token


def go_to_preset(asked: Asked) -> str:
    channel = _channel(asked)
    channel.head.go_to(channel.presets[_known_preset(asked, channel)][1], time.monotonic())
    channel.orders.append("GotoPreset")
    return ""


def remove_preset(asked: Asked) -> str:
    channel = _channel(asked)
    del channel.presets[_known_preset(asked, channel)]
    return ""


OPERATIONS: dict[str, Operation] = {
    "ContinuousMove": continuous_move,
    "AbsoluteMove": absolute_move,
    "RelativeMove": relative_move,
    "Stop": stop,
    "GetStatus": status,
    "GetNodes": nodes,
    "GetPresets": presets,
    "SetPreset": set_preset,
    "GotoPreset": go_to_preset,
    "RemovePreset": remove_preset,
}
