"""./prahari edge: signed packages of the edge connector from this source tree, and what they need of others."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from prahari.cli.stop import home_of

TITLE = "edge: make a signed package of the connector for boxes at sites"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="edge_command", metavar="COMMAND", required=True)
    release = commands.add_parser(
        "release",
        help=TITLE,
        description="The same source tree, version, libraries and key give the same bytes. Publish it in the console "
        "(Edge sites, Versions), or install a new box with it.",
    )
    release.add_argument("--home", help="folder of all state (default: PRAHARI_HOME, else var)")
    release.add_argument("--version", default="", help="of the package (default: as in engines/edge/version.py)")
    release.add_argument("--out", type=Path, help="file to write (default: prahari-edge-VERSION.tar)")
    release.add_argument("--key", type=Path, help="private release key (default: HOME/keys/edge-release.pem)")
    release.add_argument(
        "--with-libraries", action="store_true", help="carry the libraries too: for new boxes, or when they changed"
    )
    release.add_argument("--libraries", type=Path, help="folder with libraries for another kind of box (pip --target)")
    release.add_argument("--platform", default="", help="of that box: cp311-linux-aarch64")
    commands.add_parser("libraries", help="print the libraries that a connector needs, for pip install -r")


def run(arguments: argparse.Namespace) -> int:
    from prahari.engines.edge.version import VERSION
    from prahari.runtime import edge_release, keys

    if arguments.edge_command == "libraries":
        print("\n".join(sorted(edge_release.installed_libraries().names)))
        return 0
    version = arguments.version or VERSION
    key = arguments.key or keys.ensure(home_of(arguments)) / "edge-release.pem"
    out = arguments.out or Path(f"prahari-edge-{version}.tar")
    if arguments.libraries is not None:
        libraries = edge_release.libraries_in(arguments.libraries, arguments.platform)
    else:
        libraries = edge_release.installed_libraries()
    private = edge_release.signing_key(key)
    edge_release.build(out, private, version, libraries, carry=arguments.with_libraries)
    with out.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    print(f"{out}: version {version} for {libraries.platform}, {out.stat().st_size / 1e6:.1f} MB\nSHA-256 {digest}")
    return 0
