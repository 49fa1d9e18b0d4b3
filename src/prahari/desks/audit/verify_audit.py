#!/usr/bin/env python3
"""Checks the audit files of a centre, far away from it: this one file, Python 3.9 or later and `cryptography`.

    python verify_audit.py FOLDER --key audit.pub

FOLDER holds one `YYYY-MM-DD.jsonl` a day (a line an entry, in the order of the chain), the signed heads of finished
days (`YYYY-MM-DD.head.json`) and `heads.jsonl`, a signed line each time that entries were chained. The key should come
from elsewhere than the folder: whoever may write both could forge both.

How the chain is made: a line is {"position", "link", "entry"}. `entry` is the entry's text, itself JSON; `link` is
SHA-256 over the link before, the position and SHA-256 of the entry's text, in hexadecimal. So nothing can be changed,
removed, put in or moved without every later link being another, and the signed heads tell which links there were.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

FIRST_LINK = "0" * 64
"""What the first entry is linked to."""

HEADS = "heads.jsonl"


def link_of(before: str, position: int, entry: str) -> str:
    """The link of an entry (its exact text) to the one before, 64 hexadecimal digits."""
    digest = hashlib.sha256(entry.encode()).hexdigest()
    return hashlib.sha256(f"{before}\n{position}\n{digest}".encode()).hexdigest()


def signed_text(head: dict[str, Any]) -> bytes:
    """What the signature of a head is made over: everything else in it, in one fixed order."""
    rest = {name: value for name, value in head.items() if name != "signature"}
    return json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def is_signed(head: dict[str, Any], key: Ed25519PublicKey) -> bool:
    """Whether the centre's key has signed this head as it stands."""
    try:
        key.verify(base64.b64decode(str(head.get("signature", "")), validate=True), signed_text(head))
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass
class Finding:
    """What was looked at and what is wrong with it; no faults: all of it holds."""

    entries: int = 0
    days: int = 0
    heads: int = 0
    last_position: int = 0
    last_link: str = FIRST_LINK
    faults: list[str] = field(default_factory=list)


def check_folder(folder: Path, key: Ed25519PublicKey) -> Finding:
    """Read every file of the folder. Raises OSError when one cannot be read."""
    found = Finding()
    links = {0: FIRST_LINK}
    for path in sorted(folder.glob("????-??-??.jsonl")):
        found.days += 1
        for number, line in _lines(path):
            _check_line(f"{path.name}, line {number}", line, links, found)
        _check_day(path.with_suffix(".head.json"), path, key, links, found)
    for path in sorted(folder.glob("????-??-??.head.json")):
        if not (folder / path.name.replace(".head.json", ".jsonl")).exists():
            found.faults.append(f"{path.name} is there, but the entries of its day are gone.")
    _check_heads(folder / HEADS, key, links, found)
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        yield from enumerate(lines, 1)


def _check_line(where: str, line: str, links: dict[int, str], found: Finding) -> None:
    try:
        row = json.loads(line)
        position, link, entry = int(row["position"]), str(row["link"]), str(row["entry"])
    except (ValueError, KeyError, TypeError):
        found.faults.append(f"{where} is not an entry.")
        return
    expected = found.last_position + 1
    if position != expected:
        found.faults.append(f"{where}: entry {position} stands where {expected} should: removed, put in or moved.")
    if link != link_of(found.last_link, position, entry):
        found.faults.append(f"{where}: entry {position} does not follow from the one before: one of them was changed.")
    found.entries += 1
    # Goes on with what the file says, so that one fault is told once and the next is found too.
    found.last_position, found.last_link = position, link
    links[position] = link


def _check_day(path: Path, day: Path, key: Ed25519PublicKey, links: dict[int, str], found: Finding) -> None:
    if not path.exists():
        return  # the day is not over yet, or its head was removed: heads.jsonl and the next day tell
    try:
        head = json.loads(path.read_text(encoding="utf-8"))
        last, link = int(head["last"]), str(head["link"])
    except (ValueError, KeyError, TypeError):
        found.faults.append(f"{path.name} is not a head.")
        return
    found.heads += 1
    if not is_signed(head, key):
        found.faults.append(f"{path.name} is not signed by this key.")
    if links.get(last) != link or found.last_position != last:
        found.faults.append(f"{day.name} does not end where {path.name} says.")
    if head.get("sha256") != hashlib.sha256(day.read_bytes()).hexdigest():
        found.faults.append(f"{day.name} is not the file that {path.name} was signed for.")


def _check_heads(path: Path, key: Ed25519PublicKey, links: dict[int, str], found: Finding) -> None:
    if not path.exists():
        if found.entries:
            found.faults.append(f"{path.name} is gone.")
        return
    last = 0
    for number, line in _lines(path):
        where = f"{path.name}, line {number}"
        try:
            head = json.loads(line)
            position, link = int(head["position"]), str(head["link"])
        except (ValueError, KeyError, TypeError):
            found.faults.append(f"{where} is not a head.")
            continue
        found.heads += 1
        if not is_signed(head, key):
            found.faults.append(f"{where} is not signed by this key.")
        elif position not in links:
            found.faults.append(f"{where} was signed for entry {position}, which is gone.")
        elif links[position] != link:
            found.faults.append(f"{where} was signed for another entry {position}.")
        if position < last:
            found.faults.append(f"{where} was moved.")
        last = max(last, position)
    if found.last_position > last:
        found.faults.append(f"Entries {last + 1} to {found.last_position} were put in: nobody signed for them.")


def read_key(path: Path) -> Ed25519PublicKey:
    """Raises OSError, ValueError."""
    key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError(f"{path} is not an Ed25519 key")
    return key


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks the audit files of a centre.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--key", type=Path, required=True, help="the centre's audit.pub, got from elsewhere")
    arguments = parser.parse_args()
    try:
        found = check_folder(arguments.folder, read_key(arguments.key))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.writelines(f"{fault}\n" for fault in found.faults)
    sys.stdout.write(
        f"{found.entries} entries of {found.days} days, {found.heads} signed heads, {len(found.faults)} faults.\n"
    )
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
