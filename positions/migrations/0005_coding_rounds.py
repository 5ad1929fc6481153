"""Readings belong to rounds: several people code one source, each without seeing what the others make of it."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import debate.locators
import speakers.identity


def bring_into_rounds(apps, schema_editor):
    """What coders made of positions becomes a settled round on the source that the position was read in.

    Readings of positions without evidence belong to no source: of those the edit history alone remains.
    """
    model = {
        name: apps.get_model("positions", name)
        for name in ("Coding", "CodingRound", "CodingUnit", "RoundCoder", "Evidence")
    }
    evidence = model["Evidence"].objects
    for coding in model["Coding"].objects.select_related("position").order_by("pk"):
        read_in = evidence.filter(position=coding.position).order_by("pk").first()
        if read_in is None:
            coding.delete()
            continue
        now = {"compared_at": coding.created_at, "settled_at": coding.updated_at, "state": "settled"}
        same = {"source_id": read_in.source_id, "number": coding.old_round}
        coding.round, _is_new = model["CodingRound"].objects.get_or_create(**same, defaults=now)
        model["RoundCoder"].objects.get_or_create(
            round=coding.round, coder_id=coding.coder_id, defaults={"finished_at": coding.updated_at}
        )
        coding.unit = _unit(model["CodingUnit"].objects, coding)
        coding.appearance_id, coding.wording_id = coding.position.appearance_id, coding.position.wording_id
        coding.locator, coding.quote = read_in.locator, read_in.quote
        if coding.stance == "conditional":
            coding.condition_en, coding.condition_ko = coding.position.condition_en, coding.position.condition_ko
        coding.save()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # tables with checks outstanding can't be altered


def _unit(units, coding):
    found = units.filter(round=coding.round, position=coding.position).first()
    return found or units.create(
        round=coding.round,
        number=units.filter(round=coding.round).count() + 1,
        outcome="adopted",
        position=coding.position,
        settled_by_id=coding.coder_id,
        settled_at=coding.updated_at,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("debate", "0003_find_by_organization"),
        ("positions", "0004_public_since"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CodingRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "public_id",
                    models.CharField(
                        default=speakers.identity.new_public_id,
                        editable=False,
                        max_length=12,
                        unique=True,
                        verbose_name="public id",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("compared", "being settled"), ("settled", "settled")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("task", models.TextField(blank=True, default="", verbose_name="what is to be coded")),
                ("compared_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
            ],
            options={
                "verbose_name": "coding round",
                "verbose_name_plural": "coding rounds",
            },
        ),
        migrations.CreateModel(
            name="CodingUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("adopted", "taken into the record"), ("dropped", "dropped")],
                        default="",
                        max_length=7,
                        verbose_name="outcome",
                    ),
                ),
                ("made_position", models.BooleanField(default=False, verbose_name="made the position")),
                ("reason", models.TextField(blank=True, default="", verbose_name="reason")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
            ],
            options={
                "verbose_name": "coded unit",
                "verbose_name_plural": "coded units",
                "ordering": ["round", "number"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCodingRound",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                (
                    "public_id",
                    models.CharField(
                        db_index=True,
                        default=speakers.identity.new_public_id,
                        editable=False,
                        max_length=12,
                        verbose_name="public id",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("compared", "being settled"), ("settled", "settled")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("task", models.TextField(blank=True, default="", verbose_name="what is to be coded")),
                ("compared_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical coding round",
                "verbose_name_plural": "historical coding rounds",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCodingUnit",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("adopted", "taken into the record"), ("dropped", "dropped")],
                        default="",
                        max_length=7,
                        verbose_name="outcome",
                    ),
                ),
                ("made_position", models.BooleanField(default=False, verbose_name="made the position")),
                ("reason", models.TextField(blank=True, default="", verbose_name="reason")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical coded unit",
                "verbose_name_plural": "historical coded units",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRoundCoder",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical coder of a round",
                "verbose_name_plural": "historical coders of a round",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RoundCoder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
            ],
            options={
                "verbose_name": "coder of a round",
                "verbose_name_plural": "coders of a round",
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="coding",
            name="coding_once_a_round",
        ),
        migrations.RenameField("coding", "round", "old_round"),
        migrations.RenameField("historicalcoding", "round", "old_round"),
        migrations.AddField(
            model_name="coding",
            name="appearance",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="codings",
                to="debate.appearance",
                verbose_name="appearance",
            ),
        ),
        migrations.AddField(
            model_name="coding",
            name="condition_en",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="coding",
            name="condition_ko",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="coding",
            name="end",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="end"),
        ),
        migrations.AddField(
            model_name="coding",
            name="is_taken_back",
            field=models.BooleanField(default=False, verbose_name="taken back"),
        ),
        migrations.AddField(
            model_name="coding",
            name="locator",
            field=models.CharField(
                default="", max_length=100, validators=[debate.locators.validate_locator], verbose_name="place"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="coding",
            name="note",
            field=models.TextField(blank=True, default="", verbose_name="note to the other coders"),
        ),
        migrations.AddField(
            model_name="coding",
            name="quote",
            field=models.TextField(blank=True, default="", verbose_name="quote"),
        ),
        migrations.AddField(
            model_name="coding",
            name="source_language",
            field=models.CharField(
                choices=[("en", "English"), ("ko", "Korean")],
                db_default="en",
                default="en",
                max_length=2,
                verbose_name="language of the source",
            ),
        ),
        migrations.AddField(
            model_name="coding",
            name="start",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="start"),
        ),
        migrations.AddField(
            model_name="coding",
            name="summary_en",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="coding",
            name="summary_ko",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="coding",
            name="text_hash",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256 of the text"),
        ),
        migrations.AddField(
            model_name="coding",
            name="wording",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="codings",
                to="positions.wording",
                verbose_name="wording",
            ),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="appearance",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="debate.appearance",
                verbose_name="appearance",
            ),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="condition_en",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="condition_ko",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="end",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="end"),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="is_taken_back",
            field=models.BooleanField(default=False, verbose_name="taken back"),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="locator",
            field=models.CharField(
                default="", max_length=100, validators=[debate.locators.validate_locator], verbose_name="place"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="note",
            field=models.TextField(blank=True, default="", verbose_name="note to the other coders"),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="quote",
            field=models.TextField(blank=True, default="", verbose_name="quote"),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="source_language",
            field=models.CharField(
                choices=[("en", "English"), ("ko", "Korean")],
                db_default="en",
                default="en",
                max_length=2,
                verbose_name="language of the source",
            ),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="start",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="start"),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="summary_en",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="summary_ko",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="text_hash",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256 of the text"),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="wording",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="positions.wording",
                verbose_name="wording",
            ),
        ),
        migrations.AddField(
            model_name="codinground",
            name="compared_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="closed by",
            ),
        ),
        migrations.AddField(
            model_name="codinground",
            name="opened_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="opened by",
            ),
        ),
        migrations.AddField(
            model_name="codinground",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coding_rounds",
                to="debate.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="codingunit",
            name="position",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coding_units",
                to="positions.position",
                verbose_name="position",
            ),
        ),
        migrations.AddField(
            model_name="codingunit",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="units",
                to="positions.codinground",
                verbose_name="round",
            ),
        ),
        migrations.AddField(
            model_name="codingunit",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="settled by",
            ),
        ),
        migrations.AddField(
            model_name="codingunit",
            name="taken_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="positions.coding",
                verbose_name="taken from",
            ),
        ),
        migrations.AddField(
            model_name="coding",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="codings",
                to="positions.codingunit",
                verbose_name="coded unit",
            ),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="positions.codingunit",
                verbose_name="coded unit",
            ),
        ),
        migrations.AddField(
            model_name="historicalcodinground",
            name="compared_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="closed by",
            ),
        ),
        migrations.AddField(
            model_name="historicalcodinground",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalcodinground",
            name="opened_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="opened by",
            ),
        ),
        migrations.AddField(
            model_name="historicalcodinground",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="debate.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="historicalcodingunit",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalcodingunit",
            name="position",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="positions.position",
                verbose_name="position",
            ),
        ),
        migrations.AddField(
            model_name="historicalcodingunit",
            name="round",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="positions.codinground",
                verbose_name="round",
            ),
        ),
        migrations.AddField(
            model_name="historicalcodingunit",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="settled by",
            ),
        ),
        migrations.AddField(
            model_name="historicalcodingunit",
            name="taken_from",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="positions.coding",
                verbose_name="taken from",
            ),
        ),
        migrations.AddField(
            model_name="historicalroundcoder",
            name="coder",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="coder",
            ),
        ),
        migrations.AddField(
            model_name="historicalroundcoder",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalroundcoder",
            name="round",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="positions.codinground",
                verbose_name="round",
            ),
        ),
        migrations.AddField(
            model_name="roundcoder",
            name="coder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="coder",
            ),
        ),
        migrations.AddField(
            model_name="roundcoder",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="round_coders",
                to="positions.codinground",
                verbose_name="round",
            ),
        ),
        migrations.AddField(
            model_name="codinground",
            name="coders",
            field=models.ManyToManyField(
                related_name="coding_rounds", through="positions.RoundCoder", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="coding",
            name="round",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="codings",
                to="positions.codinground",
                verbose_name="round",
            ),
        ),
        migrations.AddField(
            model_name="historicalcoding",
            name="round",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="positions.codinground",
                verbose_name="round",
            ),
        ),
        migrations.RunPython(bring_into_rounds, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="historicalcoding",
            name="position",
        ),
        migrations.RemoveField(
            model_name="coding",
            name="position",
        ),
        migrations.RemoveField("coding", "old_round"),
        migrations.RemoveField("historicalcoding", "old_round"),
        migrations.AlterField(
            model_name="coding",
            name="appearance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="codings",
                to="debate.appearance",
                verbose_name="appearance",
            ),
        ),
        migrations.AlterField(
            model_name="coding",
            name="wording",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="codings",
                to="positions.wording",
                verbose_name="wording",
            ),
        ),
        migrations.AlterField(
            model_name="coding",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="codings",
                to="positions.codinground",
                verbose_name="round",
            ),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", None), ("start", None), ("text_hash", "")),
                    models.Q(("end__gt", models.F("start")), models.Q(("text_hash", ""), _negated=True)),
                    _connector="OR",
                ),
                name="coding_passage_is_of_a_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="codingunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("position", None), ("settled_at", None), ("settled_by", None)),
                    models.Q(
                        ("outcome", "adopted"),
                        ("position__isnull", False),
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                    ),
                    models.Q(
                        ("outcome", "dropped"),
                        ("position", None),
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="coding_unit_outcome_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="codingunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("made_position", False), ("position__isnull", False), _connector="OR"),
                name="coding_unit_made_a_position",
            ),
        ),
        migrations.AddConstraint(
            model_name="codingunit",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="coding_unit_number_once"),
        ),
        migrations.AddConstraint(
            model_name="roundcoder",
            constraint=models.UniqueConstraint(fields=("round", "coder"), name="round_coder_once"),
        ),
        migrations.AddConstraint(
            model_name="codinground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("compared_at", None), ("settled_at", None), ("state", "open")),
                    models.Q(("compared_at__isnull", False), ("settled_at", None), ("state", "compared")),
                    models.Q(("compared_at__isnull", False), ("settled_at__isnull", False), ("state", "settled")),
                    _connector="OR",
                ),
                name="coding_round_state_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="codinground",
            constraint=models.UniqueConstraint(fields=("source", "number"), name="coding_round_number_once"),
        ),
        migrations.AddConstraint(
            model_name="codinground",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "settled"), _negated=True),
                fields=("source",),
                name="coding_round_one_at_a_time",
                violation_error_message="A round on this source goes on already: settle it first.",
            ),
        ),
    ]
