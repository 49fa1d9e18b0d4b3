"""H.264 (RFC 6184) and H.265 (RFC 7798) packets into coded pictures.

The shape of this module follows from its cost: about 270 packets a second and camera, nearly all of them middle parts
of a fragmented NAL unit. Those never come here: `walk` in receiver.py recognises them by three numbers (`expect`,
`stream`, `middle`) and only appends a slice to `parts`. Everything else takes the longer way through `packet`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from prahari.contracts.media import Reason
from prahari.engines.media.codec import h264
from prahari.engines.media.rtp.packet import payload_bounds
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.rtsp.tracks import VideoTrack

MAX_PICTURE_BYTES = 8 * 1024 * 1024
OLD_PACKETS_BEFORE_RESYNC = 50

KEEP, PICTURE, KEYFRAME, LEAVE_OUT, PARAMETERS, SEI = range(6)
_PICTURES = (PICTURE, KEYFRAME)

_BYTE = [bytes((value,)) for value in range(256)]

_H264_KINDS = [KEEP] * 64
for _kind in (1, 2, 3, 4):
    _H264_KINDS[_kind] = PICTURE
_H264_KINDS[h264.IDR] = KEYFRAME
_H264_KINDS[h264.SEI] = SEI
_H264_KINDS[h264.SPS] = _H264_KINDS[h264.PPS] = PARAMETERS
_H264_KINDS[h264.AUD] = _H264_KINDS[h264.FILLER] = _H264_KINDS[0] = LEAVE_OUT

_H265_KINDS = [PICTURE] * 32 + [KEEP] * 32
_H265_KINDS[16:22] = [KEYFRAME] * 6
_H265_KINDS[32:36] = [PARAMETERS, PARAMETERS, PARAMETERS, LEAVE_OUT]
_H265_KINDS[38] = LEAVE_OUT


class PictureTaker(Protocol):
    """Who gets the pictures (ingest.assembler)."""

    def on_picture(self, data: bytes, keyframe: bool, stamp: int) -> None: ...

    def on_parameter_sets(self, vps: bytes, sps: bytes, pps: bytes) -> None:
        """Before the picture that needs them. Raises StreamError when they make no sense."""

    def on_loss(self) -> None:
        """Packets are missing: pictures are left out from here to the next keyframe."""


class VideoDepacketiser:
    """State of one video track. `buffer` and `view` are the shared receive buffer; positions are in it."""

    def __init__(self, track: VideoTrack, taker: PictureTaker, buffer: bytearray, view: memoryview) -> None:
        self._taker = taker
        self._buffer = buffer
        self._view = view
        self._is_h264 = track.codec == "h264"
        self._kinds = _H264_KINDS if self._is_h264 else _H265_KINDS
        self._header_bytes = 1 if self._is_h264 else 2
        self._payload_type = track.media.payload_type
        # What `walk` compares: flags+marker+type+sequence of the next packet, stamp and source, FU header.
        self.prefix = 0x2400 | track.channel
        self.expect = -1
        self.stream = -1
        self.middle = -1
        self.shift = 16 if self._is_h264 else 8
        self.skip = 18 if self._is_h264 else 19
        self.parts: list[bytes | memoryview] = []
        self._open_at = -1  # where in `parts` the length of the unfinished NAL unit goes
        self._open_kind = KEEP
        self._has_picture = False
        self._is_keyframe = False
        self._needs_keyframe = True
        self._damaged_stream = -1
        self._trusts_marker = True
        self._finished_stamp = -1
        self._old_packets = 0
        self._vps, self._sps, self._pps = track.vps, track.sps, track.pps
        self._parameters_told = False
        self.on_extension: Callable[[int, bytes], None] | None = None  # (stamp, header extension with its head)
        self.source = 0
        self.highest_sequence = 0
        self.cycles = 0
        self.lost = 0

    def packet(self, at: int, end: int) -> None:
        """One RTP packet that the fast way did not take. Raises StreamError."""
        buffer = self._buffer
        if end - at < 12 or buffer[at] >> 6 != 2:
            raise StreamError(Reason.BAD_STREAM, "The camera sent a malformed RTP packet.")
        if buffer[at + 1] & 0x7F != self._payload_type:
            return
        sequence = buffer[at + 2] << 8 | buffer[at + 3]
        stream = int.from_bytes(buffer[at + 4 : at + 12], "big")
        start, end = payload_bounds(buffer, at, end)
        if not self._in_order(sequence, stream):
            return
        self.expect = (0x80 << 24 | self._payload_type << 16 | sequence) + 1
        if stream != self.stream:
            if self._has_picture or self._open_at >= 0:
                self._finish()
            self.stream = stream
        self.middle = -1
        if buffer[at] & 0x10 and self.on_extension is not None:
            self.on_extension(stream >> 32, bytes(self._view[at + 12 + 4 * (buffer[at] & 0x0F) : start]))
        if start < end:
            if self._is_h264:
                self._h264_payload(start, end)
            else:
                self._h265_payload(start, end)
        if buffer[at + 1] & 0x80 and self._has_picture and self._trusts_marker and self._open_at < 0:
            self._finish()
            self._finished_stamp = stream

    def plain(self, at: int, end: int, source: int, head: int, marker: int) -> None:
        """A packet in order, without extension, padding or contributing sources, as nearly all are.

        `source`: stamp and source; `head`: the first four bytes behind the RTP header. Does what `packet` does for
        the first and the last part of a fragmented NAL unit in one call; hands on what is of another kind.
        """
        if source != self.stream:
            if self._has_picture or self._open_at >= 0:
                self._finish()
            self.stream = source
        self.middle = -1
        if self._is_h264:
            is_fragment = head & 0x1F000000 == 28 << 24
            header = head >> 16 & 0xFF
            inner = header & 0x1F
        else:
            is_fragment = head & 0x7E000000 == 49 << 25
            header = head >> 8 & 0xFF
            inner = header & 0x3F
        start = at + self.skip - 4
        kind = self._open_kind
        if not is_fragment or end <= start:
            if end > at + 12:
                if self._is_h264:
                    self._h264_payload(at + 12, end)
                else:
                    self._h265_payload(at + 12, end)
        elif header & 0xC0 == 0x80 and self._open_at < 0 and source != self._finished_stamp:
            parts = self.parts
            self._open_kind = self._kinds[inner]
            self._open_at = len(parts)
            if self._is_h264:
                parts += (b"", _BYTE[head >> 24 & 0xE0 | inner], self._view[start:end])
                self.middle = head >> 24 << 8 | inner
            else:
                first = (head >> 16 & 0x81FF | inner << 9).to_bytes(2, "big")
                parts += (b"", first, self._view[start:end])
                self.middle = head >> 16 << 8 | inner
        elif header & 0xC0 == 0x40 and self._open_at >= 0 and kind in _PICTURES:
            parts = self.parts
            parts.append(self._view[start:end])
            opened = self._open_at
            parts[opened] = sum(map(len, parts[opened + 1 :])).to_bytes(4, "big")
            self._open_at = -1
            self._has_picture = True
            if kind == KEYFRAME:
                self._is_keyframe = True
        elif self._is_h264:
            self._h264_payload(at + 12, end)
        else:
            self._h265_payload(at + 12, end)
        if marker and self._has_picture and self._trusts_marker and self._open_at < 0:
            self._finish()
            self._finished_stamp = source

    def stash(self) -> None:
        """The shared buffer will be overwritten: keep copies of what an unfinished picture needs of it."""
        parts = self.parts
        if not parts:
            return
        if self._open_at >= 0:
            done, going = parts[: self._open_at], parts[self._open_at + 1 :]
            whole, rest = b"".join(done), b"".join(going)
            parts[:] = [whole, b"", rest]
            self._open_at = 1
            held = len(whole) + len(rest)
        else:
            whole = b"".join(parts)
            parts[:] = [whole]
            held = len(whole)
        if held > MAX_PICTURE_BYTES:
            raise StreamError(Reason.TOO_LARGE, "The camera sent a picture of more than 8 MB.")

    def _in_order(self, sequence: int, stream: int) -> bool:
        """Whether the packet is to be taken; notes losses."""
        source = stream & 0xFFFFFFFF
        expected = self.expect & 0xFFFF
        if self.expect >= 0 and source == self.source:
            missing = (sequence - expected) & 0xFFFF
            if missing >= 0x8000:
                self._old_packets += 1
                if self._old_packets < OLD_PACKETS_BEFORE_RESYNC:
                    return False
                missing = 1
            if missing:
                self.lost += missing
                self._lose(stream)
        elif self.expect >= 0:
            self._lose(stream)  # the camera began a new stream in the same connection
        else:
            self.highest_sequence = sequence
        self._old_packets = 0
        self.source = source
        return True

    def note_sequence(self, expect: int) -> None:
        """After a walk: the highest sequence number seen, for receiver reports."""
        if expect >= 0:
            sequence = (expect - 1) & 0xFFFF
            if sequence < self.highest_sequence - 0x8000:
                self.cycles += 1
            self.highest_sequence = sequence

    def _lose(self, stream: int) -> None:
        """Give up the unfinished picture and the one at `stream`, which may have lost its beginning."""
        self.parts.clear()
        self._open_at = -1
        self._has_picture = self._is_keyframe = False
        self._damaged_stream = stream
        self.middle = -1
        if not self._needs_keyframe:
            self._needs_keyframe = True
            self._taker.on_loss()

    def _h264_payload(self, start: int, end: int) -> None:
        buffer = self._buffer
        kind = buffer[start] & 0x1F
        if kind == 28:
            if end - start < 2:
                raise StreamError(Reason.BAD_STREAM, "The camera sent a fragment without a header.")
            header = buffer[start + 1]
            first = bytes((buffer[start] & 0xE0 | header & 0x1F,))
            self._fragment(header, header & 0x1F, first, start + 2, end)
            if self._open_at >= 0:
                self.middle = buffer[start] << 8 | header & 0x1F
        elif 1 <= kind <= 23:
            self._whole(kind, start, end)
        elif kind == 24:
            self._aggregate(start + 1, end)
        elif kind in (25, 26, 27, 29):
            raise StreamError(Reason.UNSUPPORTED, "The camera sends H.264 in interleaved order; switch that off in it.")

    def _h265_payload(self, start: int, end: int) -> None:
        buffer = self._buffer
        if end - start < 3:
            raise StreamError(Reason.BAD_STREAM, "The camera sent an H.265 packet that is too short.")
        kind = buffer[start] >> 1 & 0x3F
        if kind == 49:
            header = buffer[start + 2]
            inner = header & 0x3F
            first = bytes((buffer[start] & 0x81 | inner << 1, buffer[start + 1]))
            self._fragment(header, inner, first, start + 3, end)
            if self._open_at >= 0:
                self.middle = buffer[start] << 16 | buffer[start + 1] << 8 | inner
        elif kind == 48:
            self._aggregate(start + 2, end)
        elif kind == 50:
            raise StreamError(Reason.UNSUPPORTED, "The camera sends H.265 in PACI packets; they are not taken.")
        elif kind < 48:
            self._whole(kind, start, end)

    def _aggregate(self, start: int, end: int) -> None:
        buffer = self._buffer
        while start + 2 <= end:
            size = buffer[start] << 8 | buffer[start + 1]
            start += 2
            if size <= self._header_bytes or start + size > end:
                raise StreamError(Reason.BAD_STREAM, "The camera sent an aggregate packet with impossible sizes.")
            kind = buffer[start] & 0x1F if self._is_h264 else buffer[start] >> 1 & 0x3F
            self._whole(kind, start, start + size)
            start += size

    def _fragment(self, header: int, kind: int, first: bytes, start: int, end: int) -> None:
        parts = self.parts
        if header & 0x80:
            if self._open_at >= 0:
                self._lose(self.stream)  # the end of the one before is missing
            self._open_kind = self._kinds[kind]
            self._check_slice(self._open_kind, first, start)
            self._open_at = len(parts)
            parts.append(b"")
            parts.append(first)
        elif self._open_at < 0:
            # The beginning is missing (joined in the middle of a picture): wait for the next keyframe.
            self._lose(self.stream)
            return
        parts.append(self._view[start:end])
        if header & 0x40:
            at, kind_of = self._open_at, self._open_kind
            self._open_at = -1
            if kind_of in (PARAMETERS, LEAVE_OUT):
                nal = b"".join(parts[at + 1 :])
                del parts[at:]
                if kind_of == PARAMETERS:
                    self._parameter_set(nal)
                return
            size = sum(map(len, parts[at + 1 :]))
            parts[at] = size.to_bytes(4, "big")
            self._note(kind_of)

    def _whole(self, kind: int, start: int, end: int) -> None:
        if self._open_at >= 0:
            self._lose(self.stream)
        kind_of = self._kinds[kind]
        if kind_of == LEAVE_OUT or end - start <= self._header_bytes:
            return
        if kind_of == PARAMETERS:
            self._parameter_set(bytes(self._view[start:end]))
            return
        if kind_of == SEI:
            if self._buffer[start + 1] == 6 and h264.is_recovery_point(bytes(self._view[start:end])):
                self._is_keyframe = True
        else:
            self._check_slice(kind_of, b"", start)
        self.parts.append((end - start).to_bytes(4, "big"))
        self.parts.append(self._view[start:end])
        self._note(kind_of)

    def _note(self, kind: int) -> None:
        if kind == PICTURE:
            self._has_picture = True
        elif kind == KEYFRAME:
            self._has_picture = self._is_keyframe = True

    def _check_slice(self, kind: int, first: bytes, at: int) -> None:
        """A slice that goes on with a picture that its marker had ended: this camera marks slices, not pictures."""
        if self.stream != self._finished_stamp or kind not in (PICTURE, KEYFRAME) or not self._trusts_marker:
            return
        after_header = at if first else at + self._header_bytes
        if not self._buffer[after_header] & 0x80:
            self._trusts_marker = False
            self._lose(self.stream)

    def _parameter_set(self, nal: bytes) -> None:
        """Kept out of the samples when it is the one in the init segment; others with another number stay in."""
        slot = self._slot(nal)
        known = {"vps": self._vps, "sps": self._sps, "pps": self._pps}[slot]
        if nal == known:
            return
        if known and self._number(nal) != self._number(known) and slot != "vps":
            self.parts += (len(nal).to_bytes(4, "big"), nal)
            return
        if slot == "vps":
            self._vps = nal
        elif slot == "sps":
            self._sps = nal
        else:
            self._pps = nal
        self._parameters_told = False

    def _slot(self, nal: bytes) -> str:
        if self._is_h264:
            return "sps" if nal[0] & 0x1F == h264.SPS else "pps"
        return ("vps", "sps", "pps")[(nal[0] >> 1 & 0x3F) - 32]

    def _number(self, nal: bytes) -> int:
        """The identifier of an SPS or PPS as far as the leading bits tell (an Exp-Golomb code, at most 9 bits)."""
        slot = self._slot(nal)
        at = 1 if self._is_h264 else 2
        if slot == "sps":
            # Only the position differs: H.264 has three bytes of profile before it, H.265's lies too deep and is 0.
            if not self._is_h264:
                return 0
            at = 4
        bits = int.from_bytes(nal[at : at + 3].ljust(3, b"\0"), "big")
        zeros = 24 - bits.bit_length()
        return -1 if zeros > 8 else (bits >> (23 - 2 * zeros)) - 1

    def _finish(self) -> None:
        """The picture is whole, or has to be given up."""
        parts = self.parts
        if self._open_at >= 0:
            self._lose(self.stream)
            return
        keyframe, has_picture = self._is_keyframe, self._has_picture
        self._has_picture = self._is_keyframe = False
        self.middle = -1
        if not has_picture:
            parts.clear()
            return
        if self._needs_keyframe:
            complete = self._sps and self._pps and (self._is_h264 or self._vps)
            if not keyframe or not complete or self.stream == self._damaged_stream:
                parts.clear()
                return
            self._needs_keyframe = False
        if keyframe and not self._parameters_told:
            self._taker.on_parameter_sets(self._vps, self._sps, self._pps)
            self._parameters_told = True
        data = b"".join(parts)
        parts.clear()
        self._taker.on_picture(data, keyframe, self.stream >> 32)
