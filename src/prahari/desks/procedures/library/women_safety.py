"""A woman calls for help."""

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
    write,
)

STEPS = [
    confirm(
        "line",
        ("Stay on the line with her", "उनसे लाइन पर जुड़े रहें"),
        (
            "Speak calmly, one question at a time. Do not end the call before a unit is with her.",
            "शांत स्वर में, एक बार में एक ही प्रश्न पूछें। इकाई के पहुँचने से पहले कॉल समाप्त न करें।",
        ),
        limit_s=20,
    ),
    choose(
        "danger",
        ("What is happening?", "क्या हो रहा है?"),
        {
            "attack": ("Violence, or about to be", "हिंसा, या होने वाली है"),
            "followed": ("Followed or harassed now", "अभी पीछा या छेड़छाड़"),
            "unsafe": ("Alone in an unsafe place", "असुरक्षित स्थान पर अकेली"),
            "silent": ("Silent call, cannot speak", "मौन कॉल, बोल नहीं सकतीं"),
            "earlier": ("It happened earlier", "घटना पहले हो चुकी"),
        },
        limit_s=60,
    ),
    confirm(
        "silent",
        ("Ask for answers by a key or a cough", "कुंजी दबाकर या खाँसकर उत्तर माँगें"),
        (
            "Once for yes, twice for no: hurt? alone? can you hide? Take the place from call, box or camera.",
            "एक बार = हाँ, दो बार = नहीं: चोट? अकेली? छिप सकती हैं? स्थान कॉल, कॉल बॉक्स या कैमरे से लें।",
        ),
        when=("danger", "silent"),
        limit_s=60,
    ),
    form(
        "caller",
        ("What help needs to know", "सहायता दल के लिए जानकारी"),
        [
            field("where", ("What she sees around her", "आसपास क्या दिख रहा है"), required=True),
            field("phone", ("Number to call back", "वापस कॉल का नंबर"), "phone"),
            field("wears", ("What she wears, so that the unit knows her", "पहनावा, ताकि इकाई पहचान सके")),
        ],
        limit_s=120,
    ),
    by_itself("wall", SHOW, "show_on_wall", required=False),
    by_itself(
        "unit",
        ("Send the nearest unit with a woman officer", "महिला अधिकारी सहित निकटतम इकाई भेजें"),
        "call_unit",
        (
            "No unit with a woman officer near: send the nearest at once, and a woman officer after it.",
            "महिला अधिकारी वाली इकाई निकट न हो तो निकटतम इकाई तुरंत, महिला अधिकारी उसके पीछे भेजें।",
        ),
        values={"kind": "women"},
        limit_s=60,
    ),
    confirm("ambulance", ("Ambulance called (108)", "एम्बुलेंस बुलाई गई (108)"), when=("danger", "attack"), limit_s=120),
    confirm(
        "refuge",
        ("Guide her to people and light", "उन्हें लोगों और रोशनी की ओर ले जाएँ"),
        (
            "A shop, a petrol pump, a call box, a police post: name one that you see on the map.",
            "दुकान, पेट्रोल पंप, कॉल बॉक्स या चौकी: मानचित्र पर दिखने वाली जगह का नाम बताएँ।",
        ),
        when=("danger", "followed|unsafe"),
        required=False,
    ),
    timer(
        "check",
        ("Every three minutes: is she all right?", "हर तीन मिनट: क्या वे सुरक्षित हैं?"),
        180,
        ("Start it again until the unit is with her.", "इकाई के पहुँचने तक टाइमर फिर शुरू करते रहें।"),
        required=False,
    ),
    choose(
        "state",
        ("How is she now?", "अब उनकी स्थिति?"),
        {
            "safe": ("Safe with the unit", "इकाई के साथ सुरक्षित"),
            "home": ("Safe at home or with family", "घर पर या परिवार के साथ सुरक्षित"),
            "hospital": ("In hospital", "चिकित्सालय में"),
            "not_found": ("Not found", "नहीं मिलीं"),
        },
    ),
    confirm(
        "search",
        ("Look back on the cameras: where did she go?", "कैमरों पर पीछे देखें: वे किधर गईं?"),
        (
            "From 15 minutes before the call, camera by camera along the way; tell units each sighting by clothing.",
            "कॉल से 15 मिनट पहले से, रास्ते के एक-एक कैमरे पर; पहनावे के आधार पर हर दृश्य इकाइयों को बताएँ।",
        ),
        when=("state", "not_found"),
        limit_s=300,
    ),
    form(
        "suspect",
        ("What is known of the offender", "आरोपी के विषय में जानकारी"),
        [
            field("looks", ("Clothing, build, words", "पहनावा, कद-काठी, बोली")),
            field("vehicle", ("Vehicle, number plate", "वाहन, नंबर प्लेट")),
            field("went", ("Which way", "किस ओर गया")),
        ],
        required=False,
    ),
    confirm("keep", KEEP, KEEP_RECORDINGS),
    choose(
        "law",
        ("What she wants to be registered", "वे क्या दर्ज कराना चाहती हैं"),
        {
            "fir": ("FIR", "प्राथमिकी"),
            "zero": ("Zero FIR, sent on to the station concerned", "ज़ीरो एफआईआर, सम्बन्धित थाने को अग्रसारित"),
            "diary": ("General diary entry", "जी॰डी॰ में प्रविष्टि"),
            "none": ("Nothing", "कुछ नहीं"),
        },
        (
            "A woman officer takes her statement, where she wishes. She may have somebody with her. It is her choice.",
            "बयान महिला अधिकारी, उनकी इच्छा के स्थान पर लें। वे किसी को साथ रख सकती हैं। निर्णय उन्हीं का है।",
        ),
    ),
    confirm("support", ("Told her of 181 and the One Stop Centre", "181 और वन स्टॉप सेंटर की जानकारी दी"), required=False),
    write("after", ("Call her the next day: how is she?", "अगले दिन कॉल करें: वे कैसी हैं?"), required=False),
]
