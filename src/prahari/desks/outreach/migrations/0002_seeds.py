"""The kinds, channels and letters that a new centre starts with."""

from django.db import migrations

from prahari.desks.outreach.seeds import CHANNELS, KINDS, LETTERS


def fill(apps, schema_editor):
    for model, rows in (("AssociationKind", KINDS), ("Channel", CHANNELS)):
        for sort, (code, en, hi) in enumerate(rows):
            apps.get_model("outreach", model).objects.get_or_create(
                code=code, defaults={"name_en": en, "name_hi": hi, "sort": sort}
            )
    for letter in LETTERS:
        apps.get_model("outreach", "LetterTemplate").objects.get_or_create(
            code=letter["code"], version=1, defaults=letter
        )


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
