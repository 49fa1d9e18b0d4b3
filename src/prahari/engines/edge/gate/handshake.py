"""Who a connector is: its certificate, and its key proved for this very connection."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from aiohttp import WSMsgType, web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts import edgekeys, tokens
from prahari.contracts.edge import EdgeCertificate, EdgeRecord
from prahari.engines.edge import wire

log = logging.getLogger(__name__)

ANSWER_S = 10.0


@dataclass(frozen=True, slots=True)
class Admitted:
    """`certificate_until_s`: of what it showed.

    `renewing`: its certificate has ended, and no newer one is there yet: it is only told that one."""

    record: EdgeRecord
    version: str
    clock_ms: int
    certificate_until_s: int
    renewing: bool
    features: frozenset[str] = frozenset()


class RefusedSite(Exception):  # noqa: N818 - an answer, not a fault of ours
    """`proved`: it holds the site's key, so what is refused is the site and not a stranger."""

    def __init__(self, site_id: str, reason: str, detail: str, *, proved: bool = False) -> None:
        super().__init__(f"{reason}: {detail}")
        self.site_id = site_id
        self.reason = reason
        self.detail = detail
        self.proved = proved


async def shake_hands(
    ws: web.WebSocketResponse,
    find: Callable[[str], EdgeRecord | None],
    key: Ed25519PublicKey,
    pin: str,
    now_s: Callable[[], float] = time.time,
) -> Admitted:
    """Raises RefusedSite (the site has been told), WireError, TimeoutError, ConnectionError."""
    try:
        return await _shake_hands(ws, find, key, pin, now_s)
    except RefusedSite as refused:
        await ws.send_str(msgspec.json.encode(wire.Refused(refused.reason, refused.detail)).decode())
        raise


async def _shake_hands(
    ws: web.WebSocketResponse,
    find: Callable[[str], EdgeRecord | None],
    key: Ed25519PublicKey,
    pin: str,
    now_s: Callable[[], float],
) -> Admitted:
    hello = await _heard(ws)
    if not isinstance(hello, wire.Hello):
        raise wire.WireError("no hello")
    site_id = hello.site_id[:64]
    if hello.protocol != wire.PROTOCOL:
        raise RefusedSite(site_id, "protocol", f"This centre speaks protocol {wire.PROTOCOL}: update the connector.")
    nonce = edgekeys.encode(os.urandom(32))
    await ws.send_str(msgspec.json.encode(wire.Challenge(nonce)).decode())
    proof = await _heard(ws)
    if not isinstance(proof, wire.Proof):
        raise wire.WireError("no proof")
    record = find(site_id)
    if record is None or not record.public_key:
        raise RefusedSite(site_id, "unknown", "No such site is enrolled here: ask for a code and enrol the box again.")
    what = edgekeys.link(site_id, hello.nonce[:64], nonce, pin)
    if proof.pin != pin or not edgekeys.is_signed(proof.signature, what, record.public_key):
        raise RefusedSite(site_id, "proof", "The key is not the site's, or the box sees another certificate than ours.")
    if record.revoked:
        raise RefusedSite(site_id, "revoked", record.reason, proved=True)
    claims = _certificate(proof.certificate, record, key)
    if claims is None:
        raise RefusedSite(site_id, "proof", "The certificate is none of this site and key.", proved=True)
    now = now_s()
    newest = _certificate(record.certificate, record, key)
    until_s = max(claims.exp_s, newest.exp_s if newest is not None else 0)
    if now >= claims.exp_s + record.limits.grace_s:
        detail = "The certificate ended too long ago: ask for a code and enrol the box again."
        raise RefusedSite(site_id, "expired", detail, proved=True)
    return Admitted(record, hello.version[:40], proof.clock_ms, claims.exp_s, now >= until_s,
                    frozenset(hello.features))  # fmt: skip


def newer_certificate(shown_until_s: int, record: EdgeRecord, key: Ed25519PublicKey) -> str:
    """The record's certificate when it lasts longer than what the site has; else empty."""
    newest = _certificate(record.certificate, record, key)
    return record.certificate if newest is not None and newest.exp_s > shown_until_s else ""


def _certificate(token: str, record: EdgeRecord, key: Ed25519PublicKey) -> EdgeCertificate | None:
    """Claims of a certificate of this site and key, whether or not it has ended."""
    if not token:
        return None
    try:
        claims = tokens.read_signed(token, EdgeCertificate, key)
    except tokens.TokenError:
        return None
    return claims if (claims.site_id, claims.public_key) == (record.site_id, record.public_key) else None


async def _heard(ws: web.WebSocketResponse) -> wire.Handshake:
    async with asyncio.timeout(ANSWER_S):
        message = await ws.receive()
    if message.type is not WSMsgType.TEXT or len(message.data) > 8192:
        raise wire.WireError("no handshake message")
    return wire.read_handshake(message.data)
