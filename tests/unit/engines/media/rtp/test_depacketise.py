"""Packets into pictures and sound, however the bytes are cut; loss, disorder and wild bytes."""

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest_rig import kind_of, nal_units, packets_of, parameters_of, rtp
from prahari.contracts.media import Reason
from prahari.engines.media.rtp.audio import AudioDepacketiser
from prahari.engines.media.rtp.receiver import BUFFER_BYTES, ReceiveBuffer, Receiver
from prahari.engines.media.rtp.rtcp import parse_rtcp, receiver_report
from prahari.engines.media.rtp.video import VideoDepacketiser
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.rtsp.message import Message
from prahari.engines.media.rtsp.sdp import Media
from prahari.engines.media.rtsp.tracks import AudioTrack, VideoTrack
from prahari.engines.media.types import AudioParameters

SHARED = ReceiveBuffer()
AAC = AudioParameters("aac", 48000, 1, "mp4a.40.2", bytes.fromhex("1188"))
G711 = AudioParameters("pcma", 8000, 1, "")


class Taker:
    def __init__(self) -> None:
        self.pictures: list[tuple[bytes, bool, int]] = []
        self.parameters: list[tuple[bytes, bytes, bytes]] = []
        self.losses = 0
        self.sounds: list[tuple[bytes, int, int]] = []

    def on_picture(self, data: bytes, keyframe: bool, stamp: int) -> None:
        self.pictures.append((data, keyframe, stamp))

    def on_parameter_sets(self, vps: bytes, sps: bytes, pps: bytes) -> None:
        self.parameters.append((vps, sps, pps))

    def on_loss(self) -> None:
        self.losses += 1

    def on_sound(self, data: bytes, stamp: int, duration_ticks: int) -> None:
        self.sounds.append((data, stamp, duration_ticks))


class Connection:
    """A receiver as a link uses it: tail kept, slices stashed after every read."""

    def __init__(self, codec: str = "h264", audio: AudioParameters | None = None) -> None:
        self.taker = Taker()
        self.messages: list[Message] = []
        self.rtcp: list[tuple[bool, bytes]] = []
        self.video = VideoDepacketiser(
            VideoTrack(Media("video", "RTP/AVP", 96), codec), self.taker, SHARED.bytes, SHARED.view
        )
        sound = None
        if audio is not None:
            sizes = (13, 3) if audio.codec == "aac" else (0, 0)
            track = AudioTrack(Media("audio", "RTP/AVP", 97), audio, *sizes)
            sound = AudioDepacketiser(track, self.taker, SHARED.bytes, SHARED.view)
        self._receiver = Receiver(
            SHARED, self.video, sound, lambda video, data: self.rtcp.append((video, data)), self.messages.append
        )
        self._tail = b""

    def feed(self, data: bytes) -> None:
        data = self._tail + data
        assert len(data) <= BUFFER_BYTES
        SHARED.bytes[: len(data)] = data
        taken = self._receiver.walk(len(data))
        self._tail = data[taken:]
        self._receiver.stash()
        SHARED.bytes[: len(data)] = b"\xee" * len(data)  # nothing may be left pointing into it


def clip(codec: str = "h264") -> tuple[list[bytes], list[tuple[bytes, bool, int]], list[list[bytes]]]:
    """Packets of all pictures, what is to come out, and the packets by picture. Stamps wrap on the way."""
    packets: list[list[bytes]] = []
    expected = []
    waiting: list[bytes] = []
    sequence, stamp = 0xFFF0, 0xFFFFF000
    for nal in nal_units(codec):
        waiting.append(nal)
        kind = kind_of(codec, nal)
        if kind in (1, 5) if codec == "h264" else kind < 32:
            made = packets_of(waiting, stamp, sequence, codec=codec, mtu=100)
            packets.append(made)
            kept = [one for one in waiting if kind_of(codec, one) not in ((7, 8) if codec == "h264" else (32, 33, 34))]
            keyframe = kind == 5 if codec == "h264" else 16 <= kind <= 21
            data = b"".join(len(one).to_bytes(4, "big") + one for one in kept)
            expected.append((data, keyframe, stamp & 0xFFFFFFFF))
            sequence, stamp, waiting = sequence + len(made), stamp + 3600, []
    return [packet for picture in packets for packet in picture], expected, packets


