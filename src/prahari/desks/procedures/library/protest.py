"""People assemble to protest, or walk in a procession."""

from __future__ import annotations

from prahari.desks.procedures.library.writing import SHOW, YES_NO, by_itself, choose, confirm, field, form, timer, write

STEPS = [
    form(
        "what",
        ("What is known", "ज्ञात जानकारी"),
        [
            field("who", ("Who calls for it, about what", "आयोजक, विषय"), required=True),
            field("people", ("People, about", "लोग, लगभग"), "number"),
            field("route", ("Place or route, until when", "स्थान या मार्ग, कब तक")),
            field("contact", ("Organiser's telephone", "आयोजक का फ़ोन"), "phone"),
        ],
        limit_s=600,
    ),
    choose("permitted", ("Permitted?", "अनुमति?"), YES_NO),
    confirm("magistrate", ("Magistrate and circle officer told", "मजिस्ट्रेट एवं क्षेत्राधिकारी को सूचना"), limit_s=900),
    choose(
        "mood",
        ("How is it?", "माहौल?"),
        {
            "calm": ("Peaceful", "शांतिपूर्ण"),
            "tense": ("Tense", "तनावपूर्ण"),
            "violent": ("Violent", "हिंसक"),
        },
    ),
    by_itself(
        "traffic",
        ("Bring the traffic police in", "यातायात पुलिस को सहभागी बनाएँ"),
        "ask_agency",
        values={"agency": "traffic"},
    ),
    by_itself("wall", SHOW, "show_on_wall", required=False),
    confirm(
        "talk",
        (
            "An officer talks to the organisers; who comes back with an answer is agreed",
            "अधिकारी आयोजकों से वार्ता में; उत्तर कौन देगा, तय",
        ),
        limit_s=1800,
    ),
    confirm(
        "way",
        ("A way for ambulances and fire tenders is free and told to them", "एम्बुलेंस और दमकल का मार्ग खाली और सूचित"),
        agency="traffic",
        limit_s=900,
    ),
    confirm(
        "women",
        ("Women officers are there where women take part", "महिलाएँ शामिल हों तो महिला पुलिस मौजूद"),
        required=False,
    ),
    confirm(
        "record",
        ("Cameras on the place are recorded throughout", "स्थल के कैमरों की निरंतर रिकॉर्डिंग"),
        (
            "The whole, from far, not people one by one: taking part is a right.",
            "सम्पूर्ण दृश्य, दूर से, एक-एक व्यक्ति नहीं: भाग लेना अधिकार है।",
        ),
    ),
    confirm(
        "reserve",
        ("Reserve and medical team near, out of sight", "रिज़र्व बल एवं चिकित्सा दल निकट, दृष्टि से दूर"),
        when=("mood", "tense|violent"),
        limit_s=900,
    ),
    by_itself(
        "warn",
        ("Announce the order to disperse", "तितर-बितर होने की उद्घोषणा"),
        "page_zone",
        (
            "Three times with time between, in Hindi, saying which way is free. Only on the magistrate's order.",
            "तीन बार, बीच में समय देकर, खुला मार्ग बताते हुए। केवल मजिस्ट्रेट के आदेश पर।",
        ),
        at_once=False,
        when=("mood", "violent"),
    ),
    write(
        "order",
        ("Order to use force: by whom, when", "बल प्रयोग का आदेश: किसका, कब"),
        (
            "Only by a magistrate or the officer whom the law names, the least that does. Write it down before.",
            "केवल मजिस्ट्रेट या विधि में नामित अधिकारी द्वारा, न्यूनतम बल। पहले लिखें, बाद में नहीं।",
        ),
        when=("mood", "violent"),
        required=False,
    ),
    timer("look", ("Every 15 minutes: numbers and mood", "हर 15 मिनट: संख्या और माहौल"), 900, required=False),
    confirm("heard", ("Memorandum received by whom it is for", "ज्ञापन सम्बन्धित अधिकारी ने लिया"), required=False),
    confirm("over", ("Over; roads open", "समाप्त; मार्ग खुले")),
    write("damage", ("Hurt people, damage", "घायल, क्षति"), required=False),
]
