"""An RTSP server that plays loops of packets laid out once: hundreds of cameras for a few percent of a core.

async with SimServer({"/cam/x": loop}, auth=Auth("user", "secret")) as server:
    server.url("/cam/x")            # rtsp://user:secret@127.0.0.1:41237/cam/x
    server.set_fault("/cam/x", loss_pct=5)
"""

from prahari.simcity.rtsp.auth import Auth
from prahari.simcity.rtsp.faults import FaultError, Faults
from prahari.simcity.rtsp.loop import Loop, LoopError, Track, loop_from_file
from prahari.simcity.rtsp.server import SimServer

__all__ = ["Auth", "FaultError", "Faults", "Loop", "LoopError", "SimServer", "Track", "loop_from_file"]
