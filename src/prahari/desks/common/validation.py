"""pydantic's complaints as sentences in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("This is needed.", "यह आवश्यक है।"),
    "string_type": ("Text is expected here.", "यहाँ पाठ अपेक्षित है।"),
    "string_too_short": ("At least {min_length} characters.", "कम से कम {min_length} अक्षर।"),
    "string_too_long": ("At most {max_length} characters.", "अधिक से अधिक {max_length} अक्षर।"),
    "string_pattern_mismatch": ("This is not written in the expected form.", "यह अपेक्षित रूप में नहीं लिखा है।"),
    "too_short": ("At least {min_length} entries.", "कम से कम {min_length} प्रविष्टियाँ।"),
    "too_long": ("At most {max_length} entries.", "अधिक से अधिक {max_length} प्रविष्टियाँ।"),
    "int_type": ("A whole number is expected.", "पूर्ण संख्या अपेक्षित है।"),
    "int_parsing": ("A whole number is expected.", "पूर्ण संख्या अपेक्षित है।"),
    "int_from_float": ("A whole number is expected.", "पूर्ण संख्या अपेक्षित है।"),
    "int_parsing_size": ("This number is too large.", "यह संख्या बहुत बड़ी है।"),
    "float_type": ("A number is expected.", "संख्या अपेक्षित है।"),
    "float_parsing": ("A number is expected.", "संख्या अपेक्षित है।"),
    "finite_number": ("A number is expected.", "संख्या अपेक्षित है।"),
    "bool_type": ("Yes or no is expected.", "हाँ या नहीं अपेक्षित है।"),
    "bool_parsing": ("Yes or no is expected.", "हाँ या नहीं अपेक्षित है।"),
    "greater_than": ("Must be more than {gt}.", "{gt} से अधिक होना चाहिए।"),
    "greater_than_equal": ("Must be {ge} or more.", "{ge} या अधिक होना चाहिए।"),
    "less_than": ("Must be less than {lt}.", "{lt} से कम होना चाहिए।"),
    "less_than_equal": ("Must be {le} or less.", "{le} या कम होना चाहिए।"),
    "literal_error": ("One of these is expected: {expected}.", "इनमें से एक अपेक्षित है: {expected}।"),
    "enum": ("One of these is expected: {expected}.", "इनमें से एक अपेक्षित है: {expected}।"),
    "uuid_parsing": ("This is not a valid identifier.", "यह मान्य पहचान नहीं है।"),
    "uuid_type": ("This is not a valid identifier.", "यह मान्य पहचान नहीं है।"),
    "date_parsing": ("A date is expected, as 2026-11-23.", "दिनांक अपेक्षित है, जैसे 2026-11-23।"),
    "date_from_datetime_parsing": ("A date is expected, as 2026-11-23.", "दिनांक अपेक्षित है, जैसे 2026-11-23।"),
    "date_type": ("A date is expected, as 2026-11-23.", "दिनांक अपेक्षित है, जैसे 2026-11-23।"),
    "list_type": ("A list is expected.", "सूची अपेक्षित है।"),
    "dict_type": ("An object is expected.", "ऑब्जेक्ट अपेक्षित है।"),
    "model_attributes_type": ("An object is expected.", "ऑब्जेक्ट अपेक्षित है।"),
    "model_type": ("An object is expected.", "ऑब्जेक्ट अपेक्षित है।"),
    "extra_forbidden": ("There is no such field.", "ऐसा कोई फ़ील्ड नहीं है।"),
    "none_required": ("This must be left empty.", "इसे खाली छोड़ना है।"),
}
_OTHER = ("This is not valid.", "यह मान्य नहीं है।")


def sentence(error: Mapping[str, Any]) -> dict[str, str]:
    """{"en", "hi"} for one pydantic error. Never repeats what was typed: it may be a password."""
    en, hi = _SENTENCES.get(str(error.get("type")), _OTHER)
    context = error.get("ctx") or {}
    try:
        return {"en": en.format(**context), "hi": hi.format(**context)}
    except KeyError:
        return {"en": _OTHER[0], "hi": _OTHER[1]}
