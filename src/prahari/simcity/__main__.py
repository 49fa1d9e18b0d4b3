"""`python -m prahari.simcity serve | bench-cameras`."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from prahari.simcity.clockcam import ClockCamera
from prahari.simcity.process import auth_from_environment, run
from prahari.simcity.rtsp import SimServer
from prahari.simcity.rtsp.server import Playable
from prahari.simcity.testloops import bench_loop


def _bench_cameras(arguments: argparse.Namespace) -> int:
    loop = bench_loop(arguments.cache, kbit_s=arguments.kbit_s)
    clock = ClockCamera()
    pattern = re.compile(r"^/cam/(\d+)$")

    def playable(path: str) -> Playable | None:
        found = pattern.match(path)
        if found and int(found[1]) < arguments.count:
            return loop
        return clock if path == "/bench/clock" else None

    def server() -> SimServer:
        chunk_s = 0.0 if arguments.pace == "frame" else arguments.chunk_ms / 1000
        return SimServer(playable, port=arguments.port, chunk_s=chunk_s, auth=auth_from_environment(), buckets=16)

    return run(server, arguments.control_port, lambda: {"count": arguments.count})


def _serve(arguments: argparse.Namespace) -> int:
    from prahari.simcity.serve import serve

    return serve(arguments.home, arguments.port, arguments.control_port, arguments.video, arguments.onvif_port)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m prahari.simcity", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="the cameras of the simulated city")
    serve.add_argument("--home", type=Path, default=Path(os.environ.get("PRAHARI_HOME") or "var"))
    serve.add_argument("--port", type=int, default=8554)
    serve.add_argument("--control-port", type=int)
    serve.add_argument("--onvif-port", type=int, help="the recorders' ONVIF services, one a premises")
    serve.add_argument("--video", type=Path, help="a folder of clips to play instead of drawn scenes")
    bench = commands.add_parser("bench-cameras", help="/cam/0 ... /cam/N-1 at 1080p25 3 Mbit/s, and /bench/clock")
    bench.add_argument("--count", type=int, default=100)
    bench.add_argument("--port", type=int, default=0)
    bench.add_argument("--control-port", type=int)
    bench.add_argument("--kbit-s", type=int, default=3000)
    bench.add_argument("--pace", choices=("chunk", "frame"), default="chunk", help="frame: every picture by itself")
    bench.add_argument("--chunk-ms", type=int, default=120)
    bench.add_argument("--cache", type=Path, default=Path(os.environ.get("PRAHARI_HOME") or "var") / "simcity")
    arguments = parser.parse_args()
    return _serve(arguments) if arguments.command == "serve" else _bench_cameras(arguments)


if __name__ == "__main__":
    sys.exit(main())
