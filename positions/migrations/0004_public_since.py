from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("positions", "0003_order_without_joins"),
    ]

    operations = [
        migrations.AddField(
            model_name="position",
            name="public_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
        # Nobody noted it: what was public last changed when it had become so, or later.
        migrations.RunSQL(
            ["UPDATE positions_position SET public_since = updated_at WHERE is_public"], migrations.RunSQL.noop
        ),
    ]
