"""The kinds of work and reasons for delay that a new centre starts with."""

from django.db import migrations

from prahari.desks.works.seeds import KINDS, REASONS


def fill(apps, schema_editor):
    for sort, (code, en, hi, unit_en, unit_hi, decimals) in enumerate(KINDS):
        apps.get_model("works", "WorkKind").objects.get_or_create(
            code=code,
            defaults={
                "name_en": en, "name_hi": hi, "unit_en": unit_en, "unit_hi": unit_hi, "decimals": decimals,
                "sort": sort,
            },
        )  # fmt: skip
    for sort, (code, en, hi) in enumerate(REASONS):
        apps.get_model("works", "DelayReason").objects.get_or_create(
            code=code, defaults={"name_en": en, "name_hi": hi, "sort": sort}
        )


class Migration(migrations.Migration):
    dependencies = [("works", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
