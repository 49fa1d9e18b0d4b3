"""The api's workers are forked from a process that has loaded everything (ADR 0023)."""

from __future__ import annotations

import os
import subprocess
import sys

LOADED = """
import threading
from prahari.desks import wsgi
from django.db import connections
assert threading.active_count() == 1, threading.enumerate()
assert all(one.connection is None for one in connections.all(initialized_only=True))
"""


def test_nothing_is_begun_that_a_fork_would_leave_behind() -> None:
    subprocess.run([sys.executable, "-c", LOADED], check=True, env=os.environ, timeout=120)
