"""Operations of the recording, search and replay services (Profile G): what lies on the device's own disk."""

from __future__ import annotations

from xml.sax.saxutils import escape

from prahari.simcity.onvif.core import Asked, Operation
from prahari.simcity.onvif.device import SimChannel
from prahari.simcity.onvif.soap import Fault, items, moment, unix_s

MOST_SEARCHES = 20


def _all(asked: Asked) -> list[tuple[str, SimChannel]]:
    return [(f"rec-{number}", channel) for number, channel in enumerate(asked.device.channels, 1) if channel.stretches]


def recordings(asked: Asked) -> str:
    return "".join(
        f"<trc:RecordingItem><tt:RecordingToken>{token}</tt:RecordingToken><tt:Configuration><tt:Source>"
        f"<tt:SourceId>source-{token[4:]}</tt:SourceId><tt:Name>{escape(channel.name)}</tt:Name></tt:Source>"
        "</tt:Configuration><tt:Tracks><tt:Track><tt:TrackToken>video</tt:TrackToken></tt:Track></tt:Tracks>"
        "</trc:RecordingItem>"
        for token, channel in _all(asked)
    )


def find_recordings(asked: Asked) -> str:
    return _search(asked, {"kind": "recordings"})


def recording_results(asked: Asked) -> str:
    _found(asked, "recordings")
    listed = "".join(
        f"<tt:RecordingInformation><tt:RecordingToken>{token}</tt:RecordingToken>"
        f"<tt:Source><tt:SourceId>source-{token[4:]}</tt:SourceId><tt:Name>{escape(channel.name)}</tt:Name></tt:Source>"
        f"<tt:EarliestRecording>{moment(min(start for start, _ in channel.stretches))}</tt:EarliestRecording>"
        f"<tt:LatestRecording>{_latest(asked, channel)}</tt:LatestRecording>"
        "<tt:RecordingStatus>Recording</tt:RecordingStatus></tt:RecordingInformation>"
        for token, channel in _all(asked)
    )
    return f"<tse:ResultList><tt:SearchState>Completed</tt:SearchState>{listed}</tse:ResultList>"


def _latest(asked: Asked, channel: SimChannel) -> str:
    return moment(min(max(end_s for _, end_s in channel.stretches), asked.device.clock_s()))


def find_events(asked: Asked) -> str:
    wanted = {
        (element.text or "").strip()
        for element in asked.request.body.iter()
        if element.tag.endswith("}IncludedRecordings")
    }
    end = asked.argument("EndPoint")
    return _search(
        asked,
        {
            "kind": "events",
            "from_s": unix_s(asked.argument("StartPoint")),
            "to_s": unix_s(end) if end else float("inf"),
            "recordings": wanted,
        },
    )


def event_results(asked: Asked) -> str:
    """Begin and end of each stretch, as RecordingHistory events."""
    search = _found(asked, "events")
    results = []
    for token, channel in _all(asked):
        if search["recordings"] and token not in search["recordings"]:
            continue
        for start_s, planned_s in channel.stretches:
            end_s = min(planned_s, asked.device.clock_s())
            if end_s <= search["from_s"] or start_s >= search["to_s"]:
                continue
            results.append(_event(token, max(start_s, search["from_s"]), True, start_s < search["from_s"]))
            if planned_s == end_s and end_s < search["to_s"]:
                results.append(_event(token, end_s, False, False))
    return f"<tse:ResultList><tt:SearchState>Completed</tt:SearchState>{''.join(results)}</tse:ResultList>"


def _event(token: str, at_s: float, recording: bool, is_start_state: bool) -> str:
    source, data = items(RecordingToken=token), items(IsRecording="true" if recording else "false")
    return (
        f"<tt:Result><tt:RecordingToken>{token}</tt:RecordingToken><tt:TrackToken>video</tt:TrackToken>"
        f"<tt:Time>{moment(at_s)}</tt:Time><tt:Event><wsnt:Topic>tns1:RecordingHistory/Recording/State</wsnt:Topic>"
        f'<wsnt:Message><tt:Message UtcTime="{moment(at_s)}"><tt:Source>{source}</tt:Source><tt:Data>{data}</tt:Data>'
        f"</tt:Message></wsnt:Message></tt:Event><tt:StartStateEvent>{str(is_start_state).lower()}"
        "</tt:StartStateEvent></tt:Result>"
    )


def end_search(asked: Asked) -> str:
    asked.device.searches.pop(asked.argument("SearchToken"), None)
    return f"<tse:Endpoint>{moment(asked.device.clock_s())}</tse:Endpoint>"


def replay_uri(asked: Asked) -> str:
    channel = asked.device.channel_of(asked.argument("RecordingToken"))
    if not channel.stretches:
        raise Fault("ter:NoRecording", "The recording does not exist")
    return f"<trp:Uri>{escape(channel.replay_url or channel.url)}</trp:Uri>"


def _search(asked: Asked, search: dict[str, object]) -> str:
    token = asked.device.new_token("search")
    while len(asked.device.searches) >= MOST_SEARCHES:
        asked.device.searches.pop(next(iter(asked.device.searches)))
    asked.device.searches[token] = search
    return f"<tse:SearchToken>{token}</tse:SearchToken>"


def _found(asked: Asked, kind: str) -> dict[str, object]:
    search = asked.device.searches.get(asked.argument("SearchToken"))
    if search is None or search["kind"] != kind:
        raise Fault("ter:InvalidToken", "The search token is invalid")
    return search


OPERATIONS: dict[str, Operation] = {
    "GetRecordings": recordings,
    "FindRecordings": find_recordings,
    "GetRecordingSearchResults": recording_results,
    "FindEvents": find_events,
    "GetEventSearchResults": event_results,
    "EndSearch": end_search,
    "GetReplayUri": replay_uri,
}
