"""The words of the SMS about somebody who does not come to their shift."""

import datetime as dt

from django.db import migrations

from prahari.contracts.events import now_ms
from prahari.desks.messages.templates import seeds

FROM = dt.date(2023, 9, 9)


def fill(apps, schema_editor):
    for row in seeds():
        if row["code"] == "shift_late":
            apps.get_model("messages", "MessageTemplate").objects.get_or_create(
                code=row["code"], channel=row["channel"], language=row["language"], valid_from=FROM,
                defaults={"subject": row["subject"], "body": row["body"], "created_ms": now_ms()},
            )


class Migration(migrations.Migration):
    dependencies = [("shifts", "0001_initial"), ("messages", "0002_seeds")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
