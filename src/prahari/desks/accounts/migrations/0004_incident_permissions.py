"""Permissions for alarms, incidents and what belongs to them, for the roles that a centre started with."""

from django.db import migrations

from prahari.desks.accounts.roles import ROLES


def add(apps, schema_editor):
    role = apps.get_model("accounts", "Role")
    for seed in ROLES:
        for row in role.objects.filter(code=seed["code"]):
            row.permissions = list(dict.fromkeys([*row.permissions, *seed["permissions"]]))
            row.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_linking_permissions")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
