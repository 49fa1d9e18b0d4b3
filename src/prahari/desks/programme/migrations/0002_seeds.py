"""Ranks, offices and responsibilities that every centre starts with. Administrators edit the rows; a later migration
never overwrites them."""

from django.db import migrations

from prahari.contracts.events import now_ms
from prahari.desks.programme.seeds import OFFICES, RANKS, RESPONSIBILITIES


def sow(apps, schema_editor):
    at = now_ms()
    rank = apps.get_model("programme", "Rank")
    for code, en, hi, level, service in RANKS:
        rank.objects.create(code=code, name_en=en, name_hi=hi, level=level, service=service, edited_ms=at)
    office = apps.get_model("programme", "Office")
    for code, en, hi, tier, climbs, nodal, reports_daily, all_agencies in OFFICES:
        office.objects.create(
            code=code, name_en=en, name_hi=hi, tier=tier, climbs=climbs, nodal=nodal, reports_daily=reports_daily,
            all_agencies=all_agencies, edited_ms=at,
        )  # fmt: skip
    classes = {row.code: row for row in apps.get_model("registry", "OwnerClass").objects.all()}
    responsibility = apps.get_model("programme", "Responsibility")
    for code, office_code, source in RESPONSIBILITIES:
        if code in classes:
            responsibility.objects.create(
                owner_class=classes[code], office_id=office_code, source=source, edited_ms=at
            )


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial"), ("registry", "0003_seeds")]
    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
