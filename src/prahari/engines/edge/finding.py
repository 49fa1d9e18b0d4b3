"""Looking for recorders and cameras in the network of the place, for whoever sets the box up."""

from __future__ import annotations

from collections.abc import AsyncIterator

from prahari.contracts.devices import ChannelInfo
from prahari.engines.edge.home import HomeError
from prahari.engines.media.onvif.adapter import OnveefDevice
from prahari.engines.media.onvif.ports import Description, DeviceError
from prahari.engines.media.onvif.reading import Reader
from prahari.engines.media.probe import discovery


async def discover(timeout_s: float, username: str = "", password: str = "") -> list[str]:
    """Lines for the terminal: devices; with a user name also the addresses of their channels, ready to be entered."""
    found = await discovery.discover(timeout_s)
    lines = [found.detail] if found.detail else []
    for device in found.devices:
        lines.append(f"{device.host}\t{device.make} {device.model}\t{device.address}")
        if username:
            lines.extend([line async for line in channels(device.address, username, password)])
    return lines or ["Nothing answers. Look whether ONVIF is switched on at the recorder."]


async def look_up(url: str, username: str, password: str, number: int) -> tuple[Description, ChannelInfo]:
    """What a device says of itself and of one channel. Raises HomeError with a sentence."""
    reader = Reader()
    device = OnveefDevice(url, (username, password), reader)
    try:
        about = await device.describe()
    except DeviceError as error:
        raise HomeError(error.detail) from error
    finally:
        await device.close()
        await reader.close()
    for channel in about.channels:
        if channel.number == number:
            return about, channel
    raise HomeError(f"The device has no channel {number}, but {len(about.channels)} in all.")


async def channels(url: str, username: str, password: str) -> AsyncIterator[str]:
    """A line for each channel of a device."""
    reader = Reader()
    device = OnveefDevice(url, (username, password), reader)
    try:
        about = await device.describe()
        for channel in about.channels:
            sub = f" --sub {channel.sub.url}" if channel.sub is not None else ""
            yield f"  {channel.name}: prahari-edge camera add camera-{channel.number} {channel.main.url}{sub}"
            yield f"    or, with its head and events: --onvif {url} --channel {channel.number}"
    except DeviceError as error:
        yield f"  {error.detail}"
    finally:
        await device.close()
        await reader.close()