@pytest.mark.parametrize("codec", ["h264", "h265"])
@pytest.mark.parametrize("chunk", [1_000_000, 65_536, 4999, 97])
def test_pictures_come_out_whole_however_the_bytes_are_cut(codec: str, chunk: int) -> None:
    packets, expected, _ = clip(codec)
    connection = Connection(codec)
    stream = b"".join(packets)
    for at in range(0, len(stream), chunk):
        connection.feed(stream[at : at + chunk])
    assert connection.taker.pictures == expected
    video = parameters_of(codec)
    assert connection.taker.parameters == [(video.vps, video.sps, video.pps)]
    assert connection.taker.losses == connection.video.lost == 0
    assert connection.video.cycles == 1


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=60))
def test_any_cuts(cuts: list[int]) -> None:
    packets, expected, _ = clip()
    connection = Connection()
    stream = b"".join(packets)
    at = index = 0
    while at < len(stream):
        size = cuts[index % len(cuts)] + 50
        connection.feed(stream[at : at + size])
        at, index = at + size, index + 1
    assert connection.taker.pictures == expected


@pytest.mark.parametrize("codec", ["h264", "h265"])
@pytest.mark.parametrize("which", [0, 1, -1])
def test_after_a_lost_packet_pictures_are_left_out_up_to_the_next_keyframe(codec: str, which: int) -> None:
    _, expected, pictures = clip(codec)
    connection = Connection(codec)
    for index, picture in enumerate(pictures):
        kept = list(picture)
        if index == 10:
            kept.pop(which)
        connection.feed(b"".join(kept))
    taken = connection.taker.pictures
    assert taken == expected[:10] + expected[25:]
    assert (connection.taker.losses, connection.video.lost) == (1, 1)


def test_a_keyframe_that_lost_its_first_slice_is_not_one() -> None:
    slices = [nal for nal in nal_units(options="-slices 3") if nal[0] & 0x1F == 5][:3]
    sets = [nal for nal in nal_units(options="-slices 3") if nal[0] & 0x1F in (7, 8)][:2]
    connection = Connection()
    whole = packets_of([*sets, *slices], 0, 1)
    connection.feed(whole[0])
    connection.feed(b"".join(whole[4:]))
    assert connection.taker.pictures == []
    connection.feed(b"".join(packets_of([*sets, *slices], 3600, 1 + len(whole))))
    assert [keyframe for _, keyframe, _ in connection.taker.pictures] == [True]


def test_late_packets_are_ignored_and_a_new_numbering_is_taken_up() -> None:
    _, expected, pictures = clip()
    connection = Connection()
    connection.feed(b"".join(pictures[0]))
    connection.feed(pictures[0][0])
    for picture in pictures[1:25]:
        connection.feed(b"".join(picture))
    assert connection.taker.pictures == expected[:25]
    sets = [nal for nal in nal_units() if nal[0] & 0x1F in (7, 8)][:2]
    key = next(nal for nal in nal_units() if nal[0] & 0x1F == 5)
    sequence = 100  # far behind: a camera that began to count anew
    for number in range(60):
        made = packets_of([*sets, key], 90_000_000 + number * 3600, sequence)
        sequence += len(made)
        connection.feed(b"".join(made))
    assert len(connection.taker.pictures) > 80


def test_aggregates_extensions_padding_and_csrc() -> None:
    sps, pps = parameters_of().sps, parameters_of().pps
    key = next(nal for nal in nal_units() if nal[0] & 0x1F == 5)[:300]
    stap = b"\x18" + b"".join(struct.pack(">H", len(nal)) + nal for nal in (sps, pps))
    connection = Connection()
    connection.feed(rtp(1, 0, stap))
    head = struct.pack(">BBHII", 0x80 | 0x20 | 0x10 | 1, 0x80 | 96, 2, 0, 7)
    body = head + b"csrc" + b"\xbe\xde\x00\x01abcd" + key + b"\x00\x00\x03"
    connection.feed(struct.pack(">BBH", 0x24, 0, len(body)) + body)
    assert connection.taker.pictures == [(len(key).to_bytes(4, "big") + key, True, 0)]


def test_pictures_without_markers_end_with_the_next_stamp() -> None:
    _, expected, pictures = clip()
    connection = Connection()
    for picture in pictures:
        connection.feed(b"".join(packet[:5] + bytes((packet[5] & 0x7F,)) + packet[6:] for packet in picture))
    assert connection.taker.pictures == expected[:-1]


def test_markers_behind_every_slice_are_seen_through() -> None:
    options = "-slices 3"
    nals = nal_units(options=options)
    connection = Connection()
    sequence, count = 0, 0
    for number in range(2):
        sets = [nal for nal in nals if nal[0] & 0x1F in (7, 8)][:2]
        slices = [nal for nal in nals if nal[0] & 0x1F == 5][:3]
        for nal in (*sets, *slices):
            made = packets_of([nal], number * 3600, sequence)
            sequence += len(made)
            connection.feed(b"".join(made))
        count = len(connection.taker.pictures)
    connection.feed(rtp(sequence, 7200, b"\x41\x9a"))
    whole = b"".join(len(nal).to_bytes(4, "big") + nal for nal in slices)
    assert connection.taker.pictures[-1][0] == whole and count == 1


