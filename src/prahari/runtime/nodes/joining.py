"""The handing over of keys to a machine that joins: once, over TLS, for whoever shows the token.

The door exists only while somebody invites (`./prahari node invite`): minutes, one use, a few wrong tries. The token
names the fingerprint of the door's certificate, so the joining machine knows whom it speaks to before it shows the
secret.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
import msgspec
from aiohttp import web

from prahari.runtime.errors import CentreError

MOST_TRIES = 5
MOST_BODY_BYTES = 16_000
ANSWER_S = 60.0
"""The centre writes its audit entry in a process of its own."""


@dataclass(frozen=True)
class Token:
    """What the operator carries from one machine to the other. `pin`: SHA-256 of the door's certificate."""

    name: str
    secret: str
    pin: str

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(f"{self.name}:{self.secret}:{self.pin}".encode()).decode().rstrip("=")


def read_token(text: str) -> Token:
    """Raises CentreError."""
    try:
        name, secret, pin = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split(":")
        bytes.fromhex(pin)
    except ValueError:
        raise CentreError("The token is not one of ./prahari node invite: copy all of it.") from None
    return Token(name, secret, pin)


def new_token(name: str, certificate_pem: str) -> Token:
    der = ssl.PEM_cert_to_DER_cert(certificate_pem)
    return Token(name, secrets.token_urlsafe(24), hashlib.sha256(der).hexdigest())


class JoinRequest(msgspec.Struct, frozen=True):
    secret: str
    address: str
    workers: int
    media_port: int


class JoinReply(msgspec.Struct, frozen=True):
    """`keys`: file name in home/keys -> base64. `environment`: what the machine's processes find in theirs."""

    name: str
    number: int
    keys: dict[str, str]
    environment: dict[str, str]


class Door:
    """`admit(request)` writes the machine down and gives what it needs. Use: `await serve(...)`."""

    def __init__(self, token: Token, admit: Callable[[JoinRequest], Awaitable[JoinReply]]) -> None:
        self._token = token
        self._admit = admit
        self._tries = 0
        self._used = False
        self.done: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def join(self, request: web.Request) -> web.Response:
        try:
            asked = msgspec.json.decode(await request.read(), type=JoinRequest)
        except ValueError:
            return web.json_response({"error": "The request cannot be read."}, status=400)
        self._tries += 1
        is_right = hmac.compare_digest(asked.secret.encode(), self._token.secret.encode())
        if self._used or self._tries > MOST_TRIES or not is_right:
            if self._tries >= MOST_TRIES and not self.done.done():
                self.done.set_exception(CentreError("The token was tried wrongly too often and is good no more."))
            return web.json_response({"error": "The token is wrong, used or too old: invite again."}, status=403)
        self._used = True
        try:
            reply = await self._admit(asked)
        except CentreError as error:
            self._used = False
            return web.json_response({"error": str(error)}, status=503)
        response = web.Response(body=msgspec.json.encode(reply), content_type="application/json")
        await response.prepare(request)
        await response.write_eof()
        if not self.done.done():
            self.done.set_result(asked.address)
        return response


async def serve(door: Door, host: str, port: int, context: ssl.SSLContext, for_s: float) -> str:
    """The address of the machine that joined. Raises CentreError: nobody came, or somebody guessed."""
    app = web.Application(client_max_size=MOST_BODY_BYTES)
    app.add_routes([web.post("/join", door.join)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, ssl_context=context).start()
        return await asyncio.wait_for(door.done, for_s)
    except TimeoutError:
        raise CentreError("Nobody joined in time; the token is good no more.") from None
    except OSError as error:
        raise CentreError(f"The door for joining cannot be opened at {host}:{port}: {error.strerror}.") from error
    finally:
        await runner.cleanup()


async def ask(address: str, token: Token, request: JoinRequest) -> JoinReply:
    """From the joining machine. Raises CentreError."""
    url = f"https://{address}/join"
    pin = aiohttp.Fingerprint(bytes.fromhex(token.pin))
    timeout = aiohttp.ClientTimeout(total=ANSWER_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(url, data=msgspec.json.encode(request), ssl=pin) as answer,
        ):
            body = await answer.read()
            if answer.status != 200:
                raise CentreError(str(msgspec.json.decode(body).get("error", "The centre refused.")))
            return msgspec.json.decode(body, type=JoinReply)
    except aiohttp.ServerFingerprintMismatch:
        raise CentreError(f"{address} is not the centre that made the token: its certificate is another.") from None
    except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as error:
        raise CentreError(
            f"{address} does not answer ({str(error) or type(error).__name__}). Is ./prahari node invite still running "
            "there, and does its firewall let this machine in?"
        ) from error
