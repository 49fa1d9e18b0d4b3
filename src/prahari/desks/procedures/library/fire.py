"""Something burns."""

from __future__ import annotations

from prahari.desks.procedures.library.writing import (
    KEEP,
    KEEP_RECORDINGS,
    SHOW,
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
    confirm("station", ("Fire station told (101)", "अग्निशमन केन्द्र को सूचना (101)"), limit_s=60),
    form(
        "what",
        ("What burns", "क्या जल रहा है"),
        [
            field("place", ("Building, floors, use", "भवन, तल, उपयोग"), required=True),
            field("inside", ("People inside", "भीतर लोग"), "number"),
            field("stored", ("Gas, chemicals, fireworks, transformer", "गैस, रसायन, आतिशबाज़ी, ट्रांसफ़ॉर्मर")),
            field("approach", ("Way in for tenders, width of the lane", "दमकल का रास्ता, गली की चौड़ाई")),
        ],
        limit_s=120,
    ),
    choose(
        "size",
        ("How large?", "कितनी बड़ी?"),
        {
            "small": ("Small, outdoors or a vehicle", "छोटी, बाहर या वाहन"),
            "building": ("A building", "भवन"),
            "large": ("Several buildings, factory, market", "कई भवन, कारखाना, बाज़ार"),
            "chemical": ("Gas or chemicals", "गैस या रसायन"),
        },
        limit_s=120,
    ),
    by_itself(
        "disaster",
        ("Bring disaster management in", "आपदा प्रबंधन को सहभागी बनाएँ"),
        "ask_agency",
        values={"agency": "disaster"},
        when=("size", "large|chemical"),
    ),
    by_itself(
        "traffic",
        ("Bring the traffic police in: a way for the tenders", "यातायात पुलिस को सहभागी बनाएँ: दमकल के लिए मार्ग"),
        "ask_agency",
        values={"agency": "traffic"},
        when=("size", "building|large|chemical"),
    ),
    by_itself("wall", SHOW, "show_on_wall", required=False),
    confirm(
        "power",
        ("Electricity company asked to cut power; gas supply closed", "विद्युत विभाग से बिजली और गैस आपूर्ति बंद कराई"),
        when=("size", "building|large|chemical"),
        limit_s=300,
    ),
    by_itself(
        "page",
        ("Announce: leave by the stairs, not the lifts", "उद्घोषणा: सीढ़ियों से निकलें, लिफ़्ट से नहीं"),
        "page_zone",
        at_once=False,
        required=False,
    ),
    confirm(
        "away",
        ("People kept off: 50 m, chemicals 300 m and upwind", "लोग दूर: 50 मीटर, रसायन में 300 मीटर और हवा की दिशा में"),
        limit_s=600,
    ),
    confirm(
        "water",
        ("Water: tankers on the way, nearest hydrant named", "पानी: टैंकर रवाना, निकटतम हाइड्रेंट बताया"),
        agency="municipal",
        when=("size", "building|large|chemical"),
        limit_s=900,
    ),
    confirm(
        "hospital",
        ("Hospitals told: burns and smoke", "चिकित्सालयों को सूचना: जलने और धुएँ के रोगी"),
        when=("size", "building|large|chemical"),
        limit_s=600,
    ),
    timer("report", ("Every 15 minutes: how far is it?", "हर 15 मिनट: स्थिति क्या है?"), 900, required=False),
    count("saved", ("People brought out", "निकाले गए लोग"), ("people", "व्यक्ति"), required=False),
    confirm("out", ("Fire officer says: out", "अग्निशमन अधिकारी: आग बुझ गई"), post=("Fire officer", "अग्निशमन अधिकारी")),
    confirm("watch", ("Somebody stays two hours: embers", "दो घंटे निगरानी: राख में आग"), required=False),
    confirm("keep", KEEP, KEEP_RECORDINGS),
    write("cause", ("Cause and damage as far as known", "ज्ञात कारण एवं क्षति"), required=False),
]
