"""Answers of simulated devices to WS-Discovery: probes by multicast to 239.255.255.250, UDP port 3702."""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
import uuid
from collections.abc import Callable, Iterable
from typing import cast
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from prahari.simcity.onvif.core import scopes_of
from prahari.simcity.onvif.device import SimDevice
from prahari.simcity.onvif.soap import find, text

log = logging.getLogger(__name__)

GROUP, PORT = "239.255.255.250", 3702
_SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


class Answerer(asyncio.DatagramProtocol):
    """`devices`: those that answer now, with the addresses of their device services."""

    def __init__(self, devices: Callable[[], Iterable[tuple[SimDevice, str]]]) -> None:
        self._devices = devices
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        try:
            root = fromstring(data)
        except (ParseError, DefusedXmlException, ValueError):
            return
        if find(root, "Probe") is None or self._transport is None:
            return
        message_id = text(root, "MessageID")
        for device, address in self._devices():
            self._transport.sendto(match(device, address, message_id), addr)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def match(device: SimDevice, address: str, relates_to: str) -> bytes:
    """A ProbeMatches message."""
    identity = uuid.uuid5(_SPACE, device.code)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
        'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
        'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl">'
        f"<s:Header><a:MessageID>urn:uuid:{uuid.uuid4()}</a:MessageID><a:RelatesTo>{escape(relates_to)}</a:RelatesTo>"
        "<a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To>"
        "<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</a:Action></s:Header><s:Body>"
        f"<d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:{identity}</a:Address>"
        "</a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types>"
        f"<d:Scopes>{escape(' '.join(scopes_of(device)))}</d:Scopes><d:XAddrs>{escape(address)}</d:XAddrs>"
        "<d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>"
    ).encode()


async def listen(
    devices: Callable[[], Iterable[tuple[SimDevice, str]]], interface: str = "127.0.0.1"
) -> Answerer | None:
    """Answer probes that reach `interface`; None, with a line in the log, where the port or multicast is not to be
    had. Several may listen on one machine."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        sock.bind(("", PORT))
        for name in {interface, "0.0.0.0"}:  # noqa: S104 - the interface of the default route, joined, not bound
            member = struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton(name))
            try:
                sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
            except OSError as error:
                log.debug("no multicast on %s: %s", name, error)
        sock.setblocking(False)
    except OSError as error:
        sock.close()
        log.warning("simulated devices do not answer discovery: %s", error)
        return None
    _, answerer = await asyncio.get_running_loop().create_datagram_endpoint(lambda: Answerer(devices), sock=sock)
    return answerer
