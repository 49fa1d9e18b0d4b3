"""Writer and event stream as processes see them: real NATS, real PostgreSQL, real HTTP."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import psycopg
import pytest

from prahari.contracts import bus, events, subjects, tokens
from prahari.contracts.config import Config
from prahari.contracts.events import Event, EventBatch
from prahari.contracts.media import StreamClaims
from prahari.eventlog.stream import serve
from prahari.eventlog.writer import Writer


async def until(condition: Callable[[], Awaitable[bool]], within_s: float = 30) -> None:
    deadline = time.monotonic() + within_s
    while not await condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def running(writer: Writer) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(writer.run())
    try:
        yield task
    finally:
        writer.stop()
        await task


async def publish(nats_url: str, *batch: Event) -> None:
    client = await bus.connect(nats_url, "test")
    try:
        js = client.jetstream()
        await bus.ensure_event_stream(js)
        await js.publish(subjects.events("test"), events.encode(EventBatch("test", list(batch))))
    finally:
        await client.close()


async def count(database_url: str) -> int:
    async with await psycopg.AsyncConnection.connect(database_url) as connection:
        try:
            found = await (await connection.execute("SELECT count(*) FROM event")).fetchone()
        except psycopg.errors.UndefinedTable:
            return 0
        return int(found[0]) if found else 0


def seen(path: str = "up.kanpur", **data: Any) -> Event:
    return Event(
        events.CAMERA_STATUS, f"camera:{uuid.uuid4()}", events.now_ms(), {"status": "live", **data}, path, "police"
    )


async def test_events_reach_the_database_and_a_second_writer_goes_on(
    fresh_nats_url: str, fresh_postgres_url: str
) -> None:
    await publish(fresh_nats_url, *(seen() for _ in range(150)))
    async with running(Writer(fresh_postgres_url, fresh_nats_url)):
        await until(lambda: _reaches(fresh_postgres_url, 150))
    await publish(fresh_nats_url, *(seen() for _ in range(50)))
    async with running(Writer(fresh_postgres_url, fresh_nats_url)):
        await until(lambda: _reaches(fresh_postgres_url, 200))


async def _reaches(database_url: str, number: int) -> bool:
    return await count(database_url) == number


async def test_the_writer_waits_for_a_database_that_is_cut_off(fresh_nats_url: str, fresh_postgres_url: str) -> None:
    async with running(Writer(fresh_postgres_url, fresh_nats_url)):
        await publish(fresh_nats_url, seen())
        await until(lambda: _reaches(fresh_postgres_url, 1))
        async with await psycopg.AsyncConnection.connect(fresh_postgres_url, autocommit=True) as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'event writer'"
                " AND datname = current_database()"
            )
        await publish(fresh_nats_url, *(seen() for _ in range(9)))
        await until(lambda: _reaches(fresh_postgres_url, 10))


@pytest.fixture
async def stream(config: Config, fresh_nats_url: str) -> AsyncIterator[Config]:
    settings = replace(config, nats_url=fresh_nats_url)
    task = asyncio.create_task(serve(settings))
    async with aiohttp.ClientSession() as session:

        async def answers() -> bool:
            try:
                async with session.get(f"{settings.origin(settings.events_port)}/healthz") as answer:
                    return answer.status == 200
            except aiohttp.ClientConnectionError:
                return False

        await until(lambda: _alive(task, answers))
    yield settings
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def _alive(task: asyncio.Task[None], answers: Callable[[], Awaitable[bool]]) -> bool:
    assert not task.done(), task
    return await answers()


def token(config: Config, path: str, lasts_s: int = 60, user: str = "u") -> str:
    claims = StreamClaims(user, [(path, None, ["camera.view"])], int(time.time()) + lasts_s)
    return tokens.sign(claims, config.signing_key())


class Console:
    """What a console hears, read from the wire as a browser would."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response
        self.last_id = ""
        self.resumed = False

    async def next(self) -> tuple[str, dict[str, Any]]:
        kind, data = "", ""
        while True:
            line = (await asyncio.wait_for(self._response.content.readline(), 10)).decode().rstrip("\n")
            if line.startswith("id: "):
                self.last_id = line[4:]
            elif line.startswith("event: "):
                kind = line[7:]
            elif line.startswith("data: "):
                data = line[6:]
            elif not line and kind:
                return kind, json.loads(data)
            elif self._response.content.at_eof():
                raise EOFError


@asynccontextmanager
async def listening(config: Config, token: str, last_id: str = "") -> AsyncIterator[Console]:
    headers = {"Last-Event-ID": last_id} if last_id else {}
    async with (
        aiohttp.ClientSession() as session,
        session.get(
            f"{config.origin(config.events_port)}/events", params={"token": token}, headers=headers
        ) as response,
    ):
        assert response.status == 200
        console = Console(response)
        kind, told = await console.next()
        assert kind == "hello"
        console.resumed = told["resumed"]
        yield console


async def test_a_status_reaches_its_console_in_under_a_second_and_no_other(stream: Config) -> None:
    async with (
        listening(stream, token(stream, "up.kanpur")) as kanpur,
        listening(stream, token(stream, "up.agra")) as agra,
    ):
        event = seen("up.kanpur.west")
        started = time.monotonic()
        await publish(stream.nats_url, event)
        kind, told = await kanpur.next()
        assert time.monotonic() - started < 1
        assert (kind, told["id"]) == (events.CAMERA_STATUS, event.id)
        await publish(stream.nats_url, other := seen("up.agra"))
        assert (await agra.next())[1]["id"] == other.id


async def test_a_console_that_comes_back_misses_nothing(stream: Config) -> None:
    async with listening(stream, token(stream, "up")) as console:
        assert not console.resumed  # new: whatever it has read already may be old
        await publish(stream.nats_url, seen())
        await console.next()
        last_id = console.last_id
    missed = seen()
    await publish(stream.nats_url, missed)
    async with listening(stream, token(stream, "up"), last_id) as console:
        assert console.resumed
        assert (await console.next())[1]["id"] == missed.id


async def test_an_unknown_position_asks_for_a_fresh_look(stream: Config) -> None:
    async with listening(stream, token(stream, "up"), "999999999-0") as console:
        assert not console.resumed


async def test_the_stream_ends_with_its_token_and_with_the_persons_access(stream: Config) -> None:
    async with listening(stream, token(stream, "up", lasts_s=1)) as console:
        assert await console.next() == ("bye", {"why": "token expired"})
    async with listening(stream, token(stream, "up", user="meera")) as console:
        await publish(stream.nats_url, Event(events.ACCESS_CHANGED, "user:meera", 1, {"user_id": "meera"}))
        assert await console.next() == ("bye", {"why": "access changed"})


async def test_no_token_no_stream(stream: Config) -> None:
    async with aiohttp.ClientSession() as session:
        for wrong in ("", "x", token(stream, "up", lasts_s=-1)):
            address = f"{stream.origin(stream.events_port)}/events"
            async with session.get(address, params={"token": wrong}) as response:
                assert response.status == 401
                assert (await response.json())["message"]["hi"]


async def test_malformed_batches_end_nothing(stream: Config) -> None:
    async with listening(stream, token(stream, "up")) as console:
        client = await bus.connect(stream.nats_url, "test")
        await client.jetstream().publish(subjects.events("x"), b"\xff{")
        await client.close()
        await publish(stream.nats_url, event := seen())
        assert (await console.next())[1]["id"] == event.id
