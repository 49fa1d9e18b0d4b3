"""Something was stolen or robbed."""

from __future__ import annotations

from prahari.desks.procedures.library.writing import (
    KEEP,
    KEEP_RECORDINGS,
    SHOW,
    YES_NO,
    by_itself,
    choose,
    confirm,
    field,
    form,
)

STEPS = [
    choose(
        "when",
        ("When?", "कब?"),
        {
            "now": ("Going on now", "अभी हो रही है"),
            "just": ("Within the last half hour", "पिछले आधे घंटे में"),
            "earlier": ("Earlier", "इससे पहले"),
        },
        limit_s=60,
    ),
    choose(
        "kind",
        ("What?", "क्या?"),
        {
            "snatching": ("Snatching", "छिनैती"),
            "vehicle": ("Vehicle", "वाहन चोरी"),
            "house": ("House or shop", "घर या दुकान"),
            "robbery": ("Robbery with force or weapons", "बल या शस्त्र सहित लूट"),
            "other": ("Other", "अन्य"),
        },
    ),
    confirm(
        "safe",
        ("Told the caller: do not follow, do not stop them", "कॉल करने वाले से कहा: पीछा न करें, न रोकें"),
        when=("when", "now"),
        limit_s=60,
    ),
    by_itself(
        "unit",
        ("Send the nearest unit", "निकटतम इकाई भेजें"),
        "call_unit",
        values={"kind": "patrol"},
        when=("when", "now|just"),
        limit_s=60,
    ),
    by_itself("wall", SHOW, "show_on_wall", required=False),
    form(
        "what",
        ("Who and which way", "कौन और किस ओर"),
        [
            field("people", ("How many, clothing, weapons", "कितने, पहनावा, शस्त्र")),
            field("vehicle", ("Vehicle, colour, number", "वाहन, रंग, नंबर")),
            field("way", ("Which way", "किस ओर")),
            field("taken", ("What was taken", "क्या गया"), required=True),
        ],
        limit_s=180,
    ),
    confirm(
        "look_back",
        ("Followed back and forth on the cameras", "कैमरों पर आगे-पीछे देखा गया"),
        (
            "By clothing and vehicle. Pass each sighting to the units; write place and time as notes.",
            "पहनावे और वाहन से। हर दृश्य इकाइयों को बताएँ; स्थान और समय टिप्पणी में लिखें।",
        ),
        limit_s=600,
    ),
    confirm("barriers", ("Check posts told", "नाकाबंदी को सूचना"), when=("when", "now|just"), limit_s=300),
    confirm(
        "plate",
        ("Plate on the watch list", "नंबर प्लेट निगरानी सूची में"),
        when=("kind", "vehicle|snatching|robbery"),
        required=False,
    ),
    confirm(
        "block",
        (
            "Told the owner: block SIM and cards (CEIR, 1930, bank)",
            "स्वामी को बताया: सिम एवं कार्ड बंद कराएँ (सीईआईआर, 1930, बैंक)",
        ),
        when=("kind", "snatching|robbery"),
        required=False,
    ),
    confirm(
        "scene",
        ("Scene closed off until the forensic team is done", "फोरेंसिक दल के कार्य तक घटना-स्थल सुरक्षित"),
        (
            "Where the offence carries seven years or more, forensic experts visit and the search is filmed.",
            "सात वर्ष या अधिक दण्ड वाले अपराध में फोरेंसिक दल का भ्रमण और तलाशी की वीडियोग्राफ़ी आवश्यक है।",
        ),
        when=("kind", "house|robbery"),
        limit_s=1800,
    ),
    confirm("keep", KEEP, KEEP_RECORDINGS),
    choose(
        "law",
        ("Registered as", "दर्ज"),
        {
            "fir": ("FIR", "प्राथमिकी"),
            "efir": ("e-FIR", "ई-एफआईआर"),
            "zero": ("Zero FIR", "ज़ीरो एफआईआर"),
            "none": ("Not registered", "दर्ज नहीं"),
        },
    ),
    choose("caught", ("Somebody caught?", "कोई पकड़ा गया?"), YES_NO, required=False),
]
