"""A machine's processes under a Ray actor (`uv sync --group ray`): for cities that run Ray for their vision anyway.

One Ray node a machine, with a resource named after it; one actor on that resource, restarted by Ray when it dies. Ray
starts and watches; who serves which camera is decided by leases and placements all the same, never by Ray.

Closed here: a token for every connection (RAY_AUTH_MODE=token), no dashboard, no client server, no usage reports, its
ports in one known range. Not closed by Ray 2.60: its servers listen on every address of the machine whatever
--node-ip-address says, so a firewall must let only the centre's machines to the range (docs/cluster.md).
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import secrets
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prahari.runtime import keys
from prahari.runtime.errors import CentreError
from prahari.runtime.executors import Group
from prahari.runtime.supervisor import Process, Supervisor

PORTS = 60
STORE_BYTES = 80_000_000
"""The smallest object store that Ray takes: nothing of ours goes through it."""

STARTED_WITHIN_S = 180.0
NAMESPACE = "prahari"


@dataclass(frozen=True)
class RayNode:
    """Ray on one machine. `address`: of this machine; `first_port`: PORTS ports from there on are Ray's; `head`:
    host:port of the first node, None: this is it."""

    name: str
    home: Path
    address: str
    first_port: int
    head: str | None = None

    @property
    def token_file(self) -> Path:
        return self.home / "keys" / "ray.token"

    @property
    def head_address(self) -> str:
        return self.head or f"{self.address}:{self.first_port}"

    def environment(self) -> dict[str, str]:
        return {
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN_PATH": str(self.token_file),
            "RAY_USAGE_STATS_ENABLED": "0",
            "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
        }

    def ensure_token(self) -> None:
        """Made at the head; on other machines it must have been put there. Raises CentreError."""
        if self.token_file.exists():
            return
        if self.head is not None:
            raise CentreError(
                f"Ray's token is missing: copy keys/ray.token of the first machine to {self.token_file} (mode 0600)."
            )
        self.token_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys.write_private(self.token_file, secrets.token_urlsafe(32).encode())

    def command(self) -> list[str]:
        first = self.first_port
        where = [f"--address={self.head}"] if self.head else ["--head", f"--port={first}", "--include-dashboard=false"]
        return [
            str(Path(sysconfig.get_path("scripts")) / "ray"),
            "start",
            *where,
            f"--node-ip-address={self.address}",
            f"--node-manager-port={first + 1}",
            f"--object-manager-port={first + 2}",
            f"--runtime-env-agent-port={first + 3}",
            f"--dashboard-agent-listen-port={first + 4}",
            f"--dashboard-agent-grpc-port={first + 5}",
            f"--metrics-export-port={first + 6}",
            f"--min-worker-port={first + 10}",
            f"--max-worker-port={first + PORTS - 1}",
            "--disable-usage-stats",
            "--include-log-monitor=false",
            f"--object-store-memory={STORE_BYTES}",
            "--resources=" + json.dumps({f"machine-{self.name}": 1}),
            f"--temp-dir={self.home / 'ray'}",
            "--block",
        ]


def installed() -> bool:
    return importlib.util.find_spec("ray") is not None


class RayExecutor:
    """`node`: Ray of this machine, started here. Without one: PRAHARI_RAY_HEAD (host:port of the first machine; empty:
    this one is) and PRAHARI_RAY_PORT (8450) say it."""

    def __init__(self, node: RayNode | None = None) -> None:
        self._node = node
        self._supervisor: Supervisor | None = None
        self._actor: Any = None
        self._failure = ""

    async def start(self, group: Group) -> None:
        if not installed():
            raise CentreError("Ray is not installed: run uv sync --group ray, or leave --executor out.")
        node = self._node or RayNode(
            group.node,
            group.home,
            group.environment["PRAHARI_NODE_ADDRESS"],
            int(os.environ.get("PRAHARI_RAY_PORT", "8450")),
            os.environ.get("PRAHARI_RAY_HEAD") or None,
        )
        node.ensure_token()
        folder = group.home / "ray-supervisor"
        for name in ("run", "logs"):
            (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        self._supervisor = Supervisor(folder, {**os.environ, **node.environment()})
        is_up = lambda: asyncio.to_thread(_resource_is_there, node)  # noqa: E731
        await self._supervisor.start(Process("ray", node.command, ready=is_up, start_s=STARTED_WITHIN_S))
        await asyncio.to_thread(self._begin, node, group)

    def _begin(self, node: RayNode, group: Group) -> None:
        os.environ.update(node.environment())  # before the first import: what it says is read then
        import ray

        from prahari.runtime.executors.ray_actor import MachineActor

        _connect(node)
        options = {
            "name": f"machine-{group.node}",
            "resources": {f"machine-{group.node}": 1},
            "num_cpus": 0,
            "max_restarts": -1,
            "max_concurrency": 2,
        }
        self._actor = ray.remote(MachineActor).options(**options).remote(str(group.home))
        try:
            _, self._failure = ray.get(self._actor.started.remote(), timeout=STARTED_WITHIN_S)
        except ray.exceptions.RayError as error:
            raise CentreError(f"Ray could not run this machine's processes: {error}") from error

    async def stop(self) -> None:
        if self._actor is not None:
            await asyncio.to_thread(self._end)
        if self._supervisor is not None:
            await self._supervisor.stop()

    def _end(self) -> None:
        import ray

        try:
            ray.get(self._actor.stop.remote(), timeout=40)
        except ray.exceptions.RayError as error:
            sys.stderr.write(f"The machine's processes were not ended in order: {error}\n")
        ray.kill(self._actor)
        ray.shutdown()

    def troubles(self) -> list[str]:
        return [self._failure] if self._failure else []


def _connect(node: RayNode) -> None:
    import ray

    if not ray.is_initialized():
        ray.init(
            address=node.head_address,
            _node_ip_address=node.address,
            namespace=NAMESPACE,
            log_to_driver=False,
            configure_logging=False,
        )


def _resource_is_there(node: RayNode) -> bool:
    """Asked in a process of its own: a driver that connects too early hangs or ends its process."""
    import subprocess

    code = (
        "import ray,sys;"
        f"ray.init(address={node.head_address!r},_node_ip_address={node.address!r},log_to_driver=False,"
        "configure_logging=False);"
        f"sys.exit(0 if ray.cluster_resources().get('machine-{node.name}') else 1)"
    )
    environment = {**os.environ, **node.environment()}
    try:
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
