"""Keys are handed to one machine, once, after it has shown the token and we have shown our certificate."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import ssl
import stat
from pathlib import Path

import pytest

from prahari.runtime import ports, tls
from prahari.runtime.errors import CentreError
from prahari.runtime.nodes import joining, machine
from prahari.runtime.nodes.joining import Door, JoinReply, JoinRequest, Token, new_token, read_token

REPLY = JoinReply("rack-2", 1, {"seal.key": base64.b64encode(b"s" * 32).decode()}, {"NATS_URL": "nats://x@10.0.0.1:1"})


class Centre:
    def __init__(self, folder: Path) -> None:
        self.cert, key = tls.ensure(folder, "127.0.0.2")
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(self.cert, key)
        self.token = new_token("rack-2", self.cert.read_text())
        self.port = ports.free(host="127.0.0.2")[0]
        self.admitted: list[JoinRequest] = []

    @property
    def address(self) -> str:
        return f"127.0.0.2:{self.port}"

    async def admit(self, asked: JoinRequest) -> JoinReply:
        self.admitted.append(asked)
        return REPLY

    def open(self, for_s: float = 20.0) -> asyncio.Task[str]:
        door = Door(self.token, self.admit)
        return asyncio.create_task(joining.serve(door, "127.0.0.2", self.port, self.context, for_s))

    async def ask(self, token: Token, secret: str | None = None) -> JoinReply:
        asked = JoinRequest(token.secret if secret is None else secret, "127.0.0.3", 2, 8410)
        for _ in range(200):
            try:
                return await joining.ask(self.address, token, asked)
            except CentreError as error:
                if "does not answer" not in str(error):
                    raise
                await asyncio.sleep(0.02)
        raise AssertionError("the door did not open")


async def test_the_token_opens_the_door_once(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    serving = centre.open()
    token = read_token(str(centre.token))
    assert token == centre.token
    with pytest.raises(CentreError, match="wrong, used or too old"):
        await centre.ask(token, "guessed")
    assert await centre.ask(token) == REPLY
    assert await serving == "127.0.0.3"
    assert [asked.workers for asked in centre.admitted] == [2]


async def test_another_certificate_is_shown_no_secret(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    serving = centre.open()
    with pytest.raises(CentreError, match="is not the centre"):
        await centre.ask(dataclasses.replace(centre.token, pin="00" * 32))
    assert not centre.admitted
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


async def test_guessing_closes_the_door_and_so_does_time(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    serving = centre.open()
    for _ in range(joining.MOST_TRIES):
        with pytest.raises(CentreError):
            await centre.ask(centre.token, "guessed")
    with pytest.raises(CentreError, match="too often"):
        await serving
    with pytest.raises(CentreError, match="Nobody joined"):
        await centre.open(for_s=0.1)
    with pytest.raises(CentreError, match="not one of"):
        read_token("nonsense")


def test_what_was_handed_over_is_kept_for_the_owner_alone(tmp_path: Path) -> None:
    machine.keep(tmp_path / "node", REPLY, "127.0.0.3", "rack-2.example", 2, 8410)
    key = tmp_path / "node" / "keys" / "seal.key"
    assert key.read_bytes() == b"s" * 32 and stat.S_IMODE(key.stat().st_mode) == 0o600
    group = machine.group(tmp_path / "node", machine.read(tmp_path / "node"))
    assert [member.name for member in group.members] == ["placer", "media-100", "media-101"]
    assert group.members[2].health == "http://127.0.0.3:8411/healthz"
    assert group.environment["PRAHARI_NODE_NUMBER"] == "1"
    with pytest.raises(CentreError, match="no home"):
        machine.read(tmp_path)
    with pytest.raises(CentreError, match="is none"):
        machine.keep(tmp_path / "evil", JoinReply("x", 1, {"../../x": ""}, {}), "127.0.0.3", "x", 1, 1)
