"""Fragmented MP4: what is written satisfies ffmpeg, and is read back also when cut or damaged."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest_rig import EPOCH_MS, groups_of, parameters_of, pictures_of, probe_file
from prahari.engines.media.mp4.fragment import for_browser, fragment, init_segment, mime
from prahari.engines.media.mp4.reader import BrokenFileError, read_fragment, read_units, rebased, scan
from prahari.engines.media.types import AccessUnit, AudioParameters, StreamParameters

BASE = EPOCH_MS * 90
AAC = AudioParameters("aac", 48000, 1, "mp4a.40.2", bytes.fromhex("1188"))
G711 = AudioParameters("pcma", 8000, 1, "")


def write(path: Path, codec: str = "h264", audio: AudioParameters | None = None) -> StreamParameters:
    parameters = StreamParameters(parameters_of(codec), audio)
    with path.open("wb") as file:
        file.write(init_segment(parameters))
        for number, group in enumerate(groups_of(pictures_of(codec), parameters)):
            units = list(group.units)
            if audio is not None:
                ticks = group.start_ms * audio.sample_rate // 1000
                step = audio.sample_rate // 50
                units += [
                    AccessUnit(False, True, ticks + i * step, step, 0, group.start_ms + i * 20, b"\xd5" * step)
                    for i in range(50)
                ]
            file.writelines(fragment(parameters, units, number + 1, BASE, wall_ms=group.start_ms))
    return parameters


@pytest.mark.parametrize("codec", ["h264", "h265"])
@pytest.mark.parametrize("audio", [None, G711])
def test_files_are_what_ffmpeg_takes(tmp_path: Path, codec: str, audio: AudioParameters | None) -> None:
    path = tmp_path / "a.mp4"
    write(path, codec, audio)
    streams = probe_file(path)
    assert streams["video"]["nb_read_packets"] == "50"
    assert streams["video"]["start_time"] == "0.000000"
    assert float(streams["video"]["duration"]) == 2.0
    assert ("audio" in streams) == (audio is not None)


@pytest.mark.parametrize("codec", ["h264", "h265"])
@pytest.mark.parametrize("audio", [None, G711, AAC])
def test_reading_gives_back_what_was_written(tmp_path: Path, codec: str, audio: AudioParameters | None) -> None:
    path = tmp_path / "a.mp4"
    parameters = write(path, codec, audio)
    found = scan(path)
    assert found.parameters == parameters
    assert found.init == init_segment(parameters)
    assert not found.is_cut and found.good_bytes == path.stat().st_size
    assert [(f.start_ms, f.end_ms, f.keyframe, f.pictures) for f in found.fragments] == [
        (EPOCH_MS, EPOCH_MS + 1000, True, 25),
        (EPOCH_MS + 1000, EPOCH_MS + 2000, True, 25),
    ]
    second = found.fragments[1]
    units = read_units(read_fragment(path, second), second, parameters)
    originals = pictures_of(codec)[25:]
    assert [unit.data for unit in units if unit.is_video] == [unit.data for unit in originals]
    assert [unit.keyframe for unit in units if unit.is_video] == [unit.keyframe for unit in originals]
    assert [unit.wall_ms for unit in units if unit.is_video] == [unit.wall_ms for unit in originals]
    assert sum(not unit.is_video for unit in units) == (0 if audio is None else 50)


def test_a_cut_file_ends_with_its_last_whole_fragment_wherever_it_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    write(path)
    whole = path.read_bytes()
    first, second = scan(path).fragments
    for length in range(second.offset + 1, len(whole), 211):
        path.write_bytes(whole[:length])
        found = scan(path)
        assert found.fragments == [first] and found.is_cut and found.good_bytes == second.offset


def test_a_growing_file_is_read_on_from_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    write(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: scan(path).fragments[1].offset + 10])
    earlier = scan(path)
    path.write_bytes(whole)
    assert scan(path, earlier) == scan(path)


def test_times_are_rebased(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    parameters = write(path, audio=G711)
    second = scan(path).fragments[1]
    moved = tmp_path / "b.mp4"
    moved.write_bytes(init_segment(parameters) + rebased(read_fragment(path, second), second, parameters, -90_000))
    assert scan(moved).fragments[0].start_ticks == 0
    assert [tfdt for _, tfdt, _ in scan(moved).fragments[0].tfdts] == [0, 0]
    assert probe_file(moved)["audio"]["start_time"] == "0.000000"


def test_browsers_are_not_offered_sound_they_cannot_play() -> None:
    parameters = StreamParameters(parameters_of(), G711)
    assert mime(parameters) == f'video/mp4; codecs="{parameters_of().codec_string}"'
    units = [AccessUnit(False, True, EPOCH_MS * 8, 160, 0, EPOCH_MS, b"\xd5" * 160)]
    assert fragment(for_browser(parameters), units, 1, BASE) == []


def test_negative_composition_offsets_survive(tmp_path: Path) -> None:
    parameters = StreamParameters(parameters_of(), None)
    units = pictures_of()[:25]
    units[3].composition_offset_ticks = -7200
    path = tmp_path / "a.mp4"
    path.write_bytes(init_segment(parameters) + b"".join(fragment(parameters, units, 1, BASE, wall_ms=EPOCH_MS)))
    only = scan(path).fragments[0]
    offsets = [unit.composition_offset_ticks for unit in read_units(read_fragment(path, only), only, parameters)]
    assert offsets == [0, 0, 0, -7200] + [0] * 21
    for unit in units:
        unit.composition_offset_ticks = 0


@pytest.mark.parametrize("codec", ["h264", "h265"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_raise_nothing_but_broken_file(tmp_path: Path, codec: str, data: st.DataObject) -> None:
    path = tmp_path / "a.mp4"
    if not path.exists():
        write(path, codec, AAC)
    content = bytearray(path.read_bytes())
    tables = [i for f in scan(path).fragments for i in range(f.offset, f.offset + 500)]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.one_of(st.integers(0, 1200), st.sampled_from(tables)))
        content[at] = data.draw(st.integers(0, 255))
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(content)
    with contextlib.suppress(BrokenFileError):
        found = scan(damaged)
        for each in found.fragments:
            with contextlib.suppress(BrokenFileError):
                read_units(read_fragment(damaged, each), each, found.parameters)


@given(st.binary(max_size=3000))
def test_any_bytes_are_no_recording(data: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        with pytest.raises(BrokenFileError):
            scan(Path(file.name))
