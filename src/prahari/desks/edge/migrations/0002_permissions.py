"""Enrolling edge sites, for the roles that a centre started with."""

from django.db import migrations

from prahari.desks.accounts.roles import ROLES

OURS = ("edge.manage",)


def add(apps, schema_editor):
    role = apps.get_model("accounts", "Role")
    for seed in ROLES:
        ours = [permission for permission in seed["permissions"] if permission in OURS]
        for row in role.objects.filter(code=seed["code"]) if ours else ():
            row.permissions = list(dict.fromkeys([*row.permissions, *ours]))
            row.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("edge", "0001_initial"), ("accounts", "0003_linking_permissions")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
