"""Operations of the device and media services (Profile S and T)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from prahari.simcity.onvif.device import SimChannel, SimDevice
from prahari.simcity.onvif.soap import Fault, Request, text

_SPACE_OF = {
    "device": "http://www.onvif.org/ver10/device/wsdl",
    "media": "http://www.onvif.org/ver10/media/wsdl",
    "media2": "http://www.onvif.org/ver20/media/wsdl",
    "ptz": "http://www.onvif.org/ver20/ptz/wsdl",
    "imaging": "http://www.onvif.org/ver20/imaging/wsdl",
    "events": "http://www.onvif.org/ver10/events/wsdl",
    "recording": "http://www.onvif.org/ver10/recording/wsdl",
    "search": "http://www.onvif.org/ver10/search/wsdl",
    "replay": "http://www.onvif.org/ver10/replay/wsdl",
}
WITHOUT_PASSWORD = frozenset({"GetSystemDateAndTime", "GetCapabilities", "GetServices", "GetServiceCapabilities"})


@dataclass(frozen=True)
class Asked:
    """One request as an operation sees it. `base`: the device's own address as it gives it, without the service."""

    device: SimDevice
    base: str
    request: Request
    service: str

    def argument(self, name: str, default: str = "") -> str:
        return text(self.request.body, name, default)


Operation = Callable[[Asked], str]


def services_of(device: SimDevice) -> list[str]:
    faults = device.faults
    names = ["device", *device.media, "imaging"]
    if any(channel.ptz for channel in device.channels) and not faults.no_ptz:
        names.append("ptz")
    if not faults.no_events:
        names.append("events")
    if any(channel.stretches for channel in device.channels) and not faults.no_recordings:
        names += ["recording", "search", "replay"]
    return names


def _address(asked: Asked, service: str) -> str:
    return escape(f"{asked.base}/onvif/{'device_service' if service == 'device' else service}")


IR_CUT_MODES = ("ON", "OFF", "AUTO")
FOCUS_MODES = ("AUTO", "MANUAL")


def system_date_and_time(asked: Asked) -> str:
    now = dt.datetime.fromtimestamp(asked.device.clock_s(), dt.UTC)
    time = f"<tt:Time><tt:Hour>{now.hour}</tt:Hour><tt:Minute>{now.minute}</tt:Minute><tt:Second>{now.second}"
    date = f"<tt:Date><tt:Year>{now.year}</tt:Year><tt:Month>{now.month}</tt:Month><tt:Day>{now.day}"
    return (
        "<tds:SystemDateAndTime><tt:DateTimeType>Manual</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>"
        "<tt:TimeZone><tt:TZ>IST-5:30</tt:TZ></tt:TimeZone>"
        f"<tt:UTCDateTime>{time}</tt:Second></tt:Time>{date}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime>"
    )


def device_information(asked: Asked) -> str:
    device = asked.device
    return (
        f"<tds:Manufacturer>{escape(device.make)}</tds:Manufacturer><tds:Model>{escape(device.model)}</tds:Model>"
        f"<tds:FirmwareVersion>{escape(device.firmware)}</tds:FirmwareVersion>"
        f"<tds:SerialNumber>{escape(device.serial)}</tds:SerialNumber><tds:HardwareId>1.0</tds:HardwareId>"
    )


def services(asked: Asked) -> str:
    return "".join(
        f"<tds:Service><tds:Namespace>{_SPACE_OF[name]}</tds:Namespace><tds:XAddr>{_address(asked, name)}</tds:XAddr>"
        "<tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version></tds:Service>"
        for name in services_of(asked.device)
    )


def capabilities(asked: Asked) -> str:
    names = services_of(asked.device)
    first = [("device", "Device"), ("events", "Events"), ("imaging", "Imaging"), ("media", "Media"), ("ptz", "PTZ")]
    more = [("recording", "Recording"), ("search", "Search"), ("replay", "Replay")]

    def listed(pairs: list[tuple[str, str]]) -> str:
        return "".join(
            f"<tt:{tag}><tt:XAddr>{_address(asked, name)}</tt:XAddr></tt:{tag}>" for name, tag in pairs if name in names
        )

    return f"<tds:Capabilities>{listed(first)}<tt:Extension>{listed(more)}</tt:Extension></tds:Capabilities>"


def scopes_of(device: SimDevice) -> list[str]:
    profiles = ["Streaming", "T"] + (["G"] if "replay" in services_of(device) else [])
    return [
        *(f"onvif://www.onvif.org/Profile/{profile}" for profile in profiles),
        f"onvif://www.onvif.org/name/{device.code}",
        f"onvif://www.onvif.org/hardware/{device.model}",
        f"onvif://www.onvif.org/manufacturer/{device.make}",
        "onvif://www.onvif.org/type/Network_Video_Transmitter",
    ]


