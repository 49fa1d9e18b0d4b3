"""A child is missing."""

from __future__ import annotations

from prahari.desks.procedures.library.writing import (
    KEEP,
    KEEP_RECORDINGS,
    SHOW,
    by_itself,
    choose,
    confirm,
    field,
    form,
    timer,
)

STEPS = [
    form(
        "child",
        ("The child", "बच्चे का विवरण"),
        [
            field("age", ("Age in years", "आयु वर्ष में"), "number", required=True),
            field("wears", ("Clothing, colours", "पहनावा, रंग"), required=True),
            field("marks", ("Height, hair, bag, marks", "कद, बाल, बैग, पहचान-चिह्न")),
            field("speaks", ("Language; can the child tell its name?", "भाषा; क्या बच्चा अपना नाम बता सकता है?")),
            field("last_place", ("Last seen where", "अन्तिम बार कहाँ दिखा"), required=True),
            field("last_time", ("Last seen when", "अन्तिम बार कब दिखा"), "time", required=True),
        ],
        limit_s=180,
    ),
    confirm("photo", ("Photograph taken in as a note", "चित्र टिप्पणी के साथ जोड़ा गया"), limit_s=600, required=False),
    choose(
        "why",
        ("What is feared?", "क्या आशंका है?"),
        {
            "lost": ("Lost in a crowd", "भीड़ में बिछड़ा"),
            "left": ("Left home", "घर से चला गया"),
            "taken": ("Taken by somebody", "किसी द्वारा ले जाया गया"),
        },
    ),
    by_itself("wall", SHOW, "show_on_wall", required=False),
    confirm(
        "register",
        ("Case registered at once", "तुरंत मुकदमा दर्ज"),
        (
            "No waiting for 24 hours: for every missing child an FIR is registered (Supreme Court, 2013).",
            "24 घंटे की प्रतीक्षा नहीं: प्रत्येक गुमशुदा बच्चे पर प्राथमिकी दर्ज होगी (सर्वोच्च न्यायालय, 2013)।",
        ),
        post=("Station officer", "थानाध्यक्ष"),
        limit_s=3600,
    ),
    confirm(
        "look_back",
        ("Look back on the cameras from the last place", "अन्तिम स्थान के कैमरों पर पीछे देखें"),
        (
            "From the time last seen, by clothing: which way, alone or with whom? Then the next camera on that way.",
            "अन्तिम बार दिखने के समय से, पहनावे से: किस ओर, अकेला या किसके साथ? फिर उसी ओर का अगला कैमरा।",
        ),
        limit_s=600,
    ),
    by_itself(
        "page",
        ("Announce at the place", "स्थल पर उद्घोषणा"),
        "page_zone",
        when=("why", "lost"),
        required=False,
        at_once=False,
    ),
    confirm(
        "meeting",
        ("Family waits at one fixed point, a unit with them", "परिवार एक निश्चित स्थान पर, इकाई साथ"),
        when=("why", "lost"),
        limit_s=600,
    ),
    confirm(
        "exits",
        (
            "Bus station, railway station (GRP, RPF) and toll plazas told",
            "बस अड्डा, रेलवे (जीआरपी, आरपीएफ) एवं टोल को सूचना",
        ),
        limit_s=900,
    ),
    confirm(
        "barriers",
        ("Check posts set up around the place", "आसपास नाकाबंदी"),
        (
            "Vehicles seen on the cameras go to every check post and to the plate watch list.",
            "कैमरों पर दिखे वाहन हर चेकपोस्ट और नंबर प्लेट निगरानी सूची को दें।",
        ),
        when=("why", "taken"),
        limit_s=600,
    ),
    confirm("childline", ("Child helpline 1098 told", "चाइल्ड हेल्पलाइन 1098 को सूचना"), limit_s=1800),
    timer(
        "report", ("Report to the circle officer every half hour", "हर आधे घंटे क्षेत्राधिकारी को आख्या"), 1800, required=False
    ),
    confirm("portal", ("Entered on the Mission Vatsalya portal", "मिशन वात्सल्य पोर्टल पर प्रविष्टि"), limit_s=86_400),
    choose(
        "found",
        ("Found?", "मिला?"),
        {
            "safe": ("Found safe", "सकुशल मिला"),
            "hurt": ("Found, needs a doctor", "मिला, चिकित्सा आवश्यक"),
            "not": ("Not found yet", "अभी नहीं मिला"),
        },
    ),
    confirm("doctor", ("Seen by a doctor", "चिकित्सक को दिखाया गया"), when=("found", "hurt"), limit_s=1800),
    confirm(
        "hand_over",
        ("Handed over", "सुपुर्दगी"),
        (
            "To parents after they are known for certain; a child without them is brought before the Child Welfare "
            "Committee within 24 hours.",
            "माता-पिता को पहचान सुनिश्चित कर; अन्यथा 24 घंटे के भीतर बाल कल्याण समिति के समक्ष प्रस्तुत करें।",
        ),
        when=("found", "safe|hurt"),
    ),
    confirm("keep", KEEP, KEEP_RECORDINGS),
    confirm(
        "unit",
        ("Search goes on: handed to the investigating officer", "खोज जारी: विवेचक को सौंपी"),
        (
            "Not found within four months, the case goes to the Anti Human Trafficking Unit.",
            "चार माह में न मिलने पर प्रकरण मानव तस्करी निरोधक इकाई को जाएगा।",
        ),
        when=("found", "not"),
    ),
]
