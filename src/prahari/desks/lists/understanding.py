"""One row of cells to what it says of premises, by its sheet's plan; what is wrong with it as codes.

An understood row is a plain dict, kept sealed beside the cells:
name, name_more, owner, mobiles, phone, address, address_more, station (path), post, ward, class, department, cameras,
lat, lon, placement, make, ip, recorder, consent, remarks, serial; absent where there is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prahari.core import coordinates, krutidev, phones
from prahari.core.text import fold
from prahari.desks.lists import words
from prahari.desks.lists.blocks import Cells
from prahari.desks.lists.choices import Lexicon
from prahari.desks.lists.planning import Plan, text_of
from prahari.desks.lists.vocabulary import Vocabulary

CAMERAS_MAX = 5_000
_YES = {fold(word) for word in words.YES.split("|")}
_NO = {fold(word) for word in words.NO.split("|")}
_TOTALS = {fold(word) for word in words.TOTALS.split("|")}
_PREMISES_FIELDS = ("name", "owner", "mobile", "address", "police_station", "ward", "owner_class", "department")
_CAMERA_FIELDS = ("placement", "make", "ip_based", "recorder", "coordinates", "lat", "lon", "cameras")

Understood = dict[str, Any]
Problems = list[list[str]]


@dataclass
class Area:
    """What the importer may list, and the city's box. allows: (station path, agency) -> bool."""

    allows: Any
    agency_of: dict[str, str]  # department code -> agency code
    bounds: tuple[float, float, float, float] | None


