"""A keyed hash of a keyframe: checkable with the key, worthless without."""

from __future__ import annotations

import pytest

from prahari.contracts.proofs import is_proof, keyframe_mac, proof_key

KEY = proof_key(b"k" * 32)
FRAME = b"\0\0\0\x05\x65nope" * 50
CAMERA = "0190a3c1-0000-7000-8000-00000000c001"


def test_the_same_keyframe_makes_the_same_hash() -> None:
    mac = keyframe_mac(KEY, CAMERA, 1_700_000_000_000, FRAME)
    assert len(mac) == 32
    assert is_proof(KEY, CAMERA, 1_700_000_000_000, FRAME, mac)


@pytest.mark.parametrize(
    ("key", "camera", "at_ms", "frame"),
    [
        (proof_key(b"x" * 32), CAMERA, 1, FRAME),
        (KEY, "another", 1, FRAME),
        (KEY, CAMERA, 2, FRAME),
        (KEY, CAMERA, 1, FRAME[:-1] + b"\0"),
    ],
)
def test_anything_else_does_not(key: bytes, camera: str, at_ms: int, frame: bytes) -> None:
    assert not is_proof(key, camera, at_ms, frame, keyframe_mac(KEY, CAMERA, 1, FRAME))
