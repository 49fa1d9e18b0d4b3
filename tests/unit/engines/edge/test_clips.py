"""Clips at the gate: whole after any cut."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from pathlib import Path

import pytest

from prahari.engines.edge.gate.clips import Clips, ClipState
from prahari.engines.edge.wire import ClipAbout


async def test_a_piece_that_was_being_written_when_the_link_ended_is_in_the_clip_once(tmp_path: Path) -> None:
    first, second = os.urandom(50_000), os.urandom(30_000)
    whole = first + second
    clips = Clips(tmp_path)
    clip = clips.ask(ClipState("c1", "site", "camera", 1, 2, "token", time.time()))
    about = ClipAbout(1, len(whole), hashlib.sha256(whole).hexdigest(), 1, 2)
    await clips.about(clip, about)
    taking = asyncio.create_task(clips.take(clip, first))
    await asyncio.sleep(0)
    while not clip.path.exists() or clip.path.stat().st_size < len(first):
        time.sleep(0.001)  # the loop does not hear of it: the link ends first
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking
    assert clip.have == 0
    await clips.about(clip, about)
    for piece in (first, second):
        await clips.take(clip, piece)
    assert clip.state.state == "done" and clip.path.read_bytes() == whole
