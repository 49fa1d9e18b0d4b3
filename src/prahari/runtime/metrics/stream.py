"""Figures of the event log: how much lies in it, and how far its readers are behind."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import nats.errors
from nats.js import JetStreamContext
from nats.js.api import StreamInfo
from nats.js.errors import Error as JetStreamError
from prometheus_client.metrics_core import Metric

from prahari.contracts import subjects
from prahari.runtime.metrics.families import gauge

log = logging.getLogger(__name__)


async def look(js: JetStreamContext) -> list[Metric]:
    """Empty while JetStream does not answer."""
    try:
        stream = await js.stream_info(subjects.EVENT_STREAM)
        readers = await js.consumers_info(subjects.EVENT_STREAM)
    except (TimeoutError, nats.errors.Error, JetStreamError) as error:
        log.warning("the event log does not tell: %s", str(error) or type(error).__name__)
        return []
    behind = [((one.name,), float(one.num_pending or 0)) for one in readers if one.config.durable_name]
    return [
        *_of(stream),
        gauge("event_log_pending", "Batches that a reader has not been given yet", ("reader",), behind),
    ]


def _of(stream: StreamInfo) -> Iterator[Metric]:
    yield gauge("event_log_batches", "Batches of events that are kept", (), [((), stream.state.messages)])
    yield gauge("event_log_bytes", "Room that they take", (), [((), stream.state.bytes)])
    yield gauge("event_log_last_batch", "Number of the newest batch", (), [((), stream.state.last_seq)])
