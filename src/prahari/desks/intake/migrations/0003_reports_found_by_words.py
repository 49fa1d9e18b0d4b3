"""Reports that came before they could be searched for."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from prahari.core.text import fold


def fill(apps: Any, editor: Any) -> None:
    reports = apps.get_model("intake", "CitizenReport")
    for one in reports.objects.filter(search="").only("number", "words").iterator():
        keys = dict.fromkeys(map(fold, (one.number, one.number.rpartition("-")[2].lstrip("0"), one.words)))
        search = "".join(f" {key} |" for key in keys if key)
        reports.objects.filter(pk=one.pk).update(search=search)


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_incident_and_search")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
