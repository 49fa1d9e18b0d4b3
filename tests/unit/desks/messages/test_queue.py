"""What goes into the queue: once a key, whole, sealed, and only as part of an action."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.messages import queue, templates
from prahari.desks.messages.choices import Channel, Reason, State
from prahari.desks.messages.models import Message, MessageTemplate

NUMBER = "98765 43210"


def queued(**more: Any) -> Message:
    fields: dict[str, Any] = {
        "to": NUMBER, "template": "one_time_code", "values": {"code": "482913", "minutes": 5}, "key": "code:1"
    } | more  # fmt: skip
    with action("test.code", actor=system("test")) as act:
        act.about("test", "1")
        return queue.sms(**fields)


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'messages.send'")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_the_same_key_is_one_message_with_one_task() -> None:
    first, second = queued(), queued(values={"code": "000000", "minutes": 5})
    assert first.id == second.id and Message.objects.count() == 1 and jobs() == 1


@pytest.mark.django_db
def test_what_the_action_takes_back_was_never_queued() -> None:
    with pytest.raises(RuntimeError, match="changed my mind"), action("test", actor=system("test")) as act:
        act.about("test", "1")
        queue.sms(to=NUMBER, template="test", values={"at": "now"}, key="gone")
        raise RuntimeError("changed my mind")
    assert Message.objects.count() == 0 and jobs() == 0


@pytest.mark.django_db
def test_no_message_outside_an_action() -> None:
    with pytest.raises(RuntimeError, match="action"):
        queue.sms(to=NUMBER, template="test", values={"at": "now"}, key="alone")


@pytest.mark.django_db
def test_neither_number_nor_code_lies_open_in_the_row() -> None:
    message = queued()
    row = str(Message.objects.filter(id=message.id).values().get())
    assert "9876543210" not in row and "482913" not in row and message.to_hint.endswith("10")
    assert queue.content(message)["to"] == ["+919876543210"] and "482913" in queue.content(message)["body"]


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["", "12345", "0512-2345678", "9876", "1876543210", "९८७६"])
def test_a_number_that_is_none_fails_and_lets_the_action_go_on(number: str) -> None:
    message = queued(to=number)
    assert (message.state, message.reason) == (State.FAILED, Reason.BAD_RECIPIENT) and jobs() == 0


@pytest.mark.django_db
def test_a_missing_value_or_an_unknown_kind_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="minutes"):
        queued(values={"code": "1"})
    with pytest.raises(ValueError, match="no kind"):
        queued(template="lottery")


@pytest.mark.django_db
def test_every_kind_has_words_in_both_languages_that_use_what_it_is_given() -> None:
    for row in MessageTemplate.objects.all():
        assert templates.fields_of(row.body + row.subject) <= templates.KNOWN[row.code].placeholders | templates.COMMON
        languages = MessageTemplate.objects.filter(code=row.code, channel=row.channel).values_list(
            "language", flat=True
        )
        assert set(languages) == {"hi", "en"}
    assert set(MessageTemplate.objects.values_list("code", flat=True)) == set(templates.KNOWN)


@pytest.mark.django_db
def test_mail_goes_to_addresses_only_and_keeps_its_files() -> None:
    with action("test.mail", actor=system("test")) as act:
        act.about("test", "1")
        message = queue.mail(
            to=["ssp@kanpur.example", "nonsense", "ssp@kanpur.example", "a@b.example\nBcc: c@d.example"], key="mail:1",
            template="daily_report", values={"date": "1", "area": "कानपुर\r\nBcc: x@y.example", "summary": "s"},
            attachments=[("आख्या.pdf", b"%PDF", "application/pdf")],
        )  # fmt: skip
    assert queue.content(message)["to"] == ["ssp@kanpur.example"] and message.to_hint == "s•••@kanpur.example"
    assert "\n" not in message.subject and message.attachments.get().size_bytes == 4


@given(st.text(alphabet="{}abc \x00\r\n"))
def test_values_are_filled_once_and_braces_in_them_stay(value: str) -> None:
    filled = templates.filled("<{name}>", {"name": value})
    assert filled.startswith("<") and filled.endswith(">") and "\x00" not in filled and "\r" not in filled
    assert filled.count("{") == value.count("{")


def test_a_hint_tells_little() -> None:
    assert queue.hint(Channel.SMS, ["+919876543210"]) == "••••••••10"
    assert queue.hint(Channel.MAIL, ["rahul@x.example", "b@x.example"]) == "r•••@x.example +1"
