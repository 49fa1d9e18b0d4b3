"""Names of the made-up city, in English and Hindi. Areas carry public names; everything private is invented."""

from __future__ import annotations

from typing import NamedTuple

from prahari.contracts.city import Name


def name(en: str, hi: str) -> Name:
    return Name(en=en, hi=hi)


class Station(NamedTuple):
    code: str
    en: str
    hi: str
    zone: str
    circle: str
    s: float
    d: float


ZONES = {
    "east": name("East Zone", "पूर्वी ज़ोन"),
    "west": name("West Zone", "पश्चिमी ज़ोन"),
    "central": name("Central Zone", "मध्य ज़ोन"),
    "south": name("South Zone", "दक्षिणी ज़ोन"),
}

CIRCLES = {
    "kotwali-circle": name("Kotwali Circle", "कोतवाली सर्किल"),
    "colonelganj-circle": name("Colonelganj Circle", "कर्नलगंज सर्किल"),
    "sisamau-circle": name("Sisamau Circle", "सीसामऊ सर्किल"),
    "cantt-circle": name("Cantt Circle", "कैंट सर्किल"),
    "chakeri-circle": name("Chakeri Circle", "चकेरी सर्किल"),
    "anwarganj-circle": name("Anwarganj Circle", "अनवरगंज सर्किल"),
    "kalyanpur-circle": name("Kalyanpur Circle", "कल्याणपुर सर्किल"),
    "swaroop-nagar-circle": name("Swaroop Nagar Circle", "स्वरूप नगर सर्किल"),
    "panki-circle": name("Panki Circle", "पनकी सर्किल"),
    "babupurwa-circle": name("Babupurwa Circle", "बाबूपुरवा सर्किल"),
    "govind-nagar-circle": name("Govind Nagar Circle", "गोविन्द नगर सर्किल"),
    "naubasta-circle": name("Naubasta Circle", "नौबस्ता सर्किल"),
}

