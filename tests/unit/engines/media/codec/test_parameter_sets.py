"""SPS of H.264 and H.265, AudioSpecificConfig: real ones are read, wild ones only ever raise BitstreamError."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest_rig import nal_units, parameters_of
from prahari.engines.media.codec import aac, h264, h265
from prahari.engines.media.codec.bits import BitReader, BitstreamError, unescape
from prahari.engines.media.codec.parameters import reorder_depth


@pytest.mark.parametrize("codec", ["h264", "h265"])
@pytest.mark.parametrize("size", ["320x180", "322x182", "1920x1080"])
def test_size_is_that_of_the_picture_without_padding(codec: str, size: str) -> None:
    video = parameters_of(codec, size)
    assert f"{video.width}x{video.height}" == size
    assert video.codec_string.startswith("avc1." if codec == "h264" else "hvc1.1.6.L")


def test_size_of_interlaced_pictures() -> None:
    video = parameters_of("h264", "320x180", "-flags +ildct+ilme")
    assert (video.width, video.height) == (320, 180)


@pytest.mark.parametrize(("codec", "depth"), [("h264", 2), ("h265", 2)])
def test_reorder_depth_is_told_by_the_stream(codec: str, depth: int) -> None:
    if codec == "h264":
        video = parameters_of("h264", options="-bf 3 -preset medium -x264-params b-pyramid=normal:b-adapt=0")
    else:
        video = parameters_of("h265", options="-preset medium -x265-params bframes=3:b-adapt=0:log-level=error")
    assert reorder_depth(video) == depth
    assert reorder_depth(parameters_of(codec)) == 0


def test_slice_kinds() -> None:
    slices = [nal for nal in nal_units("h264", options="-bf 2 -preset medium") if nal[0] & 0x1F in (1, 5)]
    kinds = {h264.slice_kind(nal) for nal in slices}
    assert kinds == {"I", "P", "B"}
    assert h264.slice_kind(b"\x65") == "P"


def test_recovery_point_is_found_behind_other_messages() -> None:
    assert h264.is_recovery_point(b"\x06\x06\x01\xc4\x80")
    assert h264.is_recovery_point(b"\x06\x05\x02ab\x06\x01\xc4\x80")
    assert not h264.is_recovery_point(b"\x06\x06\x01\x24\x80")  # exact only some pictures later
    assert not h264.is_recovery_point(b"\x06\xff\xff")


def test_unescape_undoes_emulation_prevention() -> None:
    assert unescape(b"\x01\x00\x00\x03\x01\x00\x00\x03\x00\x00\x03\x03") == b"\x01\x00\x00\x01\x00\x00\x00\x00\x03"


def test_bits_end_with_an_error() -> None:
    reader = BitReader(b"\x80")
    assert reader.ue() == 0
    with pytest.raises(BitstreamError):
        reader.bits(8)


@pytest.mark.parametrize(
    ("config", "expected"), [("1210", (2, 44100, 2)), ("1188", (2, 48000, 1)), ("1408", (2, 16000, 1))]
)
def test_aac_configurations(config: str, expected: tuple[int, int, int]) -> None:
    assert aac.parse_config(bytes.fromhex(config)) == expected


@given(st.binary(max_size=200))
def test_wild_sps_raise_nothing_else(data: bytes) -> None:
    for parse, prefix in ((h264.parse_sps, b"\x67"), (h265.parse_sps, b"\x42\x01")):
        with contextlib.suppress(BitstreamError):
            sps = parse(prefix + data)
            assert 0 < sps.width <= 16384 and 0 < sps.height <= 16384
    with contextlib.suppress(BitstreamError):
        aac.parse_config(data)
    h264.is_recovery_point(data)
    h264.slice_kind(data)


@given(st.data())
def test_damaged_real_sps_raise_nothing_else(data: st.DataObject) -> None:
    for codec, parse in (("h264", h264.parse_sps), ("h265", h265.parse_sps)):
        sps = bytearray(parameters_of(codec).sps)
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(2, len(sps) - 1))
            sps[at] = data.draw(st.integers(0, 255))
        with contextlib.suppress(BitstreamError):
            parse(bytes(sps[: data.draw(st.integers(3, len(sps)))]))
