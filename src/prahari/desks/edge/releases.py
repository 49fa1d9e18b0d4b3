"""Versions of the connector: published by whoever holds a signed package, chosen for one site or for a growing share.

What a package must be is checked here once and at each site again, which believes nothing but the signature.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from prahari.contracts import edgepackages
from prahari.contracts.edge import MOST_RELEASE_BYTES, RELEASE_FOLDER, UpdatePhase
from prahari.contracts.edgepackages import Manifest, PackageError
from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import ROOT, Actor
from prahari.desks.common.errors import Problem, conflict, not_found, text
from prahari.desks.edge import planning, schemas, selectors
from prahari.desks.edge.models import EdgeRelease, EdgeSite
from prahari.desks.files import places

READ_BYTES = 1 << 20

_UNFIT = {
    "not_signed": text("This package is not signed by the release key of this centre.",
                       "यह पैकेज इस केंद्र की रिलीज़ कुंजी से हस्ताक्षरित नहीं है।"),
    "no_key": text("This centre has no release key: keys/edge-release.pub is missing.",
                   "इस केंद्र में रिलीज़ कुंजी नहीं है: keys/edge-release.pub अनुपलब्ध है।"),
    "damaged": text("This is no package of the connector, or it is damaged.", "यह कनेक्टर का पैकेज नहीं है, या ख़राब है।"),
}  # fmt: skip


# Reads


def page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    """An EdgeReleasePage."""
    actor.require(selectors.MANAGE)
    found = EdgeRelease.objects.select_related("published_by")
    sites = _sites_by_release(actor)
    return {
        **paging.page(found, ("-published_ms", "-id"), limit, cursor, lambda one: _row(one, sites.get(one.id, []))),
        "may_publish": actor.may(selectors.MANAGE, ROOT, ""),
    }


def detail(actor: Actor, release_id: UUID) -> dict[str, Any]:
    """An EdgeReleaseRow. Raises Problem 403, 404."""
    return _row(_release(actor, release_id), _sites_by_release(actor).get(release_id, []))


def _release(actor: Actor, release_id: UUID) -> EdgeRelease:
    actor.require(selectors.MANAGE)
    found = EdgeRelease.objects.select_related("published_by").filter(id=release_id).first()
    if found is None:
        raise not_found("There is no such version.", "ऐसा कोई संस्करण नहीं है।")
    return found


def _sites_by_release(actor: Actor) -> dict[UUID, list[EdgeSite]]:
    sites: dict[UUID, list[EdgeSite]] = {}
    for site in selectors.sites_in(actor, selectors.MANAGE).filter(release__isnull=False).select_related("link"):
        sites.setdefault(site.release_id, []).append(site)
    return sites


def _row(found: EdgeRelease, sites: list[EdgeSite]) -> dict[str, Any]:
    links = [getattr(site, "link", None) for site in sites]
    failed = UpdatePhase.FAILED
    by = found.published_by
    return {
        "id": found.id,
        "version": found.version,
        "sha256": found.sha256,
        "size_bytes": found.size_bytes,
        "platform": found.platform,
        "published_ms": found.published_ms,
        "published_by": (by.name or by.username) if by is not None else "",
        "withdrawn_ms": found.withdrawn_ms,
        "sites": len(sites),
        "running": sum(link is not None and link.version == found.version for link in links),
        "failed": sum(
            update["phase"] == failed and update["version"] == found.version
            for update in map(selectors.update_of, links)
        ),
    }


# Writes


def publish(*, actor: Actor, stream: IO[bytes], expected_bytes: int, reason: str) -> UUID:
    """Take a package in: checked before it is kept. Raises Problem 403, 409 (version known), 413, 422, 507."""
    actor.require_in(selectors.MANAGE, ROOT, "")
    if expected_bytes > MOST_RELEASE_BYTES:
        raise _too_large()
    folder = Path(settings.CONFIG.home) / RELEASE_FOLDER
    places.require_room(expected_bytes, folder)
    with _received(stream, folder) as (part, digest, size):
        manifest = _checked(part)
        with action("edge.release_publish", actor=actor, reason=reason) as act:
            if EdgeRelease.objects.filter(version=manifest.version).exists():
                raise conflict("version_known", f"Version {manifest.version} is published already.",
                               f"संस्करण {manifest.version} पहले से प्रकाशित है।")  # fmt: skip
            release = EdgeRelease.objects.create(
                version=manifest.version, sha256=digest, size_bytes=size, platform=manifest.platform[:60],
                published_ms=now_ms(), published_by_id=actor.id,
            )  # fmt: skip
            _about(act, release)
            act.details(sha256=digest, size_bytes=size, platform=manifest.platform[:60])
            places.settle(part, folder / f"{digest}.tar")
    return release.id


def choose(*, actor: Actor, site_id: UUID, form: schemas.EdgeReleaseChoice) -> None:
    """The version that one site is to run. Raises Problem 403, 404, 409 (withdrawn, not newer)."""
    with action("edge.release_choose", actor=actor, reason=form.reason) as act:
        found = selectors.site(actor, site_id, selectors.MANAGE)
        site = selectors.locked([found.id]).get()
        release = None if form.release is None else _choosable(actor, form.release)
        if release is not None and not _is_newer(release, site):
            running = site.link.version
            raise conflict("not_newer", f"The site runs version {running} already: it takes newer ones only.",
                           f"स्थान पर संस्करण {running} चल रहा है: केवल नया संस्करण लिया जाता है।")  # fmt: skip
        _set(site, release)
        premises = site.premises
        act.about("edge site", site.id, site.name, jurisdiction=premises.jurisdiction.path,
                  agency=premises.agency_id or "")  # fmt: skip
        act.details(version=release.version if release is not None else "")
        planning.publish([site])


def offer(*, actor: Actor, release_id: UUID, form: schemas.EdgeReleaseOffer) -> None:
    """Choose a version for a share of the actor's sites. Raises Problem 403, 404, 409 (withdrawn)."""
    with action("edge.release_offer", actor=actor, reason=form.reason) as act:
        release = _choosable(actor, release_id)
        mine = selectors.sites_in(actor, selectors.MANAGE).filter(revoked_ms__isnull=True).exclude(public_key="")
        ids = sorted(mine.values_list("id", flat=True), key=lambda one: _turn(one, release))
        ids = ids[: -(-len(ids) * form.share_pct // 100)]
        changed = [site for site in selectors.locked(ids) if site.release_id != release.id and _is_newer(release, site)]
        for site in changed:
            _set(site, release)
        planning.publish(changed)
        _about(act, release)
        act.details(share_pct=form.share_pct, sites=[str(site.id) for site in changed])


def withdraw(*, actor: Actor, release_id: UUID, form: schemas.EdgeReason) -> None:
    """Raises Problem 403, 404, 409."""
    actor.require_in(selectors.MANAGE, ROOT, "")
    with action("edge.release_withdraw", actor=actor, reason=form.reason) as act:
        release = _choosable(actor, release_id)
        release.withdrawn_ms = now_ms()
        release.save(update_fields=["withdrawn_ms"])
        sites = list(selectors.locked(release.sites.values_list("id", flat=True)))
        for site in sites:
            _set(site, None)
        planning.publish(sites)
        _about(act, release)
        path = Path(settings.CONFIG.home) / RELEASE_FOLDER / f"{release.sha256}.tar"
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _choosable(actor: Actor, release_id: UUID) -> EdgeRelease:
    release = _release(actor, release_id)
    if release.withdrawn_ms is not None:
        raise conflict("withdrawn", "This version was withdrawn.", "यह संस्करण वापस ले लिया गया है।")
    return release


def _is_newer(release: EdgeRelease, site: EdgeSite) -> bool:
    """As far as the centre knows: the site itself decides."""
    link = getattr(site, "link", None)
    try:
        return link is None or edgepackages.order(release.version) > edgepackages.order(link.version)
    except ValueError:
        return True


def _turn(site_id: UUID, release: EdgeRelease) -> bytes:
    """Whose turn it is: not the same sites first with each version."""
    return hashlib.sha256(f"{release.version}/{site_id}".encode()).digest()


def _set(site: EdgeSite, release: EdgeRelease | None) -> None:
    site.release = release
    site.edited_ms = max(now_ms(), site.edited_ms + 1)
    site.revision += 1
    site.save(update_fields=["release", "edited_ms", "revision"])


def _about(act: Action, release: EdgeRelease) -> None:
    act.about("edge release", release.id, release.version)


@contextmanager
def _received(stream: IO[bytes], folder: Path) -> Iterator[tuple[Path, str, int]]:
    """(file, SHA-256, bytes) of what comes, gone afterwards unless it was given a place. Raises Problem 413, 507."""
    part = folder / f".{os.urandom(8).hex()}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("xb") as file:
            part.chmod(0o600)
            while piece := stream.read(READ_BYTES):
                size += len(piece)
                if size > MOST_RELEASE_BYTES:
                    raise _too_large()
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        yield part, digest.hexdigest(), size
    except OSError as error:
        if places.is_disk_full(error):
            raise places.disk_full() from error
        raise
    finally:
        part.unlink(missing_ok=True)


def _checked(part: Path) -> Manifest:
    """Raises Problem 422."""
    path = settings.CONFIG.keys / "edge-release.pub"
    try:
        key = edgepackages.release_key(path.read_text() if path.exists() else "")
        return edgepackages.checked(part, key)
    except PackageError as error:
        reason = error.reason if error.reason in _UNFIT else "damaged"
        sentence = _UNFIT[reason]
        raise Problem(422, reason, sentence["en"], sentence["hi"], {"file": sentence}) from error


def _too_large() -> Problem:
    limit = MOST_RELEASE_BYTES // 1_000_000
    return Problem(413, "file_too_large", f"A package has at most {limit} MB.", f"पैकेज अधिकतम {limit} एमबी का होता है।")
