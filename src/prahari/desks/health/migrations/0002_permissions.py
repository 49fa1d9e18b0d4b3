"""Seeing to the health of cameras, for the roles that a centre started with."""

from django.db import migrations

from prahari.desks.accounts.roles import ROLES

OURS = ("health.work", "service_level.view", "service_level.edit")


def add(apps, schema_editor):
    role = apps.get_model("accounts", "Role")
    for seed in ROLES:
        ours = [permission for permission in seed["permissions"] if permission in OURS]
        for row in role.objects.filter(code=seed["code"]) if ours else ():
            row.permissions = list(dict.fromkeys([*row.permissions, *ours]))
            row.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("health", "0001_initial"), ("accounts", "0003_linking_permissions")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
