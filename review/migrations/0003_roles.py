"""The groups of `review.roles`, with their permissions; Django makes those only after the last migration."""

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
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("speakers", "0002_kept_by_the_database"),
        ("debate", "0003_find_by_organization"),
        ("positions", "0004_public_since"),
        ("review", "0002_tokens_and_new_records"),
    ]

    operations = [migrations.RunPython(establish, migrations.RunPython.noop, elidable=False)]
