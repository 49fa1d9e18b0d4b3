"""Words that lists use for owner classes and departments beside the register's own names. Words of the language, not
rules of a city: what a city means by others, its people teach it (models.Alias)."""

from __future__ import annotations

# Code of an owner class -> names of the class in lists, and words in a premises' name that give its class away.
OWNER_CLASSES: dict[str, tuple[str, str]] = {
    "shop": (
        "shop|shops|store|kirana|general store|showroom|jewellers|jewellery shop|garments|retail|market shop|"
        "दुकान|दुकाने|किराना|ज्वैलर्स|व्यापारी",
        "kirana|jewellers|jewellery|garments|sweets|mishthan|general|store|traders|cloth|saree|electronics|hardware|"
        "stationery|bakery|tailors|footwear|dairy|provision|किराना|ज्वैलर्स|मिष्ठान|वस्त्र|जनरल|दुकान|भण्डार|भंडार|ट्रेडर्स",
    ),
    "school": (
        "school|schools|primary school|inter college|vidyalaya|विद्यालय|स्कूल|इण्टर कॉलेज|प्राथमिक विद्यालय",
        "school|vidyalaya|vidya mandir|inter college|विद्यालय|स्कूल|विद्या मंदिर|इण्टर कॉलेज|पाठशाला",
    ),
    "college": (
        "college|colleges|degree college|university|महाविद्यालय|कॉलेज|विश्वविद्यालय",
        "degree college|college|university|mahavidyalaya|महाविद्यालय|विश्वविद्यालय|कॉलेज",
    ),
    "coaching": (
        "coaching|coaching institute|coaching centre|tuition|कोचिंग|कोचिंग संस्थान|ट्यूशन",
        "coaching|classes|कोचिंग",
    ),
    "smart_city": ("smart city|smart city limited|kscl|स्मार्ट सिटी|safe city", ""),
    "municipal": (
        "municipal|municipal corporation|nagar nigam|nagar nigam kanpur|नगर निगम|नगर पालिका",
        "nagar nigam|नगर निगम",
    ),
    "hospital": (
        "hospital|hospitals|nursing home|clinic|hospital nursing home|अस्पताल|चिकित्सालय|नर्सिंग होम|हॉस्पिटल",
        "hospital|nursing home|clinic|trauma|अस्पताल|चिकित्सालय|हॉस्पिटल|नर्सिंग होम",
    ),
    "petrol_pump": (
        "petrol pump|petrol pumps|filling station|fuel station|petrol and gas|cng pump|पेट्रोल पंप|पेट्रोल पम्प|पेट्रोल पम्पस",
        "petrol|filling|fuel|cng|पेट्रोल|फिलिंग",
    ),
    "automobile": (
        "automobile|automobiles|auto|car showroom|vehicle showroom|automobile dealer|ऑटोमोबाइल|ऑटो मोबाइल|वाहन शोरूम",
        "motors|automobile|automobiles|auto|honda|maruti|hyundai|bajaj|मोटर्स|ऑटोमोबाइल",
    ),
    "kda": ("kda|development authority|kanpur development authority|केडीए|विकास प्राधिकरण|के डी ए", ""),
    "nhai": ("nhai|national highway|national highways authority|एनएचएआई|राष्ट्रीय राजमार्ग", ""),
    "lab": (
        "lab|labs|laboratory|pathology|pathology lab|diagnostic|प्रयोगशाला|लैब|पैथोलॉजी",
        "pathology|laboratory|diagnostics|diagnostic|पैथोलॉजी|लैब",
    ),
    "police_post": (
        "police post|police posts|police chowki|chowki|police outpost|police station chowki|पुलिस चौकी|पुलिस चौकियां|चौकी",
        "",
    ),
    "industry": (
        "industry|industries|factory|industrial unit|industrial|manufacturing|उद्योग|औद्योगिक इकाई|कारखाना|फैक्ट्री",
        "industries|industry|factory|udyog|mills|engineering works|इण्डस्ट्रीज|उद्योग|फैक्ट्री|मिल",
    ),
    "bank": (
        "bank|banks|atm|bank atm|banks and atms|bank and atm|बैंक|एटीएम|बैंक एटीएम|बैंक व एटीएम|बैंक एवं एटीएम|ए टी एम",
        "bank|atm|बैंक|एटीएम",
    ),
    "bus_stand": (
        "bus stand|bus stands|upsrtc|upsrtc bus stand|bus station|roadways|बस अड्डा|बस स्टेशन|बस स्टैण्ड|रोडवेज",
        "",
    ),
    "commerce": ("commerce|commercial|trade|commercial establishment|वाणिज्य|व्यावसायिक|वाणिज्यिक", ""),
    "hotel": (
        "hotel|hotels|guest house|lodge|dharamshala|restaurant|होटल|गेस्ट हाउस|लॉज",
        "hotel|guest house|lodge|होटल|गेस्ट हाउस",
    ),
    "liquor_shop": (
        "liquor|liquor shop|wine shop|beer shop|model shop|excise shop|excise|मदिरा|मदिरा दुकान|शराब की दुकान|देशी शराब|"
        "विदेशी मदिरा|बीयर शॉप|कम्पोजिट शॉप|आबकारी",
        "liquor|wine|beer|मदिरा|शराब|बीयर",
    ),
    "medical_store": (
        "medical|medical store|medical stores|chemist|pharmacy|medicine|मेडिकल|मेडिकल स्टोर|केमिस्ट|औषधि विक्रेता|दवा की दुकान",
        "medical|chemist|pharmacy|medicos|मेडिकल|केमिस्ट|फार्मेसी",
    ),
    "mall": ("mall|malls|shopping mall|shopping complex|multiplex|cinema|मॉल|शॉपिंग मॉल|सिनेमा", "mall|मॉल"),
    "religious": (
        "religious|religious place|temple|mosque|mandir|masjid|gurudwara|church|धार्मिक|मंदिर|मस्जिद|गुरुद्वारा|धार्मिक स्थल",
        "mandir|masjid|gurudwara|church|temple|मंदिर|मन्दिर|मस्जिद|गुरुद्वारा",
    ),
    "residential": (
        "residential|apartment|society|house|rwa|colony|residential society|आवासीय|अपार्टमेन्ट|सोसाइटी|आवास|मकान",
        "apartment|apartments|society|residency|अपार्टमेंट|सोसाइटी",
    ),
    "railway": ("railway|railway station|रेलवे|रेलवे स्टेशन", ""),
    "traffic": ("traffic|traffic police|यातायात|यातायात पुलिस", ""),
    "government": ("government|government office|govt office|govt|office|सरकारी|सरकारी कार्यालय|राजकीय", ""),
    "other": ("other|others|misc|miscellaneous|अन्य|विविध", ""),
}

