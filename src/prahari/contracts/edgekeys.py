"""What is signed with a site's key, and how keys are written."""

from __future__ import annotations

import base64
import hashlib
import ssl
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_ENROLMENT = b"prahari edge enrolment 1\0"
_LINK = b"prahari edge link 1\0"


def encode(data: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str, size: int) -> bytes:
    """Exactly `size` bytes. Raises ValueError."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if len(data) != size:
        raise ValueError(f"{size} bytes are expected")
    return data


def public_text(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return encode(public.public_bytes(Encoding.Raw, PublicFormat.Raw))


def public_key(text: str) -> Ed25519PublicKey:
    """Raises ValueError."""
    return Ed25519PublicKey.from_public_bytes(decode(text, 32))


def enrolment(code: str, public: str) -> bytes:
    """What a new key signs to show that whoever brings the code holds it."""
    return _ENROLMENT + hashlib.sha256(code.encode()).digest() + public.encode()


def link(site_id: str, site_nonce: str, centre_nonce: str, pin: str) -> bytes:
    """What a site's key signs for each connection.

    Both sides' nonces: neither can be made to repeat an old one. `pin`: SHA-256 of the certificate that the site sees,
    so that what is proved to one server is worth nothing before another.
    """
    return _LINK + "\0".join((site_id, site_nonce, centre_nonce, pin)).encode()


def is_signed(text: str, what: bytes, public: str) -> bool:
    """Whether `text` (base64) is the signature of `what` by the key `public`; False also for what is malformed."""
    try:
        public_key(public).verify(decode(text, 64), what)
    except (ValueError, InvalidSignature):
        return False
    return True


def pin_of(cert: Path | None) -> str:
    """SHA-256 (hex) of the certificate that connectors see, the first in a PEM file; empty without TLS.

    Raises OSError, ValueError.
    """
    if cert is None:
        return ""
    text, end = cert.read_text(), "-----END CERTIFICATE-----"
    first = text[text.index("-----BEGIN CERTIFICATE-----") : text.index(end) + len(end)] + "\n"
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(first)).hexdigest()


def sign(what: bytes, key: Ed25519PrivateKey) -> str:
    return encode(key.sign(what))
