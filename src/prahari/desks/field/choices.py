"""Words that code decides by."""

from __future__ import annotations

from django.db.models import TextChoices

from prahari.desks.linking.steps import Step


class Outcome(TextChoices):
    """What came of a visit."""

    ASKED = "asked", "Asked"
    CONSENTED = "consented", "Consented"
    REFUSED = "refused", "Refused"
    PROMISED = "promised", "Promised cameras"
    INSTALLED = "installed", "Cameras installed"
    SURVEYED = "surveyed", "Surveyed"
    COME_AGAIN = "come_again", "To come again"
    CLOSED = "closed", "Closed"
    NOT_FOUND = "not_found", "Not found"


class State(TextChoices):
    """What became of a visit at the centre."""

    APPLIED = "applied", "Taken over"
    CONFLICT = "conflict", "Waits for a decision"
    DISMISSED = "dismissed", "Not taken over"


STEPS: dict[str, Step] = {
    Outcome.ASKED: Step.ASKED,
    Outcome.REFUSED: Step.REFUSED,
    Outcome.PROMISED: Step.PROMISED,
    Outcome.INSTALLED: Step.INSTALLED,
    Outcome.SURVEYED: Step.SURVEYED,
    Outcome.COME_AGAIN: Step.ASKED,
}
"""Outcome -> the step that it enters. Consent has its own papers; a closed door is no step."""

MOVES = frozenset({*STEPS, Outcome.CONSENTED})
"""Outcomes that change where premises stand: what somebody else did meanwhile matters to them."""

STEP_HI = {
    Step.LISTED: "सूचीबद्ध", Step.ASKED: "सम्पर्क किया", Step.PROMISED: "वचन दिया", Step.INSTALLED: "कैमरे लगे",
    Step.CONSENTED: "सहमति प्राप्त", Step.REFUSED: "असहमत", Step.SURVEYED: "सर्वेक्षित", Step.WITHDRAWN: "सहमति वापस",
}  # fmt: skip
"""The steps in sentences to people (glossary: ladder)."""
