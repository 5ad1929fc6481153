from django.contrib.auth.management import create_permissions
from django.db import migrations

from review import roles


def establish(apps, _schema_editor):
    config = apps.get_app_config("review")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    roles.establish(apps, only=["view_auditentry"])


class Migration(migrations.Migration):
    dependencies = [("review", "0004_audit_log")]

    operations = [migrations.RunPython(establish, migrations.RunPython.noop, elidable=False)]
