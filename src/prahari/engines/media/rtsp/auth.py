"""Basic and Digest authentication (RFC 7616, RFC 2069, RFC 7617)."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Callable, Iterable

_PARAMETER = re.compile(r'([A-Za-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))')
_HASHES: dict[str, Callable[[bytes], str]] = {
    "MD5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
    "SHA-256": lambda data: hashlib.sha256(data).hexdigest(),
}


class Authenticator:
    """Answers the challenges of one server for one user. Knows the password: never log one of these."""

    def __init__(self, username: str, password: str) -> None:
        self._username = username
        self._password = password
        self._digest: dict[str, str] = {}
        self._basic = False
        self._count = 0

    def __repr__(self) -> str:
        return "Authenticator(...)"

    def challenged(self, challenges: Iterable[str]) -> bool:
        """Take the WWW-Authenticate headers of a 401. True: worth another try, False: the password is wrong.

        Another try is worth it after the first challenge, and when the server says that its nonce was stale.
        """
        before, tried_basic = self._digest, self._basic
        offers: dict[str, dict[str, str]] = {}
        basic = False
        for challenge in challenges:
            kind, _, rest = challenge.strip().partition(" ")
            if kind.lower() == "basic":
                basic = True
            elif kind.lower() == "digest":
                fields = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(rest[:4096])}
                algorithm = fields.get("algorithm", "MD5").upper().removesuffix("-SESS")
                if algorithm in _HASHES and fields.get("nonce"):
                    offers.setdefault(algorithm, fields)
        found = offers.get("SHA-256") or offers.get("MD5")
        if found:
            self._digest, self._basic, self._count = found, False, 0
            return not before or (found.get("stale", "").lower() == "true" and found["nonce"] != before["nonce"])
        if basic:
            self._basic = True
            return not tried_basic
        return False

    def header(self, method: str, uri: str) -> str:
        """Value of the Authorization header, empty before the first challenge."""
        if self._basic:
            token = base64.b64encode(f"{self._username}:{self._password}".encode()).decode()
            return f"Basic {token}"
        if not self._digest:
            return ""
        fields = self._digest
        asked = fields.get("algorithm", "MD5").upper()
        hashed = _HASHES[asked.removesuffix("-SESS")]
        realm, nonce = fields.get("realm", ""), fields["nonce"]
        self._count += 1
        count, own = f"{self._count:08x}", os.urandom(8).hex()
        secret = hashed(f"{self._username}:{realm}:{self._password}".encode())
        if asked.endswith("-SESS"):
            secret = hashed(f"{secret}:{nonce}:{own}".encode())
        request = hashed(f"{method}:{uri}".encode())
        offered = [word.strip().lower() for word in fields.get("qop", "").split(",")]
        values = {"username": self._username, "realm": realm, "nonce": nonce, "uri": uri}
        extra = ""
        if "auth" in offered:
            values["response"] = hashed(f"{secret}:{nonce}:{count}:{own}:auth:{request}".encode())
            values["cnonce"] = own
            extra = f", qop=auth, nc={count}"
        else:
            values["response"] = hashed(f"{secret}:{nonce}:{request}".encode())
            if asked.endswith("-SESS"):
                values["cnonce"] = own
        if "algorithm" in fields:
            extra += f", algorithm={fields['algorithm']}"
        if "opaque" in fields:
            values["opaque"] = fields["opaque"]
        joined = ", ".join(f'{name}="{_quoted(value)}"' for name, value in values.items())
        return f"Digest {joined}{extra}"


def _quoted(value: str) -> str:
    """Without line breaks (no header can be smuggled in) and with quotes escaped."""
    clean = value.replace("\r", "").replace("\n", "")
    return re.sub(r'(?<!\\)"', r"\"", clean)
