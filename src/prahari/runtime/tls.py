"""The certificate of a centre that is reached from other machines: the administrator's own, or one made here."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from prahari.runtime.errors import CentreError
from prahari.runtime.keys import write_private

VALID_DAYS = 397
RENEW_DAYS = 30


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def names_for(bind: str) -> list[str]:
    """What browsers may call this machine when it listens on `bind`."""
    names = {"localhost", "127.0.0.1", socket.gethostname()}
    if bind in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        import psutil

        for addresses in psutil.net_if_addrs().values():
            names.update(each.address.split("%")[0] for each in addresses if each.family in _FAMILIES)
    else:
        names.add(bind)
    return sorted(names)


_FAMILIES = (socket.AF_INET, socket.AF_INET6)


def ensure(home: Path, bind: str) -> tuple[Path, Path]:
    """(certificate, key) made by us for `bind`; made anew when missing, near its end or for other names."""
    folder = home / "tls"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    cert, key = folder / "centre.crt", folder / "centre.key"
    names = names_for(bind)
    if not (key.exists() and cert.exists() and _serves(cert, names)):
        private = ec.generate_private_key(ec.SECP256R1())
        write_private(key, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        write_private(cert, _certificate(private, names).public_bytes(Encoding.PEM))
    return cert, key


def check_pair(cert: Path, key: Path) -> None:
    """Raises CentreError when the administrator's certificate and key cannot be used."""
    try:
        certificate = x509.load_pem_x509_certificate(cert.read_bytes())
        private = load_pem_private_key(key.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, InvalidKey) as error:
        reason = error.strerror if isinstance(error, OSError) else "not PEM, or protected by a password"
        raise CentreError(f"The certificate {cert} with key {key} cannot be read: {reason}.") from error
    if _public(certificate.public_key()) != _public(private.public_key()):
        raise CentreError(f"The key {key} does not belong to the certificate {cert}.")
    if certificate.not_valid_after_utc < dt.datetime.now(dt.UTC):
        raise CentreError(f"The certificate {cert} ended on {certificate.not_valid_after_utc:%d %B %Y}. Renew it.")


def _public(key: object) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined, no-any-return]


def _serves(cert: Path, names: list[str]) -> bool:
    certificate = x509.load_pem_x509_certificate(cert.read_bytes())
    if certificate.not_valid_after_utc < dt.datetime.now(dt.UTC) + dt.timedelta(days=RENEW_DAYS):
        return False
    alternative = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    known = [str(name.value) for name in alternative]
    return set(names) <= set(known)


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _certificate(private: ec.EllipticCurvePrivateKey, names: list[str]) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Prahari centre")])
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
