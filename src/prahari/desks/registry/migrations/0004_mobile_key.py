"""Contacts are found by a keyed hash of their mobile number, so that owners can be known by a code sent to it."""

from django.conf import settings
from django.db import migrations, models

from prahari.contracts import sealing


def fill(apps, schema_editor):
    from prahari.desks.registry.premises import mobile_key, sealing_context

    contact = apps.get_model("registry", "Contact")
    found = contact.objects.exclude(sealed_mobile="").only("id", "sealed_mobile")
    batch = []
    for row in found.iterator(chunk_size=2000):
        key = settings.CONFIG.sealing_key()
        row.mobile_key = mobile_key(sealing.unseal(row.sealed_mobile, key, sealing_context(row.id)))
        batch.append(row)
        if len(batch) == 2000:
            contact.objects.bulk_update(batch, ["mobile_key"])
            batch = []
    contact.objects.bulk_update(batch, ["mobile_key"])


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_seeds")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="mobile_key",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("mobile_key", ""), _negated=True),
                fields=["mobile_key"],
                name="contact_mobile_key",
            ),
        ),
    ]
