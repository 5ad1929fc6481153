import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import speakers.fields
import speakers.identity


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=64)),
                ("slug", models.SlugField(max_length=120)),
                ("target", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
                "constraints": [models.UniqueConstraint(fields=("kind", "slug"), name="former_address_leads_to_one")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPerson",
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
                    "slug",
                    models.SlugField(
                        blank=True, help_text="Made from the name if empty.", max_length=120, verbose_name="slug"
                    ),
                ),
                ("name_en", models.CharField(blank=True, default="", max_length=200)),
                ("name_ko", models.CharField(blank=True, default="", max_length=200)),
                ("sort_name_en", models.CharField(blank=True, default="", max_length=200)),
                ("sort_name_ko", models.CharField(blank=True, default="", max_length=200)),
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
            ],
            options={
                "verbose_name": "historical person",
                "verbose_name_plural": "historical people",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Organization",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("party", "political party"),
                            ("legislature", "legislature"),
                            ("ministry", "ministry"),
                            ("agency", "agency"),
                            ("university", "university"),
                            ("company", "company"),
                            ("association", "association"),
                            ("research_group", "research group"),
                            ("media", "media"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("note_en", models.TextField(blank=True, default="")),
                ("note_ko", models.TextField(blank=True, default="")),
                (
                    "is_public",
                    models.BooleanField(db_default=False, default=False, editable=False, verbose_name="public"),
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
                        to="speakers.organization",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
            },
        ),
        migrations.CreateModel(
            name="HistoricalOrganization",
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
                    "slug",
                    models.SlugField(
                        blank=True, help_text="Made from the name if empty.", max_length=120, verbose_name="slug"
                    ),
                ),
                ("name_en", models.CharField(blank=True, default="", max_length=200)),
                ("name_ko", models.CharField(blank=True, default="", max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("party", "political party"),
                            ("legislature", "legislature"),
                            ("ministry", "ministry"),
                            ("agency", "agency"),
                            ("university", "university"),
                            ("company", "company"),
                            ("association", "association"),
                            ("research_group", "research group"),
                            ("media", "media"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="speakers.organization",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical organization",
                "verbose_name_plural": "historical organizations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Person",
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
                ("sort_name_en", models.CharField(blank=True, default="", max_length=200)),
                ("sort_name_ko", models.CharField(blank=True, default="", max_length=200)),
                ("note_en", models.TextField(blank=True, default="")),
                ("note_ko", models.TextField(blank=True, default="")),
                (
                    "is_public",
                    models.BooleanField(db_default=False, default=False, editable=False, verbose_name="public"),
                ),
                (
                    "sort_key_en",
                    speakers.fields.SortKeyField(
                        blank=True,
                        default="",
                        editable=False,
                        max_length=200,
                        of=("sort_name_en", "name_en", "sort_name_ko", "name_ko"),
                    ),
                ),
                (
                    "sort_key_ko",
                    speakers.fields.SortKeyField(
                        blank=True,
                        default="",
                        editable=False,
                        max_length=200,
                        of=("sort_name_ko", "name_ko", "sort_name_en", "name_en"),
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "indexes": [
                    models.Index(
                        models.F("sort_key_en"),
                        models.F("id"),
                        condition=models.Q(("is_public", True)),
                        name="public_people_in_english",
                    ),
                    models.Index(
                        models.F("sort_key_ko"),
                        models.F("id"),
                        condition=models.Q(("is_public", True)),
                        name="public_people_in_korean",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_en", ""), _negated=True),
                            models.Q(("name_ko", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="person_has_a_name",
                        violation_error_message="Fill in the text in at least one language.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True),
                        name="person_has_a_slug",
                        violation_error_message="This field must not be empty.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("text", models.CharField(max_length=200, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        blank=True, choices=[("en", "English"), ("ko", "Korean")], max_length=2, verbose_name="language"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("as_printed", "as printed"),
                            ("official", "official"),
                            ("former", "former"),
                            ("romanised", "romanised"),
                            ("editorial", "added by the editors"),
                        ],
                        default="as_printed",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "period",
                    speakers.fields.EdtfField(
                        blank=True,
                        default="",
                        help_text="EDTF: 2025, 2025-02, 2025-02-12, XXXX-XX-12 (X: not known), 2024-05/.. (still), 2024-05/ (end unknown)",
                        max_length=32,
                        verbose_name="period",
                    ),
                ),
                (
                    "period_earliest",
                    speakers.fields.EarliestDayField(blank=True, editable=False, null=True, of=("period",)),
                ),
                (
                    "period_latest",
                    speakers.fields.LatestDayField(blank=True, editable=False, null=True, of=("period",)),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="speakers.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="speakers.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "url",
                    models.URLField(
                        max_length=1000,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address",
                    ),
                ),
                ("label_en", models.CharField(blank=True, default="", max_length=200)),
                ("label_ko", models.CharField(blank=True, default="", max_length=200)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="speakers.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="speakers.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "scheme",
                    models.SlugField(
                        help_text="wikidata, isni, ror, assembly, ...", max_length=40, verbose_name="scheme"
                    ),
                ),
                ("value", models.CharField(max_length=200, verbose_name="value")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="speakers.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="speakers.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "identifier",
                "verbose_name_plural": "identifiers",
                "ordering": ["scheme", "value"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalName",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                ("text", models.CharField(max_length=200, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        blank=True, choices=[("en", "English"), ("ko", "Korean")], max_length=2, verbose_name="language"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("as_printed", "as printed"),
                            ("official", "official"),
                            ("former", "former"),
                            ("romanised", "romanised"),
                            ("editorial", "added by the editors"),
                        ],
                        default="as_printed",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "period",
                    speakers.fields.EdtfField(
                        blank=True,
                        default="",
                        help_text="EDTF: 2025, 2025-02, 2025-02-12, XXXX-XX-12 (X: not known), 2024-05/.. (still), 2024-05/ (end unknown)",
                        max_length=32,
                        verbose_name="period",
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
            ],
            options={
                "verbose_name": "historical other name",
                "verbose_name_plural": "historical other names",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLink",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                (
                    "url",
                    models.URLField(
                        max_length=1000,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address",
                    ),
                ),
                ("label_en", models.CharField(blank=True, default="", max_length=200)),
                ("label_ko", models.CharField(blank=True, default="", max_length=200)),
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
            ],
            options={
                "verbose_name": "historical link",
                "verbose_name_plural": "historical links",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalIdentifier",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                (
                    "scheme",
                    models.SlugField(
                        help_text="wikidata, isni, ror, assembly, ...", max_length=40, verbose_name="scheme"
                    ),
                ),
                ("value", models.CharField(max_length=200, verbose_name="value")),
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
            ],
            options={
                "verbose_name": "historical identifier",
                "verbose_name_plural": "historical identifiers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAffiliation",
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
                ("role_en", models.CharField(blank=True, default="", max_length=200)),
                ("role_ko", models.CharField(blank=True, default="", max_length=200)),
                ("unit_en", models.CharField(blank=True, default="", max_length=200)),
                ("unit_ko", models.CharField(blank=True, default="", max_length=200)),
                (
                    "period",
                    speakers.fields.EdtfField(
                        blank=True,
                        default="",
                        help_text="EDTF: 2025, 2025-02, 2025-02-12, XXXX-XX-12 (X: not known), 2024-05/.. (still), 2024-05/ (end unknown)",
                        max_length=32,
                        verbose_name="period",
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
            ],
            options={
                "verbose_name": "historical affiliation",
                "verbose_name_plural": "historical affiliations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Affiliation",
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
                ("role_en", models.CharField(blank=True, default="", max_length=200)),
                ("role_ko", models.CharField(blank=True, default="", max_length=200)),
                ("unit_en", models.CharField(blank=True, default="", max_length=200)),
                ("unit_ko", models.CharField(blank=True, default="", max_length=200)),
                (
                    "period",
                    speakers.fields.EdtfField(
                        blank=True,
                        default="",
                        help_text="EDTF: 2025, 2025-02, 2025-02-12, XXXX-XX-12 (X: not known), 2024-05/.. (still), 2024-05/ (end unknown)",
                        max_length=32,
                        verbose_name="period",
                    ),
                ),
                (
                    "period_earliest",
                    speakers.fields.EarliestDayField(blank=True, editable=False, null=True, of=("period",)),
                ),
                (
                    "period_latest",
                    speakers.fields.LatestDayField(blank=True, editable=False, null=True, of=("period",)),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affiliations",
                        to="speakers.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="affiliations",
                        to="speakers.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "affiliation",
                "verbose_name_plural": "affiliations",
            },
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(
                models.F("sort_key_en"),
                models.F("id"),
                condition=models.Q(("is_public", True)),
                name="public_orgs_in_english",
            ),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(
                models.F("sort_key_ko"),
                models.F("id"),
                condition=models.Q(("is_public", True)),
                name="public_orgs_in_korean",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_en", ""), _negated=True), models.Q(("name_ko", ""), _negated=True), _connector="OR"
                ),
                name="organization_has_a_name",
                violation_error_message="Fill in the text in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True),
                name="organization_has_a_slug",
                violation_error_message="This field must not be empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "party",
                            "legislature",
                            "ministry",
                            "agency",
                            "university",
                            "company",
                            "association",
                            "research_group",
                            "media",
                            "other",
                        ],
                    )
                ),
                name="organization_kind_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                ),
                name="organization_not_in_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="name",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), models.Q(("organization__isnull", False), _negated=True)),
                    models.Q(models.Q(("person__isnull", False), _negated=True), ("organization__isnull", False)),
                    _connector="OR",
                ),
                name="name_is_of_one",
                violation_error_message="Fill in exactly one of these fields.",
            ),
        ),
        migrations.AddConstraint(
            model_name="name",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="name_is_not_empty",
                violation_error_message="This field must not be empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="name",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["as_printed", "official", "former", "romanised", "editorial"])),
                name="name_kind_known",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="name",
            constraint=models.UniqueConstraint(
                fields=("person", "text", "language", "kind"), name="name_once_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="name",
            constraint=models.UniqueConstraint(
                fields=("organization", "text", "language", "kind"), name="name_once_an_organization"
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), models.Q(("organization__isnull", False), _negated=True)),
                    models.Q(models.Q(("person__isnull", False), _negated=True), ("organization__isnull", False)),
                    _connector="OR",
                ),
                name="link_is_of_one",
                violation_error_message="Fill in exactly one of these fields.",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("url__startswith", "http://"), ("url__startswith", "https://"), _connector="OR"),
                name="link_is_to_the_web",
            ),
        ),
        migrations.AddConstraint(
            model_name="identifier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), models.Q(("organization__isnull", False), _negated=True)),
                    models.Q(models.Q(("person__isnull", False), _negated=True), ("organization__isnull", False)),
                    _connector="OR",
                ),
                name="identifier_is_of_one",
                violation_error_message="Fill in exactly one of these fields.",
            ),
        ),
        migrations.AddConstraint(
            model_name="identifier",
            constraint=models.UniqueConstraint(fields=("scheme", "value"), name="identifier_names_one"),
        ),
    ]
