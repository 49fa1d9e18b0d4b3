"""The self-made certificate: serves the names it is for, kept until near its end."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path

import pytest

from prahari.runtime import tls
from prahari.runtime.errors import CentreError


def test_a_client_that_trusts_it_connects(tmp_path: Path) -> None:
    cert, key = tls.ensure(tmp_path, "127.0.0.1")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with server.wrap_socket(connection, server_side=True) as secured:
                secured.sendall(b"hello")

        thread = threading.Thread(target=serve)
        thread.start()
        client = ssl.create_default_context(cafile=str(cert))
        with (
            socket.create_connection(listener.getsockname(), timeout=5) as plain,
            client.wrap_socket(plain, server_hostname="127.0.0.1") as secured,
        ):
            assert secured.recv(5) == b"hello"
        thread.join()


def test_kept_while_good_and_renewed_for_new_names_or_near_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cert, _ = tls.ensure(tmp_path, "127.0.0.1")
    first = cert.read_bytes()
    tls.ensure(tmp_path, "127.0.0.1")
    assert cert.read_bytes() == first
    tls.ensure(tmp_path, "192.0.2.7")
    second = cert.read_bytes()
    assert second != first
    monkeypatch.setattr(tls, "RENEW_DAYS", tls.VALID_DAYS + 1)
    tls.ensure(tmp_path, "192.0.2.7")
    assert cert.read_bytes() != second


def test_all_addresses_are_named_when_listening_on_all() -> None:
    assert {"localhost", "127.0.0.1"} < set(tls.names_for("0.0.0.0"))


@pytest.mark.parametrize(
    ("host", "expected"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_loopback(host: str, expected: bool) -> None:
    assert tls.is_loopback(host) is expected


def test_given_pair_is_checked(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    cert, key = tls.ensure(tmp_path, "127.0.0.1")
    _, other_key = tls.ensure(tmp_path / "other", "127.0.0.1")
    tls.check_pair(cert, key)
    with pytest.raises(CentreError, match="does not belong to"):
        tls.check_pair(cert, other_key)
    with pytest.raises(CentreError, match="No such file"):
        tls.check_pair(cert, tmp_path / "none.key")
    with pytest.raises(CentreError, match="not PEM"):
        tls.check_pair(key, key)
