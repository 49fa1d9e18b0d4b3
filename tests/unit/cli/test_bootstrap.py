"""The bootstrap: runs on a bare Python, installs once, and fails in sentences."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from prahari.cli import bootstrap

SCRIPT = Path(bootstrap.__file__)


def wheel(text: str = "#!/bin/sh\necho uv 9.9.9\n") -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"uv-{bootstrap.UV_VERSION}.data/scripts/uv", text)
    return content.getvalue()


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, tuple[str, bytes]]]:
    """A package index on loopback: path -> (content type, body)."""
    pages: dict[str, tuple[str, bytes]] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = pages.get(self.path, ("", b""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
        monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
        yield pages
        server.shutdown()
        thread.join()


def test_imports_nothing_but_the_standard_library() -> None:
    code = f"import runpy; runpy.run_path({str(SCRIPT)!r}, run_name='bare')"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


@pytest.mark.parametrize("as_json", [True, False])
def test_uv_comes_from_the_index_in_either_format(
    index: dict[str, tuple[str, bytes]], monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    name, content = "uv-1-any.whl", wheel()
    monkeypatch.setattr(bootstrap.platform, "machine", lambda: "toy")
    monkeypatch.setitem(bootstrap.UV_WHEELS, "toy", (name, hashlib.sha256(content).hexdigest()))
    listing = json.dumps({"files": [{"filename": name, "url": f"../../files/{name}"}]})
    page = f'<a href="../../files/{name}#sha256=0">{name}</a>'
    index["/simple/uv/"] = ("application/json", listing.encode()) if as_json else ("text/html", page.encode())
    index[f"/files/{name}"] = index[f"/files/{name}#sha256=0"] = ("application/zip", content)
    assert bootstrap.fetch_uv().startswith(b"#!/bin/sh")


def test_a_changed_wheel_is_not_used(index: dict[str, tuple[str, bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.platform, "machine", lambda: "toy")
    monkeypatch.setitem(bootstrap.UV_WHEELS, "toy", ("uv-1-any.whl", "0" * 64))
    listing = json.dumps({"files": [{"filename": "uv-1-any.whl", "url": "/uv-1-any.whl"}]})
    index["/simple/uv/"] = ("application/json", listing.encode())
    index["/uv-1-any.whl"] = ("application/zip", wheel("evil"))
    with pytest.raises(bootstrap.SetupError, match="not the file pinned here"):
        bootstrap.fetch_uv()


def test_no_internet_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://user:hidden@127.0.0.1:1/simple")
    with pytest.raises(
        bootstrap.SetupError, match=r"cannot be fetched from 127\.0\.0\.1.*needs the internet"
    ) as caught:
        bootstrap.fetch_uv()
    assert "hidden" not in str(caught.value)


def test_stamp_follows_contents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    source = tmp_path / "a.ts"
    source.write_text("1")
    first = bootstrap.digest([source])
    os.utime(source, (1, 1))
    assert bootstrap.digest([source]) == first
    source.write_text("2")
    assert bootstrap.digest([source]) != first


def test_missing_node_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(bootstrap.SetupError, match=r"needs Node\.js 20\.19 or newer with npm; it is not installed"):
        bootstrap.check_node()
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.20.4\n")
        (tmp_path / name).chmod(0o755)
    with pytest.raises(bootstrap.SetupError, match=r"this machine has v18\.20\.4"):
        bootstrap.check_node()


def test_failed_install_shows_its_last_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('getaddrinfo EAI_AGAIN somewhere')"]
    with pytest.raises(bootstrap.SetupError, match=r"(?s)Installing failed.*EAI_AGAIN.*needs the internet"):
        bootstrap.run(command, "Installing", cwd=tmp_path)


def test_too_old_python_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    for name in ("readlink", "dirname"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    script = SCRIPT.parents[3] / "prahari"
    done = subprocess.run(
        ["/bin/sh", str(script), "up"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "needs Python 3.11 or newer" in done.stderr
