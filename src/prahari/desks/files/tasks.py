"""Work of the tasks process: files that nobody attached within a day are removed, and what a crash left behind."""

from __future__ import annotations

import logging
import time
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.files import places
from prahari.desks.files.models import StoredFile

log = logging.getLogger(__name__)
WAITING_HOURS = rules.declare(
    "file_waiting_hours", 24, "Hours after which a file that belongs to no entry is removed",
    "किसी प्रविष्टि से न जुड़ी फ़ाइल कितने घंटे बाद हटाई जाती है", rules.whole(1, 24 * 90),
)  # fmt: skip
BATCH = 500


@app.periodic(cron="41 * * * *", periodic_id="hourly")
@app.task(queueing_lock="remove waiting files", lock="remove waiting files")
def remove_waiting(timestamp: int) -> None:
    """timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it)."""
    removed, swept = remove_unattached(), sweep()
    log.info("files removed: %d unattached, %d left behind", removed, swept)


def remove_unattached() -> int:
    """Remove rows and files that have waited too long; one that is being attached just now is left alone."""
    before_ms = now_ms() - int(rules.value(WAITING_HOURS)) * 3_600_000
    removed = 0
    while True:
        with transaction.atomic():
            rows = list(
                StoredFile.objects.select_for_update(skip_locked=True)
                .filter(attached_ms__isnull=True, created_ms__lt=before_ms)
                .order_by("created_ms")[:BATCH]
            )
            if not rows:
                return removed
            with action("file.remove_unattached", actor=system("files")) as act:
                act.about("files", "unattached", f"{len(rows)} files")
                act.details(sha256=[row.sha256 for row in rows])
                StoredFile.objects.filter(id__in=[row.id for row in rows]).delete()
        for row in rows:  # after the commit; killed in between, `sweep` finds them
            places.path_of(row.id).unlink(missing_ok=True)
        removed += len(rows)


def sweep() -> int:
    """Remove from the disk what has no row: an upload cut off by a crash, a file whose row was rolled back."""
    before_s = time.time() - 86_400
    swept = 0
    for folder in places.folder().glob("*"):
        if not folder.is_dir():
            continue
        old = [path for path in folder.iterdir() if path.stat().st_mtime < before_s]
        named = {path: _id_of(path.name) for path in old}
        known = set(
            StoredFile.objects.filter(id__in=[one for one in named.values() if one]).values_list("id", flat=True)
        )
        for path, file_id in named.items():
            if path.suffix == ".part" or (file_id is not None and file_id not in known):
                path.unlink(missing_ok=True)
                swept += 1
    return swept


def _id_of(name: str) -> UUID | None:
    try:
        return UUID(name.removesuffix(".sealed"))
    except ValueError:
        return None
