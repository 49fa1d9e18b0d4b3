"""Making a box a site of a centre: a code, typed or scanned, against a certificate for a key that was made here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from prahari.contracts import edgekeys
from prahari.contracts.edge import EnrolReply, EnrolRequest
from prahari.engines.edge.home import Home, HomeError, Identity
from prahari.engines.edge.reach import tls_of

SCHEME = "prahari-edge"
ANSWER_S = 30.0


class EnrolError(Exception):
    """It did not work; the message says why and what to do."""


@dataclass(frozen=True)
class Ticket:
    """What the QR code says: the centre's origin, the code, SHA-256 of the centre's certificate (hex)."""

    centre: str
    code: str
    pin: str

    def text(self) -> str:
        return f"{SCHEME}:?{urlencode({'centre': self.centre, 'code': self.code, 'pin': self.pin})}"


def read_ticket(text: str) -> Ticket:
    """Raises EnrolError."""
    parts = urlsplit(text.strip())
    if parts.scheme != SCHEME:
        raise EnrolError("This is no enrolment code of Prahari: it begins with prahari-edge:")
    fields = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return checked(Ticket(fields.get("centre", ""), fields.get("code", ""), fields.get("pin", "")))


def checked(ticket: Ticket) -> Ticket:
    """Raises EnrolError: without the centre's pin a site would give its code to anybody."""
    parts = urlsplit(ticket.centre)
    is_local = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if parts.scheme not in {"https", "http"} or not parts.hostname or (parts.scheme == "http" and not is_local):
        raise EnrolError("The centre's address must begin with https://")
    if parts.scheme == "https" and len(ticket.pin) != 64:
        raise EnrolError("The fingerprint of the centre's certificate (64 signs) is missing: see the enrolment page.")
    if not ticket.code:
        raise EnrolError("The code is missing.")
    return ticket


async def enrol(home: Home, ticket: Ticket, version: str) -> Identity:
    """A key of its own and the centre's certificate for it, kept in the folder. Raises EnrolError, HomeError."""
    ticket = checked(ticket)
    key = Ed25519PrivateKey.generate()
    public = edgekeys.public_text(key)
    request = EnrolRequest(ticket.code, public, edgekeys.sign(edgekeys.enrolment(ticket.code, public), key), version)
    reply = await _ask(ticket, request)
    raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    parts = urlsplit(ticket.centre)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    scheme = "wss" if parts.scheme == "https" else "ws"
    identity = Identity(
        reply.site_id,
        reply.name,
        edgekeys.encode(raw),
        reply.certificate,
        reply.verifying_key,
        ticket.centre,
        f"{scheme}://{host}:{reply.link_port}/edge/link",
        ticket.pin if parts.scheme == "https" else "",
        reply.release_key,
    )
    if identity.claims() is None:
        raise EnrolError("The centre's certificate is not for this box's key: tell the centre.")
    home.seal_key()
    home.save_identity(identity)
    return identity


async def _ask(ticket: Ticket, request: EnrolRequest) -> EnrolReply:
    url = f"{ticket.centre.rstrip('/')}/api/v1/edge/enrol"
    try:
        async with (
            asyncio.timeout(ANSWER_S),
            aiohttp.ClientSession(trust_env=True) as session,
            session.post(
                url,
                data=msgspec.json.encode(request),
                headers={"Content-Type": "application/json"},
                ssl=tls_of(ticket.pin if url.startswith("https") else ""),
            ) as answer,
        ):
            body = await answer.content.read(65_536)
            if answer.status != 200:
                raise EnrolError(_sentence(body) or f"The centre answers {answer.status}.")
            return msgspec.json.decode(body, type=EnrolReply)
    except aiohttp.ServerFingerprintMismatch as error:
        raise EnrolError("Whoever answers there is not the centre that made this code: do not go on.") from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise EnrolError(f"The centre cannot be reached: {str(error) or type(error).__name__}.") from error
    except ValueError as error:
        raise EnrolError("The centre's answer cannot be read: its version may be another.") from error


def _sentence(body: bytes) -> str:
    try:
        said = msgspec.json.decode(body)
        return str(said["message"]["en"])[:300]
    except (ValueError, KeyError, TypeError):
        return ""


__all__ = ["EnrolError", "HomeError", "Ticket", "checked", "enrol", "read_ticket"]
