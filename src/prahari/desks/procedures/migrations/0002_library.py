"""The procedures that a new centre starts with, in force as their first versions."""

from django.db import migrations

from prahari.contracts.events import now_ms
from prahari.desks.procedures.library import LIBRARY


def fill(apps, schema_editor):
    at = now_ms()
    for sort, (code, (en, hi, steps)) in enumerate(LIBRARY.items()):
        procedure, made = apps.get_model("procedures", "Procedure").objects.get_or_create(
            code=code, defaults={"name_en": en, "name_hi": hi, "sort": sort, "edited_ms": at}
        )
        if made:
            apps.get_model("procedures", "ProcedureVersion").objects.create(
                procedure=procedure, number=1, state="published", steps=steps, note="", created_ms=at, edited_ms=at,
                published_ms=at,
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial"), ("incidents", "0002_seeds")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
