"""Reaching the database of a centre that runs, for commands beside it."""

from __future__ import annotations

import os
from pathlib import Path


def environment_of(folder: Path, process: str) -> dict[str, str]:
    """Environment for `prahari.desks.manage` beside the centre in `folder`. Raises CentreError when none runs."""
    from prahari.runtime import home
    from prahari.runtime.errors import CentreError
    from prahari.runtime.postgres import Postgres

    environment = {**os.environ, "PRAHARI_HOME": str(folder), "PRAHARI_LOG": "error", "PRAHARI_PROCESS": process}
    if not environment.get("DATABASE_URL"):
        if not home.holder(folder):
            raise CentreError(f"No centre is running in {folder}. Start it with ./prahari up, then try again.")
        port = int(environment.get("PRAHARI_PORT") or 8400)
        environment["DATABASE_URL"] = Postgres(folder, port + 3).url
    return environment
