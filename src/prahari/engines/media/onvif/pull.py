"""Events of a device by pull point, again and again: over lost subscriptions, restarts, and times of silence.

After an interruption the device tells the state of everything anew; what is as it was before is not told twice, what
has changed meanwhile is.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from onveef.exceptions import OnvifError

from prahari.contracts.media import Reason
from prahari.engines.media.onvif.channels import text
from prahari.engines.media.onvif.disk import unix_ms
from prahari.engines.media.onvif.failing import told
from prahari.engines.media.onvif.ports import DeviceError, Notice
from prahari.engines.media.onvif.topics import state_of
from prahari.engines.media.onvif.transport import CheckedClient

log = logging.getLogger(__name__)

LIFE_S = 120
RENEW_S = 50.0
POLL_S = 20
MESSAGES = 50
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
PASSWORD_PAUSE_S = 300.0
SOONEST_POLL_S = 0.05
"""A device that answers empty-handed at once would keep us running in circles."""

MOST_STATES = 2000
MOST_PARAMETERS = 20
INITIAL = "initialized"


class _Memory:
    """The last known state of each thing that a device watches."""

    def __init__(self) -> None:
        self._states: dict[tuple[str, str], bool | None] = {}

    def is_news(self, notice: Notice, operation: str) -> bool:
        key = (notice.topic, notice.source)
        known = self._states.get(key)
        is_new = key not in self._states
        if is_new and len(self._states) >= MOST_STATES:
            return False
        self._states[key] = notice.state
        if operation.lower() != INITIAL:
            return True
        # First told state: only what is going on now is news. Told again after an interruption: what has changed.
        return notice.state is True if is_new else notice.state != known


def notice_of(message: dict[str, Any]) -> Notice:
    """A message as the library gives it."""
    source = {text(name): text(value) for name, value in (message.get("source") or {}).items()}
    data = {text(name): text(value) for name, value in (message.get("data") or {}).items()}
    at_ms = unix_ms(message.get("utc_time"))
    named = next((value for name, value in source.items() if "source" in name.lower() or "token" in name.lower()), "")
    parameters = dict(list({**source, **data}.items())[:MOST_PARAMETERS])
    at_s = None if at_ms is None else at_ms / 1000
    return Notice(text(message.get("topic")), named, state_of(data), at_s, parameters)


async def notices(
    client: CheckedClient, meet: Callable[[], Awaitable[None]], secrets: tuple[str, ...]
) -> AsyncGenerator[Notice, None]:
    """For ever. Raises DeviceError when the device has no events at all."""
    memory = _Memory()
    pause_s = FIRST_PAUSE_S
    while True:
        url = ""
        try:
            await meet()
            url = await _subscribe(client)
            renewed_s = time.monotonic()
            while True:
                if time.monotonic() - renewed_s > RENEW_S:
                    await client.events_renew(subscription_url=url, termination_time=f"PT{LIFE_S}S")
                    renewed_s = time.monotonic()
                answer = await client.events_pull_messages(
                    subscription_url=url, timeout=f"PT{POLL_S}S", message_limit=MESSAGES
                )
                pause_s = FIRST_PAUSE_S
                messages = answer.get("messages") or []
                for message in messages[: MESSAGES * 2]:
                    notice = notice_of(message)
                    if notice.topic and memory.is_news(notice, str(message.get("property_operation") or "")):
                        yield notice
                await asyncio.sleep(SOONEST_POLL_S)
        except Exception as error:
            failed = told(error, secrets)
            if failed.reason is Reason.UNSUPPORTED:
                raise failed from error
            log.info("events of a device: %s", failed.detail)
            jitter: float = random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, keeps no secret
            await asyncio.sleep(jitter * (PASSWORD_PAUSE_S if failed.reason is Reason.WRONG_PASSWORD else pause_s))
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
        finally:
            if url:
                await _unsubscribe(client, url)


async def _subscribe(client: CheckedClient) -> str:
    made = await client.events_create_pull_point(termination_time=f"PT{LIFE_S}S")
    url = str(made.get("subscription_url") or "")
    if not url:
        raise DeviceError(Reason.BAD_STREAM, "The device gave no pull point for its events.")
    return url


async def _unsubscribe(client: CheckedClient, url: str) -> None:
    """It would end by itself; some devices have only a few."""
    try:
        async with asyncio.timeout(2):
            await client.events_unsubscribe(subscription_url=url)
    except (OnvifError, TimeoutError) as error:
        log.debug("a pull point was not given back: %s", type(error).__name__)
