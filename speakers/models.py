"""People and organizations, by every name they have, and who was what where and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from speakers import partial_dates
from speakers.bilingual import Bilingual
from speakers.constraints import exactly_one, filled, in_some_language, known
from speakers.fields import EarliestDayField, EdtfField, LatestDayField, SortKeys
from speakers.identity import (
    FormerAddress,
    HasLanguage,
    HasPublicId,
    HasSlug,
    Recorded,
    RecordedQuerySet,
    SluggedQuerySet,
)
from speakers.ordering import LatestFirst
from speakers.overlap import Touch

WEB_ADDRESS = URLValidator(schemes=["http", "https"])


class PersonQuerySet(SluggedQuerySet["Person"]):
    def public(self) -> Self:
        """Those whom a published debate shows."""
        return self.filter(is_public=True)

    def for_list(self, language: str) -> Self:
        return self.order_by(f"sort_key_{language}", "pk")

    def for_detail(self) -> Self:
        """Four queries more: names, identifiers, links, and affiliations with their organizations, public or not."""
        affiliations = Affiliation.objects.select_related("organization").in_time_order()
        return self.prefetch_related(
            "names", "identifiers", "links", models.Prefetch("affiliations", queryset=affiliations)
        )


class Person(HasSlug, HasLanguage):
    derived_columns = ("is_public",)

    name = Bilingual(models.CharField, _("name"), max_length=200)
    sort_name = Bilingual(models.CharField, _("name for sorting"), max_length=200)
    sort_key = SortKeys("sort_name", "name")
    note = Bilingual(models.TextField, _("note"))
    is_public = models.BooleanField(_("public"), default=False, db_default=False, editable=False)

    objects: ClassVar = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            in_some_language("name", "person_has_a_name"),
            filled("slug", "person_has_a_slug"),
        ]
        indexes = [
            models.Index("sort_key_en", "id", condition=Q(is_public=True), name="public_people_in_english"),
            models.Index("sort_key_ko", "id", condition=Q(is_public=True), name="public_people_in_korean"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("pages:speaker", args=[self.slug])


class OrganizationKind(models.TextChoices):
    PARTY = "party", _("political party")
    LEGISLATURE = "legislature", _("legislature")
    MINISTRY = "ministry", _("ministry")
    AGENCY = "agency", _("agency")
    UNIVERSITY = "university", _("university")
    COMPANY = "company", _("company")
    ASSOCIATION = "association", _("association")
    RESEARCH_GROUP = "research_group", _("research group")
    MEDIA = "media", _("media")
    OTHER = "other", _("other")


class OrganizationQuerySet(SluggedQuerySet["Organization"]):
    def public(self) -> Self:
        """Those that a published debate shows, and those they are part of."""
        return self.filter(is_public=True)

    def for_list(self, language: str) -> Self:
        return self.order_by(f"sort_key_{language}", "pk")

    def for_detail(self, language: str) -> Self:
        children = Organization.objects.public().for_list(language)
        return self.select_related("parent").prefetch_related(
            "names", "identifiers", "links", models.Prefetch("children", queryset=children, to_attr="public_children")
        )


class Organization(HasSlug, HasLanguage):
    derived_columns = ("is_public",)

    name = Bilingual(models.CharField, _("name"), max_length=200)
    sort_key = SortKeys("name")
    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind, default=OrganizationKind.OTHER)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    note = Bilingual(models.TextField, _("note"))
    is_public = models.BooleanField(_("public"), default=False, db_default=False, editable=False)

    objects: ClassVar = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            in_some_language("name", "organization_has_a_name"),
            filled("slug", "organization_has_a_slug"),
            known("kind", OrganizationKind, "organization_kind_known"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="organization_not_in_itself"),
        ]
        indexes = [
            models.Index("sort_key_en", "id", condition=Q(is_public=True), name="public_orgs_in_english"),
            models.Index("sort_key_ko", "id", condition=Q(is_public=True), name="public_orgs_in_korean"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("pages:organization", args=[self.slug])

    def clean(self) -> None:
        refuse_circle(self, "parent")


class OfSomebody(Recorded):
    """Belongs to a person or to an organization."""

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="%(class)ss", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="%(class)ss", verbose_name=_("organization")
    )

    objects: ClassVar = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True


class NameKind(models.TextChoices):
    AS_PRINTED = "as_printed", _("as printed")
    OFFICIAL = "official", _("official")
    FORMER = "former", _("former")
    ROMANISED = "romanised", _("romanised")
    EDITORIAL = "editorial", _("added by the editors")


class Name(OfSomebody):
    """Another name that somebody is found by."""

    text = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=NameKind, default=NameKind.AS_PRINTED)
    period = EdtfField(_("period"))
    period_earliest = EarliestDayField(of="period")
    period_latest = LatestDayField(of="period")

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["pk"]
        constraints = [
            exactly_one(("person", "organization"), "name_is_of_one"),
            filled("text", "name_is_not_empty"),
            known("kind", NameKind, "name_kind_known"),
            models.UniqueConstraint(fields=["person", "text", "language", "kind"], name="name_once_a_person"),
            models.UniqueConstraint(
                fields=["organization", "text", "language", "kind"], name="name_once_an_organization"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Identifier(OfSomebody):
    """What a person or organization is called in another catalogue, such as Wikidata."""

    scheme = models.SlugField(_("scheme"), max_length=40, help_text=_("wikidata, isni, ror, assembly, ..."))
    value = models.CharField(_("value"), max_length=200)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        ordering = ["scheme", "value"]
        constraints = [
            exactly_one(("person", "organization"), "identifier_is_of_one"),
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_names_one"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Link(OfSomebody):
    url = models.URLField(_("address"), max_length=1000, validators=[WEB_ADDRESS])
    label = Bilingual(models.CharField, _("label"), max_length=200)

    source_language = "en"

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]
        constraints = [
            exactly_one(("person", "organization"), "link_is_of_one"),
            models.CheckConstraint(
                condition=Q(url__startswith="http://") | Q(url__startswith="https://"), name="link_is_to_the_web"
            ),
        ]

    def __str__(self) -> str:
        return str(self.label) or self.url


class AffiliationQuerySet(RecordedQuerySet["Affiliation"]):
    def public(self) -> Self:
        return self.filter(person__is_public=True, organization__is_public=True)

    def in_time_order(self) -> Self:
        """Newest first; those of unknown time after them."""
        return self.order_by(LatestFirst("period_latest"), LatestFirst("period_earliest"), "pk")

    def for_list(self) -> Self:
        return self.select_related("person", "organization").order_by("pk")

    def of_today(self, people: Collection[int]) -> dict[int, Affiliation]:
        """What each of the people is, or was last, by the primary key of the person; one query."""
        held: dict[int, list[Affiliation]] = defaultdict(list)
        for affiliation in self.filter(person__in=people).select_related("organization"):
            held[affiliation.person_id].append(affiliation)
        return {key: max(several, key=_how_late) for key, several in held.items()}


def _how_late(affiliation: Affiliation) -> tuple[bool, date, date, int]:
    """What goes on comes after what is over, and that after what has no time."""
    latest, earliest = affiliation.period_latest or date.min, affiliation.period_earliest or date.min
    return affiliation.period.endswith(f"/{partial_dates.OPEN}"), latest, earliest, -affiliation.pk


class Affiliation(HasPublicId, HasLanguage, Recorded):
    """A person's place in an organization, for as long as it is known to have lasted."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations", verbose_name=_("person"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="affiliations", verbose_name=_("organization")
    )
    role = Bilingual(models.CharField, _("role"), max_length=200)
    unit = Bilingual(models.CharField, _("unit"), max_length=200)
    period = EdtfField(_("period"))
    period_earliest = EarliestDayField(of="period")
    period_latest = LatestDayField(of="period")

    objects: ClassVar = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")

    def __str__(self) -> str:
        return ", ".join(filter(None, (str(self.person), str(self.role), str(self.organization))))


def refuse_circle(record: Any, parent: str) -> None:
    """Raises ValidationError when `record` would come to lie within itself; one query a level."""
    above = getattr(record, parent)
    while above is not None:
        if above.pk == record.pk:
            raise ValidationError({parent: _("This would make it a part of itself.")}, code="circle")
        above = getattr(above, parent)


__all__ = [
    "Affiliation",
    "FormerAddress",
    "Identifier",
    "Link",
    "Name",
    "NameKind",
    "Organization",
    "OrganizationKind",
    "Person",
    "Touch",
    "refuse_circle",
]
