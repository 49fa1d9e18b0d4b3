"""The simulated gateways in a thread of their own, and a gateway row for each, for tests that send over the wire."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prahari.desks.common.actor import system
from prahari.desks.messages import actions, demo, schemas
from prahari.desks.messages.models import Gateway
from prahari.simcity.messages import SimPost

KEY, USERNAME, PASSWORD = "key-7f3a", "mailer", "mail-secret-2"


@contextmanager
def running_post(**ports: int) -> Iterator[SimPost]:
    """SimPost in a thread; its inbox and faults may be looked at from here."""
    loop = asyncio.new_event_loop()
    post = SimPost(key=KEY, username=USERNAME, password=PASSWORD, **ports)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(post.__aenter__(), loop).result(10)
    try:
        yield post
    finally:
        asyncio.run_coroutine_threadsafe(post.__aexit__(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def sms_gateway(post: SimPost, **more: Any) -> Gateway:
    settings = demo.sms_settings(f"http://127.0.0.1:{post.sms_port}/send").dict() | {"timeout_s": 2} | more
    form = schemas.GatewayIn(
        channel="sms", name="SMS", settings=schemas.HttpSettings(**settings), secrets={"key": KEY}, reason="test"
    )
    return Gateway.objects.get(id=actions.create_gateway(actor=system("test"), form=form))


def mail_gateway(post: SimPost, **more: Any) -> Gateway:
    settings = schemas.SmtpSettings(
        **{"host": "127.0.0.1", "port": post.smtp_port, "security": "none", "username": USERNAME,
           "sender": "iccc@kanpur.example", "sender_name": "Kanpur", "timeout_s": 2} | more
    )  # fmt: skip
    form = schemas.GatewayIn(
        channel="mail", name="Mail", settings=settings, secrets={"password": PASSWORD}, reason="test"
    )
    return Gateway.objects.get(id=actions.create_gateway(actor=system("test"), form=form))
