"""Stamps and clocks as cameras send them, into one time line."""

import itertools
from typing import Any

import pytest

from ingest_rig import EPOCH_MS, Collector, nal_units, parameters_of
from prahari.contracts.media import Reason
from prahari.engines.media.ingest.assembler import Assembler
from prahari.engines.media.ingest.clock import WallClock
from prahari.engines.media.rtp.rtcp import SenderReport
from prahari.engines.media.types import AudioParameters

AAC = AudioParameters("aac", 48000, 1, "mp4a.40.2", bytes.fromhex("1188"))
P = b"\x00\x00\x00\x03\x41\x9a\x00"  # a P slice: first_mb 0, slice_type 5
B = b"\x00\x00\x00\x03\x01\x9e\x00"  # a B slice: slice_type 6
I = b"\x00\x00\x00\x03\x65\x88\x00"  # noqa: E741


def assembler(sink: Collector, audio: AudioParameters | None = None, ticks_from: int = 0, **video: Any) -> Assembler:
    made = Assembler([sink], "h264", audio, ticks_from)
    parameters = parameters_of(**video)
    made.now_ms = EPOCH_MS
    made.on_parameter_sets(b"", parameters.sps, parameters.pps)
    return made


def play(made: Assembler, stamps: list[tuple[int, bytes]], period_ms: int = 40) -> None:
    """Pictures in decode order, arriving at an even pace."""
    for stamp, data in stamps:
        made.on_picture(data, data == I, stamp & 0xFFFFFFFF)
        made.settle()
        made.now_ms += period_ms


def test_stamps_wrap() -> None:
    sink = Collector()
    made = assembler(sink)
    play(made, [(0xFFFFFFFF - 5 * 3600 + n * 3600, I if n % 5 == 0 else P) for n in range(16)])
    made.finish()
    pictures = sink.pictures()
    assert [unit.decode_ticks - pictures[0].decode_ticks for unit in pictures] == [n * 3600 for n in range(16)]
    assert {unit.duration_ticks for unit in pictures} == {3600}
    assert pictures[0].decode_ticks == EPOCH_MS * 90
    assert [group.end_ms - group.start_ms for group in sink.groups] == [200, 200, 200, 40]
    assert sink.lost == []


@pytest.mark.parametrize("jump_s", [-7200, 3600, 60, -30])
def test_a_jump_of_the_stamps_is_repaired_and_told(jump_s: int) -> None:
    sink = Collector()
    made = assembler(sink)
    play(made, [(n * 3600 + (jump_s * 90_000 if n >= 12 else 0), I if n % 5 == 0 else P) for n in range(25)])
    made.finish()
    ticks = [unit.decode_ticks for unit in sink.pictures()]
    assert [b - a for a, b in itertools.pairwise(ticks)] == [3600] * 24
    assert [reason for reason, _, _ in sink.lost] == [Reason.CLOCK_JUMP]
    walls = [unit.wall_ms - EPOCH_MS for unit in sink.pictures()]
    assert all(abs(wall - 40 * n) <= 2 for n, wall in enumerate(walls))


def test_a_pause_is_no_jump() -> None:
    sink = Collector()
    made = assembler(sink)
    play(made, [(0, I), (3600, P)])
    made.now_ms += 5000
    play(made, [(7200 + 450_000, I), (10_800 + 450_000, P)])
    made.finish()
    assert sink.lost == []
    pictures = sink.pictures()
    assert pictures[2].wall_ms - pictures[1].wall_ms == 5040


def test_stamps_out_of_order_without_b_slices_never_step_back() -> None:
    sink = Collector()
    made = assembler(sink)
    play(made, [(stamp, I if stamp == 0 else P) for stamp in (0, 3600, 7200, 7000, 7200, 10_800, 14_400)])
    made.finish()
    ticks = [unit.decode_ticks - EPOCH_MS * 90 for unit in sink.pictures()]
    assert ticks == sorted(set(ticks)) and ticks[-1] == 14_400
    assert {unit.composition_offset_ticks for unit in sink.pictures()} == {0}


def order(depth: int) -> list[tuple[int, bytes]]:
    """I P B B P B B ... (depth 1), or with a pyramid of B pictures (depth 2)."""
    if depth == 1:
        kinds = [(0, I)] + [pair for n in range(3, 30, 3) for pair in ((n, P), (n - 2, B), (n - 1, B))]
    else:
        kinds = [(0, I)] + [pair for n in range(4, 41, 4) for pair in ((n, P), (n - 2, B), (n - 3, B), (n - 1, B))]
    return [(number * 3600, data) for number, data in kinds]


