"""Citizens' reports for tests, as rows that somebody has sent."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from django.conf import settings

from prahari.contracts import sealing
from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.desks.intake import reports
from prahari.desks.intake.models import CitizenReport
from scope import World

MOBILE = "+919876500011"
_numbers = itertools.count(1)


def report(world: World, **more: Any) -> CitizenReport:
    at, report_id = now_ms(), uuid7()
    fields: dict[str, Any] = {
        "id": report_id, "key": uuid.uuid4(), "number": f"CR-9{next(_numbers):05d}", "mobile_key": "k", "kind": "fire",
        "words": "गोलघर चौराहा: दुकान से धुआँ", "lat": 26.45, "lon": 80.33, "jurisdiction_path": World.HOME,
        "agency_code": World.AGENCY, "created_ms": at, "edited_ms": at,
    }  # fmt: skip
    made = CitizenReport(**(fields | more))
    made.sealed_mobile = sealing.seal(MOBILE, settings.CONFIG.sealing_key(), reports.sealing_context(made.id))
    made.search = reports.found_by(made.number, made.words)
    made.save(force_insert=True)
    return made
