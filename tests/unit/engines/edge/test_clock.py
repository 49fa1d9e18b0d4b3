"""The centre's time at a site: no clock of the box, set to whatever, makes a permit last longer."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from prahari.engines.edge.clock import UNKNOWN_S, TrustedClock

START_S = 1_800_000_000.0


class Box:
    """A machine: its own clock, the time since it was started, and the truth."""

    def __init__(self, folder: Path, own_off_s: float = 0.0) -> None:
        self.folder = folder
        self.true_s = START_S
        self.own_off_s = own_off_s
        self.booted_s = START_S - 1000
        self.boots = 0
        self.steps_back = 0
        self.clock = self.start()

    def start(self) -> TrustedClock:
        self.clock = TrustedClock(
            self.folder / "clock.json",
            on_step_back=lambda: setattr(self, "steps_back", self.steps_back + 1),
            passed_s=lambda: self.true_s - self.booted_s,
            wall_s=lambda: self.true_s + self.own_off_s,
            boot_id=lambda: str(self.boots),
        )
        return self.clock

    def told(self) -> None:
        self.clock.told(int(self.true_s * 1000), 0.0, first=True)

    def off_for(self, seconds: float) -> None:
        """Switched off, on again after so long."""
        self.true_s += seconds
        self.booted_s = self.true_s
        self.boots += 1
        self.start()


def test_the_own_clock_counts_for_nothing_while_it_runs(tmp_path: Path) -> None:
    box = Box(tmp_path, own_off_s=-7200)
    assert not box.clock.is_known and box.clock.now_s() == UNKNOWN_S
    box.told()
    box.own_off_s = -86_400  # set back meanwhile
    box.true_s += 600
    assert abs(box.clock.now_s() - box.true_s) < 0.01


def test_a_restart_of_the_process_keeps_the_time_without_the_own_clock(tmp_path: Path) -> None:
    box = Box(tmp_path)
    box.told()
    box.own_off_s = -86_400
    box.true_s += 50
    box.start()
    assert abs(box.clock.now_s() - box.true_s) < 0.01


def test_off_and_on_again_the_own_clock_is_believed_unless_it_went_back(tmp_path: Path) -> None:
    box = Box(tmp_path, own_off_s=3600)
    box.told()
    box.off_for(500)
    assert abs(box.clock.now_s() - box.true_s) < 0.01
    box.clock.save()
    box.own_off_s -= 1000  # set back while it was off
    box.off_for(100)
    assert not box.clock.is_known
    box.told()
    assert abs(box.clock.now_s() - box.true_s) < 0.01


def test_a_centre_whose_clock_goes_back_is_followed_and_permits_are_dropped(tmp_path: Path) -> None:
    box = Box(tmp_path)
    box.told()
    box.clock.told(int((box.true_s - 3600) * 1000), 0.0, first=True)
    assert box.steps_back == 1 and abs(box.clock.now_s() - (box.true_s - 3600)) < 0.01


def test_slow_answers_do_not_make_it_worse(tmp_path: Path) -> None:
    box = Box(tmp_path)
    box.told()
    box.clock.told(int((box.true_s - 3.9) * 1000), 4.0)
    assert abs(box.clock.now_s() - box.true_s) < 0.05
    box.clock.told(int((box.true_s + 99) * 1000), 60.0)
    assert abs(box.clock.now_s() - box.true_s) < 0.05


@given(
    st.lists(
        st.tuples(st.sampled_from(["run", "restart", "off"]), st.floats(0, 5000), st.floats(-9000, 9000)), max_size=8
    )
)
def test_it_never_falls_behind_by_what_somebody_does_to_the_own_clock(
    tmp_path_factory: object, steps: list[tuple[str, float, float]]
) -> None:
    """With the link down: the time never runs behind what has truly passed while the box was on, so a permit never
    outlives its end by that; switched off, it is unknown or at least what was kept."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        box = Box(Path(folder))
        box.told()
        on_s = 0.0
        for what, seconds, shift in steps:
            box.own_off_s += shift
            if what == "off":
                box.clock.save()
                box.off_for(seconds)
            else:
                box.true_s += seconds
                on_s += seconds
                if what == "restart":
                    box.start()
            if not box.clock.is_known:
                return
            assert box.clock.now_s() >= START_S + on_s - 2.1 * (1 + len(steps))
