"""That a camera's frames were seen, so that it can be checked later: a keyed hash of one keyframe.

Whoever holds the recording of that moment and the centre's key can make the hash again. It holds no picture, and no
hash that somebody without the key could compare with pictures of their own.
"""

from __future__ import annotations

import hashlib
import hmac

MAC_BYTES = 16


def proof_key(sealing_key: bytes) -> bytes:
    """The centre's key for proofs, derived from its sealing key."""
    return hashlib.blake2b(sealing_key, digest_size=32, person=b"prahari proof").digest()


def keyframe_mac(key: bytes, camera_id: str, picture_ms: int, keyframe: bytes) -> str:
    """32 hexadecimal digits for a keyframe (NAL units with 4-byte lengths, as in MP4) of a camera and a moment."""
    made = hashlib.blake2b(key=key, digest_size=MAC_BYTES)
    made.update(f"{camera_id}/{picture_ms}/".encode())
    made.update(keyframe)
    return made.hexdigest()


def is_proof(key: bytes, camera_id: str, picture_ms: int, keyframe: bytes, mac: str) -> bool:
    """Whether `mac` was made of this very keyframe, camera and moment."""
    return hmac.compare_digest(keyframe_mac(key, camera_id, picture_ms, keyframe), mac)
