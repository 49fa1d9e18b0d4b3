"""The kinds of incidents that a new centre starts with, their clocks, and the words of the SMS about missed ones."""

import datetime as dt

from django.db import migrations

from prahari.contracts.events import now_ms
from prahari.desks.incidents.seeds import KINDS, SOURCE, limits
from prahari.desks.messages.templates import seeds

FROM = dt.date(2023, 9, 9)


def fill(apps, schema_editor):
    for sort, kind in enumerate(KINDS):
        code, en, hi, severity, procedure, _ = kind
        row, _ = apps.get_model("incidents", "IncidentKind").objects.get_or_create(
            code=code,
            defaults={
                "name_en": en, "name_hi": hi, "severity": severity, "procedure": procedure, "sort": sort,
                "edited_ms": now_ms(),
            },
        )  # fmt: skip
        apps.get_model("incidents", "KindClocks").objects.get_or_create(
            kind=row, valid_from=FROM, defaults={"limits": limits(kind), "source": SOURCE, "created_ms": now_ms()}
        )
    for row in seeds():
        if row["code"] == "incident_late":
            apps.get_model("messages", "MessageTemplate").objects.get_or_create(
                code=row["code"], channel=row["channel"], language=row["language"], valid_from=FROM,
                defaults={"subject": row["subject"], "body": row["body"], "created_ms": now_ms()},
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_initial"), ("messages", "0002_seeds")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