STATIONS = [
    Station("kotwali", "Kotwali", "कोतवाली", "central", "kotwali-circle", 3.3, 1.1),
    Station("moolganj", "Moolganj", "मूलगंज", "central", "kotwali-circle", 3.0, 2.2),
    Station("feelkhana", "Feelkhana", "फीलखाना", "central", "kotwali-circle", 4.4, 1.6),
    Station("harbans-mohal", "Harbans Mohal", "हरबंश मोहाल", "central", "kotwali-circle", 4.4, 2.7),
    Station("collectorganj", "Collectorganj", "कलक्टरगंज", "central", "kotwali-circle", 3.6, 3.1),
    Station("colonelganj", "Colonelganj", "कर्नलगंज", "central", "colonelganj-circle", 0.9, 1.4),
    Station("gwaltoli", "Gwaltoli", "ग्वालटोली", "central", "colonelganj-circle", 1.5, 0.5),
    Station("bekanganj", "Bekanganj", "बेकनगंज", "central", "colonelganj-circle", 1.9, 2.2),
    Station("chamanganj", "Chamanganj", "चमनगंज", "central", "sisamau-circle", 1.2, 2.9),
    Station("sisamau", "Sisamau", "सीसामऊ", "central", "sisamau-circle", 0.2, 2.4),
    Station("bajaria", "Bajaria", "बजरिया", "central", "sisamau-circle", 0.4, 3.5),
    Station("nazirabad", "Nazirabad", "नज़ीराबाद", "central", "sisamau-circle", -1.1, 3.1),
    Station("anwarganj", "Anwarganj", "अनवरगंज", "east", "anwarganj-circle", 2.4, 3.6),
    Station("rail-bazar", "Rail Bazar", "रेल बाज़ार", "east", "cantt-circle", 5.5, 2.9),
    Station("cantt", "Cantt", "कैंट", "east", "cantt-circle", 6.6, 1.3),
    Station("jajmau", "Jajmau", "जाजमऊ", "east", "chakeri-circle", 9.3, 1.2),
    Station("chakeri", "Chakeri", "चकेरी", "east", "chakeri-circle", 9.8, 4.3),
    Station("ahirwan", "Ahirwan", "अहिरवां", "east", "chakeri-circle", 12.3, 3.1),
    Station("sanigawan", "Sanigawan", "सनिगवां", "east", "chakeri-circle", 9.6, 7.2),
    Station("krishna-nagar", "Krishna Nagar", "कृष्णा नगर", "east", "chakeri-circle", 7.6, 4.4),
    Station("kalyanpur", "Kalyanpur", "कल्याणपुर", "west", "kalyanpur-circle", -8.6, 3.4),
    Station("bithoor", "Bithoor Road", "बिठूर रोड", "west", "kalyanpur-circle", -12.2, 1.6),
    Station("indra-nagar", "Indra Nagar", "इंदिरा नगर", "west", "kalyanpur-circle", -7.0, 1.7),
    Station("nawabganj", "Nawabganj", "नवाबगंज", "west", "swaroop-nagar-circle", -4.6, 1.1),
    Station("swaroop-nagar", "Swaroop Nagar", "स्वरूप नगर", "west", "swaroop-nagar-circle", -1.5, 1.6),
    Station("kakadeo", "Kakadeo", "काकादेव", "west", "swaroop-nagar-circle", -3.0, 3.2),
    Station("rawatpur", "Rawatpur", "रावतपुर", "west", "swaroop-nagar-circle", -5.0, 3.2),
    Station("panki", "Panki", "पनकी", "west", "panki-circle", -6.8, 6.3),
    Station("arjun-vihar", "Arjun Vihar", "अर्जुन विहार", "west", "panki-circle", -5.0, 5.0),
    Station("armapur", "Armapur", "अर्मापुर", "west", "panki-circle", -8.0, 4.9),
    Station("sachendi", "Sachendi Road", "सचेंडी रोड", "west", "panki-circle", -10.8, 6.6),
    Station("babupurwa", "Babupurwa", "बाबूपुरवा", "south", "babupurwa-circle", 3.9, 4.8),
    Station("juhi", "Juhi", "जूही", "south", "babupurwa-circle", 2.3, 5.0),
    Station("kidwai-nagar", "Kidwai Nagar", "किदवई नगर", "south", "babupurwa-circle", 4.0, 6.1),
    Station("govind-nagar", "Govind Nagar", "गोविन्द नगर", "south", "govind-nagar-circle", 0.1, 5.3),
    Station("gujaini", "Gujaini", "गुजैनी", "south", "govind-nagar-circle", -1.8, 6.6),
    Station("barra", "Barra", "बर्रा", "south", "govind-nagar-circle", 0.4, 7.5),
    Station("naubasta", "Naubasta", "नौबस्ता", "south", "naubasta-circle", 3.0, 8.2),
    Station("hanumant-vihar", "Hanumant Vihar", "हनुमंत विहार", "south", "naubasta-circle", 5.6, 7.9),
    Station("sen-west", "Sen West Para", "सेन पश्चिम पारा", "south", "naubasta-circle", 4.2, 10.0),
]

POSTS = [
    ("Chowk", "चौक"),
    ("Mandi", "मंडी"),
    ("Bus Adda", "बस अड्डा"),
    ("Railway Colony", "रेलवे कॉलोनी"),
    ("Bazar", "बाज़ार"),
    ("Nai Sadak", "नई सड़क"),
    ("Pulia", "पुलिया"),
    ("Talab", "तालाब"),
    ("Bypass", "बाईपास"),
    ("Awas Vikas", "आवास विकास"),
]

