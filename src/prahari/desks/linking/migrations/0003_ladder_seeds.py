"""Reasons of refusal that every centre starts with, and the running number of receipts."""

from django.db import migrations

from prahari.contracts.events import now_ms

REASONS = [
    ("privacy", "Worried about privacy", "निजता की चिंता"),
    ("misuse", "Fears misuse of the pictures", "चित्रों के दुरुपयोग की आशंका"),
    ("cost", "Cost of internet or equipment", "इंटरनेट या उपकरण का व्यय"),
    ("no_internet", "No internet connection", "इंटरनेट नहीं है"),
    ("old_system", "Old or broken system", "पुरानी या ख़राब प्रणाली"),
    ("head_office", "Head office must decide", "मुख्यालय निर्णय लेगा"),
    ("landlord", "Landlord or society does not agree", "मकान मालिक या समिति सहमत नहीं"),
    ("no_benefit", "Sees no benefit", "लाभ नहीं दिखता"),
    ("other", "Another reason", "अन्य कारण"),
]


def sow(apps, schema_editor):
    reason = apps.get_model("linking", "RefusalReason")
    at = now_ms()
    for sort, (code, en, hi) in enumerate(REASONS):
        reason.objects.get_or_create(code=code, defaults={"name_en": en, "name_hi": hi, "sort": sort, "edited_ms": at})


class Migration(migrations.Migration):
    dependencies = [("linking", "0002_ladder")]
    operations = [
        migrations.RunPython(sow, migrations.RunPython.noop),
        migrations.RunSQL("CREATE SEQUENCE linking_receipt_number", "DROP SEQUENCE linking_receipt_number"),
    ]
