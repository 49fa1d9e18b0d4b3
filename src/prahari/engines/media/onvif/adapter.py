"""The Device port spoken by onveef."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from onveef import envelopes, parsers
from onveef.exceptions import OnvifError

from prahari.contracts.devices import ChannelInfo, Imaging, Preset, StreamInfo
from prahari.contracts.media import Reason
from prahari.engines.media.onvif import disk, imaging
from prahari.engines.media.onvif.channels import MOST_CHANNELS, by_source, main_and_sub, stream_url, text
from prahari.engines.media.onvif.failing import NOT_UNDERSTOOD, told
from prahari.engines.media.onvif.ports import Description, DeviceError, Notice, Place
from prahari.engines.media.onvif.pull import notices
from prahari.engines.media.onvif.reading import Reader
from prahari.engines.media.onvif.transport import CheckedClient

DESCRIBE_S = 20.0
LIMIT_S = 8.0
ADDRESSES_AT_ONCE = 4
MOST_PRESETS = 500
P = ParamSpec("P")
T = TypeVar("T")


def bounded(limit_s: float) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Coroutine[Any, Any, T]]]:
    """The call ends within the limit and raises DeviceError, whatever the device or the library do."""

    def wrap(call: Callable[P, Awaitable[T]]) -> Callable[P, Coroutine[Any, Any, T]]:
        @functools.wraps(call)
        async def run(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                async with asyncio.timeout(limit_s):
                    return await call(*args, **kwargs)
            except Exception as error:  # a young library fed by strangers: nothing may pass
                device: Any = args[0]
                raise told(error, device.secrets) from error

        return run

    return wrap


class OnveefDevice:
    """See ports.Device."""

    def __init__(self, url: str, credentials: tuple[str, str] | None, reader: Reader) -> None:
        username, password = credentials or ("", "")
        self.secrets = (password, username)
        self._client = CheckedClient(url, username, password, reader)
        self._drift_s: float | None = None
        self._met = False

    async def close(self) -> None:
        await self._client.aclose()

    async def _meet(self) -> None:
        """Its clock first: a token dated by ours would be refused where the clocks differ. Then its services."""
        if not self._met:
            await self.clock_drift_s()
            await self._client.find_services()
            self._met = True

    @bounded(LIMIT_S)
    async def clock_drift_s(self) -> float | None:
        self._drift_s = await self._client.read_clock()
        return self._drift_s

    @bounded(DESCRIBE_S)
    async def describe(self) -> Description:
        drift_s = await self.clock_drift_s()
        about = await self._client.get_device_information()
        services = await self._client.find_services()
        profiles, is_media2 = await self._profiles(services)
        recordings = await self._optional(self._recordings(), {}) if "recording" in services else {}
        relays = await self._optional(self._client.get_relay_outputs(), [])
        places = asyncio.Semaphore(ADDRESSES_AT_ONCE)

        async def channel(number: int, source: str, own: list[dict[str, Any]]) -> ChannelInfo | None:
            main, sub = main_and_sub(own)
            name = text((own[0].get("video_source") or {}).get("name")) or text(own[0].get("name"))
            async with places:
                main_url = await self._address(main.profile, is_media2)
                sub_url = await self._optional(self._address(sub.profile, is_media2), "") if sub is not None else ""
            if not main_url:
                return None
            return ChannelInfo(
                number, name or f"Channel {number}", source, _with(main, main_url),
                _with(sub, sub_url) if sub is not None and sub_url and sub_url != main_url else None,
                any(profile.get("ptz") for profile in own) and "ptz" in services, "imaging" in services,
                recordings.get(source, ""),
            )  # fmt: skip

        sources = by_source(profiles)
        if not sources:
            raise DeviceError(Reason.UNSUPPORTED, "The device names no channel with a picture.")
        asked = [channel(number, source, own) for number, (source, own) in enumerate(sources.items(), 1)]
        found = [one for one in await asyncio.gather(*asked) if one is not None]
        if not found:
            raise DeviceError(Reason.BAD_STREAM, NOT_UNDERSTOOD)
        tokens = [token for one in relays if (token := text(one.get("token")))][:MOST_CHANNELS]
        has = {
            "ptz": any(one.ptz for one in found),
            "imaging": "imaging" in services,
            "relay": bool(tokens),
            "events": "events" in services,
            "replay": "replay" in services and any(one.recording for one in found),
        }
        return Description(
            text(about.get("Manufacturer")), text(about.get("Model")), text(about.get("SerialNumber")),
            text(about.get("FirmwareVersion")), drift_s, found, tokens, [name for name, there in has.items() if there],
        )  # fmt: skip

    async def _profiles(self, services: dict[str, str]) -> tuple[list[dict[str, Any]], bool]:
        """Of media2 where there is one: the older service cannot say H.265."""
        if "media2" in services:
            found = await self._optional(self._client.media2_get_profiles(types=["All"]), [])
            if any(profile.get("video_encoder") for profile in found):
                return found, True
        return await self._client.get_profiles(), False

    async def _address(self, profile: str, is_media2: bool) -> str:
        if not is_media2:
            return stream_url(await self._client.get_stream_uri(profile_token=profile))
        body = envelopes.media_get_stream_uri(profile_token=profile, use_media2=True)
        xml = await self._client.call(service="media2", operation="GetStreamUri", body_inner=body)
        return stream_url(self._client._fix_url(parsers.parse_stream_uri(xml)))

    async def _recordings(self) -> dict[str, str]:
        """Source token -> recording token."""
        found = {}
        for one in await self._client.get_recordings():
            source = (one.get("configuration") or {}).get("Source") or {}
            if isinstance(source, dict) and isinstance(source.get("SourceId"), str):
                found[text(source["SourceId"])] = text(one.get("token"))
        return found

    @staticmethod
    async def _optional(call: Awaitable[T], default: T) -> T:
        """What a device may well not have."""
        try:
            return await call
        except OnvifError:
            return default

    # Moving

    @bounded(LIMIT_S)
    async def move(self, profile: str, velocity: Place, timeout_s: float) -> None:
        await self._meet()
        pan, tilt, zoom = velocity
        await self._client.ptz_continuous_move(
            profile_token=profile, pan=pan, tilt=tilt, zoom=zoom, timeout=f"PT{timeout_s:g}S"
        )

    @bounded(LIMIT_S)
    async def stop(self, profile: str) -> None:
        await self._meet()
        await self._client.ptz_stop(profile_token=profile)

    @bounded(LIMIT_S)
    async def go_to(self, profile: str, place: Place) -> None:
        await self._meet()
        await self._client.ptz_absolute_move(profile_token=profile, pan=place[0], tilt=place[1], zoom=place[2])

    @bounded(LIMIT_S)
    async def go_by(self, profile: str, way: Place) -> None:
        await self._meet()
        await self._client.ptz_relative_move(profile_token=profile, pan=way[0], tilt=way[1], zoom=way[2])

    @bounded(LIMIT_S)
    async def place(self, profile: str) -> tuple[Place, bool]:
        await self._meet()
        status = await self._client.ptz_get_status(profile_token=profile)
        if "pan" not in status and "zoom" not in status:
            raise DeviceError(Reason.UNSUPPORTED, "The device does not tell where it looks.")
        where = (status.get("pan", 0.0), status.get("tilt", 0.0), status.get("zoom", 0.0))
        return where, "MOVING" in (status.get("move_status") or {}).values()

    @bounded(LIMIT_S)
    async def presets(self, profile: str) -> list[Preset]:
        await self._meet()
        found = await self._client.ptz_get_presets(profile_token=profile)
        return [Preset(token, text(one.get("name"))) for one in found[:MOST_PRESETS] if (token := text(one["token"]))]

    @bounded(LIMIT_S)
    async def go_to_preset(self, profile: str, preset: str) -> None:
        await self._meet()
        await self._client.ptz_goto_preset(profile_token=profile, preset_token=preset)

    @bounded(LIMIT_S)
    async def set_preset(self, profile: str, name: str, preset: str = "") -> str:
        await self._meet()
        token = await self._client.ptz_set_preset(profile_token=profile, preset_name=name, preset_token=preset)
        if not text(token):
            raise DeviceError(Reason.BAD_STREAM, NOT_UNDERSTOOD)
        return text(token)

    @bounded(LIMIT_S)
    async def remove_preset(self, profile: str, preset: str) -> None:
        await self._meet()
        await self._client.ptz_remove_preset(profile_token=profile, preset_token=preset)

    # Picture, relays

    @bounded(LIMIT_S)
    async def imaging(self, source: str) -> Imaging:
        await self._meet()
        return await imaging.read(self._client, source)

    @bounded(LIMIT_S)
    async def set_imaging(self, source: str, settings: dict[str, float], ir_cut: str = "", focus: str = "") -> None:
        await self._meet()
        await imaging.write(self._client, source, settings, ir_cut, focus)

    @bounded(LIMIT_S)
    async def drive_focus(self, source: str, speed: float) -> None:
        await self._meet()
        if speed:
            await self._client.imaging_move(video_source_token=source, focus_continuous=speed)
        else:
            await self._client.imaging_stop(video_source_token=source)

    @bounded(LIMIT_S)
    async def switch_relay(self, relay: str, active: bool) -> None:
        await self._meet()
        await self._client.set_relay_output_state(token=relay, logical_state="active" if active else "inactive")

    # Its own disk, its events

    @bounded(LIMIT_S)
    async def stretches(self, recording: str, from_ms: int, to_ms: int, drift_s: float) -> list[tuple[int, int]]:
        await self._meet()
        return await disk.stretches(self._client, recording, from_ms, to_ms, drift_s)

    @bounded(LIMIT_S)
    async def replay_url(self, recording: str) -> str:
        await self._meet()
        return stream_url(await self._client.get_replay_uri(recording_token=recording))

    async def notices(self) -> AsyncGenerator[Notice, None]:
        async with contextlib.aclosing(notices(self._client, self._meet, self.secrets)) as heard:
            async for notice in heard:
                yield notice


def _with(stream: StreamInfo, url: str) -> StreamInfo:
    return StreamInfo(stream.profile, url, stream.codec, stream.width_px, stream.height_px, stream.fps)
