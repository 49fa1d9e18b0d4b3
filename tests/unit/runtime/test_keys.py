"""Keys: made once, private, fit for what they are for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from prahari.contracts import sealing, tokens
from prahari.contracts.config import Config
from prahari.contracts.media import MediaClaims
from prahari.runtime import keys
from prahari.runtime.errors import CentreError


def test_made_once_and_private(tmp_path: Path) -> None:
    os.umask(0o022)
    folder = keys.ensure(tmp_path)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(before) >= {"seal.key", "edge-release.pub", "token.pem", "token.pub", "nats.token", "postgres.password"}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    keys.ensure(tmp_path)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_lost_public_half_is_made_from_the_private_one(tmp_path: Path) -> None:
    folder = keys.ensure(tmp_path)
    public = (folder / "token.pub").read_bytes()
    (folder / "token.pub").unlink()
    keys.ensure(tmp_path)
    assert (folder / "token.pub").read_bytes() == public


def test_serve_tokens_and_sealing(config: Config) -> None:
    claims = MediaClaims(user_id="u", camera_id="c", uses=["live"], exp_s=2**40)
    assert tokens.verify(tokens.sign(claims, config.signing_key()), MediaClaims, config.verifying_key()) == claims
    sealed = sealing.seal("secret", config.sealing_key(), "camera:c")
    assert sealing.unseal(sealed, config.sealing_key(), "camera:c") == "secret"


def test_loose_modes_are_found(tmp_path: Path) -> None:
    folder = keys.ensure(tmp_path)
    assert keys.loose(tmp_path) == []
    (folder / "seal.key").chmod(0o644)
    assert keys.loose(tmp_path) == [folder / "seal.key"]


def test_missing_key_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CentreError, match="cannot be read: No such file"):
        keys.read_text(tmp_path, "nats.token")


def test_a_release_key_that_is_kept_elsewhere_stays_there(tmp_path: Path) -> None:
    folder = keys.ensure(tmp_path)
    (folder / "edge-release.pem").unlink()
    keys.ensure(tmp_path)
    assert not (folder / "edge-release.pem").exists()