# Places on the map that are no police station: (English, Hindi, s, d, rank). Rank 2 shows from far, 4 only near.
LOCALITIES = [
    ("Civil Lines", "सिविल लाइन्स", 2.6, 0.6, 3),
    ("Parade", "परेड", 2.2, 1.6, 3),
    ("Tilak Nagar", "तिलक नगर", -0.6, 0.7, 4),
    ("Arya Nagar", "आर्य नगर", -0.3, 1.5, 4),
    ("Ashok Nagar", "अशोक नगर", -0.7, 2.4, 4),
    ("Azad Nagar", "आज़ाद नगर", -3.2, 0.6, 4),
    ("Vikas Nagar", "विकास नगर", -5.9, 1.0, 4),
    ("Sharda Nagar", "शारदा नगर", -6.2, 2.5, 4),
    ("Gooba Garden", "गूबा गार्डन", -7.7, 2.6, 4),
    ("Awas Vikas", "आवास विकास", -9.9, 4.4, 4),
    ("Nankari", "नानकारी", -11.6, 4.1, 4),
    ("Mandhana", "मंधना", -14.3, 3.4, 3),
    ("Shastri Nagar", "शास्त्री नगर", -2.3, 4.3, 3),
    ("Vijay Nagar", "विजय नगर", -3.4, 5.2, 3),
    ("Dada Nagar", "दादा नगर", -2.6, 5.8, 3),
    ("Fazalganj", "फज़लगंज", -0.9, 4.2, 3),
    ("Ratan Lal Nagar", "रतन लाल नगर", -0.9, 6.4, 4),
    ("Nirala Nagar", "निराला नगर", 1.7, 5.9, 4),
    ("Saket Nagar", "साकेत नगर", 2.2, 6.6, 4),
    ("Yashoda Nagar", "यशोदा नगर", 5.2, 7.0, 4),
    ("Shyam Nagar", "श्याम नगर", 7.4, 3.3, 3),
    ("Lal Bangla", "लाल बंगला", 8.4, 2.5, 3),
    ("Ramadevi", "रामादेवी", 10.5, 3.5, 3),
    ("Rooma", "रूमा", 14.0, 4.6, 3),
    ("Tatmill", "टाटमिल", 4.7, 3.7, 4),
    ("Bhannana Purwa", "भन्नाना पुरवा", 1.1, 3.9, 4),
    ("Sarvodaya Nagar", "सर्वोदय नगर", -2.6, 2.3, 4),
    ("Keshavpuram", "केशवपुरम", -8.9, 2.0, 4),
    ("Bhauti", "भौंती", -10.3, 8.2, 4),
    ("Bingawan", "बिनगवां", 4.8, 11.2, 4),
]

