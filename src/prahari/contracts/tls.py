"""How every process of the centre that listens does so over TLS, or not."""

from __future__ import annotations

import ssl

from prahari.contracts.config import Config


def server_context(config: Config) -> ssl.SSLContext | None:
    """None: without TLS. Raises OSError or ssl.SSLError when certificate or key cannot be read."""
    if config.tls_cert is None or config.tls_key is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(config.tls_cert, config.tls_key)
    return context
