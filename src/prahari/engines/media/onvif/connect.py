"""Reaching a device: the sealed address opened, the library brought in when it is first needed."""

from __future__ import annotations

import asyncio
from importlib import import_module
from urllib.parse import urlsplit

import msgspec

from prahari.contracts.media import Reason
from prahari.contracts.sealing import SealError, unseal
from prahari.engines.media.onvif.ports import Device, DeviceError
from prahari.engines.media.onvif.reading import Reader

LONGEST_URL = 2000


class _Credentials(msgspec.Struct):
    username: str = ""
    password: str = ""


def opened(device_id: str, sealed: str, sealing_key: bytes) -> tuple[str, str] | None:
    """(user name, password), None when there are none. Raises DeviceError."""
    if not sealed:
        return None
    try:
        found = msgspec.json.decode(unseal(sealed, sealing_key, f"device:{device_id}"), type=_Credentials)
    except (SealError, ValueError) as error:
        sentence = "The stored user name and password of the device cannot be opened: enter them again."
        raise DeviceError(Reason.WRONG_PASSWORD, sentence) from error
    return (found.username, found.password) if found.username else None


def check_url(url: str) -> None:
    """Raises DeviceError when it is no address of an ONVIF service."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        _ = parts.port
    except ValueError:
        usable = False
    if not usable or len(url) > LONGEST_URL or any(ord(letter) <= 32 for letter in url):
        sentence = "The device's address must look like http://host/onvif/device_service."
        raise DeviceError(Reason.UNREACHABLE, sentence)


async def connect(device_id: str, url: str, sealed: str, sealing_key: bytes, reader: Reader) -> Device:
    """A device to talk to; nothing is sent yet. Raises DeviceError. Who calls has asked for leave already."""
    check_url(url)
    credentials = opened(device_id, sealed, sealing_key)
    # Half a second of imports the first time: not in the event loop.
    adapter = await asyncio.to_thread(import_module, "prahari.engines.media.onvif.adapter")
    device: Device = adapter.OnveefDevice(url, credentials, reader)
    return device