# Landmarks that take an area: key, English, Hindi, kind, s, d, square kilometres, rank.
LANDMARKS = [
    ("university-tech", "Institute of Technology", "प्रौद्योगिकी संस्थान", "university", -11.2, 2.9, 3.2, 2),
    ("university", "City University", "नगर विश्वविद्यालय", "university", -8.4, 2.4, 1.0, 3),
    ("cantonment", "Cantonment", "छावनी क्षेत्र", "military", 6.9, 1.0, 2.4, 2),
    ("ordnance", "Ordnance Estate", "आयुध निर्माणी क्षेत्र", "military", -7.6, 5.2, 2.0, 3),
    ("airport", "City Airport", "नगर हवाई अड्डा", "airport", 12.4, 5.6, 4.2, 2),
    ("zoo", "Zoological Park", "प्राणि उद्यान", "zoo", -3.9, 0.75, 0.8, 3),
    ("stadium", "Green Park Stadium", "ग्रीन पार्क स्टेडियम", "stadium", 2.0, 0.72, 0.14, 3),
    ("motijheel", "Moti Jheel", "मोती झील", "park", -1.0, 2.0, 0.30, 3),
    ("phoolbagh", "Phool Bagh", "फूल बाग", "park", 3.9, 1.05, 0.16, 4),
    ("nana-park", "Company Bagh", "कम्पनी बाग", "park", -2.2, 1.1, 0.5, 4),
    ("brijendra", "Brijendra Swaroop Park", "बृजेन्द्र स्वरूप पार्क", "park", -0.2, 1.15, 0.10, 4),
    ("sanjay-van", "Sanjay Van", "संजय वन", "wood", 4.9, 8.9, 0.9, 3),
    ("medical", "Medical College", "मेडिकल कॉलेज", "hospital", -1.9, 2.4, 0.40, 3),
    ("district-hospital", "District Hospital", "ज़िला अस्पताल", "hospital", 2.7, 1.5, 0.10, 4),
    ("south-hospital", "South City Hospital", "दक्षिण नगर अस्पताल", "hospital", 2.5, 7.3, 0.10, 4),
    ("collectorate", "Collectorate", "कलेक्ट्रेट", "office", 1.5, 1.0, 0.12, 4),
    ("nagar-nigam", "Municipal Corporation", "नगर निगम", "office", -0.9, 1.45, 0.08, 3),
    ("kda", "Development Authority", "विकास प्राधिकरण", "office", -0.6, 1.25, 0.05, 4),
    ("bus-terminal", "Jhakarkati Bus Terminal", "झकरकटी बस टर्मिनल", "bus_station", 3.0, 4.15, 0.10, 3),
    ("central-station", "Kanpur Central", "कानपुर सेंट्रल", "railway_station", 4.25, 3.3, 0.24, 1),
    ("anwarganj-station", "Anwarganj Station", "अनवरगंज स्टेशन", "railway_station", 2.1, 3.55, 0.06, 4),
    ("govindpuri", "Govindpuri Station", "गोविन्दपुरी स्टेशन", "railway_station", -0.3, 4.75, 0.08, 4),
    ("panki-station", "Panki Station", "पनकी स्टेशन", "railway_station", -6.1, 5.45, 0.08, 4),
    ("juhi-yard", "Juhi Yard", "जूही यार्ड", "railway", 1.6, 4.5, 0.5, 4),
    ("dada-nagar", "Dada Nagar Industrial Estate", "दादा नगर औद्योगिक क्षेत्र", "industrial", -2.6, 5.75, 1.5, 3),
    ("fazalganj", "Fazalganj Industrial Area", "फज़लगंज औद्योगिक क्षेत्र", "industrial", -0.9, 4.3, 0.7, 4),
    ("panki-industrial", "Panki Industrial Area", "पनकी औद्योगिक क्षेत्र", "industrial", -5.7, 6.9, 2.6, 3),
    ("panki-power", "Panki Power House", "पनकी पावर हाउस", "industrial", -7.6, 7.2, 0.9, 4),
    ("jajmau-tannery", "Jajmau Leather Cluster", "जाजमऊ चर्म उद्योग क्षेत्र", "industrial", 9.9, 0.9, 1.4, 3),
    ("rooma", "Rooma Industrial Area", "रूमा औद्योगिक क्षेत्र", "industrial", 14.4, 4.4, 1.6, 3),
    ("chakeri-industrial", "Chakeri Ward Industrial", "चकेरी औद्योगिक क्षेत्र", "industrial", 11.0, 6.4, 1.0, 4),
    ("mall-road-mall", "Riverside Mall", "रिवरसाइड मॉल", "commercial", 3.3, 0.85, 0.05, 4),
    ("south-mall", "South City Mall", "साउथ सिटी मॉल", "commercial", 3.2, 6.6, 0.06, 4),
    ("west-mall", "Rave Plaza", "रेव प्लाज़ा", "commercial", -3.6, 1.6, 0.06, 4),
    ("grain-market", "Grain Market", "गल्ला मंडी", "commercial", 2.2, 8.9, 0.35, 4),
    ("transport-nagar", "Transport Nagar", "ट्रांसपोर्ट नगर", "commercial", 3.3, 4.75, 0.30, 4),
    ("fort", "Bithoor Heritage Ghat", "बिठूर धरोहर घाट", "temple", -13.4, 0.5, 0.10, 4),
    ("jk-temple", "Radha Krishna Temple", "राधा कृष्ण मंदिर", "temple", -1.5, 3.2, 0.06, 4),
    ("panki-temple", "Panki Hanuman Temple", "पनकी हनुमान मंदिर", "temple", -8.6, 6.1, 0.05, 4),
    ("all-souls", "Memorial Church", "स्मृति चर्च", "church", 6.1, 1.5, 0.05, 4),
]

GHATS = [
    ("Brahmavart Ghat", "ब्रह्मावर्त घाट", -13.3),
    ("Bhairav Ghat", "भैरव घाट", -2.6),
    ("Rani Ghat", "रानी घाट", -1.5),
    ("Parmat Ghat", "परमट घाट", 0.6),
    ("Sarsaiya Ghat", "सरसैया घाट", 2.4),
    ("Massacre Memorial Ghat", "सत्ती चौरा घाट", 5.4),
    ("Siddhnath Ghat", "सिद्धनाथ घाट", 9.6),
]

