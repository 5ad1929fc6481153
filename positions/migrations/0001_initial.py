import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import debate.locators
import debate.publishing
import speakers.fields
import speakers.identity
import speakers.ordering


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("debate", "0001_initial"),
        ("speakers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="One line, shown at the old address.",
                        max_length=500,
                        verbose_name="withdrawn because",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Made from the name if empty.",
                        max_length=120,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "is_public",
                    debate.publishing.PublishedColumn(
                        db_persist=True,
                        expression=models.Case(
                            models.When(status="published", then=models.Value(True)), default=models.Value(False)
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "proposition",
                "verbose_name_plural": "propositions",
            },
        ),
        migrations.CreateModel(
            name="HistoricalProposition",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="One line, shown at the old address.",
                        max_length=500,
                        verbose_name="withdrawn because",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                (
                    "slug",
                    models.SlugField(
                        blank=True, help_text="Made from the name if empty.", max_length=120, verbose_name="slug"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical proposition",
                "verbose_name_plural": "historical propositions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="One line, shown at the old address.",
                        max_length=500,
                        verbose_name="withdrawn because",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "source_language",
                    models.CharField(
                        choices=[("en", "English"), ("ko", "Korean")],
                        db_default="en",
                        default="en",
                        max_length=2,
                        verbose_name="language of the source",
                    ),
                ),
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
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "supports"),
                            ("opposes", "opposes"),
                            ("conditional", "supports on a condition"),
                            ("neutral", "takes no side"),
                        ],
                        max_length=12,
                        verbose_name="stance",
                    ),
                ),
                ("condition_en", models.TextField(blank=True, default="")),
                ("condition_ko", models.TextField(blank=True, default="")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("recommendation", "recommendation"),
                            ("assessment", "assessment"),
                            ("concern", "concern"),
                            ("commitment", "commitment"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("summary_en", models.TextField(blank=True, default="")),
                ("summary_ko", models.TextField(blank=True, default="")),
                ("topic_keys", models.TextField(db_default="", default="", editable=False)),
                ("date_earliest", models.DateField(editable=False, null=True)),
                ("date_latest", models.DateField(editable=False, null=True)),
                (
                    "is_public",
                    models.BooleanField(db_default=False, default=False, editable=False, verbose_name="public"),
                ),
                (
                    "appearance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="debate.appearance",
                        verbose_name="appearance",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="positions",
                        to="debate.event",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="positions",
                        to="speakers.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "position",
                "verbose_name_plural": "positions",
            },
        ),
        migrations.CreateModel(
            name="HistoricalRemark",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                (
                    "source_language",
                    models.CharField(
                        choices=[("en", "English"), ("ko", "Korean")],
                        db_default="en",
                        default="en",
                        max_length=2,
                        verbose_name="language of the source",
                    ),
                ),
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
                (
                    "kind",
                    models.CharField(
                        choices=[("correction", "correction"), ("disputed", "disputed by the speaker")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("date", models.DateField(verbose_name="date")),
                ("text_en", models.TextField(blank=True, default="")),
                ("text_ko", models.TextField(blank=True, default="")),
                ("statement_en", models.TextField(blank=True, default="")),
                ("statement_ko", models.TextField(blank=True, default="")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="debate.event",
                        verbose_name="debate",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="speakers.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="positions.position",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical remark",
                "verbose_name_plural": "historical remarks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPositionLink",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agrees_with", "agrees with"),
                            ("disputes", "disputes"),
                            ("answers", "answers"),
                            ("elaborates", "elaborates"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_position",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="positions.position",
                        verbose_name="position",
                    ),
                ),
                (
                    "to_position",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="positions.position",
                        verbose_name="other position",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical link between positions",
                "verbose_name_plural": "historical links between positions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPositionCapacity",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "capacity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="debate.capacity",
                        verbose_name="capacity",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="positions.position",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical capacity of a position",
                "verbose_name_plural": "historical capacities of a position",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEvidence",
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
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=100,
                        validators=[debate.locators.validate_locator],
                        verbose_name="place",
                    ),
                ),
                ("quote", models.TextField(blank=True, default="", verbose_name="quote")),
                (
                    "quote_language",
                    models.CharField(blank=True, default="", max_length=12, verbose_name="language of the quote"),
                ),
                ("prefix", models.CharField(blank=True, default="", max_length=200, verbose_name="words before")),
                ("suffix", models.CharField(blank=True, default="", max_length=200, verbose_name="words after")),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "found as quoted"),
                            ("moved", "found elsewhere"),
                            ("not_found", "not found"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="state of the quote",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="debate.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="positions.position",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical evidence",
                "verbose_name_plural": "historical evidence",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCoding",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "supports"),
                            ("opposes", "opposes"),
                            ("conditional", "supports on a condition"),
                            ("neutral", "takes no side"),
                        ],
                        max_length=12,
                        verbose_name="stance",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("recommendation", "recommendation"),
                            ("assessment", "assessment"),
                            ("concern", "concern"),
                            ("commitment", "commitment"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[("low", "low"), ("medium", "medium"), ("high", "high")],
                        default="high",
                        max_length=6,
                        verbose_name="certainty",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "coder",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="coder",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="positions.position",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical coding",
                "verbose_name_plural": "historical codings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PositionCapacity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "capacity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="position_choices",
                        to="debate.capacity",
                        verbose_name="capacity",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="capacity_choices",
                        to="positions.position",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "capacity of a position",
                "verbose_name_plural": "capacities of a position",
            },
        ),
        migrations.AddField(
            model_name="position",
            name="capacities",
            field=models.ManyToManyField(
                help_text="Only where the source tells in which of them it was stated; none means all of the appearance's.",
                related_name="positions",
                through="positions.PositionCapacity",
                to="debate.capacity",
                verbose_name="capacities",
            ),
        ),
        migrations.CreateModel(
            name="PositionLink",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agrees_with", "agrees with"),
                            ("disputes", "disputes"),
                            ("answers", "answers"),
                            ("elaborates", "elaborates"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "from_position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_from",
                        to="positions.position",
                        verbose_name="position",
                    ),
                ),
                (
                    "to_position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_to",
                        to="positions.position",
                        verbose_name="other position",
                    ),
                ),
            ],
            options={
                "verbose_name": "link between positions",
                "verbose_name_plural": "links between positions",
            },
        ),
        migrations.AddField(
            model_name="position",
            name="proposition",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="positions",
                to="positions.proposition",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalWording",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                (
                    "source_language",
                    models.CharField(
                        choices=[("en", "English"), ("ko", "Korean")],
                        db_default="en",
                        default="en",
                        max_length=2,
                        verbose_name="language of the source",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(blank=True, default=0, verbose_name="number")),
                ("text_en", models.CharField(blank=True, default="", max_length=500)),
                ("text_ko", models.CharField(blank=True, default="", max_length=500)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="positions.proposition",
                        verbose_name="proposition",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical wording",
                "verbose_name_plural": "historical wordings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "source_language",
                    models.CharField(
                        choices=[("en", "English"), ("ko", "Korean")],
                        db_default="en",
                        default="en",
                        max_length=2,
                        verbose_name="language of the source",
                    ),
                ),
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
                (
                    "kind",
                    models.CharField(
                        choices=[("correction", "correction"), ("disputed", "disputed by the speaker")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("date", models.DateField(verbose_name="date")),
                ("text_en", models.TextField(blank=True, default="")),
                ("text_ko", models.TextField(blank=True, default="")),
                ("statement_en", models.TextField(blank=True, default="")),
                ("statement_ko", models.TextField(blank=True, default="")),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="debate.event",
                        verbose_name="debate",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="speakers.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="positions.position",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark",
                "verbose_name_plural": "remarks",
                "ordering": ["date", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="One line, shown at the old address.",
                        max_length=500,
                        verbose_name="withdrawn because",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "source_language",
                    models.CharField(
                        choices=[("en", "English"), ("ko", "Korean")],
                        db_default="en",
                        default="en",
                        max_length=2,
                        verbose_name="language of the source",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Made from the name if empty.",
                        max_length=120,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                ("name_en", models.CharField(blank=True, default="", max_length=200)),
                ("name_ko", models.CharField(blank=True, default="", max_length=200)),
                ("description_en", models.TextField(blank=True, default="")),
                ("description_ko", models.TextField(blank=True, default="")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "is_public",
                    debate.publishing.PublishedColumn(
                        db_persist=True,
                        expression=models.Case(
                            models.When(status="published", then=models.Value(True)), default=models.Value(False)
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "sort_key_en",
                    speakers.fields.SortKeyField(
                        blank=True, default="", editable=False, max_length=200, of=("name_en", "name_ko")
                    ),
                ),
                (
                    "sort_key_ko",
                    speakers.fields.SortKeyField(
                        blank=True, default="", editable=False, max_length=200, of=("name_ko", "name_en")
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="positions.topic",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
            },
        ),
        migrations.CreateModel(
            name="PropositionTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "proposition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topic_assignments",
                        to="positions.proposition",
                        verbose_name="proposition",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="positions.topic",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic of a proposition",
                "verbose_name_plural": "topics of a proposition",
            },
        ),
        migrations.AddField(
            model_name="proposition",
            name="topics",
            field=models.ManyToManyField(
                related_name="propositions", through="positions.PropositionTopic", to="positions.topic"
            ),
        ),
        migrations.CreateModel(
            name="HistoricalTopic",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="One line, shown at the old address.",
                        max_length=500,
                        verbose_name="withdrawn because",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                (
                    "source_language",
                    models.CharField(
                        choices=[("en", "English"), ("ko", "Korean")],
                        db_default="en",
                        default="en",
                        max_length=2,
                        verbose_name="language of the source",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True, help_text="Made from the name if empty.", max_length=120, verbose_name="slug"
                    ),
                ),
                ("name_en", models.CharField(blank=True, default="", max_length=200)),
                ("name_ko", models.CharField(blank=True, default="", max_length=200)),
                ("description_en", models.TextField(blank=True, default="")),
                ("description_ko", models.TextField(blank=True, default="")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="positions.topic",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical topic",
                "verbose_name_plural": "historical topics",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPropositionTopic",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="positions.proposition",
                        verbose_name="proposition",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="positions.topic",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical topic of a proposition",
                "verbose_name_plural": "historical topics of a proposition",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "source_language",
                    models.CharField(
                        choices=[("en", "English"), ("ko", "Korean")],
                        db_default="en",
                        default="en",
                        max_length=2,
                        verbose_name="language of the source",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(blank=True, default=0, verbose_name="number")),
                ("text_en", models.CharField(blank=True, default="", max_length=500)),
                ("text_ko", models.CharField(blank=True, default="", max_length=500)),
                (
                    "sort_key_en",
                    speakers.fields.SortKeyField(
                        blank=True, default="", editable=False, max_length=200, of=("text_en", "text_ko")
                    ),
                ),
                (
                    "sort_key_ko",
                    speakers.fields.SortKeyField(
                        blank=True, default="", editable=False, max_length=200, of=("text_ko", "text_en")
                    ),
                ),
                (
                    "proposition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="positions.proposition",
                        verbose_name="proposition",
                    ),
                ),
            ],
            options={
                "verbose_name": "wording",
                "verbose_name_plural": "wordings",
                "ordering": ["number"],
            },
        ),
        migrations.AddField(
            model_name="proposition",
            name="current_wording",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="positions.wording",
                verbose_name="wording",
            ),
        ),
        migrations.AddField(
            model_name="position",
            name="wording",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="positions",
                to="positions.wording",
                verbose_name="wording",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalPosition",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="One line, shown at the old address.",
                        max_length=500,
                        verbose_name="withdrawn because",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                (
                    "source_language",
                    models.CharField(
                        choices=[("en", "English"), ("ko", "Korean")],
                        db_default="en",
                        default="en",
                        max_length=2,
                        verbose_name="language of the source",
                    ),
                ),
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
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "supports"),
                            ("opposes", "opposes"),
                            ("conditional", "supports on a condition"),
                            ("neutral", "takes no side"),
                        ],
                        max_length=12,
                        verbose_name="stance",
                    ),
                ),
                ("condition_en", models.TextField(blank=True, default="")),
                ("condition_ko", models.TextField(blank=True, default="")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("recommendation", "recommendation"),
                            ("assessment", "assessment"),
                            ("concern", "concern"),
                            ("commitment", "commitment"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("summary_en", models.TextField(blank=True, default="")),
                ("summary_ko", models.TextField(blank=True, default="")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "appearance",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="debate.appearance",
                        verbose_name="appearance",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wording",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="positions.wording",
                        verbose_name="wording",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical position",
                "verbose_name_plural": "historical positions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Evidence",
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
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=100,
                        validators=[debate.locators.validate_locator],
                        verbose_name="place",
                    ),
                ),
                ("quote", models.TextField(blank=True, default="", verbose_name="quote")),
                (
                    "quote_language",
                    models.CharField(blank=True, default="", max_length=12, verbose_name="language of the quote"),
                ),
                ("prefix", models.CharField(blank=True, default="", max_length=200, verbose_name="words before")),
                ("suffix", models.CharField(blank=True, default="", max_length=200, verbose_name="words after")),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "found as quoted"),
                            ("moved", "found elsewhere"),
                            ("not_found", "not found"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="state of the quote",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="debate.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="positions.position",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", None), ("quote", ""), ("start", None), ("state", "")),
                            models.Q(
                                models.Q(("quote", ""), _negated=True), ("state__in", ["exact", "moved", "not_found"])
                            ),
                            _connector="OR",
                        ),
                        name="evidence_quote_has_a_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", None), ("start", None)), ("end__gt", models.F("start")), _connector="OR"
                        ),
                        name="evidence_ends_after_its_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "supports"),
                            ("opposes", "opposes"),
                            ("conditional", "supports on a condition"),
                            ("neutral", "takes no side"),
                        ],
                        max_length=12,
                        verbose_name="stance",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("recommendation", "recommendation"),
                            ("assessment", "assessment"),
                            ("concern", "concern"),
                            ("commitment", "commitment"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[("low", "low"), ("medium", "medium"), ("high", "high")],
                        default="high",
                        max_length=6,
                        verbose_name="certainty",
                    ),
                ),
                (
                    "coder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="coder",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codings",
                        to="positions.position",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "coding",
                "verbose_name_plural": "codings",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["supports", "opposes", "conditional", "neutral"])),
                        name="coding_stance_known",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["recommendation", "assessment", "concern", "commitment"])),
                        name="coding_kind_known",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certainty__in", ["low", "medium", "high"])),
                        name="coding_certainty_known",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.UniqueConstraint(fields=("position", "coder", "round"), name="coding_once_a_round"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="positioncapacity",
            constraint=models.UniqueConstraint(fields=("position", "capacity"), name="position_capacity_once"),
        ),
        migrations.AddConstraint(
            model_name="positionlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["agrees_with", "disputes", "answers", "elaborates"])),
                name="position_link_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="positionlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_position", models.F("to_position")), _negated=True),
                name="position_not_linked_to_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="positionlink",
            constraint=models.UniqueConstraint(
                fields=("from_position", "to_position", "kind"), name="position_link_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("position__isnull", False),
                        models.Q(("person__isnull", False), _negated=True),
                        models.Q(("event__isnull", False), _negated=True),
                    ),
                    models.Q(
                        models.Q(("position__isnull", False), _negated=True),
                        ("person__isnull", False),
                        models.Q(("event__isnull", False), _negated=True),
                    ),
                    models.Q(
                        models.Q(("position__isnull", False), _negated=True),
                        models.Q(("person__isnull", False), _negated=True),
                        ("event__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="remark_is_on_one",
                violation_error_message="Fill in exactly one of these fields.",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["correction", "disputed"])), name="remark_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("statement_en", ""), _negated=True),
                    models.Q(("statement_ko", ""), _negated=True),
                    models.Q(("text_en", ""), _negated=True),
                    models.Q(("text_ko", ""), _negated=True),
                    _connector="OR",
                ),
                name="remark_says_something",
                violation_error_message="Fill in the text in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                name="topic_status_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(models.Q(("withdrawn_because", ""), _negated=True), ("withdrawn_at__isnull", False)),
                    _connector="OR",
                ),
                name="topic_withdrawn_says_why",
                violation_error_message="Say in a line why it is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_en", ""), _negated=True), models.Q(("name_ko", ""), _negated=True), _connector="OR"
                ),
                name="topic_has_a_name",
                violation_error_message="Fill in the text in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True),
                name="topic_has_a_slug",
                violation_error_message="This field must not be empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                ),
                name="topic_not_in_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="propositiontopic",
            constraint=models.UniqueConstraint(fields=("proposition", "topic"), name="proposition_topic_once"),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text_en", ""), _negated=True), models.Q(("text_ko", ""), _negated=True), _connector="OR"
                ),
                name="wording_has_a_text",
                violation_error_message="Fill in the text in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(fields=("proposition", "number"), name="wording_number_once"),
        ),
        migrations.AddConstraint(
            model_name="proposition",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                name="proposition_status_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(models.Q(("withdrawn_because", ""), _negated=True), ("withdrawn_at__isnull", False)),
                    _connector="OR",
                ),
                name="proposition_withdrawn_says_why",
                violation_error_message="Say in a line why it is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposition",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True),
                name="proposition_has_a_slug",
                violation_error_message="This field must not be empty.",
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                speakers.ordering.LatestFirst("date_latest"),
                speakers.ordering.LatestFirst("date_earliest"),
                models.F("event"),
                condition=models.Q(("is_public", True)),
                name="public_positions_in_time",
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                models.F("person"),
                speakers.ordering.LatestFirst("date_latest"),
                speakers.ordering.LatestFirst("date_earliest"),
                condition=models.Q(("is_public", True)),
                name="public_positions_by_person",
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                models.F("proposition"),
                models.F("stance"),
                condition=models.Q(("is_public", True)),
                name="public_positions_by_stance",
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                models.F("event"), condition=models.Q(("is_public", True)), name="public_positions_by_event"
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                name="position_status_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(models.Q(("withdrawn_because", ""), _negated=True), ("withdrawn_at__isnull", False)),
                    _connector="OR",
                ),
                name="position_withdrawn_says_why",
                violation_error_message="Say in a line why it is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("stance__in", ["supports", "opposes", "conditional", "neutral"])),
                name="position_stance_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["recommendation", "assessment", "concern", "commitment"])),
                name="position_kind_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("summary_en", ""), _negated=True),
                    models.Q(("summary_ko", ""), _negated=True),
                    _connector="OR",
                ),
                name="position_has_a_summary",
                violation_error_message="Fill in the text in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stance", "conditional"), _negated=True),
                    models.Q(("condition_en", ""), _negated=True),
                    models.Q(("condition_ko", ""), _negated=True),
                    _connector="OR",
                ),
                name="position_conditional_says_on_what",
                violation_error_message="Fill in the text in at least one language.",
            ),
        ),
    ]
