"""Vehicles have crashed."""

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
    write,
)

STEPS = [
    form(
        "scene",
        ("What is there", "स्थल की स्थिति"),
        [
            field("vehicles", ("Vehicles", "वाहन"), required=True),
            field("injured", ("Injured people", "घायल"), "number", required=True),
            field("blocked", ("Lanes blocked", "अवरुद्ध लेन"), "number"),
        ],
        limit_s=90,
    ),
    choose(
        "injury",
        ("The worst injury", "सबसे गम्भीर चोट"),
        {
            "none": ("None", "कोई नहीं"),
            "light": ("Light", "हल्की"),
            "serious": ("Serious, or not known", "गम्भीर, या ज्ञात नहीं"),
            "trapped": ("Somebody trapped", "कोई फँसा हुआ"),
        },
        limit_s=90,
    ),
    choose("load", ("Tanker, gas, chemicals, fire?", "टैंकर, गैस, रसायन, आग?"), YES_NO, limit_s=90),
    by_itself(
        "traffic",
        ("Bring the traffic police in", "यातायात पुलिस को सहभागी बनाएँ"),
        "ask_agency",
        values={"agency": "traffic"},
    ),
    by_itself("wall", SHOW, "show_on_wall", required=False),
    confirm(
        "ambulance",
        ("Ambulance called (108)", "एम्बुलेंस बुलाई गई (108)"),
        (
            "The first hour decides. Where an ambulance needs more than ten minutes, the first police vehicle carries.",
            "पहला घंटा निर्णायक है। एम्बुलेंस को दस मिनट से अधिक लगें तो पहला पुलिस वाहन ले जाए।",
        ),
        when=("injury", "light|serious|trapped"),
        limit_s=120,
    ),
    confirm(
        "rescue",
        ("Fire and rescue called (101), with cutters", "अग्निशमन एवं बचाव दल बुलाया (101), कटर सहित"),
        when=("injury", "trapped"),
        limit_s=120,
    ),
    confirm(
        "danger",
        (
            "Everybody kept 100 m away, upwind; engines and lights off",
            "सबको 100 मीटर दूर, हवा की दिशा में रखा; इंजन और आग बंद",
        ),
        (
            "Read the orange plate on the tanker aloud to the fire station: it says what is inside.",
            "टैंकर की नारंगी प्लेट की संख्या अग्निशमन केन्द्र को पढ़कर बताएँ: उसी से पता चलता है भीतर क्या है।",
        ),
        when=("load", "yes"),
        limit_s=120,
    ),
    confirm(
        "hospital",
        ("Hospital told: how many, how badly", "चिकित्सालय को बताया: कितने, कितने गम्भीर"),
        when=("injury", "serious|trapped"),
        limit_s=300,
    ),
    confirm(
        "helpers",
        ("Helpers thanked, not held", "सहायता करने वालों का धन्यवाद, रोका नहीं"),
        (
            "A Good Samaritan need not give name or number, nor be a witness (Motor Vehicles Act, section 134A).",
            "नेक मददगार को नाम-नंबर देने या गवाह बनने को बाध्य नहीं किया जाएगा (मोटर यान अधिनियम, धारा 134क)।",
        ),
        required=False,
    ),
    confirm(
        "divert",
        ("Traffic diverted, warned 200 m before", "यातायात मोड़ा, 200 मीटर पहले चेतावनी"),
        agency="traffic",
        limit_s=600,
    ),
    choose("fled", ("Did a vehicle flee?", "क्या कोई वाहन भागा?"), YES_NO),
    form(
        "fleeing",
        ("The vehicle that fled", "भागा हुआ वाहन"),
        [
            field("vehicle", ("Kind, colour, number, damage", "प्रकार, रंग, नंबर, क्षति"), required=True),
            field("way", ("Which way", "किस ओर"), required=True),
        ],
        (
            "Follow it on the cameras; number on the watch list; tell check posts.",
            "कैमरों पर पीछा करें; नंबर निगरानी सूची में; नाकाबंदी को बताएँ।",
        ),
        when=("fled", "yes"),
        limit_s=300,
    ),
    confirm("keep", KEEP, KEEP_RECORDINGS),
    confirm("clear", ("Road is clear", "मार्ग खुल गया"), agency="traffic", limit_s=3600),
    confirm("register", ("Entered in eDAR/iRAD", "ई-डार/आईआरएडी में प्रविष्टि"), limit_s=86_400),
    write(
        "road",
        ("What of the road had a part in it?", "सड़क की क्या कमी रही?"),
        (
            "Light, signal, hole, sign, sight: it goes to whoever keeps the road.",
            "रोशनी, सिग्नल, गड्ढा, संकेतक, दृश्यता: यह सड़क के रखवाले विभाग को जाएगा।",
        ),
        required=False,
    ),
]
