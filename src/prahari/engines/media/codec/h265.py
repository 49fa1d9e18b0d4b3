"""H.265 (ITU-T H.265): sequence parameter sets."""

from __future__ import annotations

from dataclasses import dataclass

from prahari.engines.media.codec.bits import MAX_PARAMETER_SET_BYTES, BitReader, BitstreamError, unescape

VPS, SPS, PPS, AUD, FILLER = 32, 33, 34, 35, 38
FIRST_KEYFRAME, LAST_KEYFRAME = 16, 21  # BLA, IDR, CRA
MAX_SIDE_PX = 16_384


@dataclass(frozen=True, slots=True)
class Sps:
    """`profile_tier_level`: the 12 bytes that go into hvcC as they are."""

    profile_tier_level: bytes
    sub_layers: int
    temporal_nesting: bool
    chroma_format: int
    bit_depth_luma: int
    bit_depth_chroma: int
    width: int
    height: int
    reorder: int

    @property
    def codec_string(self) -> str:
        general = self.profile_tier_level
        space = ("", "A", "B", "C")[general[0] >> 6]
        tier = "H" if general[0] & 0x20 else "L"
        compatibility = int(f"{int.from_bytes(general[1:5], 'big'):032b}"[::-1], 2)
        constraints = general[5:11].rstrip(b"\x00")
        tail = "".join(f".{byte:X}" for byte in constraints)
        return f"hvc1.{space}{general[0] & 0x1F}.{compatibility:X}.{tier}{general[11]}{tail}"


def parse_sps(nal: bytes) -> Sps:
    """Raises BitstreamError."""
    if len(nal) < 16 or len(nal) > MAX_PARAMETER_SET_BYTES or nal[0] >> 1 & 0x3F != SPS:
        raise BitstreamError("not an H.265 sequence parameter set")
    data = unescape(nal[2:])
    reader = BitReader(data)
    reader.bits(4)
    sub_layers = reader.bits(3) + 1
    nesting = reader.flag()
    general = data[1:13]
    reader.bits(96)
    if sub_layers > 7 or len(general) < 12:
        raise BitstreamError("more sub-layers than H.265 allows")
    present = [(reader.flag(), reader.flag()) for _ in range(sub_layers - 1)]
    if sub_layers > 1:
        reader.bits(2 * (9 - sub_layers))
    for profile, level in present:
        if profile:
            reader.bits(88)
        if level:
            reader.bits(8)
    reader.ue()
    chroma = reader.ue()
    if chroma > 3:
        raise BitstreamError("an unknown chroma format")
    separate_planes = reader.flag() if chroma == 3 else False
    width, height = reader.ue(), reader.ue()
    if reader.flag():
        crop_x = 2 if chroma in (1, 2) and not separate_planes else 1
        crop_y = 2 if chroma == 1 and not separate_planes else 1
        left, right, top, bottom = reader.ue(), reader.ue(), reader.ue(), reader.ue()
        width -= (left + right) * crop_x
        height -= (top + bottom) * crop_y
    if not (0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX):
        raise BitstreamError(f"a picture of {width} x {height} pixels is not possible")
    luma, chroma_depth = reader.ue(), reader.ue()
    if luma > 8 or chroma_depth > 8 or reader.ue() > 12:
        raise BitstreamError("a bit depth that H.265 does not know")
    reorder = 0
    for _ in range(sub_layers if reader.flag() else 1):
        reader.ue()
        reorder = reader.ue()
        reader.ue()
    if reorder > 16:
        raise BitstreamError(f"{reorder} reordered pictures where at most 16 are allowed")
    return Sps(general, sub_layers, nesting, chroma, 8 + luma, 8 + chroma_depth, width, height, reorder)
