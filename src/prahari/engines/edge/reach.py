"""Reaching the centre: one outgoing WebSocket, made again whenever it is lost."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import aiohttp
import msgspec

from prahari.contracts import edgekeys
from prahari.engines.edge import wire
from prahari.engines.edge.connector import Connector
from prahari.engines.edge.link import PING_S, SILENT_S, Link, LinkLost
from prahari.engines.edge.requests import Running

log = logging.getLogger(__name__)

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0
REFUSED_WAIT_S = 60.0
STEADY_S = 20.0
"""A link that held for so long was a good one: the next wait begins small again."""

ANSWER_S = 10.0
CONNECT_S = 15.0
FINAL = {"revoked", "expired", "unknown"}
"""Refusals that pass by themselves only if somebody at the centre does something."""


def tls_of(pin: str) -> aiohttp.Fingerprint | bool:
    """The centre's own certificate and no other, whoever has signed it."""
    return aiohttp.Fingerprint(bytes.fromhex(pin)) if pin else True


class Reach:
    """`state_path`: where it is told how the link stands, for `prahari-edge status`. `link_url`: through something else
    than what enrolment said."""

    def __init__(
        self,
        state_path: Path,
        link_url: str = "",
        *,
        ping_s: float = PING_S,
        silent_s: float = SILENT_S,
        longest_wait_s: float = LONGEST_WAIT_S,
        on_linked: Callable[[], None] = lambda: None,
    ) -> None:
        self._state_path = state_path
        self._link_url = link_url
        self._ping_s = ping_s
        self._silent_s = silent_s
        self._longest_wait_s = longest_wait_s
        self._on_linked = on_linked
        self.links = 0

    async def run(self, connector: Connector) -> None:
        """For ever, until cancelled."""
        wait_s = FIRST_WAIT_S
        async with aiohttp.ClientSession(trust_env=True) as session:
            while True:
                began = time.monotonic()
                reason = "lost"
                try:
                    await self._once(session, connector)
                except Refusal as refusal:
                    reason = refusal.reason
                    log.error("the centre refuses this site: %s. %s", refusal.reason, refusal.detail)
                except (LinkLost, wire.WireError) as error:
                    log.warning("the link is lost: %s", error)
                except (aiohttp.ClientError, TimeoutError, OSError) as error:
                    log.warning("the centre cannot be reached: %s", str(error) or type(error).__name__)
                    reason = "unreachable"
                except Exception:
                    # Whatever a link does to us, the cameras are recorded on.
                    log.exception("the link failed")
                self._tell(reason, reason)
                if time.monotonic() - began > STEADY_S:
                    wait_s = FIRST_WAIT_S
                # Jittered, so that a city's sites do not come back all in the same second after the centre was away.
                longest = max(self._longest_wait_s, min(REFUSED_WAIT_S, self._longest_wait_s * 2)) if reason in FINAL \
                    else self._longest_wait_s  # fmt: skip
                await asyncio.sleep(min(wait_s, longest) * random.uniform(0.5, 1.0))  # noqa: S311 - no secret
                wait_s = min(wait_s * 2, longest)

    async def _once(self, session: aiohttp.ClientSession, connector: Connector) -> None:
        """One connection from first to last. Raises Refusal, LinkLost, WireError, ClientError, TimeoutError."""
        identity = connector.identity
        async with asyncio.timeout(CONNECT_S):
            ws = await session.ws_connect(
                self._link_url or identity.link,
                ssl=tls_of(identity.pin),
                max_msg_size=1_000_000,
                compress=0,
                autoping=True,
                timeout=aiohttp.ClientWSTimeout(ws_close=2.0),
            )
        try:
            welcome, asked = await self._shake_hands(ws, connector)
            connector.clock.told(welcome.now_ms, asked, first=True)
            connector.limits = welcome.limits
            if welcome.certificate:
                connector.renew(welcome.certificate)
            running = Running()

            def on_control(payload: bytes) -> None:
                connector.on_control(link, running, payload)

            link = Link(
                ws, connector.traffic, on_control, connector.on_frame, ping_s=self._ping_s, silent_s=self._silent_s
            )  # fmt: skip
            link.on_pong = lambda pong, took_s: connector.clock.told(pong.now_ms, took_s)
            self.links += 1
            self._tell("online", "")
            self._on_linked()
            log.info("linked to the centre as %s", welcome.name)
            await connector.serve(link, running)
        finally:
            await ws.close()

    async def _shake_hands(
        self, ws: aiohttp.ClientWebSocketResponse, connector: Connector
    ) -> tuple[wire.Welcome, float]:
        """(Welcome, seconds that it took to be answered)."""
        identity = connector.identity
        nonce = edgekeys.encode(os.urandom(32))
        hello = wire.Hello(wire.PROTOCOL, identity.site_id, nonce, connector.options.version, wire.FEATURES)
        await ws.send_str(msgspec.json.encode(hello).decode())
        challenge = await self._heard(ws)
        if not isinstance(challenge, wire.Challenge):
            raise wire.WireError("no challenge")
        what = edgekeys.link(identity.site_id, nonce, challenge.nonce, identity.pin)
        proof = wire.Proof(
            identity.certificate, edgekeys.sign(what, identity.key()), identity.pin, connector.clock.own_ms()
        )
        asked = time.monotonic()
        await ws.send_str(msgspec.json.encode(proof).decode())
        welcome = await self._heard(ws)
        if not isinstance(welcome, wire.Welcome):
            raise wire.WireError("no welcome")
        return welcome, time.monotonic() - asked

    async def _heard(self, ws: aiohttp.ClientWebSocketResponse) -> wire.Handshake:
        async with asyncio.timeout(ANSWER_S):
            message = await ws.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise LinkLost("the centre ended the handshake")
        heard = wire.read_handshake(message.data)
        if isinstance(heard, wire.Refused):
            raise Refusal(heard.reason, heard.detail)
        return heard

    def _tell(self, state: str, reason: str) -> None:
        temporary = self._state_path.with_suffix(".new")
        try:
            temporary.write_text(
                json.dumps({"state": state, "reason": reason, "pid": os.getpid(), "at_s": time.time()})
            )
            temporary.replace(self._state_path)
        except OSError as error:
            log.warning("how the link stands cannot be told: %s", error.strerror)


class Refusal(Exception):  # noqa: N818 - an answer, not a fault of ours
    """The centre does not take this site; `reason` as wire.Refused."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason[:40]
        self.detail = detail[:300]