def scopes(asked: Asked) -> str:
    return "".join(
        f"<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>{escape(one)}</tt:ScopeItem></tds:Scopes>"
        for one in scopes_of(asked.device)
    )


def relay_outputs(asked: Asked) -> str:
    return "".join(
        f"<tds:RelayOutputs token={quoteattr(token)}><tt:Properties><tt:Mode>Bistable</tt:Mode>"
        "<tt:DelayTime>PT0S</tt:DelayTime><tt:IdleState>open</tt:IdleState></tt:Properties></tds:RelayOutputs>"
        for token in asked.device.relays
    )


def set_relay_output_state(asked: Asked) -> str:
    token, state = asked.argument("RelayOutputToken"), asked.argument("LogicalState")
    if token not in asked.device.relays or state not in {"active", "inactive"}:
        raise Fault("ter:RelayToken", "Unknown relay token")
    asked.device.relays[token] = state == "active"
    return ""


# Media


def _encoder(asked: Asked, channel: SimChannel, number: int, kind: str) -> str:
    width, height = channel.width_px, channel.height_px
    if kind == "sub":
        width, height = channel.sub_width_px, channel.sub_height_px
    size = f"<tt:Resolution><tt:Width>{width}</tt:Width><tt:Height>{height}</tt:Height></tt:Resolution>"
    name = f"<tt:Name>{kind}</tt:Name><tt:UseCount>1</tt:UseCount>"
    if asked.service == "media2":
        return (
            f'<tr2:VideoEncoder token="enc-{kind}-{number}" GovLength="50">{name}<tt:Encoding>{channel.codec}'
            f'</tt:Encoding>{size}<tt:RateControl FrameRateLimit="{channel.fps}" BitrateLimit="2048"/>'
            "<tt:Quality>4</tt:Quality></tr2:VideoEncoder>"
        )
    rate = f"<tt:FrameRateLimit>{channel.fps}</tt:FrameRateLimit><tt:BitrateLimit>2048</tt:BitrateLimit>"
    return (
        f'<tt:VideoEncoderConfiguration token="enc-{kind}-{number}">{name}<tt:Encoding>{channel.codec}</tt:Encoding>'
        f"{size}<tt:Quality>4</tt:Quality><tt:RateControl>{rate}</tt:RateControl></tt:VideoEncoderConfiguration>"
    )


def _profile(asked: Asked, channel: SimChannel, number: int, kind: str) -> str:
    is_media2 = asked.service == "media2"
    prefix, source_tag, ptz_tag = ("tr2", "tr2:VideoSource", "tr2:PTZ") if is_media2 else ("trt", "", "")
    source_tag, ptz_tag = source_tag or "tt:VideoSourceConfiguration", ptz_tag or "tt:PTZConfiguration"
    inner = (
        f'<{source_tag} token="vsc-{number}"><tt:Name>{escape(channel.name)}</tt:Name><tt:UseCount>2</tt:UseCount>'
        f"<tt:SourceToken>source-{number}</tt:SourceToken></{source_tag}>{_encoder(asked, channel, number, kind)}"
    )
    if channel.ptz and not asked.device.faults.no_ptz:
        inner += (
            f'<{ptz_tag} token="ptz-{number}"><tt:Name>ptz</tt:Name><tt:UseCount>2</tt:UseCount>'
            f"<tt:NodeToken>node-{number}</tt:NodeToken></{ptz_tag}>"
        )
    if is_media2:
        inner = f"<tr2:Configurations>{inner}</tr2:Configurations>"
    name = escape(f"{channel.name} {kind}")
    tag = f"{prefix}:Profiles"
    name_tag = "tr2:Name" if is_media2 else "tt:Name"
    return f'<{tag} token="{kind}-{number}" fixed="true"><{name_tag}>{name}</{name_tag}>{inner}</{tag}>'


def profiles(asked: Asked) -> str:
    return "".join(
        _profile(asked, channel, number, kind)
        for number, channel in enumerate(asked.device.channels, 1)
        for kind in ("main", "sub")
        if kind == "main" or channel.sub_url
    )


def stream_uri(asked: Asked) -> str:
    token = asked.argument("ProfileToken")
    channel = asked.device.channel_of(token)
    uri = channel.sub_url if token.startswith("sub-") else channel.url
    if not uri:
        raise Fault("ter:NoProfile", "The requested profile does not exist")
    return _uri(asked, uri)


def snapshot_uri(asked: Asked) -> str:
    token = asked.argument("ProfileToken")
    asked.device.channel_of(token)
    return _uri(asked, f"{asked.base}/snapshot/{token}")


def _uri(asked: Asked, uri: str) -> str:
    if asked.service == "media2":
        return f"<tr2:Uri>{escape(uri)}</tr2:Uri>"
    return (
        f"<trt:MediaUri><tt:Uri>{escape(uri)}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect>"
        "<tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri>"
    )