def test_changed_parameter_sets_are_told_before_their_picture() -> None:
    connection = Connection()
    small, large = parameters_of(), parameters_of(size="1920x1080")
    key = next(nal for nal in nal_units() if nal[0] & 0x1F == 5)[:200]
    sequence = 0
    for number, video in enumerate((small, small, large, large)):
        made = packets_of([video.sps, video.pps, key], number * 3600, sequence)
        sequence += len(made)
        connection.feed(b"".join(made))
    assert [sps for _, sps, _ in connection.taker.parameters] == [small.sps, large.sps]
    assert len(connection.taker.pictures) == 4


@pytest.mark.parametrize("payload", [b"\x19abc", b"\x1aabc", b"\x1babc", b"\x1dabc"])
def test_interleaved_order_is_refused_clearly(payload: bytes) -> None:
    with pytest.raises(StreamError) as caught:
        Connection().feed(rtp(1, 0, payload))
    assert caught.value.reason is Reason.UNSUPPORTED


def test_sound() -> None:
    connection = Connection(audio=AAC)
    frames = [b"a" * 10, b"b" * 300]
    headers = b"".join(struct.pack(">H", len(frame) << 3) for frame in frames)
    connection.feed(rtp(1, 0xFFFFFFFF, b"\x00\x20" + headers + b"".join(frames), channel=2, kind=97))
    assert connection.taker.sounds == [(frames[0], 0xFFFFFFFF, 1024), (frames[1], 1023, 1024)]
    g711 = Connection(audio=G711)
    g711.feed(rtp(1, 5, b"\xd5" * 160, channel=2, kind=97))
    assert g711.taker.sounds == [(b"\xd5" * 160, 5, 160)]


def test_reports_and_messages_between_packets() -> None:
    packets, expected, _ = clip()
    sender = struct.pack(">BBHIIIIII", 0x80, 200, 6, 7, 3_910_000_000, 1 << 31, 1234, 1, 1)
    connection = Connection()
    for index, packet in enumerate(packets):
        connection.feed(packet)
        if index == 5:
            connection.feed(struct.pack(">BBH", 0x24, 1, len(sender)) + sender)
            connection.feed(b"RTSP/1.0 200 OK\r\nCSeq: 9\r\n")
            connection.feed(b"\r\n\r\nOPTIONS * RTSP/1.0\r\n\r\n")
    assert connection.taker.pictures == expected
    assert [(message.status, message.method) for message in connection.messages] == [(200, ""), (0, "OPTIONS")]
    report, bye = parse_rtcp(connection.rtcp[0][1])
    assert report is not None and not bye
    assert (report.stamp, report.ntp_ms) == (1234, (3_910_000_000 - 2_208_988_800) * 1000 + 500)
    answer = receiver_report(1, 7, 3, 65_536 + 5, report, 0.5)
    assert answer[:2] == b"$\x01" and len(answer) == 36 and answer[5] == 201


def test_a_picture_without_end_is_not_kept_for_ever() -> None:
    connection = Connection()
    connection.feed(rtp(0, 0, b"\x7c\x85" + b"x" * 60_000))
    with pytest.raises(StreamError) as caught:
        for number in range(1, 200):
            connection.feed(rtp(number, 0, b"\x7c\x05" + b"x" * 60_000))
    assert caught.value.reason is Reason.TOO_LARGE


@given(st.lists(st.binary(max_size=80), max_size=30), st.sampled_from(["h264", "h265"]))
def test_wild_payloads_raise_nothing_else(payloads: list[bytes], codec: str) -> None:
    connection = Connection(codec, AAC)
    with contextlib.suppress(StreamError):
        for number, payload in enumerate(payloads):
            connection.feed(rtp(number, number // 3, payload, marker=number % 3 == 2))
            connection.feed(rtp(number, number * 1024, payload, channel=2, kind=97))


@given(st.data())
def test_damaged_streams_raise_nothing_else(data: st.DataObject) -> None:
    codec = data.draw(st.sampled_from(["h264", "h265"]))
    stream = bytearray(b"".join(clip(codec)[0][:40]))
    for _ in range(data.draw(st.integers(1, 20))):
        stream[data.draw(st.integers(0, len(stream) - 1))] = data.draw(st.integers(0, 255))
    connection = Connection(codec)
    with contextlib.suppress(StreamError):
        for at in range(0, len(stream), 3000):
            connection.feed(bytes(stream[at : at + 3000]))


@given(st.binary(max_size=200))
def test_wild_reports_raise_nothing_else(data: bytes) -> None:
    with contextlib.suppress(StreamError):
        parse_rtcp(data)
    with contextlib.suppress(StreamError):
        parse_rtcp(b"\x80\xc8\x00\x06" + data)
