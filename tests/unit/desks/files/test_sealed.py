"""What lies on the disk gives back exactly what was put in, or says that it is damaged."""

from __future__ import annotations

import io
import os
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prahari.desks.files import sealed
from prahari.desks.files.sealed import FORM, PIECE_BYTES, TAG_BYTES, DamagedError, SealedReader

SEALING_KEY = bytes(range(32))
FILE_ID = UUID("01890000-0000-7000-8000-000000000001")
KEY = sealed.key_of(SEALING_KEY, FILE_ID)
PIECE = PIECE_BYTES + TAG_BYTES


def write(path: Path, plain: bytes, key: bytes = KEY) -> Path:
    with path.open("wb") as target:
        sealed.seal(sealed.pieces_of(io.BytesIO(plain)), key, target)
    return path


def read(path: Path, key: bytes = KEY) -> bytes:
    with SealedReader(path, key) as reader:
        return reader.read()


@pytest.mark.parametrize("size", [1, 63, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])
def test_comes_back_whole(tmp_path: Path, size: int) -> None:
    plain = os.urandom(size)
    path = write(tmp_path / "a", plain)
    assert read(path) == plain
    assert plain[:64] not in path.read_bytes() or size < 64
    with SealedReader(path, KEY) as reader:
        assert reader.size_bytes == size


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    starts=st.lists(
        st.tuples(st.integers(0, 2 * PIECE_BYTES + 700), st.integers(0, PIECE_BYTES + 5)), min_size=1, max_size=6
    )
)
def test_any_range_reads_as_of_a_plain_file(tmp_path: Path, starts: list[tuple[int, int]]) -> None:
    plain = (bytes(range(251)) * (2 * PIECE_BYTES // 251 + 2))[: 2 * PIECE_BYTES + 500]
    path = tmp_path / "a"
    if not path.exists():
        write(path, plain)
    with io.BufferedReader(SealedReader(path, KEY)) as reader:
        for start, length in starts:
            reader.seek(start)
            assert reader.read(length) == plain[start : start + length]


def changed(raw: bytes, how: str) -> bytes:
    body = raw[len(FORM) :]
    pieces = [body[at : at + PIECE] for at in range(0, len(body), PIECE)]
    match how:
        case "a bit flipped":
            return raw[:-5] + bytes([raw[-5] ^ 1]) + raw[-4:]
        case "last piece cut off":
            return FORM + b"".join(pieces[:-1])
        case "cut in the middle of a piece":
            return raw[:-100]
        case "two pieces swapped":
            return FORM + pieces[1] + pieces[0] + b"".join(pieces[2:])
        case "a piece twice":
            return FORM + pieces[0] + b"".join(pieces)
        case "something behind it":
            return raw + b"x"
        case "another form":
            return b"PRAHARI2" + body
        case "nothing":
            return b""
    raise AssertionError(how)


@pytest.mark.parametrize("how", [
    "a bit flipped", "last piece cut off", "cut in the middle of a piece", "two pieces swapped", "a piece twice",
    "something behind it", "another form", "nothing",
])  # fmt: skip
def test_every_change_is_noticed(tmp_path: Path, how: str) -> None:
    path = write(tmp_path / "a", os.urandom(3 * PIECE_BYTES + 777))
    path.write_bytes(changed(path.read_bytes(), how))
    with pytest.raises(DamagedError):
        read(path)


def test_another_file_or_another_centre_does_not_open_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a", b"secret")
    for key in (sealed.key_of(SEALING_KEY, uuid4()), sealed.key_of(bytes(32), FILE_ID)):
        with pytest.raises(DamagedError):
            read(path, key)


def test_a_missing_file_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedError):
        SealedReader(tmp_path / "none", KEY)


def test_pieces_whatever_the_source_gives_at_a_time() -> None:
    class Dribble(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 1000))

    plain = os.urandom(PIECE_BYTES + 10)
    assert [len(piece) for piece in sealed.pieces_of(Dribble(plain))] == [PIECE_BYTES, 10]
