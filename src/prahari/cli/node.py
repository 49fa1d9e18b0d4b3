"""./prahari node: other machines of the centre, for cameras and for vision."""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from prahari.cli.stop import home_of

TITLE = "other machines of the centre: invite, join, run, list, drain, leave"
JOIN_PORT = 41
"""Behind the first port; open only while somebody invites."""
STUCK_S = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="node_command", metavar="COMMAND", required=True)

    def add(name: str, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--home", type=Path, help="folder of all state (default: PRAHARI_HOME, else var)")
        return command

    invite = add("invite", "at the centre: let one machine join in the next minutes")
    invite.add_argument("name", help="how the machine is to be called: small letters, digits, dashes")
    invite.add_argument("--minutes", type=float, default=10.0)
    invite.add_argument("--bind", help="address of this machine that the other one reaches (default: PRAHARI_BIND)")
    invite.add_argument("--port", type=int, help="port of the door (default: first port + 41)")
    join = add("join", "at the other machine: get the keys and run")
    join.add_argument("address", help="HOST:PORT, as ./prahari node invite says")
    join.add_argument("--token", required=True)
    join.add_argument("--bind", required=True, help="address to listen on, which consoles reach")
    join.add_argument("--address", dest="own_address", help="name or address for consoles (default: --bind)")
    join.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 1) - 1), help="media workers")
    join.add_argument("--media-port", type=int, default=8410)
    join.add_argument("--only", action="store_true", help="join and do not run yet")
    run_ = add("run", "at the other machine: run again what has joined")
    for one in (join, run_):
        one.add_argument("--executor", choices=["local", "ray"], default="local")
    add("list", "machines, their workers and how many cameras each serves").add_argument(
        "--json", action="store_true", help="one JSON object on the last line"
    )
    drain = add("drain", "move a machine's cameras to others, one after the other")
    drain.add_argument("name")
    drain.add_argument("--undo", action="store_true", help="let it take cameras again")
    drain.add_argument("--no-wait", action="store_true", help="do not wait until it is empty")
    add("leave", "a machine will not come back: forget it; what it recorded stays on its disks").add_argument("name")


def run(arguments: argparse.Namespace) -> int:
    command: str = arguments.node_command
    if command == "invite":
        return asyncio.run(_invite(arguments))
    if command in {"join", "run"}:
        return asyncio.run(_join_or_run(arguments))
    if command == "list":
        return asyncio.run(_list(arguments))
    if command == "leave":
        _manage(arguments, "leave", arguments.name)
        print(f"{arguments.name} is a machine of this centre no more.")
        return 0
    _manage(arguments, "undrain" if arguments.undo else "drain", arguments.name)
    if arguments.undo or arguments.no_wait:
        return 0
    return asyncio.run(_drained(arguments))


def _surroundings(arguments: argparse.Namespace) -> dict[str, str]:
    """Of the centre in this home: how its database and event log are reached. Raises CentreError."""
    from prahari.runtime import home, tls
    from prahari.runtime.errors import CentreError
    from prahari.runtime.nats import Nats
    from prahari.runtime.postgres import Postgres

    folder = home_of(arguments)
    environment = {**os.environ, "PRAHARI_HOME": str(folder), "PRAHARI_LOG": "error"}
    port = int(environment.get("PRAHARI_PORT") or 8400)
    if not (environment.get("DATABASE_URL") and environment.get("NATS_URL")) and not home.holder(folder):
        raise CentreError(f"No centre is running in {folder}. Start it with ./prahari up, then try again.")
    if not environment.get("DATABASE_URL"):
        environment["DATABASE_URL"] = Postgres(folder, port + 3).url
    if not environment.get("NATS_URL"):
        bind = environment.get("PRAHARI_NATS_BIND", "127.0.0.1")
        nats = Nats(folder, int(environment.get("PRAHARI_NATS_PORT", port + 2)), bind)
        if not tls.is_loopback(bind):
            cert, key = tls.ensure(folder, bind)
            nats = Nats(folder, nats.port, bind, (cert, key))
            environment["PRAHARI_NATS_CA"] = str(cert)
        environment["NATS_URL"] = nats.url
    return environment


