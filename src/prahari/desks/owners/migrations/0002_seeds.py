"""The consent text that a new centre starts with. A lawyer confirms a city's own before it is used."""

import datetime as dt

from django.db import migrations

from prahari.contracts.events import now_ms
from prahari.desks.owners.texts import SEEDS


def fill(apps, schema_editor):
    for language, body in SEEDS.items():
        apps.get_model("owners", "ConsentText").objects.get_or_create(
            version="1", language=language,
            defaults={"body": body, "valid_from": dt.date(2023, 9, 9), "created_ms": now_ms()},
        )


class Migration(migrations.Migration):
    dependencies = [("owners", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
