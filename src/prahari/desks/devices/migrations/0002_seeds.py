"""Makers' addresses that every centre starts with, and the new permissions for the roles that it started with."""

from django.db import migrations

from prahari.contracts.events import now_ms
from prahari.desks.accounts.roles import ROLES
from prahari.desks.devices.seeds import VENDOR_TEMPLATES

NEW = {"camera.ptz", "camera.ptz_first"}


def sow(apps, schema_editor):
    template = apps.get_model("devices", "VendorTemplate")
    at = now_ms()
    for sort, (code, en, hi, main, sub) in enumerate(VENDOR_TEMPLATES):
        template.objects.get_or_create(
            code=code,
            defaults={"name_en": en, "name_hi": hi, "main": main, "sub": sub, "sort": sort, "edited_ms": at},
        )


def permit(apps, schema_editor):
    role = apps.get_model("accounts", "Role")
    for seed in ROLES:
        more = [permission for permission in seed["permissions"] if permission in NEW]
        for row in role.objects.filter(code=seed["code"]) if more else ():
            row.permissions = list(dict.fromkeys([*row.permissions, *more]))
            row.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("devices", "0001_initial"), ("accounts", "0003_linking_permissions")]
    operations = [
        migrations.RunPython(sow, migrations.RunPython.noop),
        migrations.RunPython(permit, migrations.RunPython.noop),
    ]
