"""`prahari-edge`: enrol, camera, discover, run, status, update."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import logging
import os
import sys
import time
from pathlib import Path

import msgspec

from prahari.contracts.logs import configure_logging
from prahari.contracts.stopping import until_stopped
from prahari.engines.edge.enrol import EnrolError, Ticket, checked, enrol, read_ticket
from prahari.engines.edge.home import Home, HomeError, LocalCamera, LocalDevice
from prahari.engines.edge.version import VERSION

log = logging.getLogger(__name__)

HOME = "/var/lib/prahari-edge"
ROOT = "/opt/prahari-edge"


def main() -> None:
    arguments = _parser().parse_args()
    try:
        sys.exit(arguments.run(arguments))
    except (HomeError, EnrolError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command answers on the terminal
        sys.exit(1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="prahari-edge", description="Cameras of this place for a Prahari centre.")
    parser.add_argument("--home", default=os.environ.get("PRAHARI_EDGE_HOME", HOME), type=Path, help="its folder")
    commands = parser.add_subparsers(required=True)

    command = commands.add_parser("enrol", help="make this box a site of a centre")
    command.add_argument("ticket", nargs="?", default="", help="what the QR code says (prahari-edge:?...)")
    command.add_argument("--centre", default="", help="https://centre:8400, when the code is typed")
    command.add_argument("--code", default="")
    command.add_argument("--pin", default="", help="fingerprint of the centre's certificate, SHA-256")
    command.set_defaults(run=_enrol)

    camera = commands.add_parser("camera", help="cameras of this place").add_subparsers(required=True)
    command = camera.add_parser("add", help="enter or replace a camera; its password is asked for")
    command.add_argument("name", help="as the centre will know it: small letters, digits, dashes")
    command.add_argument("url", nargs="?", default="", help="rtsp://192.168.1.20:554/main, without name and password")
    command.add_argument("--sub", default="", help="address of its small stream, for live pictures over a slow line")
    command.add_argument("--onvif", default="", help="address of its device: it tells its streams, is moved and heard")
    command.add_argument("--channel", type=int, default=1, help="of the device")
    command.add_argument("--user", default="")
    command.add_argument("--title", default="", help="in words")
    command.add_argument("--udp", action="store_true")
    command.set_defaults(run=_add)
    camera.add_parser("list").set_defaults(run=_list)
    command = camera.add_parser("remove")
    command.add_argument("name")
    command.set_defaults(run=_remove)

    command = commands.add_parser("discover", help="look for recorders and cameras (ONVIF) in this network")
    command.add_argument("--seconds", type=float, default=4.0)
    command.add_argument("--user", default="", help="also ask each for its channels; the password is asked for")
    command.set_defaults(run=_discover)

    command = commands.add_parser("run", help="serve the cameras until stopped")
    command.add_argument("--link", default=os.environ.get("PRAHARI_EDGE_LINK", ""), help="another address of the link")
    command.add_argument("--recordings", type=Path, default=None)
    command.add_argument("--quota-mb", type=int, default=int(os.environ.get("PRAHARI_EDGE_QUOTA_MB", "0")))
    command.add_argument("--reserve-mb", type=int, default=int(os.environ.get("PRAHARI_EDGE_RESERVE_MB", "1000")))
    command.add_argument("--longest-wait-s", type=float, default=30.0, help="between two tries to reach the centre")
    command.add_argument("--root", type=Path, default=_kept_root(), help="where updates go; set by the keeper")
    command.set_defaults(run=_run)

    command = commands.add_parser("update", help="install a signed package; goes back by itself when it does not work")
    command.add_argument("package", type=Path)
    command.add_argument("--root", default=os.environ.get("PRAHARI_EDGE_ROOT", ROOT), type=Path)
    command.add_argument("--limit-s", type=float, default=300.0, help="until when it must have reached the centre")
    command.set_defaults(run=_update)
    commands.add_parser("status", help="how it stands").set_defaults(run=_status)
    return parser


def _kept_root() -> Path | None:
    root = os.environ.get("PRAHARI_EDGE_ROOT", "")
    return Path(root) if root else None


def _enrol(arguments: argparse.Namespace) -> int:
    home = Home(arguments.home)
    if arguments.ticket:
        ticket = read_ticket(arguments.ticket)
    else:
        ticket = checked(Ticket(arguments.centre, arguments.code, arguments.pin.replace(":", "").lower()))
    identity = asyncio.run(enrol(home, ticket, VERSION))
    _say(f"Enrolled as {identity.name}. Now enter its cameras: prahari-edge camera add NAME rtsp://...")
    return 0


def _add(arguments: argparse.Namespace) -> int:
    password = os.environ.get("PRAHARI_EDGE_PASSWORD", "")
    if arguments.user and not password:
        password = getpass.getpass(f"Password of {arguments.user} at the camera: ")
    transport = "udp" if arguments.udp else "tcp"
    camera = LocalCamera(arguments.name, arguments.url, arguments.sub, transport=transport, title=arguments.title)
    if arguments.onvif:
        camera = _with_device(camera, arguments, password)
    if not camera.url:
        raise HomeError("give the camera's address, or its device by --onvif")
    Home(arguments.home).add_camera(camera, arguments.user, password)
    _say(f"{arguments.name} is entered. The centre sees the name, not the address and not the password.")
    return 0


def _with_device(camera: LocalCamera, arguments: argparse.Namespace, password: str) -> LocalCamera:
    """What was not typed is asked of the device. Raises HomeError."""
    from prahari.engines.edge.finding import look_up

    about, channel = asyncio.run(look_up(arguments.onvif, arguments.user, password, arguments.channel))
    device = LocalDevice(
        arguments.onvif, channel.number, channel.main.profile, channel.source, channel.ptz, "events" in about.abilities
    )  # fmt: skip
    sub = channel.sub.url if channel.sub is not None else ""
    return msgspec.structs.replace(
        camera, url=camera.url or channel.main.url, sub_url=camera.sub_url or sub, make=about.make, model=about.model,
        device=device,
    )  # fmt: skip


def _list(arguments: argparse.Namespace) -> int:
    for camera in Home(arguments.home).cameras().values():
        _say(f"{camera.name}\t{camera.url}\t{camera.sub_url}\t{camera.title}")
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    if not Home(arguments.home).remove_camera(arguments.name):
        raise HomeError(f"there is no camera {arguments.name}")
    return 0


def _discover(arguments: argparse.Namespace) -> int:
    from prahari.engines.edge.finding import discover

    password = os.environ.get("PRAHARI_EDGE_PASSWORD", "")
    if arguments.user and not password:
        password = getpass.getpass(f"Password of {arguments.user}: ")
    for line in asyncio.run(discover(arguments.seconds, arguments.user, password)):
        _say(line)
    return 0


def _run(arguments: argparse.Namespace) -> int:
    import uvloop

    from prahari.engines.edge.connector import Connector, Options
    from prahari.engines.edge.reach import Reach

    configure_logging("edge")
    options = Options(
        arguments.recordings, arguments.quota_mb * 1_000_000, arguments.reserve_mb * 1_000_000, VERSION, arguments.root
    )  # fmt: skip
    home = Home(arguments.home)
    connector = Connector(home, options)
    reach = Reach(home.folder / "link.json", arguments.link, longest_wait_s=arguments.longest_wait_s)
    uvloop.run(until_stopped(connector.run(reach)))
    return 0


def _update(arguments: argparse.Namespace) -> int:
    from prahari.contracts.edgepackages import PackageError, release_key
    from prahari.engines.edge.packages import Releases

    identity = Home(arguments.home).identity()
    pinned = arguments.home / "release.pub"
    try:
        key = release_key(pinned.read_text() if pinned.exists() else identity.release_key if identity else "")
        version = Releases(arguments.root).install(arguments.package, key, limit_s=arguments.limit_s)
    except PackageError as error:
        raise HomeError(f"Not installed: {error}.") from error
    _say(f"Version {version} is switched to. It goes back by itself if it does not reach the centre.")
    return 0


def _status(arguments: argparse.Namespace) -> int:
    home = Home(arguments.home)
    identity = home.identity()
    if identity is None:
        raise HomeError("this box is not enrolled: prahari-edge enrol CODE")
    claims = identity.claims()
    until = time.strftime("%d %b %Y", time.localtime(claims.exp_s)) if claims is not None else "none"
    _say(f"Site: {identity.name} ({identity.site_id})\nCentre: {identity.centre}\nCertificate until: {until}")
    try:
        link = json.loads((home.folder / "link.json").read_text())
        running = Path(f"/proc/{link['pid']}").exists()
        _say(f"Link: {link['state'] if running else 'not running'}")
    except (OSError, ValueError, KeyError):
        _say("Link: not running")
    return 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a command answers on the terminal


if __name__ == "__main__":
    main()
