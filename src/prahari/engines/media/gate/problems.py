"""Errors as clients see them: an HTTP status, a code, and a sentence in both languages that says what to do."""

from __future__ import annotations

import json
from dataclasses import dataclass

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Answer:
    """An error answer. `ws_close`: the WebSocket close code that stands for the same."""

    http_status: int
    code: str
    en: str
    hi: str
    ws_close: int = 4400

    def response(self) -> web.Response:
        body = {"code": self.code, "message": {"en": self.en, "hi": self.hi}}
        return web.json_response(
            body, status=self.http_status, dumps=lambda value: json.dumps(value, ensure_ascii=False)
        )


class Problem(Exception):  # noqa: N818 - an answer, not a fault of ours
    """Ends a request with `answer`."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.en)
        self.answer = answer


def bad_request(en: str, hi: str) -> Problem:
    return Problem(Answer(400, "bad_request", en, hi))


NO_TOKEN = Answer(
    401,
    "token",
    "The media token is missing, wrong or expired: open the camera again from the console.",
    "मीडिया टोकन नहीं है, ग़लत है या समाप्त हो गया है: कंसोल से कैमरा फिर खोलें।",
    4401,
)
FOREIGN_PAGE = Answer(
    403,
    "foreign_page",
    "Pages of other hosts may not open cameras: use the console's own address.",
    "दूसरे होस्ट के पृष्ठ कैमरे नहीं खोल सकते: कंसोल के अपने पते का उपयोग करें।",
)
UNKNOWN_CAMERA = Answer(
    404,
    "unknown_camera",
    "This worker knows no such camera: it may just have been linked; try again in a few seconds.",
    "यह कैमरा यहाँ ज्ञात नहीं है: हो सकता है अभी जोड़ा गया हो; कुछ सेकंड बाद फिर प्रयास करें।",
    4404,
)
MOVED = Answer(
    421,
    "moved",
    "Another worker serves this camera now: ask the console for a new media address.",
    "यह कैमरा अब दूसरा वर्कर देता है: कंसोल से नया मीडिया पता लें।",
    4409,
)
NO_PERMIT = Answer(
    403,
    "no_permit",
    "No consent or order allows this camera's picture now.",
    "इस समय इस कैमरे का चित्र दिखाने की सहमति या आदेश नहीं है।",
    4403,
)
NEEDS_REQUEST = Answer(
    403,
    "needs_request",
    "The owner lets this camera be seen on request only: ask for it with the reason, and open it from the request.",
    "स्वामी ने यह कैमरा केवल अनुरोध पर दिखाने की सहमति दी है: कारण लिखकर अनुरोध करें और उसी अनुरोध से कैमरा खोलें।",
    4403,
)
NOT_PUBLIC = Answer(
    403,
    "not_public",
    "Visitors are shown public cameras only: this one belongs to private premises.",
    "आगंतुकों को केवल सार्वजनिक कैमरे दिखाए जाते हैं: यह कैमरा निजी परिसर का है।",
    4403,
)
TOO_MANY = Answer(
    429,
    "too_many",
    "Too many requests or viewers at once: close some and try again.",
    "एक साथ बहुत अधिक अनुरोध या दर्शक हैं: कुछ बंद करके फिर प्रयास करें।",
    4429,
)
UNSUPPORTED = Answer(
    503,
    "unsupported",
    "This camera's stream must be converted for browsers and all places for that are taken: close another such camera.",
    "इस कैमरे की स्ट्रीम को ब्राउज़र के लिए बदलना पड़ता है और इसके सभी स्थान भरे हैं: ऐसा कोई दूसरा कैमरा बंद करें।",
    4415,
)
NOTHING_THERE = Answer(
    404,
    "nothing_there",
    "Nothing is recorded at that time.",
    "उस समय की कोई रिकॉर्डिंग नहीं है।",
)
NO_PICTURE = Answer(
    503,
    "no_picture",
    "The camera gave no picture in time: look at its status.",
    "कैमरे से समय पर चित्र नहीं मिला: उसकी स्थिति देखें।",
)
INTERNAL = Answer(
    500,
    "internal",
    "The media engine failed at this request; it is logged. Try again.",
    "मीडिया इंजन इस अनुरोध में विफल रहा; यह लॉग में दर्ज है। फिर प्रयास करें।",
)
STORAGE = Answer(
    503,
    "storage",
    "The recordings cannot be read at the moment: check the disk.",
    "रिकॉर्डिंग इस समय पढ़ी नहीं जा सकती: डिस्क जाँचें।",
)
