"""Water stands in streets, or a river rises."""

from __future__ import annotations

from prahari.desks.procedures.library.writing import SHOW, by_itself, choose, confirm, count, field, form, timer, write

STEPS = [
    count(
        "depth",
        ("Depth of the water", "पानी की गहराई"),
        ("cm", "सेमी"),
        most=1000,
        limit_s=600,
        help=(
            "From a gauge, or against a kerb (15 cm), a wheel (60 cm) on the camera.",
            "गेज से, या कैमरे पर किनारे के पत्थर (15 सेमी), पहिए (60 सेमी) से।",
        ),
    ),
    choose(
        "level",
        ("What is under water?", "क्या डूबा है?"),
        {
            "street": ("Streets, passable", "सड़कें, निकलने योग्य"),
            "closed": ("Streets or underpass, not passable", "सड़क या अंडरपास, निकलना सम्भव नहीं"),
            "houses": ("Houses", "घर"),
            "river": ("River above the danger mark", "नदी ख़तरे के निशान से ऊपर"),
        },
        limit_s=600,
    ),
    by_itself(
        "municipal",
        ("Bring the municipal corporation in: pumps", "नगर निगम को सहभागी बनाएँ: पम्प"),
        "ask_agency",
        values={"agency": "municipal"},
    ),
    by_itself(
        "disaster",
        ("Bring disaster management in", "आपदा प्रबंधन को सहभागी बनाएँ"),
        "ask_agency",
        values={"agency": "disaster"},
        when=("level", "houses|river"),
    ),
    by_itself("wall", SHOW, "show_on_wall", required=False),
    confirm(
        "close",
        ("Road or underpass closed with barriers, somebody at each end", "सड़क/अंडरपास बैरियर से बंद, दोनों ओर कर्मी"),
        ("60 cm carry a car away. Nobody drives in to look.", "60 सेमी पानी कार बहा ले जाता है। कोई भी देखने भीतर न जाए।"),
        agency="traffic",
        when=("level", "closed|houses|river"),
        limit_s=900,
    ),
    confirm(
        "power",
        ("Power cut where poles or transformers stand in water", "जहाँ खम्भे/ट्रांसफ़ॉर्मर पानी में हैं, बिजली बंद"),
        limit_s=600,
    ),
    count("pumps", ("Pumps at work", "चालू पम्प"), ("pumps", "पम्प"), agency="municipal", limit_s=1800, required=False),
    by_itself(
        "page",
        ("Announce: closed ways, where to go", "उद्घोषणा: बंद मार्ग, कहाँ जाएँ"),
        "page_zone",
        at_once=False,
        required=False,
    ),
    confirm(
        "boats", ("Boats and SDRF asked for", "नाव एवं एसडीआरएफ बुलाए"), when=("level", "houses|river"), limit_s=1800
    ),
    confirm(
        "weak",
        ("Old, ill and pregnant people, children first", "वृद्ध, बीमार, गर्भवती, बच्चे पहले"),
        when=("level", "houses|river"),
    ),
    form(
        "shelter",
        ("Shelter", "राहत शिविर"),
        [
            field("where", ("Where", "कहाँ"), required=True),
            field("people", ("People there", "वहाँ लोग"), "number"),
            field("needs", ("Missing: water, food, medicine, toilets", "कमी: पानी, भोजन, दवा, शौचालय")),
        ],
        when=("level", "houses|river"),
        agency="disaster",
    ),
    timer("measure", ("Every half hour: depth again", "हर आधे घंटे: फिर गहराई"), 1800, required=False),
    confirm(
        "clean",
        ("Water gone: drains, drinking water, disinfecting", "पानी उतरा: नाली, पेयजल, कीटनाशन"),
        agency="municipal",
    ),
    confirm("open", ("Road looked at, then opened", "सड़क जाँचकर खोली"), when=("level", "closed|houses|river")),
    write("cause", ("Why here? For the works desk", "यहाँ क्यों? कार्य डेस्क के लिए"), required=False),
]
