"""Classes that every centre starts with. Administrators edit the rows; a later migration never overwrites them."""

import datetime as dt

from django.db import migrations

from prahari.contracts.events import now_ms
from prahari.desks.registry.seeds import OWNER_CLASSES, PLACE_CLASSES, RETENTION_CLASSES


def sow(apps, schema_editor):
    at = now_ms()
    retention = apps.get_model("registry", "RetentionClass")
    for sort, (policy, en, hi, days, since, source) in enumerate(RETENTION_CLASSES):
        retention.objects.create(
            code=f"{policy}-{since[:4]}", policy=policy, name_en=en, name_hi=hi, days=days,
            valid_from=dt.date.fromisoformat(since), source=source, sort=sort, edited_ms=at,
        )
    owner_class = apps.get_model("registry", "OwnerClass")
    for sort, (code, en, hi, public) in enumerate(OWNER_CLASSES):
        owner_class.objects.create(code=code, name_en=en, name_hi=hi, public=public, sort=sort, edited_ms=at)
    police = retention.objects.get(policy="police_station")
    place_class = apps.get_model("registry", "PlaceClass")
    for sort, (code, en, hi) in enumerate(PLACE_CLASSES):
        place_class.objects.create(
            code=code, name_en=en, name_hi=hi, sort=sort, edited_ms=at,
            retention=police if code == "police_station" else None,
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_derived")]
    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
