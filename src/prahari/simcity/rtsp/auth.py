"""Basic and Digest (RFC 7616, MD5 and SHA-256) as cameras ask for them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass

REALM = "simcity"
_FIELD = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))')


@dataclass(frozen=True)
class Auth:
    """Who may look. `scheme`: "digest", "digest-sha256", "basic" or "both" (Digest MD5 and Basic offered)."""

    username: str
    password: str
    scheme: str = "digest"

    def challenges(self, nonce: str) -> list[str]:
        """Values of the WWW-Authenticate headers of a 401."""
        digest = f'Digest realm="{REALM}", nonce="{nonce}"'
        return {
            "digest": [digest],
            "digest-sha256": [f'{digest}, algorithm=SHA-256, qop="auth"'],
            "basic": [f'Basic realm="{REALM}"'],
            "both": [digest, f'Basic realm="{REALM}"'],
        }[self.scheme]

    def accepts(self, header: str, method: str, nonce: str) -> bool:
        """Whether an Authorization header proves that the password is known. Never raises."""
        kind, _, rest = header.partition(" ")
        if kind.lower() == "basic" and self.scheme in {"basic", "both"}:
            try:
                given = base64.b64decode(rest, validate=True)
            except (binascii.Error, ValueError):
                return False
            return hmac.compare_digest(given, f"{self.username}:{self.password}".encode())
        if kind.lower() != "digest" or self.scheme == "basic":
            return False
        fields = {name.lower(): quoted or plain for name, quoted, plain in _FIELD.findall(rest)}
        if fields.get("nonce") != nonce or fields.get("username") != self.username:
            return False
        algorithm = hashlib.sha256 if self.scheme == "digest-sha256" else hashlib.md5

        def hashed(text: str) -> str:
            return algorithm(text.encode()).hexdigest()

        secret = hashed(f"{self.username}:{REALM}:{self.password}")
        request = hashed(f"{method}:{fields.get('uri', '')}")
        middle = nonce
        if fields.get("qop"):
            middle = f"{nonce}:{fields.get('nc', '')}:{fields.get('cnonce', '')}:{fields['qop']}"
        return hmac.compare_digest(hashed(f"{secret}:{middle}:{request}"), fields.get("response", ""))
