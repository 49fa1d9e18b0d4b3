"""Seeing to ill health: acknowledging episodes, saying how a camera should look, announcing maintenance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from prahari.contracts import subjects
from prahari.contracts.events import now_ms
from prahari.contracts.health import ReferenceReply, ReferenceRequest
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, text
from prahari.desks.health import selectors, windows
from prahari.desks.health.models import EpisodeNote, MaintenanceWindow
from prahari.desks.health.schemas import MaintenanceIn
from prahari.desks.health.tasks import recount
from prahari.desks.linking import engine
from prahari.desks.registry import references
from prahari.desks.registry import selectors as registry

WORK = selectors.WORK
REFERENCE_S = 15.0
LONGEST_MS = 62 * 86_400_000


def acknowledge(*, actor: Actor, episode_ids: Sequence[UUID], cause: str, note: str) -> list[dict[str, Any]]:
    """Somebody sees to these episodes; what was noted before is replaced, and stays in the history of the rows.

    One audit entry for all. Raises Problem 403, 404 (one is out of reach: then none is written).
    """
    ids = sorted(set(episode_ids), key=str)
    with action("health.acknowledge", actor=actor, reason=note) as act:
        found = {one.id: one for one in selectors.episodes_in(actor, WORK).select_related("camera").filter(id__in=ids)}
        for episode_id in ids:
            if episode_id not in found:
                selectors.episode(actor, episode_id, WORK)
        at = now_ms()
        known = {row.episode_id: row for row in EpisodeNote.objects.select_for_update().filter(episode_id__in=ids)}
        for episode_id in ids:
            row = known.get(episode_id) or EpisodeNote(
                episode_id=episode_id, camera_id=found[episode_id].camera_id, acknowledged_by_id=actor.id,
                acknowledged_ms=at,
            )  # fmt: skip
            row.cause, row.note, row.edited_ms = cause, note, at
            row.save(force_insert=episode_id not in known)
        first = found[ids[0]].camera
        act.about("camera", first.id, f"{first.reg_id} {first.name_en}", jurisdiction=first.jurisdiction_path,
                  agency=first.agency_id)  # fmt: skip
        act.details(episodes=[{"id": str(one.id), "kind": one.kind, "camera": one.camera.reg_id}
                              for one in found.values()], cause=cause)  # fmt: skip
    return [selectors.note_row(one) for one in selectors.notes_of(ids).values()]


def take_reference(*, actor: Actor, camera_id: UUID, reason: str) -> dict[str, Any]:
    """This is how it should look: the engine takes the camera's view of this moment as its reference.

    The engine asks the permit before it opens anything. Raises Problem 403, 404, 409 (no picture), 503, 504.
    """
    with action("health.take_reference", actor=actor, reason=reason) as act:
        camera = registry.camera(actor, camera_id, WORK)
        act.about("camera", camera.id, f"{camera.reg_id} {camera.name_en}", jurisdiction=camera.jurisdiction_path,
                  agency=camera.agency_id)  # fmt: skip
        request = ReferenceRequest(str(camera_id), REFERENCE_S - 3)
        answer = engine.ask(subjects.camera_reference(str(camera_id)), request, ReferenceReply, REFERENCE_S)
        if not answer.ok:
            raise Problem(
                409, "no_reference",
                f"The camera gave no picture to go by ({answer.reason or 'unknown'}). Nothing has changed.",
                "कैमरे से ऐसा चित्र नहीं मिला जिसे मानक माना जा सके। कुछ नहीं बदला।",
            )  # fmt: skip
        act.details(taken_ms=answer.taken_ms)
    return {"taken_ms": answer.taken_ms}


def announce_maintenance(*, actor: Actor, form: MaintenanceIn) -> MaintenanceWindow:
    """Work on a camera, premises, a site or an area. Also afterwards, when somebody forgot: days are counted anew.

    Raises Problem 403, 404, 422.
    """
    with action("health.announce_maintenance", actor=actor, reason=form.why) as act:
        actor.require(WORK)
        if form.to_ms <= form.from_ms or form.to_ms - form.from_ms > LONGEST_MS:
            raise invalid(to_ms=text("It must end after it begins, within two months.",
                                     "समाप्ति आरंभ के बाद, दो माह के भीतर होनी चाहिए।"))  # fmt: skip
        given = [one for one in (form.camera, form.premises, form.site, form.area) if one]
        if len(given) != 1:
            raise invalid(camera=text("Name one: a camera, premises, a site or an area.",
                                      "एक चुनें: कैमरा, प्रतिष्ठान, स्थान या क्षेत्र।"))  # fmt: skip
        at = now_ms()
        window = MaintenanceWindow(
            from_ms=form.from_ms, to_ms=form.to_ms, why=form.why, recorded_by_id=actor.id, created_ms=at, edited_ms=at
        )
        if form.camera:
            camera = registry.camera(actor, form.camera, WORK)
            window.camera, window.jurisdiction_path, window.agency_code = (
                camera, camera.jurisdiction_path, camera.agency_id
            )  # fmt: skip
        elif form.premises:
            premises = windows.premises(actor, form.premises)
            window.premises, window.jurisdiction_path, window.agency_code = (
                premises, premises.jurisdiction.path, premises.agency_id
            )  # fmt: skip
        elif form.site:
            site = windows.site(actor, form.site)
            window.site, window.jurisdiction_path, window.agency_code = site, site.jurisdiction.path, site.agency_id
        else:
            area = references.jurisdiction(form.area, "area")
            agency = references.agency(form.agency) if form.agency else None
            actor.require_in(WORK, area.path, agency.code if agency else "")
            window.area, window.jurisdiction_path = area, area.path
            window.agency_code = agency.code if agency else ""
        window.save(force_insert=True)
        act.about("maintenance window", window.id, window.why, jurisdiction=window.jurisdiction_path,
                  agency=window.agency_code)  # fmt: skip
        act.details(from_ms=window.from_ms, to_ms=window.to_ms)
        act.after_commit(lambda: recount(window.from_ms, window.to_ms))
    return window


def end_maintenance(*, actor: Actor, window_id: UUID, reason: str) -> MaintenanceWindow:
    """Done earlier than announced, or called off: from now on what is down counts. Raises Problem 403, 404, 409."""
    with action("health.end_maintenance", actor=actor, reason=reason) as act:
        window = windows.window(actor, window_id, WORK)
        window = MaintenanceWindow.objects.select_for_update(of=("self",)).get(id=window.id)
        at = now_ms()
        if window.ended_ms is not None or window.to_ms <= at:
            raise conflict("ended", "This maintenance is over already.", "यह रखरखाव पहले ही समाप्त हो चुका है।")
        window.ended_ms = window.edited_ms = at
        window.save(update_fields=["ended_ms", "edited_ms"])
        act.about("maintenance window", window.id, window.why, jurisdiction=window.jurisdiction_path,
                  agency=window.agency_code)  # fmt: skip
        act.after_commit(lambda: recount(window.from_ms, window.to_ms))
    return window
