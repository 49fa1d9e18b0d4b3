"""A test that fails beside others is run once more, alone, before it holds a change up."""

from __future__ import annotations

from pathlib import Path

import pytest

from prahari.cli import test as command

BY_CHANCE = """
from pathlib import Path
import pytest

@pytest.mark.parametrize("one", ["a - b", "c"])
def test_by_chance(one):
    mark = Path(__file__).parent / f"seen-{one[0]}"
    seen = mark.exists()
    mark.touch()
    assert seen

def test_steady():
    assert True
"""
BROKEN = """
def test_broken():
    assert False
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tests").mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    monkeypatch.setattr(command, "ROOT", tmp_path)
    return tmp_path


def after(root: Path, **files: str) -> list[command.Result]:
    for name, text in files.items():
        (root / "tests" / f"test_{name}.py").write_text(text)
    return command.once_more([command.pytest("all", ["-p", "no:xdist", "tests"])], [])


def test_what_passes_alone_is_named_and_does_not_fail(root: Path) -> None:
    results = after(root, chance=BY_CHANCE)
    assert [each.failed for each in results] == [0, 0]
    assert [name.rpartition("::")[2] for name in results[-1].unsteady] == ["test_by_chance[a - b]", "test_by_chance[c]"]


def test_what_fails_again_fails(root: Path) -> None:
    results = after(root, chance=BY_CHANCE, broken=BROKEN)
    assert [each.failed for each in results] == [0, 1]
    assert len(results[-1].unsteady) == 2


def test_a_file_that_cannot_be_read_is_no_unsteady_test(root: Path) -> None:
    results = after(root, chance=BY_CHANCE, unread="import nothing_of_this_name\n")
    assert sum(each.failed for each in results) >= 1


def test_without_a_failure_nothing_is_run_again(root: Path) -> None:
    assert len(after(root, steady="def test_one():\n    assert True\n")) == 1


def test_many_that_fail_do_not_fail_by_chance(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "MOST_UNSTEADY", 1)
    assert [each.failed for each in after(root, chance=BY_CHANCE)] == [2]