def video_sources(asked: Asked) -> str:
    return "".join(
        f'<trt:VideoSources token="source-{number}"><tt:Framerate>{channel.fps}</tt:Framerate><tt:Resolution>'
        f"<tt:Width>{channel.width_px}</tt:Width><tt:Height>{channel.height_px}</tt:Height></tt:Resolution>"
        "</trt:VideoSources>"
        for number, channel in enumerate(asked.device.channels, 1)
    )


def imaging_settings(asked: Asked) -> str:
    channel = asked.device.channel_of(asked.argument("VideoSourceToken"))
    listed = "".join(f"<tt:{name}>{value:g}</tt:{name}>" for name, value in channel.imaging.items())
    listed += f"<tt:Focus><tt:AutoFocusMode>{channel.focus_mode}</tt:AutoFocusMode></tt:Focus>"
    return f"<timg:ImagingSettings>{listed}<tt:IrCutFilter>{channel.ir_cut}</tt:IrCutFilter></timg:ImagingSettings>"


def imaging_options(asked: Asked) -> str:
    channel = asked.device.channel_of(asked.argument("VideoSourceToken"))
    listed = "".join(f"<tt:{name}><tt:Min>0</tt:Min><tt:Max>100</tt:Max></tt:{name}>" for name in channel.imaging)
    focus = "".join(f"<tt:AutoFocusModes>{mode}</tt:AutoFocusModes>" for mode in FOCUS_MODES)
    ir_cut = "".join(f"<tt:IrCutFilterModes>{mode}</tt:IrCutFilterModes>" for mode in IR_CUT_MODES)
    return f"<timg:ImagingOptions>{listed}<tt:Focus>{focus}</tt:Focus>{ir_cut}</timg:ImagingOptions>"


def focus_options(asked: Asked) -> str:
    asked.device.channel_of(asked.argument("VideoSourceToken"))
    return (
        "<timg:MoveOptions><tt:Continuous><tt:Speed><tt:Min>-1</tt:Min><tt:Max>1</tt:Max></tt:Speed></tt:Continuous>"
        "</timg:MoveOptions>"
    )


def drive_focus(asked: Asked) -> str:
    channel = asked.device.channel_of(asked.argument("VideoSourceToken"))
    if channel.focus_mode != "MANUAL":
        raise Fault("ter:SettingsInvalid", "The focus is automatic")
    channel.focus_speed = float(asked.argument("Speed") or 0)
    channel.orders.append(f"Focus {channel.focus_speed:g}")
    return ""


def stop_focus(asked: Asked) -> str:
    channel = asked.device.channel_of(asked.argument("VideoSourceToken"))
    if channel.focus_speed:
        channel.focus = max(0.0, min(1.0, channel.focus + channel.focus_speed / 10))
    channel.focus_speed = 0.0
    channel.orders.append("FocusStop")
    return ""


def set_imaging_settings(asked: Asked) -> str:
    channel = asked.device.channel_of(asked.argument("VideoSourceToken"))
    for name in channel.imaging:
        given = asked.argument(name)
        if given:
            try:
                value = float(given)
            except ValueError:
                value = -1.0
            if not 0 <= value <= 100:
                raise Fault("ter:SettingsInvalid", f"{name} must lie between 0 and 100")
            channel.imaging[name] = value
    channel.ir_cut = _one_of(IR_CUT_MODES, asked.argument("IrCutFilter") or channel.ir_cut)
    channel.focus_mode = _one_of(FOCUS_MODES, asked.argument("AutoFocusMode") or channel.focus_mode)
    return ""


def _one_of(modes: tuple[str, ...], given: str) -> str:
    if given not in modes:
        raise Fault("ter:SettingsInvalid", f"{given} is none of {', '.join(modes)}")
    return given


IMAGING: dict[str, Operation] = {
    "GetOptions": imaging_options,
    "GetMoveOptions": focus_options,
    "Move": drive_focus,
    "Stop": stop_focus,
}
"""Of the imaging service alone: other services have operations of the same names."""


OPERATIONS: dict[str, Operation] = {
    "GetSystemDateAndTime": system_date_and_time,
    "GetDeviceInformation": device_information,
    "GetServices": services,
    "GetCapabilities": capabilities,
    "GetScopes": scopes,
    "GetRelayOutputs": relay_outputs,
    "SetRelayOutputState": set_relay_output_state,
    "GetProfiles": profiles,
    "GetStreamUri": stream_uri,
    "GetSnapshotUri": snapshot_uri,
    "GetVideoSources": video_sources,
    "GetImagingSettings": imaging_settings,
    "SetImagingSettings": set_imaging_settings,
}
