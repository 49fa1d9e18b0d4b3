"""What Django's models cannot say: derived columns, search and position indexes, the event log's tables."""

from django.db import migrations

from prahari.contracts.tables import EVENT_LOG_DDL, EVENT_LOG_LOCK
from prahari.desks.registry import triggers


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [
        migrations.RunSQL(f"SELECT pg_advisory_xact_lock({EVENT_LOG_LOCK});\n{EVENT_LOG_DDL}", migrations.RunSQL.noop),
        migrations.RunSQL(triggers.FUNCTIONS + triggers.RENAMES + triggers.INDEXES),
    ]