@pytest.mark.parametrize("depth", [1, 2])
def test_b_pictures_of_a_stream_that_does_not_tell(depth: int) -> None:
    sink = Collector()
    made = assembler(sink)
    made._depth = 0  # as if the parameters had been silent
    stamps = order(depth)
    play(made, stamps)
    made.finish()
    pictures = sink.pictures()
    decode = [unit.decode_ticks for unit in pictures]
    assert decode == sorted(set(decode))
    shown = [unit.decode_ticks + unit.composition_offset_ticks - EPOCH_MS * 90 for unit in pictures]
    assert shown == [stamp for stamp, _ in stamps]
    assert all(unit.composition_offset_ticks >= 0 for unit in pictures[12:])
    assert {unit.duration_ticks for unit in pictures[12:-1]} == {3600}
    assert made._depth == depth


def test_b_pictures_of_a_stream_that_tells() -> None:
    options = "-bf 3 -preset medium -x264-params b-pyramid=normal:b-adapt=0"
    sink = Collector()
    made = assembler(sink, options=options)
    stamps = order(2)
    play(made, stamps)
    made.finish()
    pictures = sink.pictures()
    assert all(unit.composition_offset_ticks >= 0 for unit in pictures)
    shown = [unit.decode_ticks + unit.composition_offset_ticks - EPOCH_MS * 90 for unit in pictures]
    assert shown == [stamp for stamp, _ in stamps]
    decode = [unit.decode_ticks for unit in pictures]
    assert decode == sorted(set(decode))
    assert len([nal for nal in nal_units(options=options) if nal[0] & 0x1F == 1]) > 10


def test_the_next_connection_goes_on_behind_the_one_before() -> None:
    sink = Collector()
    made = assembler(sink, ticks_from=EPOCH_MS * 90 + 50_000)
    play(made, [(0, I), (3600, P)])
    made.finish()
    assert sink.pictures()[0].decode_ticks == EPOCH_MS * 90 + 50_000


def test_loss_is_told_when_it_begins_and_when_it_ends() -> None:
    sink = Collector()
    made = assembler(sink)
    play(made, [(0, I), (3600, P)])
    made.on_loss()
    made.now_ms += 960
    play(made, [(90_000, I)])
    start_ms = EPOCH_MS + 80
    assert sink.lost == [
        (Reason.PACKET_LOSS, start_ms, None),
        (Reason.PACKET_LOSS, start_ms, sink.lost[1][2]),
    ]
    assert abs((sink.lost[1][2] or 0) - EPOCH_MS - 1000) <= 50
    assert len(sink.groups) == 1 and len(sink.groups[0].units) == 2


def test_a_keyframe_that_never_comes_does_not_take_all_memory() -> None:
    sink = Collector()
    made = assembler(sink)
    large = len(P[4:]).to_bytes(4, "big") + P[4:] + bytes(100_000)
    play(made, [(0, I)] + [(n * 3600, large) for n in range(1, 200)])
    assert len(sink.groups) >= 2
    assert not sink.groups[1].units[0].keyframe


def test_sound_is_put_where_the_reports_say() -> None:
    sink = Collector()
    made = assembler(sink, audio=AAC)
    made.on_report(True, SenderReport(1, EPOCH_MS, 0, 0))
    play(made, [(0, I)])
    made.on_sound(b"x", 1_000_000, 1024)
    first = sink.groups or made.group
    assert made.group is not None and first
    # The camera says that this sound belongs to an instant 200 ms after the first picture.
    made.on_report(False, SenderReport(2, EPOCH_MS + 200, 1_000_000, 0))
    made.on_sound(b"y", 1_001_024, 1024)
    sound = [unit for unit in made.group.units if not unit.is_video]
    assert sound[1].decode_ticks - EPOCH_MS * 48 == 200 * 48 + 1024


def test_a_synchronised_camera_is_believed_and_another_is_not() -> None:
    for ahead_ms, expected in ((-700, -700), (90_000, 0)):
        clock = WallClock()
        for n in range(2000):
            media_ms = 1000.0 + 40 * n
            if n % 125 == 50:
                clock.reported(media_ms, EPOCH_MS + 40 * n + ahead_ms)
            clock.arrived(media_ms, EPOCH_MS + 40 * n + (n % 7) * 30)
        assert clock.offset_ms is not None
        assert abs(clock.offset_ms - (EPOCH_MS - 1000) - expected) < 5


def test_corrections_are_slewed_and_a_set_clock_is_a_jump() -> None:
    clock = WallClock()
    clock.arrived(0.0, EPOCH_MS + 300)
    walls = []
    for n in range(1, 500):
        assert not clock.arrived(40.0 * n, EPOCH_MS + 40 * n)
        walls.append(clock.wall_ms(40.0 * n))
    steps = [b - a for a, b in itertools.pairwise(walls)]
    assert min(steps) >= 37 and max(steps) <= 41
    assert abs(walls[-1] - EPOCH_MS - 40 * 499) <= 1
    jumped = [clock.arrived(40.0 * n, EPOCH_MS + 40 * n + 3_600_000) for n in range(500, 800)]
    assert sum(jumped) == 1
