"""The connector's command on a box whose clock is wrong: `python tests/edge_clock.py SECONDS run ...`."""

from __future__ import annotations

import sys
import time

off_s = float(sys.argv.pop(1))
_time, _time_ns = time.time, time.time_ns
time.time = lambda: _time() + off_s
time.time_ns = lambda: _time_ns() + int(off_s * 1e9)

from prahari.engines.edge.__main__ import main  # noqa: E402 - the clock first

main()
