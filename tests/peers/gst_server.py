"""RTSP server of the GStreamer project, for tests: run with Debian's own Python, which has the bindings.

    /usr/bin/python3 gst_server.py '{"/path": {"launch": "( ... )", "user": "u", "password": "p", "auth": "digest"}}'

Prints the port on the first line of standard output when it listens. Ends when its standard input is closed.
"""

import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402


def main() -> None:
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    auth = GstRtspServer.RTSPAuth()
    mounts = server.get_mount_points()
    needs_auth = False
    for path, options in json.loads(sys.argv[1]).items():
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(options["launch"])
        factory.set_shared(False)
        role = "public"
        if "user" in options:
            needs_auth = True
            role = options["user"]
            token = GstRtspServer.RTSPToken()
            token.set_string("media.factory.role", role)
            if options.get("auth") == "basic":
                auth.add_basic(GstRtspServer.RTSPAuth.make_basic(options["user"], options["password"]), token)
                auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
            else:
                auth.add_digest(options["user"], options["password"], token)
                auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role(role, "media.factory.access", True)
        permissions.add_permission_for_role(role, "media.factory.construct", True)
        factory.set_permissions(permissions)
        mounts.add_factory(path, factory)
    if needs_auth:
        server.set_auth(auth)
    server.attach(None)
    print(server.get_bound_port(), flush=True)
    loop = GLib.MainLoop()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
    loop.run()


if __name__ == "__main__":
    main()
