"""How every process logs: one JSON object a line on standard error, times in UTC."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import re
import sys

_SECRETS = re.compile(r"(?i)(token=|Bearer |rtsps?://[^\s/@:]+:)[^\s&\"'@]+")


def redact(text: str) -> str:
    """`text` with what looks like a token or a password in an address blotted out: the last net, not the first."""
    return _SECRETS.sub(r"\1***", text)


class JsonFormatter(logging.Formatter):
    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if record.exc_info:
            entry["exception"] = redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def configure_logging(process: str) -> None:
    """Send all loggers of this process to standard error; level from PRAHARI_LOG (default info)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(process))
    level = os.environ.get("PRAHARI_LOG", "info").upper()
    logging.basicConfig(level=level if level in logging.getLevelNamesMapping() else "INFO", handlers=[handler])
