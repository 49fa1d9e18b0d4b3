"""Machines of the centre: invited, joined, drained, left. Each is one value in a bucket (contracts/cluster)
that placers follow; who did what is in the audit."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import nats.errors
import nats.js.errors
from nats.js.kv import KeyValue

from prahari.contracts import bus, subjects
from prahari.contracts.cluster import NodeRecord
from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem
from prahari.desks.linking.engine import EventLogAwayError, line

ANSWER_S = 8.0
NUMBER_KEY = "number"
"""In the bucket of leases: the last number given to a machine. None is given twice."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


def invite(*, actor: Actor, name: str) -> int:
    """The machine's number. Raises Problem 400, 409, 503."""
    if not _NAME.fullmatch(name) or name == "centre":
        raise Problem(400, "bad_name", "A machine's name is small letters, digits and dashes, and not 'centre'.",
                      "मशीन का नाम छोटे अक्षर, अंक और डैश में हो, और 'centre' न हो।")  # fmt: skip
    with action("node.invite", actor=actor, reason="") as act:
        act.about("node", name, name)
        known = _run(_record(name))
        if known is not None and not known.left:
            raise Problem(409, "node_known", f"{name} has joined already. Choose another name, or let it leave first.",
                          f"{name} पहले से जुड़ी है। दूसरा नाम चुनें, या पहले उसे हटाएँ।")  # fmt: skip
        number: int = _run(_next_number())
        act.details(number=number)
    return number


def join(*, actor: Actor, name: str, number: int, address: str, workers: int, media_port: int) -> None:
    """The invited machine has shown its token. Raises Problem 503."""
    record = NodeRecord(name, number, address, workers, media_port, now_ms())
    with action("node.join", actor=actor, reason="") as act:
        act.about("node", name, name)
        act.details(number=number, address=address, workers=workers)
        _run(_put(record))


def drain(*, actor: Actor, name: str, on: bool) -> None:
    """Its cameras go to other machines, one after the other; or it takes cameras again. Raises Problem 404, 503."""
    with action("node.drain" if on else "node.undrain", actor=actor, reason="") as act:
        act.about("node", name, name)
        _run(_put(msgspec.structs.replace(_known(name), draining=on)))


def leave(*, actor: Actor, name: str) -> None:
    """It takes no cameras any more and is not waited for. Its recordings stay on its disks. Raises Problem 404, 503."""
    with action("node.leave", actor=actor, reason="") as act:
        act.about("node", name, name)
        _run(_put(msgspec.structs.replace(_known(name), draining=True, left=True)))


def _known(name: str) -> NodeRecord:
    record: NodeRecord | None = _run(_record(name))
    if record is None or record.left:
        raise Problem(404, "no_node", f"There is no machine {name}: look at ./prahari node list.",
                      f"{name} नाम की कोई मशीन नहीं है: ./prahari node list देखें।")  # fmt: skip
    return record


def _run(work: Any) -> Any:
    try:
        return line.run(work, ANSWER_S)
    except (TimeoutError, EventLogAwayError, nats.errors.Error, nats.js.errors.Error) as error:
        raise Problem(503, "event_log_away", "The event log (NATS) does not answer. Try again in a minute.",
                      "इवेंट लॉग (NATS) उत्तर नहीं दे रहा। एक मिनट बाद फिर प्रयास करें।") from error  # fmt: skip


async def _bucket(name: str) -> KeyValue:
    client = await line.client()
    return await bus.ensure_cluster_bucket(client.jetstream(timeout=5), name)


async def _record(name: str) -> NodeRecord | None:
    bucket = await _bucket(subjects.MEDIA_NODE_BUCKET)
    try:
        return msgspec.json.decode((await bucket.get(name)).value or b"", type=NodeRecord)
    except nats.js.errors.KeyNotFoundError:
        return None


async def _put(record: NodeRecord) -> None:
    bucket = await _bucket(subjects.MEDIA_NODE_BUCKET)
    await bucket.put(record.name, msgspec.json.encode(record))


async def _next_number() -> int:
    bucket = await _bucket(subjects.MEDIA_LEASE_BUCKET)
    while True:
        try:
            entry = await bucket.get(NUMBER_KEY)
            last, revision = int(entry.value or b"0"), entry.revision or 0
        except nats.js.errors.KeyNotFoundError:
            last, revision = 0, 0
        try:
            await bucket.update(NUMBER_KEY, str(last + 1).encode(), last=revision)
        except nats.js.errors.KeyWrongLastSequenceError:
            continue
        return last + 1
