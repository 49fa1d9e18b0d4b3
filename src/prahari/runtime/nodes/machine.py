"""A joined machine: what it was handed, kept in its home, and what it runs."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import msgspec

from prahari.contracts.cluster import WORKERS_PER_NODE
from prahari.contracts.config import load
from prahari.runtime import keys, tls
from prahari.runtime.errors import CentreError
from prahari.runtime.executors import Group, Member
from prahari.runtime.nodes.joining import JoinReply


class Machine(msgspec.Struct, frozen=True):
    """home/node.json. `address`: where the centre and consoles reach this machine."""

    name: str
    number: int
    bind: str
    address: str
    workers: int
    media_port: int
    environment: dict[str, str]


def keep(home: Path, reply: JoinReply, bind: str, address: str, workers: int, media_port: int) -> Machine:
    """Write down what was handed over. Raises OSError."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = home / "keys"
    folder.mkdir(exist_ok=True, mode=0o700)
    for name, text in reply.keys.items():
        if "/" in name or name.startswith("."):
            raise CentreError("The centre handed over a key with a name that is none.")
        keys.write_private(folder / name, base64.b64decode(text))
    machine = Machine(reply.name, reply.number, bind, address, workers, media_port, reply.environment)
    keys.write_private(home / "node.json", msgspec.json.format(msgspec.json.encode(machine)))
    return machine


def read(home: Path) -> Machine:
    """Raises CentreError when the home is none of a joined machine."""
    try:
        return msgspec.json.decode((home / "node.json").read_bytes(), type=Machine)
    except (FileNotFoundError, ValueError):
        raise CentreError(f"{home} is no home of a joined machine: ./prahari node join ADDRESS --token ...") from None


def group(home: Path, machine: Machine) -> Group:
    """What the machine runs. Makes its certificate where it is reached from elsewhere."""
    environment = {
        **os.environ,
        **machine.environment,
        "PRAHARI_HOME": str(home),
        "PRAHARI_BIND": machine.bind,
        "PRAHARI_MEDIA_PORT": str(machine.media_port),
        "PRAHARI_MEDIA_WORKERS": str(machine.workers),
        "PRAHARI_NODE": machine.name,
        "PRAHARI_NODE_NUMBER": str(machine.number),
        "PRAHARI_NODE_ADDRESS": machine.address,
    }
    if (home / "keys" / "nats.ca").exists():
        environment["PRAHARI_NATS_CA"] = str(home / "keys" / "nats.ca")
    if not environment.get("PRAHARI_TLS_CERT") and not tls.is_loopback(machine.bind):
        cert, key = tls.ensure(home, machine.bind)
        environment.update(PRAHARI_TLS_CERT=str(cert), PRAHARI_TLS_KEY=str(key))
    environment.setdefault("MALLOC_ARENA_MAX", "2")
    config = load(environment)
    host = "127.0.0.1" if machine.bind in {"0.0.0.0", "::"} else machine.bind  # noqa: S104 - compared, not bound
    members = [Member("placer", "prahari.engines.media.placing")]
    for here in range(machine.workers):
        number = machine.number * WORKERS_PER_NODE + here
        health = config.origin(config.media_port_of(number), host) + "/healthz"
        members.append(Member(f"media-{number}", "prahari.engines.media.worker", ("--worker", str(number)), health))
    return Group(machine.name, home, environment, tuple(members))
