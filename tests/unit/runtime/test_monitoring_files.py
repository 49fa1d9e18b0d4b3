"""The board and the alarms that we hand out name only figures that the centre tells."""

from __future__ import annotations

import json
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "monitoring"
SOURCES = Path(__file__).resolve().parents[3] / "src" / "prahari" / "runtime" / "metrics"


def told() -> set[str]:
    text = "\n".join(path.read_text() for path in SOURCES.glob("*.py"))
    plain = re.findall(r'gauge\(\s*"(\w+)"', text) + re.findall(r'^        \("(\w+)", "', text, re.MULTILINE)
    media = re.findall(r'^    \("(\w+)", "\w+", "', text, re.MULTILINE)
    counted = re.findall(r'counter\(\s*"(\w+)"', text)
    return {
        f"prahari_{name}" for name in [*plain, *[f"media_{one}" for one in media], *[f"{one}_total" for one in counted]]
    }


def test_no_figure_is_made_up() -> None:
    for name in ("grafana-dashboard.json", "alerts.yml"):
        named = set(re.findall(r"prahari_[a-z_]+", (FOLDER / name).read_text()))
        assert named and named <= told(), named - told()


def test_the_board_can_be_read() -> None:
    board = json.loads((FOLDER / "grafana-dashboard.json").read_text())
    assert all(panel["targets"] for panel in board["panels"] if panel["type"] != "row")
