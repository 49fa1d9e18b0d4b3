"""What the messages desk hands to a gateway, whichever it is: SMS and mail as ports.

A send either returns what the gateway calls it, or raises `Undelivered`, which says whether asking again may help and
whether it is this message or the whole gateway that is in trouble.
"""

from __future__ import annotations

from typing import Protocol

import msgspec


class Sms(msgspec.Struct, frozen=True):
    """`to`: E.164 as +919876543210. `reference`: the same for every attempt at one message, so that a gateway which
    already took it can say so instead of sending it again. `dlt_template_id`, `header`: as registered under TRAI's
    rules (template id; sender id of six letters); empty outside India."""

    to: str
    text: str
    reference: str
    dlt_template_id: str = ""
    header: str = ""
    report_url: str = ""  # where the gateway may report the delivery; empty: nowhere


class Attachment(msgspec.Struct, frozen=True):
    name: str
    data: bytes
    media_type: str


class Mail(msgspec.Struct, frozen=True):
    """`reference` becomes the Message-ID: a mail sent twice can be recognised."""

    to: list[str]
    subject: str
    text: str
    reference: str
    attachments: list[Attachment] = []


class Undelivered(Exception):  # noqa: N818 - named for what happened
    """Not accepted. `code`: one of the desk's reasons; `detail`: an English sentence without secrets or numbers.

    again: trying later may help. gateway: the gateway itself is in trouble, not this message.
    """

    def __init__(self, code: str, detail: str, *, again: bool, gateway: bool) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.again = again
        self.gateway = gateway


class SmsGateway(Protocol):
    def send(self, sms: Sms) -> str:
        """The gateway's own name for it, "" when it gives none. Blocks for seconds at the most. Raises Undelivered."""


class Mailer(Protocol):
    def send(self, mail: Mail) -> str:
        """As SmsGateway.send."""
