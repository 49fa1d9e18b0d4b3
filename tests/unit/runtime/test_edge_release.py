"""Packages of the connector: the same bytes each time, complete by themselves, installable with nothing but a shell."""

from __future__ import annotations

import ast
import gzip
import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from prahari.contracts.edgepackages import PackageError
from prahari.engines.edge.packages import Releases, own_platform
from prahari.runtime import edge_release
from prahari.runtime.edge_release import Libraries
from prahari.runtime.errors import CentreError

KEY = Ed25519PrivateKey.generate()


def payload(package: Path) -> dict[str, bytes]:
    with tarfile.open(package) as outer:
        found = outer.extractfile("payload.tar.gz")
        assert found is not None
        with tarfile.open(fileobj=io.BytesIO(gzip.decompress(found.read()))) as inner:
            return {one.name: inner.extractfile(one).read() for one in inner if one.isreg()}  # type: ignore[union-attr]


def libraries(folder: Path, version: str = "1.0") -> Libraries:
    """A set of one library, as pip lays it down."""
    about = folder / f"Some_Library-{version}.dist-info"
    about.mkdir(parents=True, exist_ok=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: Some_Library\nVersion: {version}\n")
    (folder / "some_library.py").write_text("WORD = 'here'\n")
    return edge_release.libraries_in(folder, own_platform())


def test_the_same_tree_and_key_give_the_same_bytes_and_another_version_says_so(tmp_path: Path) -> None:
    first, again, later = tmp_path / "1", tmp_path / "2", tmp_path / "3"
    edge_release.build(first, KEY, "2.0.0", None)
    edge_release.build(again, KEY, "2.0.0", None)
    edge_release.build(later, KEY, "2.0.1", None)
    assert first.read_bytes() == again.read_bytes() != later.read_bytes()
    files = payload(later)
    assert b'VERSION = "2.0.1"' in files["lib/prahari/engines/edge/version.py"]
    assert not any("desks" in name or "runtime" in name or "simcity" in name for name in files)
    with pytest.raises(CentreError, match="no version"):
        edge_release.build(tmp_path / "4", KEY, "next", None)


def test_what_a_package_imports_of_ours_is_in_it(tmp_path: Path) -> None:
    edge_release.build(tmp_path / "1", KEY, "2.0.0", None)
    files = payload(tmp_path / "1")
    modules = {name.removeprefix("lib/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
               for name in files if name.endswith(".py")}  # fmt: skip
    missing = set()
    for name, source in files.items():
        for node in ast.walk(ast.parse(source)) if name.endswith(".py") else ():
            wanted = [one.name for one in node.names] if isinstance(node, ast.Import) else \
                [node.module or ""] if isinstance(node, ast.ImportFrom) else []  # fmt: skip
            missing |= {one for one in wanted if one.startswith("prahari") and one not in modules}
    assert not missing


def test_libraries_are_carried_or_lent_by_the_version_before(tmp_path: Path) -> None:
    root = Releases(tmp_path / "root")
    one, other = libraries(tmp_path / "one"), libraries(tmp_path / "other", "1.1")
    full, small, strange = tmp_path / "full", tmp_path / "small", tmp_path / "strange"
    edge_release.build(full, KEY, "2.0.0", one, carry=True)
    edge_release.build(small, KEY, "2.0.1", one)
    edge_release.build(strange, KEY, "2.0.2", other)
    assert small.stat().st_size < 1_000_000
    with pytest.raises(PackageError, match="libraries that this box has not"):
        root.install(small, KEY.public_key())
    for package in (full, small):
        root.install(package, KEY.public_key())
        root.confirm(root.current)
    assert (root.folder("2.0.1") / "site" / "some_library.py").read_text() == "WORD = 'here'\n"
    with pytest.raises(PackageError, match="libraries that this box has not"):
        root.install(strange, KEY.public_key())
    foreign = Libraries(one.files, one.names, "cp311-linux-mips")
    edge_release.build(tmp_path / "foreign", KEY, "2.0.3", foreign, carry=True)
    with pytest.raises(PackageError, match="is for cp311-linux-mips"):
        root.install(tmp_path / "foreign", KEY.public_key())
    assert root.current == "2.0.1"


@pytest.mark.skipif(os.geteuid() != 0, reason="gives files to another user")
def test_the_script_in_a_package_makes_a_box(tmp_path: Path) -> None:
    package, unpacked, root = tmp_path / "package", tmp_path / "unpacked", tmp_path / "root"
    carried = libraries(tmp_path / "libraries")
    edge_release.build(package, KEY, "2.0.0", carried, carry=True)
    Releases(tmp_path / "one").install(package, KEY.public_key())  # unpacks it, for once
    (tmp_path / "one" / "releases" / "2.0.0").rename(unpacked)
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    environment = {
        **os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PRAHARI_EDGE_ROOT": str(root),
        "PRAHARI_EDGE_HOME": str(tmp_path / "home"), "PRAHARI_EDGE_UNITS": str(tmp_path / "units"),
        "PRAHARI_EDGE_BIN": str(tmp_path / "bin"), "PRAHARI_EDGE_USER": "daemon",
    }  # fmt: skip
    for _ in range(2):  # again changes nothing
        subprocess.run([unpacked / "install.sh", "5000"], env=environment, check=True, capture_output=True)
    assert Releases(root).current == "2.0.0"
    small = tmp_path / "small"  # what it carried is there for versions that come later
    edge_release.build(small, KEY, "2.0.1", carried)
    assert Releases(root).install(small, KEY.public_key()) == "2.0.1"
    unit = (tmp_path / "units" / "prahari-edge.service").read_text()
    assert f"keeper {root} {tmp_path / 'home'} --quota-mb 5000" in unit and python in unit
    checked = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "units" / "prahari-edge.service"], capture_output=True, text=True,
        check=False,
    ) if Path("/usr/bin/systemd-analyze").exists() else None  # fmt: skip
    assert checked is None or "prahari-edge.service" not in checked.stderr, checked.stderr
    # The keeper needs nothing but Python, and the command of the version answers.
    keeper = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(root / 'keeper')!r}); "
         "import prahari.engines.edge.keeper as k; print(k.__file__)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert keeper.stdout.startswith(str(root / "keeper"))
    command = [root / "current" / "bin" / "prahari-edge", "--home", tmp_path / "home", "camera", "list"]
    subprocess.run(command, env={**environment, "PRAHARI_EDGE_PYTHON": sys.executable}, check=True)
