"""Documents: Devanagari shaped and selectable, text shown as typed, nothing read that is not a template's."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prahari.desks.common.documents import DocumentError, pdf

CENTRE = {"en": "Kanpur Command & Control Centre", "hi": "कानपुर इंटीग्रेटेड कमांड एंड कंट्रोल सेंटर"}
PAGE = """#import "/house.typ": *
#show: house.with(title: t("Report", "आख्या"), number: data.at("number", default: none), date: day("2026-11-25"))
#lead[#data.words]
#sheet(((t("Class", "श्रेणी"), 1fr), (t("Cameras", "कैमरे"), auto, "number"), ("±", auto, "signed")),
  data.at("rows", default: ()), total: (t("Total", "कुल"), 1234567, -3))
#facts(((t("Name", "नाम"), data.words),))
"""
WILD = [
    '#import "x": *',
    '#eval("1+1")',
    "=cmd|' /C calc'!A0",
    "*bold* _it_ $x^2$ <a> @b // c /* d",
    "\\u{41} ` ```",
    '"]#{',
]


@pytest.fixture
def template(tmp_path: Path):
    def write(source: str = PAGE) -> Path:
        path = tmp_path / "page.typ"
        path.write_text(source, encoding="utf-8")
        return path

    return write


def text_of(document: bytes) -> str:
    """What somebody gets who selects it all; two spaces count as one."""
    pages = pypdfium2.PdfDocument(document)
    whole = "\n".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pages)
    return re.sub(" +", " ", whole)


def test_hindi_comes_out_as_it_went_in(template, tmp_path: Path):
    made = pdf(template(), {"centre": CENTRE, "words": "क्षेत्र श्रीमती सत्यापित प्रतिष्ठान ज्ञान", "number": "12/2026"}, "hi")
    found = text_of(made)
    for words in (
        "क्षेत्र श्रीमती सत्यापित प्रतिष्ठान ज्ञान",
        CENTRE["hi"],
        CENTRE["en"],
        "12,34,567",
        "25 नव॰ 2026",
        "पृष्ठ 1 / 1",
    ):
        assert words in found
    if shutil.which("pdftotext"):
        (tmp_path / "a.pdf").write_bytes(made)
        plain = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True)
        assert "क्षेत्र श्रीमती" in plain.stdout.decode()


@pytest.mark.parametrize("size", ["6.5pt", "7.5pt", "9.5pt", "11pt"])
def test_words_do_not_run_together(template, size: str):
    """PDFium drops a lone space between two clusters with vowel signs: see house.typ."""
    phrases = ["24 घंटे से बंद", "श्रेणी एवं थानावार आँकड़े", "प्रणाली में प्रमाणित", "पिछले दिन से परिवर्तन", "क्या किया गया"]
    source = f"""#import "/house.typ": *
#show: house.with(title: "x", size: {size})
#for phrase in data.phrases {{ block(phrase) }}"""
    found = text_of(pdf(template(source), {"centre": CENTRE, "phrases": phrases}, "hi"))
    assert [phrase for phrase in phrases if phrase not in found] == []


def test_glyphs_are_drawn_shaped_and_none_is_missing(template):
    """क्ष is one glyph, not क, a virama and ष: the ligature is narrower than its parts."""
    source = """#import "/house.typ": *
#show: house.with(title: "x")
#context [joined #measure([#data.joined]).width.pt() parts #measure([#data.apart]).width.pt()]"""
    made = pdf(template(source), {"centre": CENTRE, "joined": "क्ष", "apart": "क\u094d\u200cष"}, "hi")
    words = text_of(made).split()
    joined, apart = float(words[words.index("joined") + 1]), float(words[words.index("parts") + 1])
    assert 0 < joined < apart


def test_english_and_hindi_differ_and_the_same_data_gives_the_same_bytes(template):
    data = {"centre": CENTRE, "words": "Kalyanpur", "rows": [[{"en": "Shop", "hi": "दुकान"}, 1720, 5]]}
    page = template()
    english, hindi = pdf(page, data, "en"), pdf(page, data, "hi")
    assert english == pdf(page, data, "en") and hindi == pdf(page, data, "hi")
    assert "Shop 1,720 +5" in text_of(english) and "दुकान 1,720 +5" in text_of(hindi)
    assert "Page 1 of 1" in text_of(english)


@pytest.mark.parametrize("words", WILD)
def test_what_looks_like_source_is_text(template, words: str):
    assert words in text_of(pdf(template(), {"centre": CENTRE, "words": words}, "en"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_makes_a_document(template, words: str):
    words = words.encode("utf-8", "replace").decode()
    assert pdf(template(), {"centre": CENTRE, "words": words, "rows": [[words, 1, None]]}, "hi").startswith(b"%PDF")


def test_a_template_reads_nothing_outside_the_house(template, tmp_path: Path):
    (tmp_path / "secret.txt").write_text("secret")
    for path in (str(tmp_path / "secret.txt"), "../../../settings.py", "/etc/passwd", "../fonts/OFL.txt"):
        with pytest.raises(DocumentError):
            pdf(template(f'#read("{path}")'), {"centre": CENTRE}, "en")


def test_a_template_fetches_nothing(template):
    with pytest.raises(DocumentError):
        pdf(template('#import "@preview/cetz:0.3.0"'), {"centre": CENTRE}, "en")


def test_an_endless_document_is_stopped(template):
    endless = "#let n = 0\n#for i in range(100000) { for j in range(100000) { n = n + 1 } }\n"
    with pytest.raises(DocumentError, match=r"within 1 s|ended with"):
        pdf(template(endless), {"centre": CENTRE}, "en", timeout_s=1)


@pytest.mark.django_db
def test_the_letterhead_names_the_centre(template):
    from prahari.desks.accounts.models import Centre

    Centre.objects.update_or_create(pk=1, defaults={"name_en": "Patna Centre", "name_hi": "पटना केंद्र"})
    found = text_of(pdf(template(), {"words": "x"}, "hi"))
    assert "पटना केंद्र" in found and "Patna Centre" in found
