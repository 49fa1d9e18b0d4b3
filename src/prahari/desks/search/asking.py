"""What was searched for, kept for the audit: once a question, not once a letter."""

from __future__ import annotations

import hashlib

from prahari.contracts.events import now_ms
from prahari.core.scope import Scope
from prahari.desks.accounts.models import User
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.search.models import Question

TYPING_MS = 8_000
"""A text that goes on with the one before within this is the same question."""

SETTLED_MS = 15_000
LONGEST = 200


def note(actor: Actor, asked: str) -> None:
    """Remember that the actor has asked this just now. Nothing for the centre itself, or for no words."""
    text = " ".join(asked.split())[:LONGEST]
    if actor.id is None or not text:
        return
    session = hashlib.sha256(actor.session.encode()).hexdigest()
    now = now_ms()
    before = Question.objects.filter(session_hash=session, user_id=actor.id).order_by("-last_ms").first()
    if before is not None and now - before.last_ms < TYPING_MS and _goes_on(before.text, text):
        Question.objects.filter(id=before.id).update(text=text, last_ms=now)
    else:
        Question.objects.create(user_id=actor.id, session_hash=session, text=text, ip=actor.ip or None, last_ms=now)


def _goes_on(before: str, text: str) -> bool:
    """Typed further, or letters taken back."""
    return text.startswith(before) or before.startswith(text)


def settle() -> int:
    """Questions nobody types at any more become audit entries; returns how many. Each in a transaction of its own."""
    settled = 0
    due = Question.objects.filter(last_ms__lt=now_ms() - SETTLED_MS).order_by("last_ms")
    for question_id in list(due.values_list("id", flat=True)[:1000]):
        settled += _settle_one(question_id)
    return settled


def _settle_one(question_id: object) -> int:
    question = Question.objects.filter(id=question_id).select_related("user").first()
    if question is None:
        return 0
    with action("search.ask", actor=_asker(question.user, question.ip)) as act:
        taken, _ = Question.objects.filter(id=question_id).delete()
        act.about("search", question.id, question.text)
        act.details(asked_ms=question.last_ms)
    return taken


def _asker(user: User, ip: str | None) -> Actor:
    """The person, to be named in the audit: needs no right for what is only written down."""
    return Actor(id=user.id, username=user.username, name=user.name, scope=Scope(()), ip=ip or "")
