"""The simulated gateways as a process of their own: what the demonstration starts."""

from __future__ import annotations

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from prahari.runtime import ports
from prahari.simcity.messages import FaultError, Faults

KEY = "sim-key"


@pytest.fixture(scope="module")
def gateway() -> Iterator[tuple[httpx.Client, int]]:
    first = ports.free_run(2)
    command = [
        sys.executable,
        "-m",
        "prahari.simcity.messages",
        "--sms-port",
        str(first),
        "--smtp-port",
        str(first + 1),
    ]
    environment = {**os.environ, "SIMCITY_USERNAME": "centre", "SIMCITY_PASSWORD": KEY}
    with subprocess.Popen(command, env=environment) as process:
        client = httpx.Client(base_url=f"http://127.0.0.1:{first}", trust_env=False)
        deadline = time.monotonic() + 30
        while True:
            try:
                client.get("/healthz")
                break
            except httpx.TransportError:
                assert process.poll() is None and time.monotonic() < deadline, "did not start"
                time.sleep(0.05)
        yield client, first + 1
        client.close()
        process.terminate()
        assert process.wait(10) == 0, "ends when asked to"


def send(client: httpx.Client, key: str = KEY, **more: str) -> httpx.Response:
    body = {"to": "+919876543210", "text": "नमस्ते", "reference": "r1"} | more
    return client.post("/send", json=body, headers={"Authorization": f"Bearer {key}"})


def test_it_takes_a_message_once_a_reference(gateway: tuple[httpx.Client, int]) -> None:
    client, _ = gateway
    first, second = send(client), send(client)
    assert first.json()["status"] == "accepted" and first.json() == second.json()
    [item] = client.get("/inbox", params={"to": "9876543210"}).json()["items"]
    assert item["text"] == "नमस्ते" and item["takes"] == 2
    assert client.get("/inbox", params={"to": "9000000000"}).json()["items"] == []


def test_it_refuses_as_real_ones_do(gateway: tuple[httpx.Client, int]) -> None:
    client, _ = gateway
    assert send(client, key="wrong").status_code == 401
    assert send(client, to="+15551234567").status_code == 422
    assert client.post("/send", content=b"{", headers={"Authorization": f"Bearer {KEY}"}).status_code == 400
    client.put("/faults", json={"channel": "sms", "mode": "error_body", "count": 1})
    answer = send(client, reference="r2")
    assert answer.status_code == 200 and answer.json()["status"] == "error"
    assert send(client, reference="r2").json()["status"] == "accepted", "once was asked for"


def test_mail_needs_the_password(gateway: tuple[httpx.Client, int]) -> None:
    client, port = gateway
    letter = "Subject: Hello\r\nMessage-ID: <m1@x.example>\r\n\r\nText\r\n"
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as server:
        with pytest.raises(smtplib.SMTPSenderRefused):
            server.sendmail("a@b.example", ["c@d.example"], letter)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            server.login("centre", "wrong")
        server.login("centre", KEY)
        server.sendmail("a@b.example", ["c@d.example"], letter)
    [item] = client.get("/inbox", params={"channel": "mail"}).json()["items"]
    assert (item["subject"], item["reference"]) == ("Hello", "m1")


def test_no_web_page_reads_codes(gateway: tuple[httpx.Client, int]) -> None:
    client, _ = gateway
    assert client.get("/inbox", headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.get("/inbox", headers={"Host": "evil.example"}).status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"channel": "fax", "mode": "500"}, {"channel": "sms", "mode": "explode"}, {"channel": "sms"}, [],
              {"channel": "sms", "mode": "slow", "delay_s": 10**9}],
)  # fmt: skip
def test_a_fault_that_is_none_is_refused(gateway: tuple[httpx.Client, int], wrong: object) -> None:
    assert gateway[0].put("/faults", json=wrong).status_code == 400


def test_faults_are_counted_and_healed() -> None:
    faults = Faults()
    faults.command("sms", "500", count=2)
    assert [faults.take("sms")[0] for _ in range(3)] == ["500", "500", ""]
    faults.command("mail", "reject")
    faults.heal("mail")
    assert faults.take("mail") == ("", 0.0)
    with pytest.raises(FaultError):
        faults.command("sms", "500", count=-1)
