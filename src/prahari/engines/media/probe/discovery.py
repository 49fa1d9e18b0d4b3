"""Looking for ONVIF cameras on the network (WS-Discovery), behind a port of our own.

The library runs in a process of its own, which is started for one search: what strangers on the network answer is
parsed there and not in the engine, and the engine stays small.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from urllib.parse import unquote, urlsplit

import msgspec

from prahari.contracts.media import DiscoveredDevice, DiscoverReply

log = logging.getLogger(__name__)

MOST_DEVICES = 500
START_ALLOWANCE_S = 15.0
LONGEST_TEXT = 200


async def discover(timeout_s: float) -> DiscoverReply:
    """Ask once on every network of this machine; `detail` is empty when the search itself worked."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "prahari.engines.media.probe.discovery",
        str(timeout_s),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), timeout_s + START_ALLOWANCE_S)
        return msgspec.json.decode(output, type=DiscoverReply)
    except (TimeoutError, ValueError) as error:
        log.warning("the search for cameras gave no answer: %s", type(error).__name__)
        return DiscoverReply([], "The search did not work on this machine: look whether multicast is allowed.")
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _scope(scopes: list[str], name: str) -> str:
    mark = f"/{name}/"
    found = next((scope.partition(mark)[2] for scope in scopes if mark in scope), "")
    return unquote(found).strip("/")[:LONGEST_TEXT]


def search(timeout_s: float) -> DiscoverReply:
    """Blocking; for the child."""
    from onveef import wsdiscovery

    try:
        found = wsdiscovery.discover(timeout_s=timeout_s)
    except OSError as error:
        return DiscoverReply([], f"The network cannot be searched: {error.strerror}.")
    devices = [
        DiscoveredDevice(
            address=device.address[:LONGEST_TEXT],
            name=unquote(device.name)[:LONGEST_TEXT],
            make=_scope(device.scopes, "manufacturer") or _scope(device.scopes, "mfr"),
            model=unquote(device.hardware)[:LONGEST_TEXT],
            host=_host(device.address),
        )
        for device in found[:MOST_DEVICES]
    ]
    return DiscoverReply(sorted(devices, key=lambda device: device.host))


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(search(float(sys.argv[1]))))
