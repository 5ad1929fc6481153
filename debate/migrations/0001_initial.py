import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import debate.locators
import debate.models
import debate.publishing
import speakers.fields
import speakers.identity
import speakers.ordering


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("speakers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
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
                ("title_en", models.CharField(blank=True, default="", max_length=300)),
                ("title_ko", models.CharField(blank=True, default="", max_length=300)),
                ("subtitle_en", models.CharField(blank=True, default="", max_length=300)),
                ("subtitle_ko", models.CharField(blank=True, default="", max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("debate", "policy debate"),
                            ("hearing", "hearing"),
                            ("plenary", "plenary session"),
                            ("interview", "interview"),
                            ("press_conference", "press conference"),
                            ("publication", "publication"),
                        ],
                        default="debate",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "date",
                    speakers.fields.EdtfField(
                        blank=True,
                        default="",
                        help_text="EDTF: 2025, 2025-02, 2025-02-12, XXXX-XX-12 (X: not known), 2024-05/.. (still), 2024-05/ (end unknown)",
                        max_length=32,
                        verbose_name="date",
                    ),
                ),
                (
                    "date_earliest",
                    speakers.fields.EarliestDayField(blank=True, editable=False, null=True, of=("date",)),
                ),
                ("date_latest", speakers.fields.LatestDayField(blank=True, editable=False, null=True, of=("date",))),
                ("venue_name_en", models.CharField(blank=True, default="", max_length=200)),
                ("venue_name_ko", models.CharField(blank=True, default="", max_length=200)),
                ("venue_room_en", models.CharField(blank=True, default="", max_length=200)),
                ("venue_room_ko", models.CharField(blank=True, default="", max_length=200)),
                ("venue_locality_en", models.CharField(blank=True, default="", max_length=200)),
                ("venue_locality_ko", models.CharField(blank=True, default="", max_length=200)),
                (
                    "venue_country",
                    models.CharField(
                        blank=True, default="", help_text="ISO 3166, as in KR", max_length=2, verbose_name="country"
                    ),
                ),
                ("summary_en", models.TextField(blank=True, default="")),
                ("summary_ko", models.TextField(blank=True, default="")),
                (
                    "languages",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='["ko", "en"]',
                        validators=[debate.models.validate_languages],
                        verbose_name="languages spoken",
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
                (
                    "sort_key_en",
                    speakers.fields.SortKeyField(
                        blank=True, default="", editable=False, max_length=200, of=("title_en", "title_ko")
                    ),
                ),
                (
                    "sort_key_ko",
                    speakers.fields.SortKeyField(
                        blank=True, default="", editable=False, max_length=200, of=("title_ko", "title_en")
                    ),
                ),
            ],
            options={
                "verbose_name": "debate",
                "verbose_name_plural": "debates",
            },
        ),
        migrations.CreateModel(
            name="Appearance",
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
                    "label",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="As printed, for somebody whom the source leaves unnamed.",
                        max_length=200,
                        verbose_name="label",
                    ),
                ),
                (
                    "name_as_printed",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="name as printed"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("opening_speaker", "opening speaker"),
                            ("welcoming_speaker", "welcoming speaker"),
                            ("keynote_speaker", "keynote speaker"),
                            ("presenter", "presenter"),
                            ("panellist", "panellist"),
                            ("moderator", "moderator"),
                            ("chair", "chair"),
                            ("witness", "witness"),
                            ("questioner", "questioner"),
                            ("interviewee", "interviewee"),
                            ("interviewer", "interviewer"),
                            ("author", "author"),
                            ("closing_speaker", "closing speaker"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_absent", models.BooleanField(default=False, verbose_name="announced but absent")),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=100,
                        validators=[debate.locators.validate_locator],
                        verbose_name="place in the source",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(db_default=False, default=False, editable=False, verbose_name="public"),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appearances",
                        to="speakers.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appearances",
                        to="speakers.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "appearance",
                "verbose_name_plural": "appearances",
            },
        ),
        migrations.CreateModel(
            name="EventOrganization",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("host", "host"),
                            ("co_host", "co-host"),
                            ("sponsor", "sponsor"),
                            ("subject", "subject of the debate"),
                        ],
                        default="host",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="event_organizations",
                        to="debate.event",
                        verbose_name="debate",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event_organizations",
                        to="speakers.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "organization of a debate",
                "verbose_name_plural": "organizations of a debate",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="organizations",
            field=models.ManyToManyField(
                related_name="events", through="debate.EventOrganization", to="speakers.organization"
            ),
        ),
        migrations.CreateModel(
            name="EventRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[("follows", "follows"), ("answers", "answers"), ("part_of", "is part of")],
                        default="follows",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "from_event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_from",
                        to="debate.event",
                        verbose_name="debate",
                    ),
                ),
                (
                    "to_event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_to",
                        to="debate.event",
                        verbose_name="other debate",
                    ),
                ),
            ],
            options={
                "verbose_name": "relation of debates",
                "verbose_name_plural": "relations of debates",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCapacity",
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
                ("organization_name_en", models.CharField(blank=True, default="", max_length=200)),
                ("organization_name_ko", models.CharField(blank=True, default="", max_length=200)),
                ("role_en", models.CharField(blank=True, default="", max_length=200)),
                ("role_ko", models.CharField(blank=True, default="", max_length=200)),
                ("unit_en", models.CharField(blank=True, default="", max_length=200)),
                ("unit_ko", models.CharField(blank=True, default="", max_length=200)),
                (
                    "basis",
                    models.CharField(
                        choices=[("identified_as", "identified as"), ("on_behalf_of", "on behalf of")],
                        default="identified_as",
                        max_length=14,
                        verbose_name="basis",
                    ),
                ),
                ("is_doubtful", models.BooleanField(default=False, verbose_name="doubtful")),
                ("note_en", models.TextField(blank=True, default="")),
                ("note_ko", models.TextField(blank=True, default="")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "affiliation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="speakers.affiliation",
                        verbose_name="affiliation",
                    ),
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
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="speakers.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical capacity",
                "verbose_name_plural": "historical capacities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEditorialNote",
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
                    "about",
                    models.CharField(
                        choices=[
                            ("title", "title"),
                            ("date", "date"),
                            ("venue", "venue"),
                            ("coding", "coding"),
                            ("language", "language"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=10,
                        verbose_name="about",
                    ),
                ),
                ("text_en", models.TextField(blank=True, default="")),
                ("text_ko", models.TextField(blank=True, default="")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
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
            ],
            options={
                "verbose_name": "historical editorial note",
                "verbose_name_plural": "historical editorial notes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEvent",
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
                ("title_en", models.CharField(blank=True, default="", max_length=300)),
                ("title_ko", models.CharField(blank=True, default="", max_length=300)),
                ("subtitle_en", models.CharField(blank=True, default="", max_length=300)),
                ("subtitle_ko", models.CharField(blank=True, default="", max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("debate", "policy debate"),
                            ("hearing", "hearing"),
                            ("plenary", "plenary session"),
                            ("interview", "interview"),
                            ("press_conference", "press conference"),
                            ("publication", "publication"),
                        ],
                        default="debate",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "date",
                    speakers.fields.EdtfField(
                        blank=True,
                        default="",
                        help_text="EDTF: 2025, 2025-02, 2025-02-12, XXXX-XX-12 (X: not known), 2024-05/.. (still), 2024-05/ (end unknown)",
                        max_length=32,
                        verbose_name="date",
                    ),
                ),
                ("venue_name_en", models.CharField(blank=True, default="", max_length=200)),
                ("venue_name_ko", models.CharField(blank=True, default="", max_length=200)),
                ("venue_room_en", models.CharField(blank=True, default="", max_length=200)),
                ("venue_room_ko", models.CharField(blank=True, default="", max_length=200)),
                ("venue_locality_en", models.CharField(blank=True, default="", max_length=200)),
                ("venue_locality_ko", models.CharField(blank=True, default="", max_length=200)),
                (
                    "venue_country",
                    models.CharField(
                        blank=True, default="", help_text="ISO 3166, as in KR", max_length=2, verbose_name="country"
                    ),
                ),
                ("summary_en", models.TextField(blank=True, default="")),
                ("summary_ko", models.TextField(blank=True, default="")),
                (
                    "languages",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='["ko", "en"]',
                        validators=[debate.models.validate_languages],
                        verbose_name="languages spoken",
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
                "verbose_name": "historical debate",
                "verbose_name_plural": "historical debates",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEventOrganization",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("host", "host"),
                            ("co_host", "co-host"),
                            ("sponsor", "sponsor"),
                            ("subject", "subject of the debate"),
                        ],
                        default="host",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
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
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="speakers.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical organization of a debate",
                "verbose_name_plural": "historical organizations of a debate",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEventRelation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[("follows", "follows"), ("answers", "answers"), ("part_of", "is part of")],
                        default="follows",
                        max_length=10,
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
                    "from_event",
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
                    "to_event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="debate.event",
                        verbose_name="other debate",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical relation of debates",
                "verbose_name_plural": "historical relations of debates",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSession",
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
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opening", "opening"),
                            ("presentation", "presentation"),
                            ("discussion", "discussion"),
                            ("questions", "questions"),
                            ("closing", "closing"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title_en", models.CharField(blank=True, default="", max_length=300)),
                ("title_ko", models.CharField(blank=True, default="", max_length=300)),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="starts at")),
                ("ends_at", models.TimeField(blank=True, null=True, verbose_name="ends at")),
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
            ],
            options={
                "verbose_name": "historical session",
                "verbose_name_plural": "historical sessions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Session",
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
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opening", "opening"),
                            ("presentation", "presentation"),
                            ("discussion", "discussion"),
                            ("questions", "questions"),
                            ("closing", "closing"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title_en", models.CharField(blank=True, default="", max_length=300)),
                ("title_ko", models.CharField(blank=True, default="", max_length=300)),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="starts at")),
                ("ends_at", models.TimeField(blank=True, null=True, verbose_name="ends at")),
                (
                    "is_public",
                    models.BooleanField(db_default=False, default=False, editable=False, verbose_name="public"),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="debate.event",
                        verbose_name="debate",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
            },
        ),
        migrations.AddField(
            model_name="appearance",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="appearances",
                to="debate.session",
                verbose_name="session",
            ),
        ),
        migrations.CreateModel(
            name="Source",
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
                        choices=[
                            ("article", "news article"),
                            ("transcript", "transcript"),
                            ("minutes", "minutes"),
                            ("video", "video"),
                            ("audio", "audio recording"),
                            ("slides", "slides"),
                            ("paper", "paper"),
                            ("release", "press release"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(blank=True, default="", max_length=500, verbose_name="title as printed")),
                ("description_en", models.CharField(blank=True, default="", max_length=500)),
                ("description_ko", models.CharField(blank=True, default="", max_length=500)),
                ("publisher", models.CharField(blank=True, default="", max_length=200, verbose_name="publisher")),
                ("author", models.CharField(blank=True, default="", max_length=300, verbose_name="author")),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        default="",
                        max_length=1000,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address",
                    ),
                ),
                (
                    "archived_url",
                    models.URLField(
                        blank=True,
                        default="",
                        max_length=1000,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="archived at",
                    ),
                ),
                ("language", models.CharField(blank=True, default="", max_length=12, verbose_name="language")),
                (
                    "date",
                    speakers.fields.EdtfField(
                        blank=True,
                        default="",
                        help_text="EDTF: 2025, 2025-02, 2025-02-12, XXXX-XX-12 (X: not known), 2024-05/.. (still), 2024-05/ (end unknown)",
                        max_length=32,
                        verbose_name="date",
                    ),
                ),
                (
                    "date_earliest",
                    speakers.fields.EarliestDayField(blank=True, editable=False, null=True, of=("date",)),
                ),
                ("date_latest", speakers.fields.LatestDayField(blank=True, editable=False, null=True, of=("date",))),
                ("accessed", models.DateField(blank=True, null=True, verbose_name="accessed on")),
                ("licence", models.CharField(blank=True, default="", max_length=100, verbose_name="licence")),
                ("paragraph_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="paragraphs")),
                ("text", models.TextField(blank=True, default="", verbose_name="text")),
                (
                    "text_hash",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=64, verbose_name="SHA-256 of the text"
                    ),
                ),
                ("text_public", models.BooleanField(default=False, verbose_name="text is public")),
                (
                    "quoting",
                    models.CharField(
                        choices=[("nothing", "nothing"), ("short_passages", "short passages"), ("all", "all of it")],
                        default="nothing",
                        max_length=14,
                        verbose_name="may be quoted in public",
                    ),
                ),
                ("note_en", models.TextField(blank=True, default="")),
                ("note_ko", models.TextField(blank=True, default="")),
                (
                    "is_public",
                    models.BooleanField(db_default=False, default=False, editable=False, verbose_name="public"),
                ),
                (
                    "translation_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="debate.source",
                        verbose_name="translation of",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
            },
        ),
        migrations.CreateModel(
            name="HistoricalSource",
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
                        choices=[
                            ("article", "news article"),
                            ("transcript", "transcript"),
                            ("minutes", "minutes"),
                            ("video", "video"),
                            ("audio", "audio recording"),
                            ("slides", "slides"),
                            ("paper", "paper"),
                            ("release", "press release"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(blank=True, default="", max_length=500, verbose_name="title as printed")),
                ("description_en", models.CharField(blank=True, default="", max_length=500)),
                ("description_ko", models.CharField(blank=True, default="", max_length=500)),
                ("publisher", models.CharField(blank=True, default="", max_length=200, verbose_name="publisher")),
                ("author", models.CharField(blank=True, default="", max_length=300, verbose_name="author")),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        default="",
                        max_length=1000,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address",
                    ),
                ),
                (
                    "archived_url",
                    models.URLField(
                        blank=True,
                        default="",
                        max_length=1000,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="archived at",
                    ),
                ),
                ("language", models.CharField(blank=True, default="", max_length=12, verbose_name="language")),
                (
                    "date",
                    speakers.fields.EdtfField(
                        blank=True,
                        default="",
                        help_text="EDTF: 2025, 2025-02, 2025-02-12, XXXX-XX-12 (X: not known), 2024-05/.. (still), 2024-05/ (end unknown)",
                        max_length=32,
                        verbose_name="date",
                    ),
                ),
                ("accessed", models.DateField(blank=True, null=True, verbose_name="accessed on")),
                ("licence", models.CharField(blank=True, default="", max_length=100, verbose_name="licence")),
                ("paragraph_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="paragraphs")),
                ("text", models.TextField(blank=True, default="", verbose_name="text")),
                (
                    "text_hash",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=64, verbose_name="SHA-256 of the text"
                    ),
                ),
                ("text_public", models.BooleanField(default=False, verbose_name="text is public")),
                (
                    "quoting",
                    models.CharField(
                        choices=[("nothing", "nothing"), ("short_passages", "short passages"), ("all", "all of it")],
                        default="nothing",
                        max_length=14,
                        verbose_name="may be quoted in public",
                    ),
                ),
                ("note_en", models.TextField(blank=True, default="")),
                ("note_ko", models.TextField(blank=True, default="")),
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
                    "translation_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="debate.source",
                        verbose_name="translation of",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical source",
                "verbose_name_plural": "historical sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEventSource",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                (
                    "role",
                    models.CharField(
                        choices=[("coded", "coded"), ("material", "further material")],
                        default="coded",
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
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
            ],
            options={
                "verbose_name": "historical source of a debate",
                "verbose_name_plural": "historical sources of a debate",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAppearance",
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
                    "label",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="As printed, for somebody whom the source leaves unnamed.",
                        max_length=200,
                        verbose_name="label",
                    ),
                ),
                (
                    "name_as_printed",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="name as printed"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("opening_speaker", "opening speaker"),
                            ("welcoming_speaker", "welcoming speaker"),
                            ("keynote_speaker", "keynote speaker"),
                            ("presenter", "presenter"),
                            ("panellist", "panellist"),
                            ("moderator", "moderator"),
                            ("chair", "chair"),
                            ("witness", "witness"),
                            ("questioner", "questioner"),
                            ("interviewee", "interviewee"),
                            ("interviewer", "interviewer"),
                            ("author", "author"),
                            ("closing_speaker", "closing speaker"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_absent", models.BooleanField(default=False, verbose_name="announced but absent")),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=100,
                        validators=[debate.locators.validate_locator],
                        verbose_name="place in the source",
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
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="speakers.organization",
                        verbose_name="organization",
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
                    "session",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="debate.session",
                        verbose_name="session",
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
            ],
            options={
                "verbose_name": "historical appearance",
                "verbose_name_plural": "historical appearances",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="EventSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "role",
                    models.CharField(
                        choices=[("coded", "coded"), ("material", "further material")],
                        default="coded",
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="event_sources",
                        to="debate.event",
                        verbose_name="debate",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event_sources",
                        to="debate.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "source of a debate",
                "verbose_name_plural": "sources of a debate",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="sources",
            field=models.ManyToManyField(related_name="events", through="debate.EventSource", to="debate.source"),
        ),
        migrations.AddField(
            model_name="appearance",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appearances",
                to="debate.source",
                verbose_name="source",
            ),
        ),
        migrations.CreateModel(
            name="Capacity",
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
                ("organization_name_en", models.CharField(blank=True, default="", max_length=200)),
                ("organization_name_ko", models.CharField(blank=True, default="", max_length=200)),
                ("role_en", models.CharField(blank=True, default="", max_length=200)),
                ("role_ko", models.CharField(blank=True, default="", max_length=200)),
                ("unit_en", models.CharField(blank=True, default="", max_length=200)),
                ("unit_ko", models.CharField(blank=True, default="", max_length=200)),
                (
                    "basis",
                    models.CharField(
                        choices=[("identified_as", "identified as"), ("on_behalf_of", "on behalf of")],
                        default="identified_as",
                        max_length=14,
                        verbose_name="basis",
                    ),
                ),
                ("is_doubtful", models.BooleanField(default=False, verbose_name="doubtful")),
                ("note_en", models.TextField(blank=True, default="")),
                ("note_ko", models.TextField(blank=True, default="")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "affiliation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="capacities",
                        to="speakers.affiliation",
                        verbose_name="affiliation",
                    ),
                ),
                (
                    "appearance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="capacities",
                        to="debate.appearance",
                        verbose_name="appearance",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="capacities",
                        to="speakers.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "capacity",
                "verbose_name_plural": "capacities",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["identified_as", "on_behalf_of"])),
                        name="capacity_basis_known",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role_en", ""), _negated=True),
                            models.Q(("role_ko", ""), _negated=True),
                            models.Q(("organization_name_en", ""), _negated=True),
                            models.Q(("organization_name_ko", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="capacity_says_something",
                        violation_error_message="Fill in the text in at least one language.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditorialNote",
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
                    "about",
                    models.CharField(
                        choices=[
                            ("title", "title"),
                            ("date", "date"),
                            ("venue", "venue"),
                            ("coding", "coding"),
                            ("language", "language"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=10,
                        verbose_name="about",
                    ),
                ),
                ("text_en", models.TextField(blank=True, default="")),
                ("text_ko", models.TextField(blank=True, default="")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="debate.event",
                        verbose_name="debate",
                    ),
                ),
            ],
            options={
                "verbose_name": "editorial note",
                "verbose_name_plural": "editorial notes",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["title", "date", "venue", "coding", "language", "other"])),
                        name="note_subject_known",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_en", ""), _negated=True),
                            models.Q(("text_ko", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="note_has_a_text",
                        violation_error_message="Fill in the text in at least one language.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="eventorganization",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["host", "co_host", "sponsor", "subject"])),
                name="event_organization_role_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventorganization",
            constraint=models.UniqueConstraint(
                fields=("event", "organization", "role"), name="event_organization_once_per_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["follows", "answers", "part_of"])), name="event_relation_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_event", models.F("to_event")), _negated=True),
                name="event_not_related_to_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventrelation",
            constraint=models.UniqueConstraint(fields=("from_event", "to_event", "kind"), name="event_relation_once"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["opening", "presentation", "discussion", "questions", "closing"])),
                name="session_kind_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["article", "transcript", "minutes", "video", "audio", "slides", "paper", "release"])
                ),
                name="source_kind_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("quoting__in", ["nothing", "short_passages", "all"])),
                name="source_quoting_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("url", ""), ("url__startswith", "http://"), ("url__startswith", "https://"), _connector="OR"
                ),
                name="source_url_is_to_the_web",
                violation_error_message="Write an address that begins with http:// or https://.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("archived_url", ""),
                    ("archived_url__startswith", "http://"),
                    ("archived_url__startswith", "https://"),
                    _connector="OR",
                ),
                name="source_archived_url_is_to_the_web",
                violation_error_message="Write an address that begins with http:// or https://.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("description_en", ""), _negated=True),
                    models.Q(("description_ko", ""), _negated=True),
                    _connector="OR",
                ),
                name="source_has_a_title_or_description",
                violation_error_message="Fill in the text in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("translation_of", None),
                    models.Q(("translation_of", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="source_not_its_own_translation",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventsource",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["coded", "material"])), name="event_source_role_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventsource",
            constraint=models.UniqueConstraint(fields=("event", "source"), name="event_source_once"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                speakers.ordering.LatestFirst("date_latest"),
                speakers.ordering.LatestFirst("date_earliest"),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("status", "published")),
                name="public_events_in_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                name="event_status_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(models.Q(("withdrawn_because", ""), _negated=True), ("withdrawn_at__isnull", False)),
                    _connector="OR",
                ),
                name="event_withdrawn_says_why",
                violation_error_message="Say in a line why it is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title_en", ""), _negated=True),
                    models.Q(("title_ko", ""), _negated=True),
                    _connector="OR",
                ),
                name="event_has_a_title",
                violation_error_message="Fill in the text in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True),
                name="event_has_a_slug",
                violation_error_message="This field must not be empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["debate", "hearing", "plenary", "interview", "press_conference", "publication"])
                ),
                name="event_kind_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddIndex(
            model_name="appearance",
            index=models.Index(
                models.F("person"), condition=models.Q(("is_public", True)), name="public_appearances_by_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="appearance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("person__isnull", False),
                        models.Q(("organization__isnull", False), _negated=True),
                        ("label", ""),
                    ),
                    models.Q(
                        models.Q(("person__isnull", False), _negated=True),
                        ("organization__isnull", False),
                        ("label", ""),
                    ),
                    models.Q(
                        models.Q(("person__isnull", False), _negated=True),
                        models.Q(("organization__isnull", False), _negated=True),
                        models.Q(("label", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="appearance_is_of_one",
                violation_error_message="Fill in exactly one of these fields.",
            ),
        ),
        migrations.AddConstraint(
            model_name="appearance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "opening_speaker",
                            "welcoming_speaker",
                            "keynote_speaker",
                            "presenter",
                            "panellist",
                            "moderator",
                            "chair",
                            "witness",
                            "questioner",
                            "interviewee",
                            "interviewer",
                            "author",
                            "closing_speaker",
                            "other",
                        ],
                    )
                ),
                name="appearance_role_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="appearance",
            constraint=models.UniqueConstraint(fields=("session", "person", "role"), name="appearance_once_per_role"),
        ),
    ]
