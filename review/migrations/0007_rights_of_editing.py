"""The groups get the rights that came with the editors' screens, and no others back that were taken from them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from review import roles

NEW = [
    "view_auditentry",
    "view_binned",
    "view_merge",
    "view_notthesame",
    "view_unansweredquestion",
    "delete_unansweredquestion",
    *(
        f"{act}_{name}"
        for name in ("codinground", "codingunit", "roundcoder")
        for act in ("view", "add", "change", "delete")
    ),
    *(f"view_historical{name}" for name in ("codinground", "codingunit", "roundcoder")),
]


def establish(apps, _schema_editor):
    for label in ("positions", "review", "search"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    roles.establish(apps, only=NEW)


class Migration(migrations.Migration):
    dependencies = [
        ("positions", "0005_coding_rounds"),
        ("review", "0006_revisions_that_follow"),
        ("search", "0001_initial"),
    ]

    operations = [migrations.RunPython(establish, migrations.RunPython.noop, elidable=False)]
