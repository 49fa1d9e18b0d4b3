"""Which web pages may talk to a process of ours from their own origin."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit


def allowed_origin(origin: str | None, host_header: str, console_hosts: Collection[str] = ()) -> str | None:
    """`origin` when its host is the one that the request was sent to (any port), else None.

    The console is served from another port of the same machine, so exactly that is let in; on a machine that joined a
    centre the hosts of the centre's console are, too.
    """
    if not origin:
        return None
    try:
        asked, ours = urlsplit(origin), urlsplit(f"//{host_header}")
        same = asked.hostname is not None and asked.hostname in {ours.hostname, *console_hosts}
    except ValueError:
        return None
    return origin if same and asked.scheme in {"http", "https"} else None
