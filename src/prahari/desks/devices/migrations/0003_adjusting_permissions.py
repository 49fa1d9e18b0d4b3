"""The new permissions for the roles that a centre started with."""

from django.db import migrations

from prahari.desks.accounts.roles import ROLES

NEW = {"camera.imaging", "camera.relay"}


def permit(apps, schema_editor):
    role = apps.get_model("accounts", "Role")
    for seed in ROLES:
        more = [permission for permission in seed["permissions"] if permission in NEW]
        for row in role.objects.filter(code=seed["code"]) if more else ():
            row.permissions = list(dict.fromkeys([*row.permissions, *more]))
            row.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("devices", "0002_seeds")]
    operations = [migrations.RunPython(permit, migrations.RunPython.noop)]
