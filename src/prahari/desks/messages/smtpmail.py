"""Mail by SMTP, with STARTTLS or TLS from the start, signed in or not."""

from __future__ import annotations

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate

from prahari.contracts.messages import Mail, Undelivered
from prahari.desks.messages.choices import Reason
from prahari.desks.messages.schemas import SmtpSettings


class SmtpMailer:
    """contracts.messages.Mailer."""

    def __init__(self, settings: SmtpSettings, password: str) -> None:
        self._settings = settings
        self._password = password

    def send(self, mail: Mail) -> str:
        try:
            letter = _letter(mail, self._settings)
        except (ValueError, UnicodeError) as error:
            raise Undelivered(
                Reason.REFUSED, "it cannot be written as a mail: check the sender", again=False, gateway=False
            ) from error
        try:
            with self._connected() as server:
                refused = server.send_message(letter, self._settings.sender, list(mail.to))
        except smtplib.SMTPAuthenticationError as error:
            raise _trouble(Reason.GATEWAY_DENIED, f"it answered {error.smtp_code}: check its credentials") from error
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _judged(min(codes), "recipient", gateway=False) from error
        except smtplib.SMTPSenderRefused as error:
            raise _judged(error.smtp_code, "sender", gateway=True) from error
        except smtplib.SMTPDataError as error:
            raise _judged(error.smtp_code, "message", gateway=error.smtp_code < 500) from error
        except smtplib.SMTPNotSupportedError as error:
            raise _trouble(Reason.NOT_UNDERSTOOD, "it offers no STARTTLS or no sign-in: check its security") from error
        except smtplib.SMTPResponseException as error:
            raise _trouble(Reason.GATEWAY_ERROR, f"it answered {error.smtp_code}") from error
        except TimeoutError as error:
            raise _trouble(Reason.TIMEOUT, f"no answer within {self._settings.timeout_s:g} s") from error
        except ssl.SSLError as error:
            raise _trouble(Reason.UNREACHABLE, f"no safe connection: {error.reason}") from error
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            if isinstance(error.__context__, TimeoutError):  # smtplib takes it for a closed connection
                raise _trouble(Reason.TIMEOUT, f"no answer within {self._settings.timeout_s:g} s") from error
            raise _trouble(Reason.UNREACHABLE, type(error).__name__) from error
        if refused:  # some of several: the others have it, so asking again would send it to them twice
            return f"{len(refused)} of {len(mail.to)} addresses refused"
        return ""

    def _connected(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.timeout_s, context=context
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_s)
        try:
            if settings.security == "starttls":
                server.starttls(context=context)
            if settings.username:
                server.login(settings.username, self._password)
        except BaseException:
            server.close()
            raise
        return server


def _letter(mail: Mail, settings: SmtpSettings) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = Address(settings.sender_name, addr_spec=settings.sender)
    letter["To"] = ", ".join(mail.to)
    letter["Subject"] = mail.subject
    letter["Date"] = formatdate()
    domain = settings.sender.rpartition("@")[2] or "localhost"
    letter["Message-ID"] = f"<{mail.reference}@{domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(mail.text)
    for one in mail.attachments:
        main, _, sub = one.media_type.partition("/")
        letter.add_attachment(one.data, maintype=main, subtype=sub or "octet-stream", filename=one.name)
    return letter


def _judged(code: int, what: str, *, gateway: bool) -> Undelivered:
    """4xx: later; 5xx: never."""
    if code < 500:
        return Undelivered(Reason.BUSY, f"it asked to come later with this {what} ({code})", again=True, gateway=False)
    return Undelivered(Reason.REFUSED, f"it refused the {what} ({code})", again=gateway, gateway=gateway)


def _trouble(reason: Reason, detail: str) -> Undelivered:
    return Undelivered(reason, detail, again=True, gateway=True)
