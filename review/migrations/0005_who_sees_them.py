"""Who may look into the bin, and at what was merged, by the groups of `review.roles`."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from review import roles


def establish(apps, _schema_editor):
    for config in apps.get_app_configs():
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("review", "0004_bin_and_merging")]

    operations = [migrations.RunPython(establish, migrations.RunPython.noop, elidable=False)]
