"""`python ipycam_server.py USERNAME PASSWORD`: the ONVIF side of ipycam, a virtual camera that we did not write, on a
free port of loopback that it prints. Its streams are not started: only what it says about them is looked at."""

from __future__ import annotations

import http.server
import sys
from types import SimpleNamespace

from ipycam import CameraConfig, IPCameraHTTPHandler, ONVIFService, PTZController


def main() -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), IPCameraHTTPHandler)
    port = server.server_address[1]
    config = CameraConfig(
        name="Peer", local_ip="127.0.0.1", onvif_port=port, username=sys.argv[1], password=sys.argv[2]
    )
    head = PTZController()
    IPCameraHTTPHandler.camera = SimpleNamespace(config=config, onvif=ONVIFService(config, head), ptz=head)
    print(port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
