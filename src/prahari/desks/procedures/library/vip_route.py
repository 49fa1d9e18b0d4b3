"""A way is kept free for a convoy."""

from __future__ import annotations

from prahari.desks.procedures.library.writing import (
    YES_NO,
    by_itself,
    choose,
    confirm,
    count,
    field,
    form,
    timer,
    write,
)

STEPS = [
    form(
        "order",
        ("The order", "आदेश"),
        [
            field("category", ("Category of protection", "सुरक्षा श्रेणी"), required=True),
            field("from", ("From, at", "कहाँ से, समय"), required=True),
            field("to", ("To, at", "कहाँ तक, समय"), required=True),
            field("vehicles", ("Vehicles in the convoy", "काफ़िले में वाहन"), "number"),
        ],
        post=("Security branch", "सुरक्षा शाखा"),
        limit_s=1800,
    ),
    by_itself(
        "traffic",
        ("Bring the traffic police in", "यातायात पुलिस को सहभागी बनाएँ"),
        "ask_agency",
        values={"agency": "traffic"},
    ),
    count(
        "cameras",
        ("Cameras live along the way", "मार्ग पर लाइव कैमरे"),
        ("cameras", "कैमरे"),
        (
            "Each junction and bridge of the main and the second way. Dead ones: somebody with a radio stands there.",
            "मुख्य और वैकल्पिक मार्ग का हर चौराहा और पुल। बंद कैमरे पर वायरलेस सहित कर्मी खड़ा हो।",
        ),
        limit_s=3600,
    ),
    confirm("second", ("Second way and safe houses agreed", "वैकल्पिक मार्ग एवं सुरक्षित स्थान तय"), limit_s=3600),
    confirm(
        "checked",
        ("Anti-sabotage check of the way done", "मार्ग की तोड़फोड़-रोधी जाँच पूर्ण"),
        post=("Bomb squad", "बम निरोधक दस्ता"),
    ),
    confirm(
        "works",
        ("Works, open manholes and stray cattle seen to", "निर्माण, खुले मैनहोल, आवारा पशु देखे गए"),
        agency="municipal",
    ),
    confirm("hospital", ("Hospital and ambulance named in the order are ready", "आदेश में नामित चिकित्सालय और एम्बुलेंस तैयार")),
    by_itself(
        "wall",
        ("Show the way on the wall, in its order", "मार्ग के कैमरे क्रम से वॉल पर"),
        "show_on_wall",
        at_once=False,
        required=False,
    ),
    choose("clear", ("15 minutes before: is the way clear?", "15 मिनट पहले: मार्ग साफ़ है?"), YES_NO),
    write(
        "why_not", ("What is in the way, who sees to it", "क्या बाधा है, कौन देख रहा है"), when=("clear", "no"), limit_s=300
    ),
    confirm(
        "stop",
        ("Traffic stopped, as late and as short as can be", "यातायात रोका, यथासम्भव देर से और कम समय"),
        (
            "An ambulance or fire tender goes first, also now: tell the convoy.",
            "एम्बुलेंस और दमकल पहले जाएँगी, अभी भी: काफ़िले को बताएँ।",
        ),
        agency="traffic",
    ),
    confirm("started", ("Convoy has started", "काफ़िला चला")),
    timer(
        "passing", ("Convoy on the way: each junction told", "काफ़िला मार्ग पर: हर चौराहे की सूचना"), 900, required=False
    ),
    confirm("arrived", ("Convoy has arrived", "काफ़िला पहुँचा")),
    confirm(
        "released",
        ("Traffic released at once, junction by junction", "यातायात तुरंत खोला, चौराहा दर चौराहा"),
        agency="traffic",
        limit_s=120,
    ),
    count("held", ("Longest stop of traffic", "सबसे लम्बा यातायात-रोक"), ("minutes", "मिनट"), required=False),
    write("lesson", ("What was learnt", "सीख"), required=False),
]
