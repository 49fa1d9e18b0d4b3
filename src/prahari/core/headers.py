"""Which field a column of a list holds, guessed from its header (Hindi, English, mixed, abbreviated) and its values.

Headers are compared as search keys (core.text.fold), so that थाना, Thana and "P.S./Thana" meet. Values decide where
headers are silent or deceive: a column of telephone numbers is one whatever stands above it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from prahari.core import coordinates, phones
from prahari.core.text import fold

_PHRASES: dict[str, str] = {
    "serial": (
        "s no|sr no|sl no|serial no|serial number|serial|sno|srno|s n|क्र सं|क्र सं०|क्रमांक|क्रम संख्या|क्रम|क्र|क्र0 सं0|क्र०सं०|क्रसं"
    ),
    "name": (
        "name|name of premises|premises name|name of establishment|establishment name|"
        "establishment|shop name|name of shop|firm name|name of firm|institution name|"
        "name of institution|name of institute|school name|name of school|name of college|"
        "name of branch|branch name|bank name|name of bank|bank branch|hospital name|"
        "name of hospital|company name|unit name|name of unit|industry name|petrol pump name|"
        "name of petrol pump|outlet name|licensed shop|business name|प्रतिष्ठान का नाम|"
        "प्रतिष्ठान|दुकान का नाम|दुकान|संस्था का नाम|संस्थान का नाम|विद्यालय का नाम|"
        "स्कूल का नाम|बैंक का नाम|शाखा का नाम|फर्म का नाम|अस्पताल का नाम|पेट्रोल पंप का नाम|"
        "स्थान का नाम|इकाई का नाम|कम्पनी का नाम|नाम|नाम प्रतिष्ठान|दुकान प्रतिष्ठान का नाम|"
        "मदिरा दुकान का नाम|भवन का नाम"
    ),
    "owner": (
        "owner|owner name|name of owner|proprietor|proprietor name|name of proprietor|"
        "contact person|contact person name|name of contact person|manager name|"
        "principal name|incharge name|licensee|licensee name|nodal person|स्वामी|"
        "स्वामी का नाम|मालिक|मालिक का नाम|दुकानदार का नाम|प्रोपराइटर का नाम|सम्पर्क व्यक्ति|"
        "संपर्क व्यक्ति का नाम|प्रबन्धक का नाम|प्रधानाचार्य का नाम|संचालक का नाम|"
        "अनुज्ञापी का नाम|दुकान स्वामी का नाम"
    ),
    "mobile": (
        "mobile|mobile no|mobile number|mob|mob no|phone|phone no|phone number|contact no|"
        "contact number|contact|telephone|tel no|cell no|whatsapp no|owner mobile|मोबाइल|"
        "मोबाइल नंबर|मोबाइल नम्बर|मोबाइल न|मो न|मो नं|मो0 नं0|मो०नं०|मोनं|दूरभाष|"
        "दूरभाष संख्या|फोन नंबर|फोन|सम्पर्क सूत्र|संपर्क नंबर|मोबाईल नम्बर|मोबाइल संख्या"
    ),
    "address": (
        "address|full address|complete address|postal address|location address|site address|"
        "पता|पूरा पता|पूर्ण पता|पता स्थान|नाम पता स्थान|दुकान का पता|प्रतिष्ठान का पता|स्थान|"
        "location|place|site|मोहल्ला|area|locality"
    ),
    "police_station": (
        "police station|ps|p s|thana|name of police station|police thana|ps name|थाना|"
        "थाना का नाम|थाना क्षेत्र|थाने का नाम|सम्बन्धित थाना|थाना कोतवाली"
    ),
    "police_post": "police post|police outpost|outpost|chowki|beat|चौकी|पुलिस चौकी|चौकी का नाम|बीट",
    "ward": ("ward|ward no|ward number|ward name|वार्ड|वार्ड संख्या|वार्ड नंबर|वार्ड न|वार्ड का नाम"),
    "owner_class": (
        "category|type|owner class|class|type of premises|type of establishment|"
        "nature of business|establishment type|owner type|category of owner|premises type|"
        "श्रेणी|स्वामी श्रेणी|प्रकार|प्रतिष्ठान का प्रकार|प्रतिष्ठान की श्रेणी|"
        "व्यवसाय का प्रकार|वर्ग|व्यवसाय|मद"
    ),
    "department": (
        "department|dept|dept name|department name|owning department|nodal department|"
        "concerned department|विभाग|विभाग का नाम|सम्बन्धित विभाग|नोडल विभाग"
    ),
    "cameras": (
        "cameras|camera count|no of cameras|no of camera|number of cameras|total cameras|"
        "cctv|cctv count|no of cctv|number of cctv cameras|no of cctv cameras|total cctv|"
        "total|qty|quantity|cameras installed|camera qty|कैमरों की संख्या|कैमरा संख्या|"
        "कैमरे की संख्या|कैमरे|कुल कैमरे|कुल कैमरा|सीसीटीवी|सीसीटीवी कैमरे|सीसीटीवी कैमरा|सीसीटीवी की संख्या|"
        "सीसीटीवी कैमरों की संख्या|स्थापित कैमरों की संख्या|कैमरों की सं|"
        "लगे कैमरों की संख्या|कुल संख्या|संख्या|linked cameras|लिंक कैमरे"
    ),
    "placement": (
        "camera location|location of camera|camera placement|placement|camera position|"
        "installed at|camera place|view|facing|direction of camera|कैमरे की लोकेशन|"
        "कैमरा लोकेशन|कैमरे का स्थान|कैमरा स्थल|कैमरे की दिशा|स्थापना स्थल"
    ),
    "make": (
        "make|brand|make model|camera make|model|camera model|company of camera|"
        "make and model|मेक|ब्रांड|कैमरा कम्पनी|कैमरे का मेक|मॉडल|कैमरे की कंपनी"
    ),
    "ip_based": (
        "ip|ip based|ip camera|ip analog|ip or analog|camera type|type of camera|ip non ip|"
        "analog ip|कैमरे का प्रकार|आईपी कैमरा|आईपी आधारित|आईपी"
    ),
    "recorder": ("dvr|nvr|dvr nvr|nvr dvr|recorder|recording device|dvr make|डीवीआर|एनवीआर|डीवीआर एनवीआर|रिकॉर्डर"),
    "coordinates": (
        "coordinates|gps|gps coordinates|lat long|latitude longitude|lat lon|geo location|"
        "geo tag|google location|map link|google map link|location link|map|lat lng|"
        "निर्देशांक|जीपीएस|अक्षांश देशांतर|गूगल लोकेशन|मानचित्र लिंक"
    ),
    "lat": "lat|latitude|अक्षांश",
    "lon": "lon|long|lng|longitude|देशांतर|देशान्तर",
    "consent": (
        "consent|consent given|willing|willingness|consent y n|agreed|owner consent|"
        "whether consent given|सहमति|सहमति दी|सहमति हाँ नहीं|सहमति पत्र|सहमत"
    ),
    "remarks": ("remarks|remark|comment|comments|note|अभ्युक्ति|अभियुक्ति|टिप्पणी|विवरण|विशेष विवरण|रिमार्क|अन्य विवरण"),
    "ignore": (
        "reason|कारण|why this row was not taken|यह पंक्ति क्यों नहीं ली गई|email|e mail|ईमेल|"
        "row|पंक्ति|date|दिनांक|district|जनपद|zone|ज़ोन|circle|सर्किल|pincode|pin code|पिन कोड|"
        "father name|पिता का नाम"
    ),
}
FIELDS = tuple(name for name in _PHRASES if name != "ignore")
SEVERAL = frozenset({"name", "address", "mobile", "remarks", "owner"})
"""Fields that more than one column may hold: a name in both languages, two telephone numbers."""

_YES_NO = frozenset(
    re.findall(
        "[^|]+",
        "yes|no|y|n|haan|nahi|ha|na|given|refused|agreed|ip|analog|analogue|non-ip|"
        "हाँ|हां|नहीं|है|सहमत|असहमत|दी|दिया|आईपी|एनालॉग",
    )
)


@dataclass
class Column:
    """What is known of a column: its header as Unicode, some of its values, and for each list of the register that its
    values were looked up in (police_station, ward, owner_class, department) the share that was found there."""

    header: str
    values: Sequence[str] = ()
    found: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Guess:
    field: str  # "" : none
    confidence: float  # 0 to 1


@lru_cache(maxsize=1)
def _keys() -> dict[str, list[str]]:
    return {name: [fold(phrase) for phrase in phrases.split("|")] for name, phrases in _PHRASES.items()}


@lru_cache(maxsize=8192)
def header_scores(header: str) -> dict[str, float]:
    """Field -> how well this header names it, 0 to 1; fields below 0.5 are left out."""
    key = fold(re.sub(r"(?<=[^\W\d_])[0०](?=$|[\s.)/])", ".", header))  # न0 is how offices write न.
    if not key or len(header) > 120:
        return {}
    scores: dict[str, float] = {}
    words = key.split()
    for name, phrases in _keys().items():
        best = max((_alike(key, words, phrase) for phrase in phrases), default=0.0)
        if best >= 0.5:
            scores[name] = round(best, 3)
    return scores


def _alike(key: str, words: list[str], phrase: str) -> float:
    if key == phrase:
        return 1.0
    parts = phrase.split()
    if sorted(parts) == sorted(words):
        return 0.98
    closed = fuzz.ratio(key.replace(" ", ""), phrase.replace(" ", "")) / 100
    score = closed if closed >= 0.84 and len(phrase) > 2 else 0.0
    if all(part in words for part in parts):
        # The phrase stands within a longer header; the last and first words weigh most in both languages.
        share = sum(map(len, parts)) / sum(map(len, words))
        score = max(score, 0.55 + 0.4 * share)
    elif len(parts) > 1 and fuzz.token_sort_ratio(key, phrase) >= 88:
        score = max(score, 0.85)
    return score


def value_scores(values: Sequence[str]) -> dict[str, float]:
    """Field -> share of the values that look like it, for fields that have a look of their own."""
    given = [value.strip() for value in values if value and value.strip()]
    if not given:
        return {}
    total = len(given)
    whole = [number for number in map(_whole, given) if number is not None]
    numbers = [number for number in map(_decimal, given) if number is not None]
    rising = sum(1 for before, after in itertools.pairwise(whole) if after == before + 1)
    scores = {
        "mobile": sum(bool(phones.mobile(value)) for value in given) / total,
        "coordinates": sum(coordinates.position(value) is not None for value in given) / total,
        "lat": sum(coordinates.SOUTH < n < coordinates.NORTH and n != int(n) for n in numbers) / total,
        "lon": sum(coordinates.WEST < n < coordinates.EAST and n != int(n) for n in numbers) / total,
        "serial": rising / (len(whole) - 1) if len(whole) > 2 and len(whole) > total * 0.8 else 0.0,
        "cameras": sum(bool(_COUNT.fullmatch(value)) for value in given) / total,
        "consent": sum(value.casefold() in _YES_NO for value in given) / total,
        "text": sum(any(char.isalpha() for char in value) for value in given) / total,
    }
    return {name: round(score, 3) for name, score in scores.items() if score > 0}


_COUNT = re.compile(r"\d{1,3}(?:\.0+)?\s*(?:[^\W\d]{1,8}\.?)?")  # "4", "04 Nos.", "४ नग"


def _whole(value: str) -> int | None:
    text = phones.digits_of(value) if value.isdecimal() else re.sub(r"\.0+$", "", value)
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _decimal(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


_LOOK = ("mobile", "coordinates", "lat", "lon")  # values must look like it
_LEXICON = ("police_station", "police_post", "ward", "owner_class", "department")


def scores_of(column: Column) -> dict[str, float]:
    """Field -> confidence for one column by itself."""
    by_header = header_scores(column.header)
    by_value = value_scores(column.values)
    empty = not any(value and value.strip() for value in column.values)
    scores = dict(by_header)
    if empty:
        return {name: score * 0.9 for name, score in scores.items()}
    for name in _LOOK:
        look = by_value.get(name, 0.0)
        header = by_header.get(name, 0.0)
        scores[name] = header * (0.35 + 0.65 * min(1.0, look * 1.5)) if header else (0.8 * look if look > 0.5 else 0.0)
    for name in _LEXICON:
        known = column.found.get(name, 0.0)
        header = by_header.get(name, 0.0)
        scores[name] = max(header * (0.75 + 0.25 * known), 0.75 * known if known > 0.5 else 0.0)
    if "cameras" in scores:
        scores["cameras"] *= 0.2 + 0.8 * by_value.get("cameras", 0.0)
    if by_value.get("serial", 0.0) > 0.9:
        scores["serial"] = max(scores.get("serial", 0.0), 0.7)
    if by_value.get("coordinates", 0.0) > 0.5:
        scores["coordinates"] = max(scores["coordinates"], 0.9)
    text = by_value.get("text", 0.0)
    for name in ("name", "address", "owner", "remarks"):
        if name in scores:
            scores[name] *= 0.3 + 0.7 * min(1.0, text * 1.5)
    return {name: round(min(1.0, score), 3) for name, score in scores.items() if score >= 0.3}


def guess(columns: Sequence[Column]) -> list[Guess]:
    """The field of each column: the surest first, each field once, but those in SEVERAL."""
    options = [(score, -at, at, name) for at, column in enumerate(columns) for name, score in scores_of(column).items()]
    taken: dict[int, Guess] = {}
    used: dict[str, float] = {}
    for score, _, at, name in sorted(options, reverse=True):
        if at in taken:
            continue
        if name in used and not (name in SEVERAL and score >= 0.85) and name != "ignore":
            continue
        taken[at] = Guess("" if name == "ignore" else name, score)
        used[name] = score
    guesses = [taken.get(at, Guess("", 0.0)) for at in range(len(columns))]
    if "name" not in used:
        _name_by_values(columns, guesses)
    return guesses


def _name_by_values(columns: Sequence[Column], guesses: list[Guess]) -> None:
    """No header says which column names the premises: the first free one with many different words does."""
    best, most = -1, 0.35
    for at, column in enumerate(columns):
        if guesses[at].field or guesses[at].confidence:
            continue
        given = [value for value in column.values if value and any(char.isalpha() for char in value)]
        if len(given) < 0.6 * max(1, sum(bool(value) for value in column.values)):
            continue
        share = len(set(given)) / max(1, len(given))
        if len(given) and share > most + 0.1:
            best, most = at, share
    if best >= 0:
        guesses[best] = Guess("name", 0.4)