# Words before or after the name of a place that do not belong to it.
PLACE_WORDS = (
    "thana|थाना|ps|p s|police station|police|station|पुलिस|स्टेशन|kotwali thana|चौकी|chowki|post|outpost|पुलिस चौकी|"
    "ward|वार्ड|no|number|नंबर|सं|संख्या|kanpur|कानपुर|nagar nigam|क्षेत्र|area"
)
DEPARTMENTS = {
    "excise": "excise|आबकारी|आबकारी विभाग|district excise officer|deo",
    "education": "education|basic education|bsa|dios|शिक्षा|बेसिक शिक्षा|माध्यमिक शिक्षा",
    "health": "health|cmo|medical health|स्वास्थ्य|मुख्य चिकित्सा अधिकारी",
    "industries": "industries|dic|gm dic|उद्योग|उद्योग विभाग",
    "lead-bank": "bank|ldm|lead bank|lead district manager|बैंक|अग्रणी बैंक",
    "civil-supplies": "supply|dso|food|food and civil supplies|आपूर्ति|पूर्ति|खाद्य",
    "transport": "transport|rto|arto|परिवहन",
    "nagar-nigam": "nagar nigam|municipal corporation|नगर निगम",
    "smart-city": "smart city|स्मार्ट सिटी",
    "police": "police|पुलिस|पुलिस विभाग",
    "state-tax": "state tax|gst|trade tax|राज्य कर|व्यापार कर|वाणिज्य कर",
    "upsrtc": "upsrtc|roadways|रोडवेज",
    "nhai": "nhai",
    "kda": "kda|development authority|केडीए|विकास प्राधिकरण",
}
YES = "yes|y|हाँ|हां|ha|haan|given|agreed|सहमत|दी|दिया|है|true|1"
NO = "no|n|नहीं|nahi|na|refused|असहमत|इनकार|मना|नही|false|0"
TOTALS = "total|grand total|sub total|कुल|कुल योग|योग|महायोग|sum"