class Reader:
    """Understands the rows of one sheet, in order: a row may go on with the premises of the one before."""

    def __init__(self, plan: Plan, vocabulary: Vocabulary, area: Area) -> None:
        self._plan = plan
        self._words = vocabulary
        self._area = area
        self._places: dict[str, list[int]] = {}
        for at, name in enumerate(plan.fields):
            if name:
                self._places.setdefault(name, []).append(at)
        self._section: dict[str, str] = {}
        self._before: dict[str, str] = {}
        self._first = True
        self.unknown: dict[tuple[str, str], int] = {}
        self.is_bad = False
        """Whether what `row` returned last cannot be taken: its problems are reasons then, else notes."""

    def row(self, cells: Cells) -> tuple[Understood, Problems] | None:
        """What the row says and what is wrong or odd about it; None when it is no row of the list (a heading between, a
        line of totals, the columns' numbers)."""
        if self._is_between(cells):
            return None
        texts = {name: [self._text(cells, at) for at in places] for name, places in self._places.items()}
        first = {name: next((one for one in given if one), "") for name, given in texts.items()}
        if not any(first.values()):
            return None
        self._continue(first, texts)
        return self._understand(first, texts)

    def _text(self, cells: Cells, at: int) -> str:
        if at >= len(cells):
            return ""
        cell = cells[at]
        if cell is None:
            return ""
        text = text_of(cell)
        return krutidev.read(text) if at < len(self._plan.legacy) and self._plan.legacy[at] else text

    def _is_between(self, cells: Cells) -> bool:
        given = [cell for cell in cells if cell is not None]
        if not given:
            return True
        if self._first:
            self._first = False
            numbers = [cell for cell in cells if isinstance(cell, int)]
            if (
                len(given) > 2
                and len(numbers) == len(given)
                and numbers == list(range(numbers[0], numbers[0] + len(given)))
            ):
                return True
        texts = dict.fromkeys(text_of(cell) for cell in given)
        lead = next(iter(texts))
        if isinstance(given[0], str) and len(texts) < len(self._plan.fields) and fold(lead) in _TOTALS:
            return True
        name_at = self._places.get("name", [])
        alone = len(texts) == 1 and any(char.isalpha() for char in lead)
        if alone and (len(given) > 1 or not any(at < len(cells) and cells[at] is not None for at in name_at)):
            lead = krutidev.read(lead)
            for lexicon in (Lexicon.POLICE_STATION, Lexicon.OWNER_CLASS):
                if found := self._words.find(lexicon, lead):
                    self._section[lexicon] = found
            return True
        return False

    def _continue(self, first: dict[str, str], texts: dict[str, list[str]]) -> None:
        """A row of a further camera leaves the premises out, or (merged cells) repeats a part: take it from before."""
        before = self._before
        same = first.get("name", "") == before.get("name") and bool(before)
        bare = not any(first.get(name) for name in ("name", "owner", "mobile", "address", "serial"))
        of_camera = any(first.get(name) for name in _CAMERA_FIELDS if name != "cameras")
        if before and ((bare and of_camera) or same):
            for name in _PREMISES_FIELDS:
                if name in first and not first[name] and before.get(name):
                    first[name] = before[name]
                    texts[name] = [before[name]]
        if first.get("name"):
            self._before = {name: first.get(name, "") for name in _PREMISES_FIELDS}

    def _understand(self, first: dict[str, str], texts: dict[str, list[str]]) -> tuple[Understood, Problems]:
        out: Understood = {}
        bad: Problems = []
        notes: Problems = []
        self._names(out, bad, texts)
        self._contact(out, notes, texts)
        self._places_of(out, bad, first)
        self._class_and_department(out, bad, first)
        self._cameras(out, bad, first)
        self._position(out, notes, first)
        for name in ("placement", "make", "recorder", "remarks", "serial"):
            if first.get(name):
                out[name] = "; ".join(dict.fromkeys(one for one in texts[name] if one))[:400]
        if first.get("ip_based"):
            key = fold(first["ip_based"])
            out["ip"] = key not in _NO and "nlg" not in key.replace(" ", "")
        if first.get("consent"):
            key = fold(first["consent"])
            said = "yes" if key in _YES else "no" if key in _NO else ""
            out["consent"] = {"said": said, "text": first["consent"][:80]}
            notes.append(["consent_is_remark", first["consent"][:80]])
        self.is_bad = bool(bad)
        return out, bad or notes

    @staticmethod
    def _names(out: Understood, bad: Problems, texts: dict[str, list[str]]) -> None:
        names = [one for one in texts.get("name", []) if any(char.isalnum() for char in one)]
        if names:
            out["name"] = names[0].replace("\n", " ")[:200]
            if len(names) > 1 and names[1] != names[0]:
                out["name_more"] = names[1].replace("\n", " ")[:200]
        else:
            bad.append(["name_missing", ""])
        addresses = [one for one in texts.get("address", []) if one]
        if addresses:
            out["address"] = addresses[0].replace("\n", ", ")[:400]
            if len(addresses) > 1:
                out["address_more"] = addresses[1].replace("\n", ", ")[:400]

    @staticmethod
    def _contact(out: Understood, notes: Problems, texts: dict[str, list[str]]) -> None:
        owners = [one for one in texts.get("owner", []) if one]
        if owners:
            out["owner"] = owners[0].replace("\n", " ")[:120]
        given = [one for one in texts.get("mobile", []) if one]
        mobiles = list(dict.fromkeys(number for one in given for number in phones.mobiles(one)))
        if mobiles:
            out["mobiles"] = mobiles[:4]
        elif given:
            out["phone"] = given[0][:60]
            if len(phones.digits_of(given[0])) not in range(6, 9) and not given[0].lstrip("+").startswith("0"):
                notes.append(["mobile_unreadable", ""])

    def _places_of(self, out: Understood, bad: Problems, first: dict[str, str]) -> None:
        station = self._value(Lexicon.POLICE_STATION, first, bad)
        post = self._words.find(Lexicon.POLICE_POST, first["police_post"]) if first.get("police_post") else None
        if post and (not station or post.startswith(f"{station}.")):
            out["post"] = post
            station = station or post.rpartition(".")[0]
            bad[:] = [one for one in bad if not one[0].startswith("police_station")]
        if station:
            out["station"] = station
            if not self._area.allows(station):
                bad.append(["station_outside", self._words.name(Lexicon.POLICE_STATION, station)["en"]])
        if first.get("ward"):
            ward = self._words.find(Lexicon.WARD, first["ward"])
            if ward:
                out["ward"] = ward
        elif ward := self._plan.defaults.get(Lexicon.WARD):
            out["ward"] = ward

    def _class_and_department(self, out: Understood, bad: Problems, first: dict[str, str]) -> None:
        wrong: Problems = []
        owner_class = self._value(Lexicon.OWNER_CLASS, first, wrong)
        if not owner_class and "name" in out and (not wrong or wrong[0][0] == "owner_class_missing"):
            owner_class = self._words.class_by_name(out["name"])
        if owner_class:
            out["class"] = owner_class
        else:
            bad += wrong
        department = self._value(Lexicon.DEPARTMENT, first, bad)
        if department:
            out["department"] = department
            station, agency = out.get("station", ""), self._area.agency_of.get(department, "")
            if self._area.allows(station) and not self._area.allows(station, agency):
                bad.append(["department_outside", self._words.name(Lexicon.DEPARTMENT, department)["en"]])

    def _value(self, lexicon: Lexicon, first: dict[str, str], bad: Problems) -> str | None:
        text = first.get(lexicon, "")
        if text:
            found = self._words.find(lexicon, text)
            if found:
                return found
            if found is None:
                key = (lexicon, text[:120])
                self.unknown[key] = self.unknown.get(key, 0) + 1
                bad.append([f"{lexicon}_unknown", text[:120]])
                return None
        found = self._section.get(lexicon) or self._plan.defaults.get(lexicon)
        if not found:
            bad.append([f"{lexicon}_missing", ""])
        return found or None

    @staticmethod
    def _cameras(out: Understood, bad: Problems, first: dict[str, str]) -> None:
        text = first.get("cameras", "")
        if not text:
            return
        number = text.strip().rstrip(".")
        if number.replace(".", "", 1).isdecimal():
            whole, _, part = number.partition(".")
            count = int(whole or "0")
            if not part.strip("0०") and count <= CAMERAS_MAX:
                out["cameras"] = count
                return
        digits = [one for one in "".join(c if c.isdecimal() else " " for c in text).split() if len(one) < 5]
        if len(digits) == 1 and len(text) < 24 and int(digits[0]) <= CAMERAS_MAX and "-" not in text:
            out["cameras"] = int(digits[0])  # "04 Nos", "4 कैमरे"
        elif fold(text) in _NO:
            out["cameras"] = 0
        else:
            bad.append(["cameras_wrong", text[:60]])

    def _position(self, out: Understood, notes: Problems, first: dict[str, str]) -> None:
        given = first.get("coordinates") or first.get("lat")
        if not given and not first.get("lon"):
            return
        if first.get("coordinates"):
            found = coordinates.position(first["coordinates"])
        else:
            found = coordinates.position(first.get("lat", ""), first.get("lon", ""))
        if found is None:
            notes.append(["position_unreadable", ""])
            return
        if self._area.bounds is not None:
            west, south, east, north = self._area.bounds
            if not (west <= found.lon <= east and south <= found.lat <= north):
                notes.append(["position_outside", f"{found.lat}, {found.lon}"])
                return
        out["lat"], out["lon"] = found.lat, found.lon
