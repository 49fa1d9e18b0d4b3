"""Answers as wild as they come: what is let through can be read, what cannot be read is not let through."""

from __future__ import annotations

import time
from xml.etree.ElementTree import fromstring

from hypothesis import given
from hypothesis import strategies as st
from onveef import parsers

from prahari.engines.media.onvif.channels import by_source, main_and_sub, stream_url
from prahari.engines.media.onvif.pull import notice_of
from prahari.engines.media.onvif.sound import DEEPEST, MOST_ELEMENTS, sound

PARSERS = [
    getattr(parsers, name)
    for name in (
        "parse_profiles", "parse_device_information", "parse_services", "parse_capabilities", "parse_system_datetime",
        "parse_stream_uri", "parse_ptz_status", "parse_ptz_presets", "parse_set_preset_token", "parse_pull_messages",
        "parse_create_pull_point", "parse_recordings", "parse_event_search_results", "parse_relay_outputs",
        "parse_imaging_settings", "parse_fault", "has_soap_fault",
    )
]  # fmt: skip
NAMES = st.sampled_from(
    ["Profiles", "tt:Profiles", "VideoSourceConfiguration", "VideoEncoderConfiguration", "Resolution", "Width", "Time",
     "NotificationMessage", "wsnt:Message", "Message", "Source", "Data", "SimpleItem", "Fault", "Body", "Envelope",
     "PTZStatus", "Position", "PanTilt", "Preset", "RecordingItem", "Result", "UTCDateTime", "Date", "x:y"]
)  # fmt: skip
WORDS = st.text(st.characters(exclude_characters="<&\x00", exclude_categories=["Cs", "Cc"]), max_size=12)
ATTRIBUTES = st.dictionaries(st.sampled_from(["token", "Name", "Value", "x", "y", "UtcTime", "a:b"]), WORDS, max_size=3)


def written(name: str, attributes: dict[str, str], inner: list[str]) -> str:
    listed = "".join(f' {key}="{value.replace(chr(34), "")}"' for key, value in attributes.items())
    return f"<{name}{listed}>{''.join(inner)}</{name}>"


TREES = st.recursive(
    WORDS | st.just("<broken"), lambda inner: st.builds(written, NAMES, ATTRIBUTES, st.lists(inner, max_size=4)),
    max_leaves=25,
)  # fmt: skip


@given(TREES | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_what_is_let_through_is_read_by_everybody(text: str) -> None:
    answer = sound(text.encode())
    if answer is None:
        return
    fromstring(answer)
    for parse in PARSERS:
        parse(answer.decode())
    for profiles in by_source(parsers.parse_profiles(answer.decode())).values():
        main_and_sub(profiles)
    for message in parsers.parse_pull_messages(answer.decode())["messages"]:
        notice_of(message)


@given(st.text(max_size=60) | st.text(max_size=30).map(lambda rest: f"rtsp://{rest}"))
def test_no_address_of_a_device_keeps_a_password(url: str) -> None:
    assert "@" not in stream_url(url).partition("://")[2].partition("/")[0]


def test_prefixes_that_nobody_declared_are_declared() -> None:
    answer = sound(
        b'<?xml version="1.0"?><e:Envelope xmlns:e="urn:e"><e:Body><q:Name q:of="1">x</q:Name></e:Body></e:Envelope>'
    )
    assert answer is not None and fromstring(answer)[0][0].text == "x"


def test_hostile_answers_are_refused_quickly() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
    outside = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/">' + b"<a/>"
    deep = b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1)
    many = b"<a>" + b"<b/>" * (MOST_ELEMENTS + 1) + b"</a>"
    for answer in (
        bomb,
        outside,
        deep,
        many,
        b"",
        b"\xff\xfe",
        b"<a>",
        b"<a/><b/>",
        "<a>\ud800</a>".encode("utf-16", "surrogatepass"),
    ):
        begun_s = time.process_time()
        assert sound(answer) is None
        assert time.process_time() - begun_s < 0.5
