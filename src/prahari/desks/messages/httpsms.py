"""An SMS gateway spoken to over HTTP, whichever it is: what to send and how success looks are settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import httpx
import orjson

from prahari.contracts.messages import Sms, Undelivered
from prahari.desks.messages.choices import Reason
from prahari.desks.messages.schemas import HttpSettings

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
ANSWER_MAX_BYTES = 65_536
_CONTENT_TYPES = {"json": "application/json", "form": "application/x-www-form-urlencoded"}
NAMES = frozenset({"to", "to_digits", "text", "reference", "dlt_template_id", "header", "report_url"})


class HttpGateway:
    """contracts.messages.SmsGateway."""

    def __init__(self, settings: HttpSettings, secrets: Mapping[str, str]) -> None:
        self._settings = settings
        self._secrets = {f"secret_{name}": value for name, value in secrets.items()}

    def send(self, sms: Sms) -> str:
        settings = self._settings
        values = {
            "to": sms.to, "to_digits": sms.to.lstrip("+"), "text": sms.text, "reference": sms.reference,
            "dlt_template_id": sms.dlt_template_id, "header": sms.header, "report_url": sms.report_url, **self._secrets,
        }  # fmt: skip
        headers = {name: fill(value, values, _header_safe) for name, value in settings.headers.items()}
        content = b""
        if settings.body_type != "none":
            quoting = _json_safe if settings.body_type == "json" else _url_safe
            content = fill(settings.body, values, quoting).encode()
            headers.setdefault("Content-Type", _CONTENT_TYPES[settings.body_type])
        try:
            # No proxy and no credentials from the environment: what is set here is all there is.
            with (
                httpx.Client(timeout=settings.timeout_s, follow_redirects=False, trust_env=False) as client,
                client.stream(
                    settings.method, fill(settings.url, values, _url_safe), headers=headers, content=content
                ) as answer,
            ):
                text = _some_of(answer)
        except httpx.TimeoutException as error:
            raise _trouble(Reason.TIMEOUT, f"no answer within {settings.timeout_s:g} s") from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise _trouble(Reason.UNREACHABLE, type(error).__name__) from error
        return self._judge(answer.status_code, text)

    def _judge(self, status: int, text: str) -> str:
        settings = self._settings
        if status in (401, 403, 407):
            raise _trouble(Reason.GATEWAY_DENIED, f"it answered {status}: check its credentials")
        if status in (408, 425, 429):
            raise _trouble(Reason.BUSY, f"it answered {status}")
        if status >= 500 or status < 200:
            raise _trouble(Reason.GATEWAY_ERROR, f"it answered {status}")
        if settings.refused_pattern and re.search(settings.refused_pattern, text):
            raise Undelivered(Reason.REFUSED, f"it refused this message ({status})", again=False, gateway=False)
        if 300 <= status < 400 or status == 404:
            raise _trouble(Reason.NOT_UNDERSTOOD, f"it answered {status}: check its address")
        if status >= 400:
            raise Undelivered(Reason.REFUSED, f"it refused this message ({status})", again=False, gateway=False)
        right_status = status in settings.success_statuses if settings.success_statuses else True
        if not right_status or (settings.success_pattern and not re.search(settings.success_pattern, text)):
            raise _trouble(Reason.NOT_UNDERSTOOD, f"its answer ({status}) is not what the settings call a success")
        return _at(text, settings.id_field)


def fill(words: str, values: Mapping[str, str], quoting: Callable[[str], str]) -> str:
    """Placeholders that are known are filled once; any other braces (JSON has many) stay."""

    def one(found: re.Match[str]) -> str:
        value = values.get(found[1])
        return found[0] if value is None else quoting(value)

    return _PLACEHOLDER.sub(one, words)


def unknown_names(settings: HttpSettings, secret_names: set[str]) -> list[str]:
    """Placeholders in url and headers, and {secret_...} anywhere, that nothing will fill."""
    known = NAMES | {f"secret_{name}" for name in secret_names}
    found = {name for words in (settings.url, *settings.headers.values()) for name in _PLACEHOLDER.findall(words)}
    found |= {name for name in _PLACEHOLDER.findall(settings.body) if name.startswith("secret_")}
    return sorted(found - known)


def _trouble(reason: Reason, detail: str) -> Undelivered:
    return Undelivered(reason, detail, again=True, gateway=True)


def _some_of(answer: httpx.Response) -> str:
    read = bytearray()
    for part in answer.iter_bytes():
        read += part
        if len(read) >= ANSWER_MAX_BYTES:
            break
    return bytes(read[:ANSWER_MAX_BYTES]).decode(errors="replace")


def _at(text: str, path: str) -> str:
    """The value at data.id of a JSON answer; "" when there is none."""
    if not path:
        return ""
    try:
        found: Any = orjson.loads(text)
    except ValueError:
        return ""
    for part in path.split("."):
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and part.isdecimal() and int(part) < len(found):
            found = found[int(part)]
        else:
            return ""
    return str(found)[:200] if isinstance(found, str | int) else ""


def _url_safe(value: str) -> str:
    return quote(value, safe="")


def _json_safe(value: str) -> str:
    """As it stands between the quotes of a JSON string."""
    return orjson.dumps(value).decode()[1:-1]


def _header_safe(value: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", " ", value)
