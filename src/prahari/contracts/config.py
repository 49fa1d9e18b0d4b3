"""Where a process finds its surroundings: environment variables, set by the supervisor or by an administrator."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from prahari.contracts.cluster import WORKERS_PER_NODE


class ConfigError(Exception):
    """A setting is missing or wrong; the message says which and what to do."""


@dataclass(frozen=True)
class Config:
    """Settings of one process.

    home: PRAHARI_HOME, all state. bind: address to listen on. port: console and API. events_port: event stream.
    media_port: first media worker; worker i listens on media_port + i. media_workers: how many there are.
    tls_cert, tls_key: PEM files, both or neither. basemap: PMTiles file or None. recordings: folder of recordings.
    recording_quota_bytes: disk the recordings may take; 0: all but `disk_reserve_bytes`.
    recording_disks: (folder, bytes to be left free) of each disk where there are several; see `disks`.
    conversions, conversion_cpu_pct: what conversions for browsers may cost a media worker, at once and in percent of a
    core. pre_roll_bytes: memory of a media worker for what was before an event. edge_port: where connectors of edge
    sites come in, and viewers of their cameras. intake_port, mqtt_port: where events from outside come in.
    node, node_number: this machine among those of the centre (docs/cluster.md); the centre's own is 0. node_address:
    where others reach it, empty: as bound. console_hosts: names of the centre whose pages may open its cameras.
    worker_capacity: cameras that a media worker takes until it has measured what they cost.
    """

    home: Path
    database_url: str
    nats_url: str
    bind: str
    port: int
    events_port: int
    media_port: int
    media_workers: int
    tls_cert: Path | None
    tls_key: Path | None
    basemap: Path | None
    recordings: Path
    recording_quota_bytes: int
    disk_reserve_bytes: int
    recording_disks: tuple[tuple[Path, int], ...] = ()
    conversions: int = 2
    conversion_cpu_pct: float = 100.0
    pre_roll_bytes: int = 256_000_000
    edge_port: int = 8409
    intake_port: int = 8442
    mqtt_port: int = 8443
    node: str = "centre"
    node_number: int = 0
    node_address: str = ""
    console_hosts: tuple[str, ...] = ()
    worker_capacity: int = 200

    @property
    def disks(self) -> tuple[tuple[Path, int], ...]:
        """Every recording disk: its folder and how many bytes of it are to be left free."""
        return self.recording_disks or ((self.recordings, self.disk_reserve_bytes),)

    @property
    def scheme(self) -> str:
        return "https" if self.tls_cert else "http"

    @property
    def keys(self) -> Path:
        return self.home / "keys"

    def origin(self, port: int, host: str | None = None) -> str:
        """`http(s)://host:port`, for `host` or the bound address."""
        name = host or self.bind
        return f"{self.scheme}://{f'[{name}]' if ':' in name else name}:{port}"

    def media_port_of(self, worker: int) -> int:
        """Of a worker of this machine, by its number in the centre."""
        return self.media_port + worker % WORKERS_PER_NODE

    def media_ports(self) -> list[int]:
        return [self.media_port + worker for worker in range(self.media_workers)]

    def sealing_key(self) -> bytes:
        """32 bytes for contracts.sealing; desks and media engine only."""
        return self._read("seal.key")

    def signing_key(self) -> Ed25519PrivateKey:
        """For contracts.tokens.sign; desks only."""
        return self._private_key("token.pem")

    def audit_key(self) -> Ed25519PrivateKey:
        """For the heads of the audit's chain; the sealer only."""
        return self._private_key("audit.pem")

    def _private_key(self, name: str) -> Ed25519PrivateKey:
        key = load_pem_private_key(self._read(name), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ConfigError(f"{self.keys / name} is not an Ed25519 key")
        return key

    def verifying_key(self) -> Ed25519PublicKey:
        """For contracts.tokens.verify; everybody."""
        key = load_pem_public_key(self._read("token.pub"))
        if not isinstance(key, Ed25519PublicKey):
            raise ConfigError(f"{self.keys / 'token.pub'} is not an Ed25519 key")
        return key

    def _read(self, name: str) -> bytes:
        try:
            return _key_file(self.home, name)
        except OSError as error:
            raise ConfigError(f"cannot read the key {self.keys / name}: {error.strerror}") from error


@lru_cache(maxsize=32)
def _key_file(home: Path, name: str) -> bytes:
    """Keys are read once a process: sealing a list's telephone numbers asks for them a hundred thousand times, so that
    even putting the path together would count."""
    return (home / "keys" / name).read_bytes()


def load(environment: Mapping[str, str] | None = None) -> Config:
    """Config from PRAHARI_* variables, DATABASE_URL and NATS_URL. Raises ConfigError."""
    env = os.environ if environment is None else environment

    def number(name: str, default: int) -> int:
        text = env.get(name, str(default))
        try:
            return int(text)
        except ValueError:
            raise ConfigError(f"{name} must be a whole number, not {text!r}") from None

    def path(name: str) -> Path | None:
        return Path(env[name]).resolve() if env.get(name) else None

    reserve_bytes = number("PRAHARI_DISK_RESERVE_MB", 2_000) * 1_000_000

    def disks(text: str) -> tuple[tuple[Path, int], ...]:
        """`/disk1:/disk2=5000`: folders, each with its own reserve in MB or the common one."""
        found = []
        for one in filter(None, text.split(os.pathsep)):
            folder, _, reserve = one.partition("=")
            if reserve and not reserve.isdecimal():
                raise ConfigError(f"PRAHARI_RECORDINGS: the reserve of {folder} must be a whole number of MB")
            found.append((Path(folder).resolve(), int(reserve) * 1_000_000 if reserve else reserve_bytes))
        if len({folder for folder, _ in found}) < len(found):
            raise ConfigError("PRAHARI_RECORDINGS names a folder twice")
        return tuple(found)

    home = Path(env.get("PRAHARI_HOME") or "var").resolve()
    recording_disks = disks(env.get("PRAHARI_RECORDINGS", ""))
    port = number("PRAHARI_PORT", 8400)
    cert, key = path("PRAHARI_TLS_CERT"), path("PRAHARI_TLS_KEY")
    if (cert is None) != (key is None):
        raise ConfigError("PRAHARI_TLS_CERT and PRAHARI_TLS_KEY must be given together")
    nats_url = env.get("NATS_URL", "nats://127.0.0.1:4222")
    if any(urlsplit(url).scheme not in {"nats", "tls"} for url in nats_url.split(",")):
        raise ConfigError("NATS_URL must start with nats:// or tls://, also each of several with commas between")
    return Config(
        home=home,
        database_url=env.get("DATABASE_URL", ""),
        nats_url=nats_url,
        bind=env.get("PRAHARI_BIND", "127.0.0.1"),
        port=port,
        events_port=number("PRAHARI_EVENTS_PORT", port + 1),
        media_port=number("PRAHARI_MEDIA_PORT", port + 10),
        media_workers=number("PRAHARI_MEDIA_WORKERS", 1),
        tls_cert=cert,
        tls_key=key,
        basemap=path("PRAHARI_BASEMAP"),
        recordings=recording_disks[0][0] if recording_disks else home / "recordings",
        recording_quota_bytes=number("PRAHARI_RECORDING_QUOTA_MB", 0) * 1_000_000,
        disk_reserve_bytes=reserve_bytes,
        recording_disks=recording_disks,
        conversions=number("PRAHARI_CONVERSIONS", 2),
        conversion_cpu_pct=float(number("PRAHARI_CONVERSION_CPU_PCT", 100)),
        pre_roll_bytes=number("PRAHARI_PRE_ROLL_MB", 256) * 1_000_000,
        edge_port=number("PRAHARI_EDGE_PORT", port + 9),
        intake_port=number("PRAHARI_INTAKE_PORT", port + 42),
        mqtt_port=number("PRAHARI_MQTT_PORT", port + 43),
        node=env.get("PRAHARI_NODE", "centre"),
        node_number=number("PRAHARI_NODE_NUMBER", 0),
        node_address=env.get("PRAHARI_NODE_ADDRESS", ""),
        console_hosts=tuple(filter(None, env.get("PRAHARI_CONSOLE_HOSTS", "").split(","))),
        worker_capacity=number("PRAHARI_WORKER_CAPACITY", 200),
    )
