"""What the messages desk's endpoints take and answer, and the settings of a gateway."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import In, Long, PageOf, Reason, Short

ChannelName = Literal["sms", "mail"]
StateName = Literal["queued", "sending", "sent", "delivered", "failed", "expired"]
LanguageName = Literal["hi", "en"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=r"^[^\x00]*$")]
Plain = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$")]
HeaderName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,60}$")]
HeaderValue = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00\r\n]*$")]
SecretName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
SecretValue = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^\x00\r\n]*$")]
HostName = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\s\x00]{1,253}$")]
TimeoutS = Annotated[float, Field(gt=0, le=30)]
"""At most a third of a message's lease (sending.LEASE_MS), redirects and connecting included."""


class HttpSettings(In):
    """A gateway that takes a message as one HTTP request. In url, headers and body these are filled in, quoted as the
    place needs it: {to}, {to_digits}, {text}, {reference}, {dlt_template_id}, {header}, {report_url},
    {secret_NAME}."""

    kind: Literal["http"] = "http"
    method: Literal["GET", "POST", "PUT"] = "POST"
    url: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^https?://[^\s\x00]+$")]
    headers: Annotated[dict[HeaderName, HeaderValue], Field(max_length=20)] = Field(default_factory=dict)
    body_type: Literal["json", "form", "none"] = "json"
    body: Plain = ""
    success_statuses: Annotated[list[Annotated[int, Field(ge=200, le=299)]], Field(max_length=20)] = Field(
        [], description="Empty: any 2xx"
    )
    success_pattern: Annotated[str, StringConstraints(max_length=400, pattern=r"^[^\x00]*$")] = Field(
        "", description="What the answer's text must match (regular expression); empty: anything"
    )
    refused_pattern: Annotated[str, StringConstraints(max_length=400, pattern=r"^[^\x00]*$")] = Field(
        "", description="An answer that matches this refuses the message for good"
    )
    id_field: Annotated[str, StringConstraints(max_length=120, pattern=r"^[A-Za-z0-9_.-]*$")] = Field(
        "", description="Where in a JSON answer its own number for the message stands: data.id"
    )
    report_reference_field: Annotated[str, StringConstraints(max_length=60)] = "reference"
    report_status_field: Annotated[str, StringConstraints(max_length=60)] = "status"
    report_delivered: Annotated[list[Short], Field(max_length=20)] = Field(
        default_factory=lambda: ["delivered", "DELIVRD"]
    )
    report_failed: Annotated[list[Short], Field(max_length=20)] = Field(
        default_factory=lambda: ["failed", "UNDELIV", "EXPIRED", "REJECTD"]
    )
    timeout_s: TimeoutS = 10


class SmtpSettings(In):
    kind: Literal["smtp"] = "smtp"
    host: HostName
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: Annotated[str, StringConstraints(max_length=254, pattern=r"^[^\x00]*$")] = Field(
        "", description="Empty: does not sign in. The password is the secret `password`"
    )
    sender: Address
    sender_name: Address = ""
    timeout_s: TimeoutS = 15


GatewaySettings = Annotated[HttpSettings | SmtpSettings, Field(discriminator="kind")]
Secrets = Annotated[dict[SecretName, SecretValue | None], Field(max_length=20)]


class GatewayFields(In):
    active: bool | None = None
    sort: int | None = Field(None, ge=0, le=1000)
    secrets: Secrets | None = Field(None, description="Name to value; what is left out stays, null removes one")


class GatewayIn(GatewayFields):
    channel: ChannelName
    name: Annotated[Short, StringConstraints(min_length=1)]
    settings: GatewaySettings
    reason: Long = ""


class GatewayEdit(GatewayFields):
    name: Annotated[Short, StringConstraints(min_length=1)] | None = None
    settings: GatewaySettings | None = None
    reason: Reason
    edited_ms: int = Field(description="As read: when somebody else has saved since, the answer is 409")


class GatewayTestIn(In):
    to: Address
    language: LanguageName = "hi"


class GatewayState(Schema):
    state: Literal["works", "failing", "untried", "off"]
    last_sent_ms: int | None
    failing_since_ms: int | None
    failures: int
    rests_until_ms: int
    reason: str
    detail: str


class GatewayOut(Schema):
    id: UUID
    channel: ChannelName
    name: str
    active: bool
    sort: int
    settings: HttpSettings | SmtpSettings
    secret_names: list[str]
    report_url: str
    health: GatewayState
    queued: int = Field(description="Messages of its channel that wait")
    edited_ms: int


class GatewayList(Schema):
    items: list[GatewayOut]


class MessageRow(Schema):
    id: UUID
    channel: ChannelName
    template: str
    language: LanguageName
    to_hint: str
    subject: str
    state: StateName
    reason: str
    attempts: int
    about_type: str
    about_id: str
    jurisdiction: str
    created_ms: int
    sent_ms: int | None
    delivered_ms: int | None
    next_try_ms: int | None
    expires_ms: int


class MessagePage(PageOf):
    items: list[MessageRow]


class MessageCounts(Schema):
    queued: int
    sent_24h: int
    failed_24h: int


class AttemptOut(Schema):
    at_ms: int
    ended_ms: int | None
    gateway: str
    reason: str
    detail: str


class AttachmentOut(Schema):
    name: str
    media_type: str
    size_bytes: int
    sha256: str


class MessageDetail(MessageRow):
    body: str
    secret: bool
    detail: str
    provider_id: str
    gateway: str
    attempts_list: list[AttemptOut]
    attachments: list[AttachmentOut]
    may_retry: bool


class MessageTemplateOut(Schema):
    id: UUID
    code: str
    channel: ChannelName
    language: LanguageName
    subject: str
    body: str
    dlt_template_id: str
    header: str
    valid_from: dt.date
    placeholders: list[str]
    in_force: bool


class MessageTemplateList(Schema):
    items: list[MessageTemplateOut]


class MessageTemplateIn(In):
    code: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
    channel: ChannelName
    language: LanguageName
    subject: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00\r\n]*$")] = ""
    body: Words
    dlt_template_id: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9]{0,40}$")] = ""
    header: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9-]{0,11}$")] = ""
    valid_from: dt.date
    reason: Reason
