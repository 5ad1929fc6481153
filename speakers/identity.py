"""What every record shares: a lasting public identity, a number that rises with each change, an edit history."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator
from itertools import batched
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import NotSupportedError, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from speakers.bilingual import LANGUAGES
from speakers.fields import Following
from speakers.romanization import romanize
from speakers.triggers import PREFIX, Trigger

BATCH = 500
_ALPHABET = "abcdefghjkmnpqrstvwxyz23456789"
_LETTERS = 22


def new_public_id() -> str:
    """Eight characters that say nothing and can be read out; the first is a letter."""
    return secrets.choice(_ALPHABET[:_LETTERS]) + "".join(secrets.choice(_ALPHABET) for _place in range(7))


def followers_of(model: type[models.Model], columns: Iterable[str]) -> list[Following]:
    """The columns of `model` that follow from any of `columns`."""
    changed = set(columns)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, Following) and not changed.isdisjoint(field.of)
    ]


class EditHistory(HistoricalRecords):
    """Keeps what editors wrote; columns that follow from others are not theirs."""

    def fields_included(self, model: type[models.Model]) -> list[models.Field[Any, Any]]:
        derived = getattr(model, "derived_columns", ())
        return [
            field
            for field in super().fields_included(model)
            if field.name not in derived and not isinstance(field, Following | models.GeneratedField)
        ]


class RecordedQuerySet[M: "Recorded"](models.QuerySet[M]):
    """Bulk writes raise the revision and write the edit history as `save()` does."""

    def update(self, **values: Any) -> int:
        """Costs two queries more, and one or two for every BATCH rows changed."""
        if self.query.is_sliced or not values:
            return super().update(**values)
        followers = followers_of(self.model, values)
        with transaction.atomic(using=self.db):
            keys = list(self.order_by().values_list("pk", flat=True))
            rows: models.QuerySet[M] = models.QuerySet(self.model, using=self.db)
            changed = super().update(**{"updated_at": timezone.now(), **values, "revision": F("revision") + 1})
            for batch in batched(keys, BATCH):
                written = list(rows.filter(pk__in=batch))
                if followers:
                    for row in written:
                        for follower in followers:
                            follower.pre_save(row, add=False)
                    rows.bulk_update(written, [follower.name for follower in followers])
                self._write_history(written, update=True)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(  # type: ignore[override]  # what would skip or replace rows is refused whole
        self, objs: Iterable[M], batch_size: int | None = None, **conflicts: Any
    ) -> list[M]:
        if any(conflicts.values()):
            raise NotSupportedError(
                "A bulk write that skips or replaces rows can't keep their history: look them up first."
            )
        with transaction.atomic(using=self.db):
            created = super().bulk_create(objs, batch_size=batch_size)
            self._write_history(created, update=False)
        return created

    def _write_history(self, rows: Collection[M] | models.QuerySet[M], *, update: bool) -> None:
        history: Any = self.model.history
        history.bulk_history_create(rows, batch_size=BATCH, update=update)


class Recorded(models.Model):
    """A row with a revision, times of creation and change, and a history of every edit."""

    derived_columns: ClassVar[tuple[str, ...]] = ()  # kept by the database: see speakers.derived

    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    history = EditHistory(inherit=True)

    objects: ClassVar = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """Writes no column that the database keeps: this copy of it may be older than the row's."""
        if self._state.adding:
            return super().save(**options)
        options["update_fields"] = self._written(options.get("update_fields"))
        revision = self.revision
        self.revision = F("revision") + 1
        try:
            super().save(**options)
        except BaseException:
            self.revision = revision
            raise

    def _written(self, asked_for: Iterable[str] | None) -> set[str]:
        if asked_for is None:
            unread = self.get_deferred_fields()
            columns = (field for field in self._meta.concrete_fields if not field.primary_key and not field.generated)
            asked_for = {field.name for field in columns if field.attname not in unread}
        followers = {follower.name for follower in followers_of(type(self), asked_for)}
        return {*asked_for, *followers, "revision", "updated_at"} - set(self.derived_columns)


