"""A feed of public alerts: GET /alerts/feed.xml (Atom) and GET /alerts/{name}.xml (CAP 1.2), newest first."""

from __future__ import annotations

import datetime as dt
from xml.sax.saxutils import escape

from aiohttp import web

from prahari.contracts.events import now_ms

_CAP = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
 <identifier>{identifier}</identifier><sender>{sender}</sender><sent>{sent}</sent>
 <status>{status}</status><msgType>{kind}</msgType><scope>Public</scope>{references}
 {infos}
</alert>"""
_INFO = """<info><language>{language}</language><category>Met</category><event>{event}</event>
 <urgency>Expected</urgency><severity>{severity}</severity><certainty>Likely</certainty><expires>{expires}</expires>
 <headline>{headline}</headline><description>{headline}</description>
 <area><areaDesc>{place}</areaDesc>{area}</area></info>"""
SENDER = "alerts@weather.example"


class SimAlerts:
    def __init__(self) -> None:
        self._documents: dict[str, tuple[str, str]] = {}  # name: (document, time of change)

    def alert(
        self,
        identifier: str,
        *,
        kind: str = "Alert",
        status: str = "Actual",
        supersedes: tuple[str, ...] = (),
        event: tuple[str, str] = ("Heavy rain", "भारी वर्षा"),
        headline: tuple[str, str] = ("Heavy rain expected tonight", "आज रात भारी वर्षा की सम्भावना"),
        severity: str = "Severe",
        polygon: str = "26.40,80.25 26.40,80.45 26.55,80.45 26.55,80.25 26.40,80.25",
        circle: str = "",
        sent_ms: int | None = None,
    ) -> None:
        """One alert in both languages. `supersedes`: identifiers that it updates or cancels."""
        sent = _iso(now_ms() if sent_ms is None else sent_ms)
        told = " ".join(f"{SENDER},{one},{sent}" for one in supersedes)
        area = f"<circle>{circle}</circle>" if circle else f"<polygon>{polygon}</polygon>"
        infos = "".join(
            _INFO.format(language=language, event=escape(event[at]), headline=escape(headline[at]), severity=severity,
                         expires=_iso(now_ms() + 6 * 3_600_000), place="Kanpur Nagar", area=area)
            for at, language in enumerate(("en-IN", "hi-IN"))
        )  # fmt: skip
        self.put(
            identifier,
            _CAP.format(identifier=escape(identifier), sender=SENDER, sent=sent, status=status, kind=kind, infos=infos,
                        references=f"<references>{told}</references>" if told else ""),
        )  # fmt: skip

    def malformed(self, name: str) -> None:
        """An entry whose document breaks off in the middle."""
        self.put(name, '<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>')

    def put(self, name: str, document: str) -> None:
        self._documents[name] = document, _iso(now_ms())

    async def feed(self, _: web.Request) -> web.Response:
        entries = "".join(
            f"<entry><id>{escape(name)}</id><updated>{changed}</updated><title>{escape(name)}</title>"
            f'<link type="application/cap+xml" href="/alerts/{escape(name)}.xml"/></entry>'
            for name, (_, changed) in reversed(self._documents.items())
        )
        head = f"<id>sim</id><title>Alerts</title><updated>{_iso(now_ms())}</updated>"
        document = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'
        return web.Response(text=document, content_type="application/atom+xml")

    async def document(self, request: web.Request) -> web.Response:
        found = self._documents.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        return web.Response(text=found[0], content_type="application/cap+xml")


def _iso(ms: int) -> str:
    return dt.datetime.fromtimestamp(ms / 1000, dt.UTC).isoformat(timespec="seconds")
