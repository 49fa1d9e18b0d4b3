"""The list that `bench import` brings in: python -m prahari.cli.bench._import_list FILE ROWS makes it; without ROWS the
list is taken over in this process and the figures are printed as JSON.

Everything in it is made up. Each row is in one of four manners, as lists are: English, Hindi, Hindi typed in Kruti Dev,
and a mixture; one in twenty is nearly another row, one in fifty cannot be taken.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import time
from pathlib import Path
from typing import Any

NEAR_SHARE, BAD_SHARE = 0.05, 0.02
CITY = "up.bench"
# fmt: off
_FIRST = [
    ("Gopal", "गोपाल"), ("Shiv", "शिव"), ("Laxmi", "लक्ष्मी"), ("Saraswati", "सरस्वती"),
    ("Bharat", "भारत"), ("Ganga", "गंगा"), ("Anand", "आनन्द"), ("Ashok", "अशोक"),
    ("Durga", "दुर्गा"), ("Hanuman", "हनुमान"), ("Krishna", "कृष्णा"), ("Mahesh", "महेश"),
    ("Rajendra", "राजेन्द्र"), ("Vishwanath", "विश्वनाथ"), ("Kamla", "कमला"), ("Sundar", "सुन्दर"),
    ("Jagdish", "जगदीश"), ("Vimal", "विमल"), ("Santosh", "सन्तोष"), ("Prakash", "प्रकाश"),
    ("Dinesh", "दिनेश"), ("Harish", "हरीश"), ("Mohan", "मोहन"), ("Nirmal", "निर्मल"),
]
_LAST = [
    ("Gupta", "गुप्ता"), ("Sharma", "शर्मा"), ("Verma", "वर्मा"), ("Mishra", "मिश्रा"),
    ("Yadav", "यादव"), ("Tiwari", "तिवारी"), ("Singh", "सिंह"), ("Agarwal", "अग्रवाल"),
    ("Srivastava", "श्रीवास्तव"), ("Pandey", "पाण्डेय"), ("Khan", "खान"), ("Jaiswal", "जायसवाल"),
]
_KINDS = [
    ("Medical Store", "मेडिकल स्टोर", "Medical store", "मेडिकल स्टोर"),
    ("Jewellers", "ज्वैलर्स", "Shop", "दुकान"),
    ("Kirana Store", "किराना स्टोर", "Shop", "दुकान"),
    ("Sweets", "मिष्ठान भण्डार", "Shop", "दुकान"),
    ("Hospital", "अस्पताल", "Hospital", "अस्पताल"),
    ("Public School", "पब्लिक स्कूल", "School", "विद्यालय"),
    ("Hotel", "होटल", "Hotel", "होटल"),
    ("Motors", "मोटर्स", "Automobile", "ऑटोमोबाइल"),
    ("Coaching", "कोचिंग", "Coaching", "कोचिंग"),
    ("Petrol Pump", "पेट्रोल पंप", "Petrol pump", "पेट्रोल पंप"),
]
_AREAS = [
    ("Kalyanpur", "कल्याणपुर"), ("Govind Nagar", "गोविन्द नगर"), ("Swaroop Nagar", "स्वरूप नगर"),
    ("Panki", "पनकी"), ("Barra", "बर्रा"), ("Naubasta", "नौबस्ता"),
    ("Chakeri", "चकेरी"), ("Rawatpur", "रावतपुर"), ("Kakadeo", "काकादेव"),
    ("Juhi", "जूही"), ("Sisamau", "सीसामऊ"), ("Bajaria", "बजरिया"),
    ("Nazirabad", "नज़ीराबाद"), ("Jajmau", "जाजमऊ"), ("Feelkhana", "फीलखाना"),
    ("Moolganj", "मूलगंज"), ("Gwaltoli", "ग्वालटोली"), ("Kotwali", "कोतवाली"),
    ("Colonelganj", "कर्नलगंज"), ("Bithoor", "बिठूर"),
]
_HEAD = [
    "क्र0सं0", "दुकान/प्रतिष्ठान का नाम", "मालिक का नाम", "मो0 नं0", "पता",
    "थाना", "श्रेणी", "कैमरों की संख्या", "Lat/Long", "अभ्युक्ति",
]
# fmt: on


def make(path: Path, count: int) -> None:
    import openpyxl

    chance = random.Random(17)  # noqa: S311 - the same list each time
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("सूची")
    sheet.append(["सीसीटीवी कैमरों की सूची (समस्त थाने)"])
    sheet.append([])
    sheet.append(_HEAD)
    before: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        near = before and chance.random() < NEAR_SHARE
        one = _nearly(chance, chance.choice(before)) if near else _one(chance, number)
        if not near:
            before.append(one)
        cells = _cells(chance, number, one)
        if chance.random() < BAD_SHARE:
            cells[1 if number % 2 else 5] = None if number % 2 else "कहीं और थाना 99"
        sheet.append(cells)
    book.save(path)


def _one(chance: random.Random, number: int) -> dict[str, Any]:
    return {
        "first": chance.choice(_FIRST), "last": chance.choice(_LAST), "kind": chance.choice(_KINDS),
        "owner": chance.choice(_FIRST), "mobile": f"9{100_000_000 + number * 7919 % 899_999_999:09d}",
        "house": f"{chance.randrange(1, 140)}/{chance.randrange(1, 900)}", "area": chance.choice(_AREAS),
        "cameras": chance.randrange(1, 9), "lat": chance.uniform(26.35, 26.55), "lon": chance.uniform(80.19, 80.47),
        "manner": chance.randrange(4), "spelling": 0,
    }  # fmt: skip


def _nearly(chance: random.Random, one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "manner": chance.randrange(4), "spelling": 1, "cameras": chance.randrange(1, 9)}


def _cells(chance: random.Random, number: int, one: dict[str, Any]) -> list[Any]:
    from prahari.core.krutidev import encode

    hindi = one["manner"] in (1, 2)
    side = 1 if hindi else 0
    name = f"{one['first'][side]} {one['last'][side]} {one['kind'][side]}"
    if one["spelling"]:
        name = name.replace("Store", "Stor").replace("a ", "aa ", 1).replace("स्टोर", "स्टोर्स")
    owner = f"{one['owner'][side]} {one['last'][side]}"
    address = f"{one['house']}, {one['area'][side]}"
    station = f"थाना {one['area'][1]}" if hindi else one["area"][0]
    owner_class = one["kind"][3 if hindi else 2]
    if one["manner"] == 2:
        name, owner, address, station, owner_class = map(encode, (name, owner, address, station, owner_class))
    mobile: Any = one["mobile"]
    match number % 5:
        case 0:
            mobile = f"+91 {mobile[:5]} {mobile[5:]}"
        case 1:
            mobile = float(mobile)
        case 2:
            mobile = f"0{mobile[:5]}-{mobile[5:]}"
        case 3:
            mobile = mobile.translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    position = f"{one['lat']:.5f}, {one['lon']:.5f}" if number % 3 == 0 else None
    return [number, name, owner, mobile, address, station, owner_class, one["cameras"], position,
            "हाँ" if chance.random() < 0.1 else None]  # fmt: skip


def take_over(path: Path) -> dict[str, Any]:
    """Bring the list in, as ./prahari import does. Figures."""
    import django

    django.setup()
    _lay_out()
    from prahari.desks.common.actor import system
    from prahari.desks.lists import actions, selectors, tasks
    from prahari.desks.lists.models import ListRow
    from prahari.desks.registry.models import Premises

    actor = system("bench")
    begun, processor = time.perf_counter(), time.process_time()
    list_id = actions.take_in(actor=actor, path=path, file_name=path.name, understand_now=False)
    read = time.perf_counter()
    tasks.work(list_id)
    understood = time.perf_counter()
    seen = selectors.detail(actor, list_id)["counts"]
    actions.start_commit(actor=actor, list_id=list_id, queue=False)
    tasks.work(list_id)
    ended = time.perf_counter()
    done = selectors.detail(actor, list_id)
    counts = done["counts"]
    in_register = ListRow.objects.filter(list_id=list_id, premises__isnull=False).count()
    made = Premises.objects.count()
    assert made == counts["premises"], f"{made} premises in the register, {counts['premises']} told"
    return {
        "seconds": round(ended - begun, 2), "state": done["state"], "in_register": in_register, "premises": made,
        "read_s": round(read - begun, 2), "understand_s": round(understood - read, 2),
        "commit_s": round(ended - understood, 2), "counts": counts, "seen": seen,
        "cpu_s": round(time.process_time() - processor, 2),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
        "reader_rss_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000),
    }  # fmt: skip


def _lay_out() -> None:
    from prahari.contracts.city import Area, Name
    from prahari.desks.accounts.actions import lay_out_jurisdictions, set_centre
    from prahari.desks.common.actor import system
    from prahari.desks.registry.models import Department

    actor = system("bench")
    set_centre(actor=actor, code="bench", name_en="Bench", name_hi="बेंच", centre=(80.33, 26.45),
               bounds=(80.18, 26.34, 80.48, 26.56))  # fmt: skip
    areas = [Area("up", "state", Name("State", "राज्य")), Area(CITY, "city", Name("Bench", "बेंच"))]
    areas += [Area(f"{CITY}.s{at}", "police_station", Name(*name)) for at, name in enumerate(_AREAS)]
    lay_out_jurisdictions(actor=actor, areas=areas)
    Department.objects.get_or_create(
        code="police", defaults={"name_en": "Police", "name_hi": "पुलिस", "agency_id": "police"}
    )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        make(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prahari.desks.settings")
        sys.stdout.write(json.dumps(take_over(Path(sys.argv[1]))) + "\n")
