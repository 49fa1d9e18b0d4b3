"""The rows that a new centre starts with: root of the tree, roles, agencies, policy."""

from django.db import migrations

from prahari.desks.accounts.roles import AGENCIES, ROLES


def fill(apps, schema_editor):
    apps.get_model("accounts", "Centre").objects.get_or_create(
        id=1, defaults={"name_en": "Command & Control Centre", "name_hi": "कमांड एंड कंट्रोल सेंटर"}
    )
    apps.get_model("accounts", "SecurityPolicy").objects.get_or_create(id=1)
    apps.get_model("accounts", "Jurisdiction").objects.get_or_create(
        path="", defaults={"level": "centre", "name_en": "Whole centre", "name_hi": "सम्पूर्ण केंद्र"}
    )
    for sort, role in enumerate(ROLES):
        apps.get_model("accounts", "Role").objects.get_or_create(code=role["code"], defaults={**role, "sort": sort})
    for code, name_en, name_hi in AGENCIES:
        apps.get_model("accounts", "Agency").objects.get_or_create(
            code=code, defaults={"name_en": name_en, "name_hi": name_hi}
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
