"""The start page of the editors counts what is not public yet, and quotes that are to be looked at."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("positions", "0005_coding_rounds")]

    operations = [
        migrations.AddIndex("position", models.Index(fields=["status"], name="positions_by_status")),
        migrations.AddIndex("evidence", models.Index(fields=["state"], name="evidence_by_state")),
    ]
