"""What is wrong with a row, or odd about it, as sentences. `{}` holds the word concerned."""

from __future__ import annotations

from typing import Any

from prahari.desks.common.errors import Text, text

_SENTENCES: dict[str, tuple[str, str]] = {
    # reasons: the row is not taken
    "name_missing": ("There is no name of the premises.", "प्रतिष्ठान का नाम नहीं है।"),
    "police_station_missing": ("There is no police station. Add it, or set one for the whole sheet.",
                               "थाना नहीं है। थाना लिखें, या पूरी शीट के लिए एक चुनें।"),
    "police_station_unknown": ("“{}” is no police station of the register. Correct it, or say which one is meant.",
                               "“{}” पंजिका का कोई थाना नहीं है। ठीक करें, या बताएँ कौन-सा थाना है।"),
    "station_outside": ("{} lies outside your area.", "{} आपके क्षेत्र के बाहर है।"),
    "owner_class_missing": ("The owner class (shop, bank, school ...) is not said.",
                            "स्वामी श्रेणी (दुकान, बैंक, विद्यालय ...) नहीं दी गई है।"),
    "owner_class_unknown": ("“{}” is no owner class of the register. Correct it, or say which one is meant.",
                            "“{}” पंजिका की कोई स्वामी श्रेणी नहीं है। ठीक करें, या बताएँ कौन-सी है।"),
    "department_missing": ("The department is not said. Set one for the whole sheet.",
                           "विभाग नहीं दिया गया है। पूरी शीट के लिए एक चुनें।"),
    "department_unknown": ("“{}” is no department of the register. Correct it, or say which one is meant.",
                           "“{}” पंजिका का कोई विभाग नहीं है। ठीक करें, या बताएँ कौन-सा है।"),
    "department_outside": ("{} belongs to an agency that you do not import for.",
                           "{} उस एजेंसी का है जिसके लिए आप सूची नहीं ला सकते।"),
    "cameras_wrong": ("“{}” is not a number of cameras.", "“{}” कैमरों की संख्या नहीं है।"),
    # notes: the row is taken
    "mobile_unreadable": ("The telephone number cannot be read as a mobile and is kept as text.",
                          "फ़ोन नंबर मोबाइल के रूप में पढ़ा नहीं गया, पाठ के रूप में रखा गया।"),
    "position_unreadable": ("The coordinates cannot be read and are left out.", "निर्देशांक पढ़े नहीं जा सके, छोड़ दिए गए।"),
    "position_outside": ("The coordinates ({}) lie outside the city and are left out.",
                         "निर्देशांक ({}) नगर के बाहर हैं, छोड़ दिए गए।"),
    "consent_is_remark": ("The list says of consent: “{}”. Kept as a remark; consent is given by the owner alone.",
                          "सूची में सहमति: “{}”। केवल टिप्पणी के रूप में रखा गया; सहमति स्वामी ही देता है।"),
    "same_as_row": ("Says the same as row {}.", "पंक्ति {} जैसी ही है।"),
    "listed_before": ("Was on an earlier list, just the same.", "पहले की सूची में ठीक यही थी।"),
    "waits_already": ("The same row of an earlier list waits to be decided.",
                      "पहले की सूची की यही पंक्ति निर्णय की प्रतीक्षा में है।"),
    "in_register": ("These premises are in the register already.", "यह प्रतिष्ठान पंजिका में पहले से है।"),
}  # fmt: skip


def sentence(problem: list[Any]) -> Text:
    code, detail = problem[0], problem[1] if len(problem) > 1 else ""
    en, hi = _SENTENCES[code]
    return text(en.replace("{}", str(detail)), hi.replace("{}", str(detail)))


def codes() -> set[str]:
    return set(_SENTENCES)