class HasLanguage(models.Model):
    """Says which language the record's source is in: its text in any other is the editors'."""

    source_language = models.CharField(
        _("language of the source"), max_length=2, choices=settings.LANGUAGES, default="en", db_default="en"
    )

    class Meta:
        abstract = True


class HasPublicId(models.Model):
    """Known to the world by a short opaque id."""

    public_id = models.CharField(_("public id"), max_length=12, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True


class SluggedQuerySet[M: "HasSlug"](RecordedQuerySet[M]):
    def at_address(self, slug: str) -> M:
        """The record whose slug this is or once was; raises DoesNotExist. One query, two for a former slug."""
        try:
            return self.get(slug=slug)
        except self.model.DoesNotExist:
            former = FormerAddress.objects.filter(kind=self.model._meta.db_table, slug=slug)
            return self.get(pk__in=former.values("target"))


class HasSlug(Recorded):
    """Known to the world by its name in Latin letters."""

    slug_from: ClassVar[str] = "name"

    slug = models.SlugField(
        _("slug"), max_length=120, unique=True, blank=True, help_text=_("Made from the name if empty.")
    )

    objects: ClassVar = SluggedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        if not self.slug:
            self.slug = self.free_slug()
        super().save(**options)

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        """Nor is it another's former one: whoever took that would take the old links with it."""
        super().validate_unique(exclude)
        if "slug" not in (exclude or ()) and self.slug:
            former = FormerAddress.objects.filter(kind=self._meta.db_table, slug=self.slug)
            if type(self)._base_manager.filter(pk__in=former.values("target")).exclude(pk=self.pk).exists():
                message = _("Another record had this address, and old links lead to it: choose another.")
                raise ValidationError({"slug": message}, code="former_address")

    def text_for_slug(self) -> str:
        return next(filter(None, (getattr(self, f"{self.slug_from}_{language}") for language in LANGUAGES)), "")

    def free_slug(self, text: str = "") -> str:
        """The name, or `text`, romanised, shortened at a word, numbered where it is taken; an id where nothing is left
        of it.
        """
        whole = slugify(romanize(text or self.text_for_slug())) or new_public_id()
        stem = whole if len(whole) <= 80 else whole[:81].rpartition("-")[0] or whole[:80]
        used = type(self)._base_manager.filter(slug__startswith=stem).values_list("slug", flat=True)
        # An old link goes on leading to whom it was made for, not to a namesake who came later.
        former = FormerAddress.objects.filter(kind=self._meta.db_table, slug__startswith=stem)
        taken = {*used, *former.values_list("slug", flat=True)}
        candidates = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
        return next(candidate for candidate in candidates if candidate not in taken)


class FormerAddress(models.Model):
    """A slug that a record once had, so that old links lead on; written by a trigger when a slug changes."""

    kind = models.CharField(max_length=64)  # the table of the record
    slug = models.SlugField(max_length=120)
    target = models.BigIntegerField()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="former_address_leads_to_one")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.slug}"


_KEEP_FORMER_ADDRESS = (
    "INSERT INTO speakers_formeraddress (kind, slug, target) VALUES ('{table}', OLD.slug, NEW.id)"
    " ON CONFLICT (kind, slug) DO UPDATE SET target = excluded.target"
)


def former_address_triggers(_connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    """One for each kind of record with a slug, so that every way of changing it leaves the old address behind."""
    for model in apps.get_models():
        if issubclass(model, HasSlug):
            table = model._meta.db_table
            yield Trigger(
                name=f"{PREFIX}former_address_of_{table}",
                table=table,
                event="UPDATE",
                columns=("slug",),
                statements=(_KEEP_FORMER_ADDRESS.format(table=table),),
            )
