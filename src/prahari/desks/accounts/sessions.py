"""Sessions in the database, one row each, ended by idling and by age as accounts.SecurityPolicy says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from prahari.desks.accounts import recent
from prahari.desks.accounts.models import SecurityPolicy, Session


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The row, unless it idled or lived too long."""
        policy = SecurityPolicy.objects.get(pk=1)
        now = timezone.now()
        session = Session.objects.filter(
            session_key=self.session_key,
            expire_date__gt=now,
            seen_at__gt=now - dt.timedelta(minutes=policy.session_idle_minutes),
            started_at__gt=now - dt.timedelta(hours=policy.session_hours),
        ).first()
        if session is None:
            self._session_key = None
        return session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        session.user_id = data.get(SESSION_KEY)
        session.seen_at = timezone.now()
        earlier = Session.objects.filter(session_key=session.session_key).values_list("started_at", flat=True).first()
        session.started_at = earlier or session.seen_at
        return session

    def delete(self, session_key: str | None = None) -> None:
        """Signing out, and the old key when signing in gives a new one."""
        super().delete(session_key)
        recent.forget()
