"""The kinds of work and reasons for delay that a new centre starts with. Rows: administrators edit them."""

from __future__ import annotations

KINDS = [
    ("cable", "Fibre cable", "फाइबर केबल", "km", "किमी", 2),
    ("pole", "Poles", "पोल", "poles", "पोल", 0),
    ("call_box", "Emergency call boxes", "इमरजेंसी कॉल बॉक्स", "boxes", "बॉक्स", 0),
    ("speaker", "Loudspeakers", "लाउडस्पीकर", "speakers", "लाउडस्पीकर", 0),
    ("camera", "Cameras", "कैमरे", "cameras", "कैमरे", 0),
    ("junction", "Junctions with signals", "सिग्नल चौराहे", "junctions", "चौराहे", 0),
    ("power", "Power connections", "विद्युत संयोजन", "connections", "संयोजन", 0),
    ("server_room", "Server room", "सर्वर कक्ष", "%", "%", 0),
    ("floor", "Floors of the centre", "केंद्र के तल", "floors", "तल", 0),
    ("other", "Other work", "अन्य कार्य", "%", "%", 0),
]

REASONS = [
    ("monsoon", "Monsoon", "मानसून"),
    ("permission", "Leave to dig", "खुदाई की अनुमति"),
    ("material", "Material", "सामग्री"),
    ("utility", "Shifting of utilities", "उपयोगिताओं का स्थानान्तरण"),
    ("funds", "Funds", "धनराशि"),
    ("court", "Court", "न्यायालय"),
    ("contractor", "Contractor", "ठेकेदार"),
    ("land", "Land", "भूमि"),
    ("event", "Festival or election", "त्योहार या चुनाव"),
    ("other", "Other", "अन्य"),
]
