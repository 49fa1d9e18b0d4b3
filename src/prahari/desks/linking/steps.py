"""The steps of the ladder (glossary: ladder), and which may follow which."""

from __future__ import annotations

from django.db.models import TextChoices


class Step(TextChoices):
    """Premises, from the list to the survey."""

    LISTED = "listed", "Listed"
    ASKED = "asked", "Asked"
    PROMISED = "promised", "Promised"
    INSTALLED = "installed", "Installed"
    CONSENTED = "consented", "Consented"
    REFUSED = "refused", "Refused"
    SURVEYED = "surveyed", "Surveyed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CameraStep(TextChoices):
    """A camera, from its entry in the register to its owner's word."""

    ENTERED = "entered", "Entered"
    REACHABLE = "reachable", "Reachable"
    LINKED = "linked", "Linked"
    VERIFIED_LIVE = "verified_live", "Verified live"
    OWNER_CONFIRMED = "owner_confirmed", "Confirmed by owner"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Via(TextChoices):
    """Through which door a step was entered."""

    CONSOLE = "console", "Console"
    FIELD = "field", "Field"
    OWNER = "owner", "Owner"
    IMPORT = "import", "Import"
    FACT = "fact", "By the facts"


MAY_FOLLOW: dict[Step, frozenset[Step]] = {
    Step.LISTED: frozenset({Step.ASKED, Step.PROMISED, Step.INSTALLED, Step.CONSENTED, Step.REFUSED}),
    Step.ASKED: frozenset({Step.ASKED, Step.PROMISED, Step.INSTALLED, Step.CONSENTED, Step.REFUSED}),
    Step.PROMISED: frozenset({Step.ASKED, Step.PROMISED, Step.INSTALLED, Step.CONSENTED, Step.REFUSED}),
    Step.INSTALLED: frozenset({Step.ASKED, Step.CONSENTED, Step.REFUSED}),
    Step.CONSENTED: frozenset({Step.CONSENTED, Step.SURVEYED, Step.WITHDRAWN}),
    Step.REFUSED: frozenset({Step.ASKED, Step.PROMISED, Step.CONSENTED, Step.REFUSED}),
    Step.SURVEYED: frozenset({Step.CONSENTED, Step.SURVEYED, Step.WITHDRAWN}),
    Step.WITHDRAWN: frozenset({Step.ASKED, Step.CONSENTED, Step.REFUSED}),
}
"""Step -> steps that may come next. ASKED, PROMISED, REFUSED and SURVEYED may come again: each is recorded."""

BY_HAND = frozenset({Step.ASKED, Step.PROMISED, Step.INSTALLED, Step.REFUSED, Step.SURVEYED})
"""Steps that people enter; consent and withdrawal come with their own papers."""

TIMES: dict[Step, str] = {step: f"{step.value}_ms" for step in Step}
"""Step -> column of Linkage with the time at which it was reached."""

CAMERA_TIMES: dict[CameraStep, str] = {
    CameraStep.ENTERED: "entered_ms",
    CameraStep.REACHABLE: "reachable_ms",
    CameraStep.LINKED: "linked_ms",
    CameraStep.VERIFIED_LIVE: "verified_ms",
    CameraStep.OWNER_CONFIRMED: "confirmed_ms",
    CameraStep.WITHDRAWN: "withdrawn_ms",
}
"""Step -> column of CameraLinkage with the time at which it was reached."""

CAMERA_ORDER = (
    CameraStep.ENTERED,
    CameraStep.REACHABLE,
    CameraStep.LINKED,
    CameraStep.VERIFIED_LIVE,
    CameraStep.OWNER_CONFIRMED,
)
