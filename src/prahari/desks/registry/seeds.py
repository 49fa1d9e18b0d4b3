"""Rows that every centre starts with. An administrator edits them afterwards; nothing in code depends on them."""

from __future__ import annotations

# code, English, Hindi, public (an authority orders it; a private owner consents)
OWNER_CLASSES = [
    ("shop", "Shops", "दुकानें", False),
    ("school", "Schools", "विद्यालय", False),
    ("smart_city", "Smart City", "स्मार्ट सिटी", True),
    ("municipal", "Municipal corporation", "नगर निगम", True),
    ("hospital", "Hospitals", "अस्पताल", False),
    ("petrol_pump", "Petrol pumps", "पेट्रोल पंप", False),
    ("automobile", "Automobile", "ऑटोमोबाइल", False),
    ("kda", "Development authority", "विकास प्राधिकरण", True),
    ("nhai", "NHAI", "एनएचएआई", True),
    ("lab", "Laboratories", "प्रयोगशालाएँ", False),
    ("police_post", "Police posts", "पुलिस चौकियाँ", True),
    ("industry", "Industry", "उद्योग", False),
    ("bank", "Banks and ATMs", "बैंक एवं एटीएम", False),
    ("bus_stand", "Bus stands", "बस अड्डे", True),
    ("commerce", "Commerce and trade", "वाणिज्य एवं व्यापार", False),
    ("hotel", "Hotels", "होटल", False),
    ("coaching", "Coaching institutes", "कोचिंग संस्थान", False),
    ("college", "Colleges", "महाविद्यालय", False),
    ("liquor_shop", "Liquor shops", "मदिरा दुकानें", False),
    ("medical_store", "Medical stores", "मेडिकल स्टोर", False),
    ("mall", "Malls", "मॉल", False),
    ("religious", "Religious places", "धार्मिक स्थल", False),
    ("residential", "Residential societies", "आवासीय समितियाँ", False),
    ("railway", "Railway", "रेलवे", True),
    ("traffic", "Traffic police", "यातायात पुलिस", True),
    ("government", "Government offices", "सरकारी कार्यालय", True),
    ("other", "Others", "अन्य", False),
]

# code, English, Hindi
PLACE_CLASSES = [
    ("junction", "Junction", "चौराहा"),
    ("main_road", "Main road", "मुख्य मार्ग"),
    ("highway", "Highway", "राजमार्ग"),
    ("market", "Market", "बाज़ार"),
    ("mall", "Mall", "मॉल"),
    ("bus_station", "Bus station", "बस स्टेशन"),
    ("railway_station", "Railway station", "रेलवे स्टेशन"),
    ("bank", "Bank", "बैंक"),
    ("atm", "ATM", "एटीएम"),
    ("school", "School", "विद्यालय"),
    ("college", "College", "महाविद्यालय"),
    ("hospital", "Hospital", "अस्पताल"),
    ("lab", "Laboratory", "प्रयोगशाला"),
    ("petrol_pump", "Petrol pump", "पेट्रोल पंप"),
    ("automobile", "Automobile showroom or workshop", "ऑटोमोबाइल शोरूम या कार्यशाला"),
    ("industry", "Industrial unit", "औद्योगिक इकाई"),
    ("hotel", "Hotel", "होटल"),
    ("office", "Office", "कार्यालय"),
    ("police_station", "Police station", "थाना"),
    ("police_post", "Police post", "पुलिस चौकी"),
    ("toll", "Toll plaza", "टोल प्लाज़ा"),
    ("park", "Park", "पार्क"),
    ("ghat", "Ghat", "घाट"),
    ("religious", "Religious place", "धार्मिक स्थल"),
    ("residential", "Residential area", "आवासीय क्षेत्र"),
    ("shop", "Shop", "दुकान"),
    ("other", "Other", "अन्य"),
]

# code, English, Hindi, days, from (ISO date), source of law
RETENTION_CLASSES = [
    ("standard", "Standard", "सामान्य", 30, "2024-01-01", "Usual practice of centres; set by the State's own order"),
    (
        "police_station",
        "Police stations",
        "थाने",
        548,
        "2020-12-02",
        "Supreme Court of India, Paramvir Singh Saini v. Baljit Singh, 2-12-2020: 18 months",
    ),
]
