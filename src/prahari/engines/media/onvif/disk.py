"""What lies on a device's own disk (Profile G): begins and ends found among its events, else its outer bounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from onveef.exceptions import OnvifCapabilityMissingError, OnvifFaultError, OnvifOperationNotSupportedError

from prahari.engines.media.onvif.transport import CheckedClient

MOST_RESULTS = 1000
MOST_ROUNDS = 20
_NO_EVENTS = (OnvifCapabilityMissingError, OnvifFaultError, OnvifOperationNotSupportedError)


def _moment(unix_ms: float) -> str:
    return datetime.fromtimestamp(unix_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{int(unix_ms) % 1000:03d}Z"


def unix_ms(moment: object) -> int | None:
    """None for what is no moment."""
    try:
        said = datetime.fromisoformat(str(moment).strip())
        return int((said if said.tzinfo else said.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None


async def stretches(
    client: CheckedClient, recording: str, from_ms: int, to_ms: int, drift_s: float
) -> list[tuple[int, int]]:
    """Unix milliseconds by our clock, in order, cut to the window."""
    drift_ms = round(drift_s * 1000)
    try:
        found = await _by_events(client, recording, from_ms + drift_ms, to_ms + drift_ms)
    except _NO_EVENTS:
        found = await _outer_bounds(client, recording)
    ours = sorted((start - drift_ms, end - drift_ms) for start, end in found)
    cut = [(max(start, from_ms), min(end, to_ms)) for start, end in ours]
    return [(start, end) for start, end in cut if end > start]


async def _by_events(client: CheckedClient, recording: str, from_ms: int, to_ms: int) -> list[tuple[int, int]]:
    search = await client.find_events(
        start_point=_moment(from_ms),
        end_point=_moment(to_ms),
        included_recordings=[recording],
        filter_expression="tns1:RecordingHistory/Recording/State",
        include_start_state=True,
        max_matches=MOST_RESULTS,
    )
    changes: list[tuple[int, bool]] = []
    for _ in range(MOST_ROUNDS):
        answer = await client.get_event_search_results(
            search_token=search, min_results=1, max_results=MOST_RESULTS, wait_time="PT2S"
        )
        results = [one for one in answer.get("results") or [] if isinstance(one, dict)]
        changes += [change for one in results if (change := _change(one, recording)) is not None]
        if answer.get("state") != "Searching" or len(changes) >= MOST_RESULTS:
            break
    return list(_joined(sorted(changes), to_ms))


def _joined(changes: list[tuple[int, bool]], to_ms: int) -> Iterator[tuple[int, int]]:
    begun: int | None = None
    for at_ms, is_recording in changes:
        if is_recording and begun is None:
            begun = at_ms
        elif not is_recording and begun is not None:
            yield begun, at_ms
            begun = None
    if begun is not None:
        yield begun, to_ms


def _change(result: dict[str, Any], recording: str) -> tuple[int, bool] | None:
    """When recording began or ended."""
    at_ms = unix_ms(result.get("Time"))
    if at_ms is None or result.get("RecordingToken") not in {recording, None, ""}:
        return None
    for name, value in _simple_items(result.get("Event")):
        if name in {"IsRecording", "IsDataPresent"}:
            return at_ms, value.strip().lower() in {"true", "1"}
    return None


def _simple_items(node: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    """All of them below a node."""
    if depth > 8:
        return
    if isinstance(node, list):
        for one in node:
            yield from _simple_items(one, depth + 1)
    elif isinstance(node, dict):
        if isinstance(node.get("@Name"), str):
            yield node["@Name"], str(node.get("@Value", ""))
        for key, one in node.items():
            if not key.startswith("@"):
                yield from _simple_items(one, depth + 1)


async def _outer_bounds(client: CheckedClient, recording: str) -> list[tuple[int, int]]:
    search = await client.find_recordings(included_recordings=[recording], max_matches=MOST_RESULTS)
    answer = await client.get_recording_search_results(search_token=search, max_results=MOST_RESULTS, wait_time="PT2S")
    found = []
    for one in answer.get("results") or []:
        if isinstance(one, dict) and one.get("RecordingToken") == recording:
            start, end = unix_ms(one.get("EarliestRecording")), unix_ms(one.get("LatestRecording"))
            if start is not None and end is not None:
                found.append((start, end))
    return found