# Named main roads, in the order of roads.MAIN_ROADS.
CROSS_ROADS = [
    ("Mandhana Road", "मंधना मार्ग"),
    ("Naramau Road", "नारामऊ मार्ग"),
    ("Bithoor Road", "बिठूर मार्ग"),
    ("Awas Vikas Road", "आवास विकास मार्ग"),
    ("Kalyanpur–Panki Road", "कल्याणपुर–पनकी मार्ग"),
    ("Gurudev Road", "गुरुदेव मार्ग"),
    ("Rawatpur Road", "रावतपुर मार्ग"),
    ("Kakadeo Road", "काकादेव मार्ग"),
    ("Vijay Nagar Road", "विजय नगर मार्ग"),
    ("Gumti Road", "गुमटी मार्ग"),
    ("Jareeb Chauki Road", "जरीब चौकी मार्ग"),
    ("Bara Chauraha Road", "बड़ा चौराहा मार्ग"),
    ("Ghantaghar Road", "घंटाघर मार्ग"),
    ("Tatmill Road", "टाटमिल मार्ग"),
    ("Krishna Nagar Road", "कृष्णा नगर मार्ग"),
    ("Shyam Nagar Road", "श्याम नगर मार्ग"),
    ("Ramadevi Road", "रामादेवी मार्ग"),
    ("Ahirwan Road", "अहिरवां मार्ग"),
    ("Airport Road", "हवाई अड्डा मार्ग"),
]

JUNCTION_FIRST = [
    ("Malviya", "मालवीय"), ("Shastri", "शास्त्री"), ("Subhash", "सुभाष"), ("Azad", "आज़ाद"), ("Patel", "पटेल"),
    ("Tilak", "तिलक"), ("Lajpat", "लाजपत"), ("Bhagat Singh", "भगत सिंह"), ("Ambedkar", "अम्बेडकर"),
    ("Vivekanand", "विवेकानन्द"), ("Lakshmibai", "लक्ष्मीबाई"), ("Tulsi", "तुलसी"), ("Kabir", "कबीर"),
    ("Nehru", "नेहरू"), ("Gandhi", "गांधी"), ("Sarojini", "सरोजिनी"), ("Ravidas", "रविदास"), ("Valmiki", "वाल्मीकि"),
    ("Ghantaghar", "घंटाघर"), ("Neem", "नीम"), ("Peepal", "पीपल"), ("Shiv Mandir", "शिव मंदिर"),
    ("Hanuman Mandir", "हनुमान मंदिर"), ("Kali Mandir", "काली मंदिर"), ("Gurudwara", "गुरुद्वारा"),
    ("Idgah", "ईदगाह"), ("Purani Mandi", "पुरानी मंडी"), ("Sabzi Mandi", "सब्ज़ी मंडी"), ("Post Office", "डाकघर"),
    ("Tehsil", "तहसील"), ("Telephone Exchange", "टेलीफोन एक्सचेंज"), ("Water Tank", "पानी की टंकी"),
    ("Cotton Mill", "कॉटन मिल"), ("Jute Mill", "जूट मिल"), ("Company Bagh", "कम्पनी बाग"), ("Chungi", "चुंगी"),
    ("Bijli Ghar", "बिजलीघर"), ("Cinema", "सिनेमा"), ("Inter College", "इंटर कॉलेज"), ("Degree College", "डिग्री कॉलेज"),
    ("Agarwal", "अग्रवाल"), ("Naveen Market", "नवीन मार्केट"), ("Sarafa", "सर्राफा"), ("Bartan Bazar", "बर्तन बाज़ार"),
    ("Kapda Mandi", "कपड़ा मंडी"), ("Rail Phatak", "रेल फाटक"), ("Nahar Pul", "नहर पुल"), ("Gol", "गोल"),
]  # fmt: skip

JUNCTION_LAST = [("Chauraha", "चौराहा"), ("Tiraha", "तिराहा"), ("Crossing", "क्रॉसिंग"), ("Mod", "मोड़")]

SHOPS = [
    ("Kirana Store", "किराना स्टोर"), ("Medical Store", "मेडिकल स्टोर"), ("Jewellers", "ज्वैलर्स"),
    ("Garments", "गारमेंट्स"), ("Electronics", "इलेक्ट्रॉनिक्स"), ("Sweets", "मिष्ठान भंडार"), ("Hardware", "हार्डवेयर"),
    ("Saree Centre", "साड़ी सेंटर"), ("Footwear", "फुटवियर"), ("Mobile Gallery", "मोबाइल गैलरी"),
    ("Book Depot", "बुक डिपो"), ("Restaurant", "रेस्टोरेंट"), ("Furniture", "फर्नीचर"), ("General Store", "जनरल स्टोर"),
]  # fmt: skip

