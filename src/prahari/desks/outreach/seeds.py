"""Kinds, channels and letters that a new centre starts with. Rows: administrators edit them."""
# ruff: noqa: E501 - a letter is easier to read in whole lines

from __future__ import annotations

from typing import Any

KINDS = [
    ("industry", "Industry", "उद्योग"),
    ("medical", "Medical stores and hospitals", "मेडिकल स्टोर एवं चिकित्सालय"),
    ("petrol_gas", "Petrol and gas", "पेट्रोल एवं गैस"),
    ("traders", "Traders", "व्यापार मण्डल"),
    ("residents", "Residents", "आवासीय कल्याण समिति"),
    ("schools", "Schools and coaching", "विद्यालय एवं कोचिंग"),
    ("hoteliers", "Hotels and restaurants", "होटल एवं रेस्टोरेंट"),
    ("banks", "Banks", "बैंक"),
    ("transport", "Transport", "परिवहन"),
    ("other", "Other", "अन्य"),
]

CHANNELS = [
    ("social_media", "Social media", "सोशल मीडिया"),
    ("film", "Film", "लघु फ़िल्म"),
    ("street_play", "Street play", "नुक्कड़ नाटक"),
    ("radio", "Radio", "रेडियो"),
    ("newspaper", "Newspaper", "समाचार-पत्र"),
    ("loudspeaker", "Loudspeaker", "लाउडस्पीकर"),
    ("sms", "SMS", "एसएमएस"),
    ("hoarding", "Hoarding", "होर्डिंग"),
    ("camp", "Camp", "शिविर"),
    ("other", "Other", "अन्य"),
]

_SIGNATORY = {"signatory_en": "Nodal Officer, CCTV integration", "signatory_hi": "नोडल अधिकारी, सीसीटीवी एकीकरण"}

