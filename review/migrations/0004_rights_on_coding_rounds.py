"""The groups get rights on coding rounds, which came after them."""

from importlib import import_module

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("positions", "0005_coding_rounds"),
        ("review", "0003_roles"),
    ]

    operations = [
        migrations.RunPython(
            import_module("review.migrations.0003_roles").establish, migrations.RunPython.noop, elidable=False
        )
    ]