def _manage(arguments: argparse.Namespace, *words: str) -> dict[str, Any]:
    """What people do is an action of a desk, with its audit entry."""
    from prahari.runtime.errors import CentreError

    done = subprocess.run(
        [sys.executable, "-m", "prahari.desks.manage", "node", *words],
        env=_surroundings(arguments),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise CentreError(said[-1].removeprefix("CommandError: ") if said else "The centre refused.")
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def _handed(keys: Path, ca: str) -> dict[str, str]:
    """What a media engine needs: to open credentials, to check tokens, to know the event log. It can sign nothing."""
    files = {"seal.key": keys / "seal.key", "token.pub": keys / "token.pub"}
    if ca:
        files["nats.ca"] = Path(ca)
    return {name: base64.b64encode(path.read_bytes()).decode() for name, path in files.items()}


async def _invite(arguments: argparse.Namespace) -> int:
    import ssl

    from prahari.contracts.config import load
    from prahari.runtime import tls
    from prahari.runtime.centre import INVITED
    from prahari.runtime.nodes.joining import Door, JoinReply, JoinRequest, new_token, serve

    environment = _surroundings(arguments)
    config = load(environment)
    bind = arguments.bind or environment.get("PRAHARI_NATS_BIND") or config.bind
    port = arguments.port or config.port + JOIN_PORT
    cert, key = tls.ensure(config.home / "join", bind)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    number = (await asyncio.to_thread(_manage, arguments, "invite", arguments.name))["number"]
    (config.home / INVITED).touch(mode=0o600)
    token = new_token(arguments.name, cert.read_text())

    async def admit(asked: JoinRequest) -> JoinReply:
        words = ("join", arguments.name, "--number", str(number), "--address", asked.address)
        words += ("--workers", str(asked.workers), "--media-port", str(asked.media_port))
        await asyncio.to_thread(_manage, arguments, *words)
        handed = _handed(config.keys, environment.get("PRAHARI_NATS_CA", ""))
        hosts = sorted({bind, socket.gethostname(), *config.console_hosts, *tls.names_for(config.bind)})
        return JoinReply(
            arguments.name,
            number,
            handed,
            {"NATS_URL": environment["NATS_URL"], "PRAHARI_CONSOLE_HOSTS": ",".join(hosts)},
        )

    host = socket.gethostname() if bind in {"0.0.0.0", "::"} else bind  # noqa: S104 - compared, not bound
    print(
        f"In the next {arguments.minutes:.0f} minutes, on the other machine:\n\n"
        f"  ./prahari node join {host}:{port} --token {token} --bind ITS-ADDRESS\n",
        flush=True,
    )
    address = await serve(Door(token, admit), bind, port, context, arguments.minutes * 60)
    print(f"{arguments.name} has joined from {address}.")
    return 0


async def _join_or_run(arguments: argparse.Namespace) -> int:
    from prahari.runtime import home as homes
    from prahari.runtime.nodes import joining, machine

    folder = home_of(arguments)
    homes.prepare(folder)
    if arguments.node_command == "join":
        address = arguments.own_address or arguments.bind
        asked = joining.JoinRequest(
            joining.read_token(arguments.token).secret, address, arguments.workers, arguments.media_port
        )
        reply = await joining.ask(arguments.address, joining.read_token(arguments.token), asked)
        machine.keep(folder, reply, arguments.bind, address, arguments.workers, arguments.media_port)
        print(f"This machine is {reply.name} of the centre now.", flush=True)
        if arguments.only:
            return 0
    with homes.held(folder):
        await _run_here(folder, arguments.executor)
    return 0


async def _run_here(folder: Path, kind: str) -> None:
    from prahari.runtime.executors import Executor
    from prahari.runtime.executors.local import LocalExecutor
    from prahari.runtime.nodes import machine

    executor: Executor = LocalExecutor()
    if kind == "ray":
        from prahari.runtime.executors.ray import RayExecutor

        executor = RayExecutor()
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    known = machine.read(folder)
    try:
        await executor.start(machine.group(folder, known))
        for trouble in executor.troubles():
            print(f"! {trouble}")
        print(f"{known.name} runs {known.workers} media workers. Ctrl-C stops it.", flush=True)
        await asked.wait()
    finally:
        await executor.stop()


async def _overview(arguments: argparse.Namespace) -> dict[str, Any]:
    """Of nodes.listing. Raises CentreError."""
    from prahari.runtime.errors import CentreError
    from prahari.runtime.nodes.listing import overview

    environment = _surroundings(arguments)
    os.environ.update({name: environment[name] for name in ("PRAHARI_NATS_CA",) if name in environment})
    try:
        return await overview(environment["NATS_URL"])
    except TimeoutError as error:
        raise CentreError(
            "The event log (NATS) of this centre does not answer. Does the centre run, and was it started with another"
            " PRAHARI_PORT? ./prahari status shows it."
        ) from error


async def _list(arguments: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.table import Table

    found = await _overview(arguments)
    if arguments.json:
        print(json.dumps(found))
        return 0
    table = Table("machine", "worker", "state", "cameras", "takes up to", "CPU %", "loop late ms", "at", box=None)
    for row in found["workers"]:
        figures = [str(row[name]) for name in ("cameras", "capacity", "cpu_pct", "loop_lag_ms", "origin")]
        table.add_row(row["node"], str(row["worker"]), row["state"], *figures)
    Console().print(table)
    print(f"Cameras go by {found['mode']}; {found['moving']} are being moved, {found['waiting']} wait for a machine.")
    return 0


async def _drained(arguments: argparse.Namespace) -> int:
    last, since_s, warned = -1, time.monotonic(), False
    while True:
        found = await _overview(arguments)
        left = found["placed_on"].get(arguments.name, 0)
        if left != last:
            print(f"{left} cameras left on {arguments.name}", flush=True)
            last, since_s = left, time.monotonic()
        elif time.monotonic() - since_s > STUCK_S and not warned:
            print("None moves: the other machines are full, or away. See ./prahari node list.", flush=True)
            warned = True
        if not left:
            return 0
        await asyncio.sleep(1)
