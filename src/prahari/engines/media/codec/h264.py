"""H.264 (ITU-T H.264): sequence parameter sets, slice kinds."""

from __future__ import annotations

from dataclasses import dataclass

from prahari.engines.media.codec.bits import MAX_PARAMETER_SET_BYTES, BitReader, BitstreamError, unescape

IDR, SEI, SPS, PPS, AUD, FILLER = 5, 6, 7, 8, 9, 12
MAX_SIDE_PX = 16_384

_HIGH_PROFILES = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135}
_B_SLICES = {1, 6}
_I_SLICES = {2, 4, 7, 9}
_RECOVERY_POINT = 6


@dataclass(frozen=True, slots=True)
class Sps:
    """`reorder`: most pictures that may precede one in decoding and follow it in showing; None: not told."""

    profile: int
    constraints: int
    level: int
    chroma_format: int
    bit_depth_luma: int
    bit_depth_chroma: int
    width: int
    height: int
    reorder: int | None
    fps: float | None

    @property
    def codec_string(self) -> str:
        return f"avc1.{self.profile:02x}{self.constraints:02x}{self.level:02x}"


def parse_sps(nal: bytes) -> Sps:
    """Raises BitstreamError."""
    if len(nal) < 4 or len(nal) > MAX_PARAMETER_SET_BYTES or nal[0] & 0x1F != SPS:
        raise BitstreamError("not an H.264 sequence parameter set")
    profile, constraints, level = nal[1], nal[2], nal[3]
    reader = BitReader(unescape(nal[4:]))
    reader.ue()  # seq_parameter_set_id
    chroma, luma_depth, chroma_depth = 1, 8, 8
    separate_planes = False
    if profile in _HIGH_PROFILES:
        chroma = _at_most(reader.ue(), 3)
        if chroma == 3:
            separate_planes = reader.flag()
        luma_depth = 8 + _at_most(reader.ue(), 6)
        chroma_depth = 8 + _at_most(reader.ue(), 6)
        reader.flag()
        if reader.flag():
            for index in range(12 if chroma == 3 else 8):
                if reader.flag():
                    _skip_scaling_list(reader, 16 if index < 6 else 64)
    _at_most(reader.ue(), 12)  # log2_max_frame_num_minus4
    poc_type = _at_most(reader.ue(), 2)
    if poc_type == 0:
        _at_most(reader.ue(), 12)
    elif poc_type == 1:
        reader.flag()
        reader.se()
        reader.se()
        for _ in range(_at_most(reader.ue(), 255)):
            reader.se()
    reader.ue()  # max_num_ref_frames
    reader.flag()
    width_mbs = _at_most(reader.ue(), MAX_SIDE_PX // 16) + 1
    height_units = _at_most(reader.ue(), MAX_SIDE_PX // 16) + 1
    frame_only = reader.flag()
    if not frame_only:
        reader.flag()
    reader.flag()
    left = right = top = bottom = 0
    if reader.flag():
        left, right, top, bottom = reader.ue(), reader.ue(), reader.ue(), reader.ue()
    height_step = 1 if frame_only else 2
    crop_x = 1 if separate_planes or chroma in (0, 3) else 2
    crop_y = (2 if chroma == 1 and not separate_planes else 1) * height_step
    width = width_mbs * 16 - (left + right) * crop_x
    height = height_units * height_step * 16 - (top + bottom) * crop_y
    if not (0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX):
        raise BitstreamError(f"a picture of {width} x {height} pixels is not possible")
    # Pictures cannot be reordered in these, whatever the VUI leaves out.
    reorder = 0 if poc_type == 2 or profile == 66 else None
    fps = None
    if reader.flag():
        try:
            told, fps = _vui(reader)
            reorder = reorder if told is None else told
        except BitstreamError:
            pass  # many cameras write broken VUI; size and profile are known by then
    return Sps(profile, constraints, level, chroma, luma_depth, chroma_depth, width, height, reorder, fps)


def _at_most(value: int, limit: int) -> int:
    if value > limit:
        raise BitstreamError(f"{value} where at most {limit} is allowed")
    return value


def _skip_scaling_list(reader: BitReader, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + reader.se()) % 256
        last = following or last


def _vui(reader: BitReader) -> tuple[int | None, float | None]:
    """(max_num_reorder_frames, pictures a second), each None when not told."""
    if reader.flag() and reader.bits(8) == 255:
        reader.bits(32)
    if reader.flag():
        reader.flag()
    if reader.flag():
        reader.bits(4)
        if reader.flag():
            reader.bits(24)
    if reader.flag():
        reader.ue()
        reader.ue()
    fps = None
    if reader.flag():
        units, scale = reader.bits(32), reader.bits(32)
        reader.flag()
        if units and scale:
            fps = scale / units / 2
            fps = fps if 0.01 <= fps <= 500 else None
    has_hrd = False
    for _ in range(2):
        if reader.flag():
            has_hrd = True
            _skip_hrd(reader)
    if has_hrd:
        reader.flag()
    reader.flag()
    if not reader.flag():
        return None, fps
    reader.flag()
    for _ in range(4):
        reader.ue()
    return _at_most(reader.ue(), 16), fps


def _skip_hrd(reader: BitReader) -> None:
    count = _at_most(reader.ue(), 31) + 1
    reader.bits(8)
    for _ in range(count):
        reader.ue()
        reader.ue()
        reader.flag()
    reader.bits(20)


def slice_kind(nal: bytes) -> str:
    """ "B", "I" or "P" (anything else) of a slice NAL unit; "P" when it cannot be read."""
    try:
        reader = BitReader(unescape(bytes(nal[1:12])))
        reader.ue()
        kind = reader.ue()
    except BitstreamError:
        return "P"
    return "B" if kind in _B_SLICES else "I" if kind in _I_SLICES else "P"


def is_recovery_point(sei: bytes) -> bool:
    """Whether an SEI NAL unit says that decoding may start right here (recovery_frame_cnt 0)."""
    data = unescape(bytes(sei[1:256]))
    at = 0
    while at + 2 <= len(data):
        kind = size = 0
        while at < len(data) and data[at] == 255:
            kind, at = kind + 255, at + 1
        if at >= len(data):
            return False
        kind, at = kind + data[at], at + 1
        while at < len(data) and data[at] == 255:
            size, at = size + 255, at + 1
        if at >= len(data):
            return False
        size, at = size + data[at], at + 1
        if kind == _RECOVERY_POINT:
            return at < len(data) and data[at] & 0x80 != 0  # ue(0) is a single 1 bit
        at += size
    return False
