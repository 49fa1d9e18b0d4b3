"""The simulated mail server: SMTP as aiosmtpd speaks it, with the answers that real ones give on bad days."""

from __future__ import annotations

import asyncio
import hashlib
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from prahari.simcity.messages.faults import Faults
from prahari.simcity.messages.inbox import Inbox, Received


class MailSink:
    """aiosmtpd handler."""

    def __init__(self, inbox: Inbox, faults: Faults, username: str = "", password: str = "") -> None:
        self._inbox = inbox
        self._faults = faults
        self._credentials = (username, password)

    def protocol(self) -> SMTP:
        username, _ = self._credentials
        return SMTP(
            self,
            enable_SMTPUTF8=True,
            hostname="mail.simulated.example",
            authenticator=self._authenticate if username else None,
            auth_require_tls=False,  # loopback only
            loop=asyncio.get_running_loop(),
        )

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, auth_data: Any
    ) -> AuthResult:
        given = auth_data if isinstance(auth_data, LoginPassword) else LoginPassword(b"", b"")
        right = (given.login.decode(errors="replace"), given.password.decode(errors="replace")) == self._credentials
        return AuthResult(success=right, handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd looks for these names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._credentials[0] and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        mode, delay_s = self._faults.take("mail") if not envelope.rcpt_tos else ("", 0.0)
        if mode == "slow":
            await asyncio.sleep(delay_s)
        if mode == "greylist":
            return "451 4.7.1 Greylisted, come again later"
        if mode == "reject":
            return "550 5.1.1 No such mailbox"
        if mode == "reset" and server.transport is not None:
            server.transport.abort()
            return "421 broken"
        envelope.busy = mode == "busy"  # type: ignore[attr-defined]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if getattr(envelope, "busy", False):
            return "452 4.3.1 Out of space for now"
        content = envelope.content or b""
        letter = message_from_bytes(content if isinstance(content, bytes) else content.encode(), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        text = letter.get_body(preferencelist=("plain",))
        reference = str(letter["Message-ID"] or "").strip("<>").partition("@")[0]
        self._inbox.put(
            Received(
                "mail",
                ", ".join(envelope.rcpt_tos),
                text.get_content() if text is not None else "",
                reference,
                str(letter["From"] or ""),
                subject=str(letter["Subject"] or ""),
                attachments=[_attachment(part) for part in letter.iter_attachments()],
            )
        )
        return "250 Taken"


def _attachment(part: EmailMessage) -> dict[str, Any]:
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    return {
        "name": part.get_filename() or "",
        "media_type": part.get_content_type(),
        "size_bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