LETTERS: list[dict[str, Any]] = [
    {
        "code": "install_cameras", "purpose": "encourage",
        "name_en": "Please install cameras", "name_hi": "कैमरे लगाने का अनुरोध",
        "subject_en": "Installing IP cameras at your premises", "subject_hi": "आपके प्रतिष्ठान में आईपी कैमरे लगाने के सम्बन्ध में",
        "body_en": (
            "{owner},\n\n"
            "No CCTV camera has been reported at {premises}. Cameras at the entrance, the exit and the road side have "
            "helped the police to reach offenders quickly, and protect your own customers, students and staff first.\n\n"
            "You are requested to install IP cameras at your own expense at the entrance, the exit and on the road side, "
            "and to let us know on the page named below when they stand. An officer will then visit you, and with your "
            "consent they will be linked to {centre}. You decide what is seen, in which hours, and may take your consent "
            "back at any time."
        ),
        "body_hi": (
            "{owner},\n\n"
            "{premises} में अभी कोई सीसीटीवी कैमरा सूचित नहीं है। प्रवेश द्वार, निकास द्वार एवं सड़क की ओर लगे कैमरों से पुलिस को "
            "अपराधियों तक शीघ्र पहुँचने में सहायता मिली है, और सबसे पहले आपके अपने ग्राहकों, विद्यार्थियों एवं कर्मचारियों की सुरक्षा होती है।\n\n"
            "आपसे अनुरोध है कि अपने व्यय पर प्रवेश द्वार, निकास द्वार एवं सड़क की ओर आईपी कैमरे लगवाएँ, तथा लग जाने पर नीचे दिए "
            "पृष्ठ पर सूचित करें। इसके बाद एक अधिकारी आपके यहाँ आएँगे और आपकी सहमति से इन्हें {centre} से जोड़ा जाएगा। क्या दिखे, "
            "किन घंटों में दिखे, यह आप तय करेंगे, और आप अपनी सहमति कभी भी वापस ले सकते हैं।"
        ),
    },
    {
        "code": "consent_request", "purpose": "request",
        "name_en": "Request for consent", "name_hi": "सहमति का अनुरोध",
        "subject_en": "Consent to link your cameras with the control centre",
        "subject_hi": "आपके कैमरों को कंट्रोल सेंटर से जोड़ने हेतु सहमति",
        "body_en": (
            "{owner},\n\n"
            "The cameras at {premises} can help to keep your neighbourhood safe. The Government of the State has ordered "
            "that cameras of private owners be linked to {centre}, with their consent.\n\n"
            "You decide whether the picture may be seen at any time or only on request, whether it may be recorded, in "
            "which hours, and for how long. You see who looked at your camera and why, and you may take your consent back "
            "at any time: the picture then ends within seconds. Please give your consent on the page named below, or to "
            "the officer of your police station."
        ),
        "body_hi": (
            "{owner},\n\n"
            "{premises} पर लगे कैमरे आपके क्षेत्र को सुरक्षित रखने में सहायक हो सकते हैं। शासन के आदेशानुसार निजी स्वामियों के कैमरे "
            "उनकी सहमति से {centre} से जोड़े जा रहे हैं।\n\n"
            "चित्र किसी भी समय देखा जाए या केवल अनुरोध पर, रिकॉर्ड हो या नहीं, किन घंटों में और कब तक, यह आप तय करते हैं। आपका "
            "कैमरा किसने और क्यों देखा, यह आप देख सकते हैं, और अपनी सहमति कभी भी वापस ले सकते हैं: चित्र कुछ ही सेकंड में बंद हो जाता है। "
            "कृपया नीचे दिए पृष्ठ पर, अथवा अपने थाने के अधिकारी को, अपनी सहमति दें।"
        ),
    },
    {
        "code": "reminder", "purpose": "remind", "name_en": "Reminder", "name_hi": "अनुस्मारक",
        "subject_en": "Reminder: linking your cameras", "subject_hi": "अनुस्मारक: आपके कैमरों को जोड़ने के सम्बन्ध में",
        "body_en": (
            "{owner},\n\n"
            "We wrote to you about the cameras at {premises} and have not had your answer. Please tell us on the page "
            "named below whether you consent; a no is an answer, too. An officer will gladly come and explain."
        ),
        "body_hi": (
            "{owner},\n\n"
            "{premises} के कैमरों के विषय में हमने आपको पत्र लिखा था, आपका उत्तर अभी प्राप्त नहीं हुआ है। कृपया नीचे दिए पृष्ठ पर बताएँ कि "
            "आप सहमत हैं या नहीं; असहमति भी एक उत्तर है। आवश्यकता हो तो एक अधिकारी आकर आपको सब समझाएँगे।"
        ),
    },
    {
        "code": "thanks", "purpose": "thank", "name_en": "Thanks", "name_hi": "धन्यवाद पत्र",
        "subject_en": "Thank you for linking your cameras", "subject_hi": "कैमरे जोड़ने हेतु धन्यवाद",
        "body_en": (
            "{owner},\n\n"
            "The cameras at {premises} are linked with {centre}. Thank you for your part in the safety of the city.\n\n"
            "Should there be an incident, the recording is found for you quickly and handed to the investigator with the "
            "certificate that the law asks for. On the page named below you see who looked at your cameras, and you may "
            "tell others, in a few words or a short video, how it has been for you."
        ),
        "body_hi": (
            "{owner},\n\n"
            "{premises} के कैमरे {centre} से जुड़ चुके हैं। नगर की सुरक्षा में आपके योगदान के लिए हार्दिक धन्यवाद।\n\n"
            "कोई घटना होने पर रिकॉर्डिंग शीघ्र खोजी जाती है और विधि द्वारा अपेक्षित प्रमाणपत्र सहित विवेचक को दी जाती है। नीचे दिए पृष्ठ पर आप "
            "देख सकते हैं कि आपके कैमरे किसने देखे, और अपना अनुभव कुछ शब्दों में या छोटे वीडियो में दूसरों को बता सकते हैं।"
        ),
    },
]  # fmt: skip
for _letter in LETTERS:
    _letter |= _SIGNATORY
