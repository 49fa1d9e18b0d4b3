"""Starts the reader (a process of its own, see reader.py) and hands on what it finds; its refusals as sentences."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from prahari.desks.common.errors import Problem
from prahari.desks.lists import rules

MEMORY_MB = 1_500

_KINDS = {"xlsx": "XLSX", "xls": "XLS", "ods": "ODS", "csv": "CSV"}
SENTENCES: dict[str, tuple[str, str]] = {
    "ending": (
        "Only XLSX, XLS, ODS and CSV lists can be read. Save the list in one of these forms and send it again.",
        "केवल XLSX, XLS, ODS और CSV सूचियाँ पढ़ी जा सकती हैं। सूची को इनमें से किसी रूप में सहेजकर फिर भेजें।",
    ),
    "not_as_named": (
        "The file is really {detail}, not what its name says. Give it the right ending, or save it anew, and send "
        "it again.",
        "फ़ाइल वास्तव में {detail} है, जैसा नाम बताता है वैसी नहीं। सही एक्सटेंशन देकर या नए सिरे से सहेजकर फिर भेजें।",
    ),
    "not_a_workbook": (
        "This is not a list: the file holds something else. Send it as XLSX, XLS, ODS or CSV.",
        "यह सूची नहीं है: फ़ाइल में कुछ और है। इसे XLSX, XLS, ODS या CSV के रूप में भेजें।",
    ),
    "web_page": (
        "This is a web page that was saved under the name of a workbook. Open it in the spreadsheet program, save it "
        "as XLSX and send that.",
        "यह वर्कबुक के नाम से सहेजा गया वेब पृष्ठ है। इसे स्प्रेडशीट प्रोग्राम में खोलकर XLSX के रूप में सहेजें और वही भेजें।",
    ),
    "xml": (
        "This is an XML file. Open it in the spreadsheet program, save it as XLSX and send that.",
        "यह XML फ़ाइल है। इसे स्प्रेडशीट प्रोग्राम में खोलकर XLSX के रूप में सहेजें और वही भेजें।",
    ),
    "binary_workbook": (
        "This is a binary workbook (XLSB). Save it as XLSX and send that.",
        "यह बाइनरी वर्कबुक (XLSB) है। इसे XLSX के रूप में सहेजकर भेजें।",
    ),
    "macros": (
        "The workbook holds macros (programs) and is not opened. Save it as XLSX without macros and send that.",
        "वर्कबुक में मैक्रो (प्रोग्राम) हैं, इसलिए नहीं खोली गई। इसे बिना मैक्रो XLSX के रूप में सहेजकर भेजें।",
    ),
    "locked": (
        "The workbook is locked with a password. Save it without one and send it again.",
        "वर्कबुक पासवर्ड से बंद है। इसे बिना पासवर्ड सहेजकर फिर भेजें।",
    ),
    "bomb": (
        "The file would unpack to far more than a list can hold, and is not opened. Copy the rows into a new workbook "
        "and send that.",
        "फ़ाइल खुलने पर किसी सूची से कहीं अधिक बड़ी होगी, इसलिए नहीं खोली गई। पंक्तियाँ नई वर्कबुक में कॉपी करके वही भेजें।",
    ),
    "too_big": (
        "Reading this workbook takes too much memory or time, perhaps because of cells far away from the list. Copy "
        "just the list into a new workbook and send that.",
        "इस वर्कबुक को पढ़ने में बहुत अधिक मेमोरी या समय लगता है, शायद सूची से बहुत दूर भरे सेलों के कारण। केवल सूची नई वर्कबुक में "
        "कॉपी करके भेजें।",
    ),
    "too_many_rows": (
        "The list has more than {detail} rows. Send it in parts.",
        "सूची में {detail} से अधिक पंक्तियाँ हैं। इसे भागों में भेजें।",
    ),
    "too_many_sheets": (
        "The workbook has more than {detail} sheets. Send it in parts.",
        "वर्कबुक में {detail} से अधिक शीट हैं। इसे भागों में भेजें।",
    ),
    "empty": (
        "The file is empty: there is no row in it. Check that you chose the right one.",
        "फ़ाइल खाली है: इसमें कोई पंक्ति नहीं है। जाँचें कि सही फ़ाइल चुनी है।",
    ),
    "damaged": (
        "The file is damaged and cannot be read. Open it in the spreadsheet program, save it anew and send that.",
        "फ़ाइल क्षतिग्रस्त है और पढ़ी नहीं जा सकती। इसे स्प्रेडशीट प्रोग्राम में खोलकर नए सिरे से सहेजें और भेजें।",
    ),
    "too_large": (
        "The file is larger than {detail} MB. Send it in parts.",
        "फ़ाइल {detail} एमबी से बड़ी है। इसे भागों में भेजें।",
    ),
}


def refusal(code: str, detail: str = "") -> Problem:
    en, hi = SENTENCES[code]
    shown = _KINDS.get(detail, detail)
    return Problem(422, f"list_{code}", en.format(detail=shown), hi.format(detail=shown))


def messages(path: Path, name: str) -> Iterator[dict[str, Any]]:
    """What the reader says, but refusals, which are raised: Problem 422."""
    seconds = rules.value(rules.READ_S)
    limits = {
        "memory_mb": MEMORY_MB,
        "seconds": seconds,
        "rows": rules.value(rules.ROWS),
        "unpacked_mb": rules.value(rules.UNPACKED_MB),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "prahari.desks.lists.reader", str(path.resolve()), name, json.dumps(limits)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
        | {"PYTHONIOENCODING": "utf-8", "MALLOC_ARENA_MAX": "2"},
    )
    ended = False
    watchdog = threading.Timer(seconds * 2, process.kill)
    watchdog.daemon = True
    watchdog.start()
    try:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                message = orjson.loads(line)
            except orjson.JSONDecodeError:
                break  # killed in the middle of a line
            if "refuse" in message:
                raise refusal(message["refuse"], message["detail"])
            ended = "end" in message
            yield message
        if not ended:  # killed: by its limits, or by an allocation that failed
            raise refusal("too_big")
    finally:
        watchdog.cancel()
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if process.stdout is not None:
            process.stdout.close()
        process.wait()


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
