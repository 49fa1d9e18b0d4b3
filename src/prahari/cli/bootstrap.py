"""From a clean clone to a running command, with nothing but Python's standard library.

Run by ./prahari. Installs what uv.lock names into .venv, builds web/, each only when its sources changed since the
last time, then hands over to prahari.cli. May import nothing of ours: nothing is installed yet.
"""

from __future__ import annotations

import configparser
import fcntl
import hashlib
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
WEB = ROOT / "web"
TOOLS = ROOT / "var" / "tools"

UV_VERSION = "0.13.9"
UV_OLDEST = (0, 5)
UV_WHEELS = {
    "x86_64": (
        f"uv-{UV_VERSION}-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    "aarch64": (
        f"uv-{UV_VERSION}-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
}
PACKAGE_INDEX = "https://pypi.org/simple"
NODE_OLDEST = (20, 19)
NEEDS_WEB = {"up", "test", "bench"}
NEEDS_TOOLS = {"test", "bench"}


class SetupError(Exception):
    """Something is missing or failed; the message is a sentence that says what to do."""


def say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def digest(paths: Iterable[Path], *more: str) -> str:
    """One hash over names and contents of files."""
    total = hashlib.sha256()
    for text in more:
        total.update(text.encode() + b"\0")
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def run(command: list[str], doing: str, environment: dict[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run quietly; on failure raise SetupError with the end of what it said."""
    started_s = time.monotonic()
    try:
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    except OSError as error:
        raise SetupError(f"{doing} failed: {command[0]} cannot be run ({error.strerror}).") from error
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-12:]
        raise SetupError(f"{doing} failed. What it said last:\n  " + "\n  ".join(said) + network_hint(said))
    say(f"  {doing}: done in {time.monotonic() - started_s:.0f} s")


def network_hint(said: list[str]) -> str:
    signs = ("resolve", "network", "connect", "timed out", "EAI_AGAIN", "ENOTFOUND", "ETIMEDOUT", "dns")
    if any(sign.lower() in line.lower() for line in said for sign in signs):
        return "\nThe first start needs the internet (or your mirror of the package index); later ones do not."
    return ""


def find_uv() -> str:
    """uv from PATH when new enough, else our own copy."""
    found = shutil.which("uv")
    if found and uv_version(found) >= UV_OLDEST:
        return found
    own = TOOLS / f"uv-{UV_VERSION}" / "uv"
    if uv_version(str(own)) == (0, 0):
        say(f"  Fetching uv {UV_VERSION}")
        own.parent.mkdir(parents=True, exist_ok=True)
        part = own.with_suffix(f".{os.getpid()}")
        part.write_bytes(fetch_uv())
        part.chmod(0o755)
        part.replace(own)
    return str(own)


def uv_version(program: str) -> tuple[int, int]:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, cwd=ROOT)
    except OSError:
        return 0, 0
    found = re.match(r"uv (\d+)\.(\d+)", answer.stdout)
    return (int(found[1]), int(found[2])) if found and answer.returncode == 0 else (0, 0)


def index_address() -> str:
    """The package index this machine is set up for: uv's and pip's own settings, else the public one."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if os.environ.get(name):
            return os.environ[name]
    home = Path.home()
    for path in (home / ".config/pip/pip.conf", home / ".pip/pip.conf", Path("/etc/pip.conf")):
        settings = configparser.RawConfigParser()
        try:
            settings.read(path)
        except configparser.Error:
            continue
        if settings.has_option("global", "index-url"):
            return settings.get("global", "index-url")
    return PACKAGE_INDEX


def fetch_uv() -> bytes:
    """The uv program out of its wheel, checked against the pinned hash."""
    if platform.machine() not in UV_WHEELS:
        raise SetupError(f"uv is not pinned for {platform.machine()}. Install uv yourself so that it is on PATH.")
    wheel, sha256 = UV_WHEELS[platform.machine()]
    index = index_address()
    page = index.rstrip("/") + "/uv/"
    try:
        listing = download(page, "application/vnd.pypi.simple.v1+json, text/html;q=0.5").decode()
        content = download(urllib.parse.urljoin(page, link_in(listing, wheel)), "*/*")
    except (urllib.error.URLError, OSError) as error:
        host = urllib.parse.urlsplit(index).hostname
        raise SetupError(
            f"uv cannot be fetched from {host} ({getattr(error, 'reason', error)}). The first start needs the "
            "internet or a mirror (PIP_INDEX_URL); or install uv yourself so that it is on PATH."
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SetupError(f"{wheel} from {urllib.parse.urlsplit(index).hostname} is not the file pinned here; not used.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"uv-{UV_VERSION}.data/scripts/uv")


def download(url: str, accept: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept": accept})  # noqa: S310 - https or the user's own mirror
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
        return bytes(response.read())


def link_in(listing: str, wheel: str) -> str:
    """The link to `wheel` in an index page, JSON or HTML."""
    try:
        links = [entry["url"] for entry in json.loads(listing)["files"] if entry["filename"] == wheel]
    except ValueError:
        links = re.findall(rf'href="([^"]*/{re.escape(wheel)}[^"]*)"', listing)
    if not links:
        raise SetupError(f"The package index has no {wheel}. Install uv yourself so that it is on PATH.")
    return str(links[0])


def install_python(with_tools: bool) -> None:
    """Make .venv as uv.lock says, unless it is already."""
    stamp = VENV / ".prahari-stamp"
    lock = digest([ROOT / "uv.lock", ROOT / "pyproject.toml"], sys.version.split()[0])
    if is_stamped(stamp, f"{lock} tools") or (not with_tools and is_stamped(stamp, lock)):
        return
    environment = {
        **os.environ,
        "UV_PYTHON": sys.executable,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PROJECT_ENVIRONMENT": str(VENV),
    }
    environment.pop("VIRTUAL_ENV", None)
    command = [find_uv(), "sync", "--frozen", "--inexact", *([] if with_tools else ["--no-dev"])]
    run(command, "Installing Python packages", environment)
    stamp.write_text(f"{lock} tools" if with_tools else lock)


def web_sources() -> list[Path]:
    skipped = {"node_modules", "dist", "test-results", "coverage"}
    found = []
    for folder, folders, files in os.walk(WEB):
        folders[:] = [name for name in folders if name not in skipped]
        found += [Path(folder) / name for name in files]
    return found


def build_web(with_tools: bool) -> None:
    """Install web/'s packages and build it, each unless its sources are as they were."""
    if not (WEB / "package-lock.json").exists():
        return
    lock, sources = digest([WEB / "package-lock.json"]), digest(web_sources())
    packages_stamp, built_stamp = WEB / "node_modules" / ".prahari-stamp", WEB / "dist" / ".prahari-stamp"
    is_built = is_stamped(built_stamp, sources)
    if is_built and not with_tools:
        return
    environment = {**os.environ, "CI": "1", "NO_UPDATE_NOTIFIER": "1"}
    if not is_stamped(packages_stamp, lock):
        check_node()
        run(["npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"], "Installing web packages", environment, WEB)
        packages_stamp.write_text(lock)
    if not is_built:
        check_node()
        run(["npx", "--no-install", "vite", "build"], "Building the console", environment, WEB)
        built_stamp.write_text(sources)


def check_node() -> None:
    answer = None
    if shutil.which("node") and shutil.which("npm"):
        answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", answer.stdout) if answer else None
    if not found or (int(found[1]), int(found[2])) < NODE_OLDEST:
        have = f"this machine has {answer.stdout.strip()}" if answer and found else "it is not installed"
        raise SetupError(
            f"Building the console needs Node.js {'.'.join(map(str, NODE_OLDEST))} or newer with npm; {have}. "
            "Install it from your distribution or nodejs.org."
        )


def both(with_tools: bool, with_web: bool) -> None:
    """Python packages and console side by side. Raises the first failure."""
    failures: list[SetupError] = []

    def web() -> None:
        try:
            build_web(with_tools)
        except SetupError as error:
            failures.append(error)

    beside = threading.Thread(target=web) if with_web else None
    if beside:
        beside.start()
    try:
        install_python(with_tools)
    finally:
        if beside:
            beside.join()
    if failures:
        raise failures[0]


def prepare(command: str) -> None:
    os.umask(0o022)  # PostgreSQL must be able to read its programs when we run as root
    try:
        TOOLS.mkdir(parents=True, exist_ok=True)
        lock = (TOOLS / "lock").open("w")
    except OSError as error:
        raise SetupError(
            f"{TOOLS} cannot be written ({error.strerror}). Make the clone writable for this user."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            both(command in NEEDS_TOOLS, command in NEEDS_WEB)
        except OSError as error:
            raise SetupError(f"Installing failed: {error.filename or ROOT}: {error.strerror}.") from error


def main() -> None:
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    try:
        prepare(command)
    except SetupError as error:
        say(str(error))
        sys.exit(3)
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(130)
    # Two dozen processes load the same modules, again after each restart: compile them once.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    program = str(VENV / "bin" / "python")
    os.execv(program, [program, "-m", "prahari.cli", *sys.argv[1:]])  # noqa: S606 - our own interpreter


if __name__ == "__main__":
    main()
