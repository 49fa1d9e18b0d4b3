"""Whatever comes is either an event or a refusal in both languages; nothing else."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake_rig import record
from prahari.contracts.events import EventBatch, encode, now_ms
from prahari.engines.intake import cap, claims, judging
from prahari.engines.intake.desk import judge_event, judge_position
from prahari.engines.intake.erss import judge_call
from prahari.engines.intake.refusals import Refusal

SOURCE = record(kinds=["device.panic", "unit.position", "erss.call", "public.alert"])

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
fields = st.fixed_dictionaries(
    {},
    optional={
        "specversion": st.sampled_from(["1.0", "0.3"]) | json_values, "id": st.text(max_size=210) | json_values,
        "type": st.just("device.panic") | json_values, "source": json_values, "subject": json_values,
        "time": st.datetimes().map(lambda at: at.isoformat() + "Z") | st.text(max_size=30) | json_values,
        "number": st.text(max_size=9) | json_values, "at": json_values | st.integers(0, 10**15),
        "unit": st.just("PCR-7") | json_values, "lat": st.floats() | json_values, "lon": st.floats() | json_values,
        "data": json_values | st.fixed_dictionaries(
            {}, optional={"lat": st.floats(), "lon": st.floats(), "text": json_values, "parameters": json_values}
        ),
    },
)  # fmt: skip


def _judged(judge: Any, part: bytes) -> None:
    try:
        event = judge(SOURCE, part, now_ms())
    except Refusal as refusal:
        assert refusal.code and refusal.en and refusal.hi
        return
    if event is not None:
        json.loads(encode(EventBatch("intake", [event])))
        assert "\x00" not in event.subject


@given(fields.map(lambda found: json.dumps(found).encode()) | st.binary(max_size=200))
@example(b'{"specversion":"1.0","id":"a","type":"device.panic","time":"0001-01-01T00:00:00+14:00"}')
@example(b'{"specversion":"1.0","id":"a","type":"device.panic","time":"inf"}')
@example(b'{"unit":"PCR-7","lat":1,"lon":2,"at":1e400}')
@settings(max_examples=600)
def test_bodies(body: bytes) -> None:
    for judge in (judge_event, judge_position, judge_call):
        _judged(judge, body)
    try:
        claims.parts_of(body)
    except ValueError:
        return


@given(
    st.dictionaries(st.sampled_from(["ce-id", "ce-type", "CE-specversion", "ce-time", "ce-x"]), st.text()), st.binary()
)
def test_headers(headers: dict[str, str], body: bytes) -> None:
    _judged(lambda source, part, at: judge_event(source, claims.from_headers(headers, part), at), body)


names = st.sampled_from(["id", "deviceid", "lat", "lon", "timestamp", "speed", "bearing", "accuracy", "batt", "key"])


@given(st.dictionaries(names, st.sampled_from(["PCR-7", "26.4", "nan", "inf", "-1e999", "١٢", "", "0x10"]) | st.text()))
@settings(max_examples=400)
def test_osmand_queries(query: dict[str, str]) -> None:
    _judged(lambda source, _part, at: judging.position(source, claims.from_osmand(query), at), b"")


_TAGS = ("alert", "identifier", "sent", "status", "msgType", "references", "info", "language", "severity", "area",
         "polygon", "circle", "areaDesc", "expires", "event")  # fmt: skip
_TEXTS = st.sampled_from(
    [
        "Actual",
        "Alert",
        "2026-11-22T10:00:00+05:30",
        "26,80 26,81 27,81 26,80",
        "26.5,80.3 5",
        "nan,nan nan",
        "Severe",
        "hi",
    ]
)
_nodes = st.recursive(
    st.tuples(st.sampled_from(_TAGS), _TEXTS | st.text(alphabet="abc ,.123<&", max_size=12)),
    lambda inner: st.tuples(st.sampled_from(_TAGS), st.lists(inner, max_size=5)),
    max_leaves=20,
)


def _xml(node: Any) -> str:
    tag, inner = node
    return f"<{tag}>{inner if isinstance(inner, str) else ''.join(map(_xml, inner))}</{tag}>"


@given(st.lists(_nodes, max_size=12) | st.binary(max_size=100))
@settings(max_examples=600)
def test_cap(found: Any) -> None:
    head = (
        '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>i</identifier>'
        "<sent>2026-11-22T10:00:00Z</sent>"
    )
    body = found if isinstance(found, bytes) else (head + "".join(map(_xml, found)) + "</alert>").encode()
    _judged(lambda source, part, at: cap.event_from(source, cap.read_alert(part), at), body)
    try:
        cap.read_feed(body, "http://127.0.0.1/feed")
    except Refusal:
        return