SHOP_FIRST = [
    ("Shubham", "शुभम"), ("Navjyoti", "नवज्योति"), ("Pragati", "प्रगति"), ("Suvidha", "सुविधा"), ("Annapurna", "अन्नपूर्णा"),
    ("Ujala", "उजाला"), ("Swastik", "स्वास्तिक"), ("Gulmohar", "गुलमोहर"), ("Saraswati", "सरस्वती"), ("Triveni", "त्रिवेणी"),
    ("Kaveri", "कावेरी"), ("Himalaya", "हिमालय"), ("Deepak", "दीपक"), ("Kamal", "कमल"), ("Moti", "मोती"),
    ("Rajdhani", "राजधानी"), ("Avadh", "अवध"), ("Ganga", "गंगा"), ("Jyoti", "ज्योति"), ("Vandana", "वंदना"),
    ("Sangam", "संगम"), ("Akash", "आकाश"), ("Parag", "पराग"), ("Mangalam", "मंगलम"), ("Indradhanush", "इन्द्रधनुष"),
    ("Samridhi", "समृद्धि"), ("Utsav", "उत्सव"), ("Surya", "सूर्या"), ("Chandan", "चंदन"), ("Pushpak", "पुष्पक"),
]  # fmt: skip

BANKS = [
    ("Gangetic Bank", "गंगेटिक बैंक"), ("Avadh Sahkari Bank", "अवध सहकारी बैंक"), ("Doab Gramin Bank", "दोआब ग्रामीण बैंक"),
    ("Janhit Bank", "जनहित बैंक"), ("Navyug Bank", "नवयुग बैंक"), ("Vindhya Bank", "विंध्य बैंक"),
    ("Triveni Bank", "त्रिवेणी बैंक"), ("Udyam Bank", "उद्यम बैंक"),
]  # fmt: skip

INDUSTRIES = [
    ("Textiles", "टेक्सटाइल्स"), ("Leather Works", "लेदर वर्क्स"), ("Plastics", "प्लास्टिक्स"), ("Engineering", "इंजीनियरिंग"),
    ("Saddlery", "सैडलरी"), ("Foods", "फूड्स"), ("Packaging", "पैकेजिंग"), ("Chemicals", "केमिकल्स"), ("Steel", "स्टील"),
    ("Detergents", "डिटर्जेंट्स"),
]  # fmt: skip

AUTOMOBILES = [
    ("Motors", "मोटर्स"), ("Two-Wheelers", "टू-व्हीलर्स"), ("Auto Service", "ऑटो सर्विस"), ("Tractors", "ट्रैक्टर्स"),
    ("E-Rickshaw Agency", "ई-रिक्शा एजेंसी"), ("Tyres", "टायर्स"),
]  # fmt: skip

SCHOOLS = [
    ("Saraswati Inter College", "सरस्वती इंटर कॉलेज"), ("Ganga Valley School", "गंगा वैली स्कूल"),
    ("Navbharat Public School", "नवभारत पब्लिक स्कूल"), ("Adarsh Balika Inter College", "आदर्श बालिका इंटर कॉलेज"),
    ("Gyandeep School", "ज्ञानदीप स्कूल"),
]  # fmt: skip

HOSPITALS = [
    ("Sanjeevani Hospital", "संजीवनी अस्पताल"), ("Arogya Hospital", "आरोग्य अस्पताल"),
    ("Matri Seva Hospital", "मातृ सेवा अस्पताल"),
]  # fmt: skip

# Contacts are nobody: plain given names and an initial of the premises, with mobile numbers that no operator assigns.
CONTACTS = [
    "R. Kumar", "S. Devi", "A. Singh", "P. Gupta", "M. Khan", "V. Verma", "N. Yadav", "K. Mishra", "D. Kaur",
    "J. Thomas",
    "B. Pal", "L. Srivastava", "H. Ansari", "T. Das", "G. Awasthi", "U. Rawat",
]  # fmt: skip
