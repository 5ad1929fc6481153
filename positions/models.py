"""Topics, propositions, the positions people took on them, and the evidence of each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from debate.locators import validate_locator
from debate.models import Appearance, Basis, Capacity, Event, Source, refuse_beyond_the_end
from debate.publishing import HasStatus, PublishedColumn, Status
from positions.shared import SIDES
from speakers.bilingual import Bilingual, any_language
from speakers.constraints import exactly_one, filled, in_some_language, known
from speakers.fields import SortKeys
from speakers.identity import HasLanguage, HasPublicId, HasSlug, Recorded, RecordedQuerySet, SluggedQuerySet
from speakers.models import Organization, Person, refuse_circle
from speakers.ordering import NEWEST_FIRST, OLDEST_FIRST


class TopicQuerySet(SluggedQuerySet["Topic"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def for_list(self) -> Self:
        return self.order_by("order", "sort_key_en", "pk")

    def of_positions(self, positions: PositionQuerySet) -> Self:
        """The public ones that the propositions of the positions have."""
        assigned = PropositionTopic.objects.filter(proposition__in=positions.order_by().values("proposition"))
        return self.public().filter(pk__in=assigned.values("topic"))

    def at_keys(self, keys: list[int]) -> list[Topic]:
        """In the order of the keys; one query."""
        found = self.in_bulk(keys)
        return [found[key] for key in keys]

    def parents(self) -> dict[int, int | None]:
        """The whole tree by primary keys, in the order of `for_list`; one query, two numbers a topic."""
        return dict(self.for_list().values_list("pk", "parent"))


class Topic(HasSlug, HasStatus, HasLanguage):
    derived_columns = ("is_public",)

    name = Bilingual(models.CharField, _("name"), max_length=200)
    sort_key = SortKeys("name")
    description = Bilingual(models.TextField, _("description"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_public = PublishedColumn()

    objects: ClassVar = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            *HasStatus.Meta.constraints,
            in_some_language("name", "topic_has_a_name"),
            filled("slug", "topic_has_a_slug"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="topic_not_in_itself"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("pages:topic", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        refuse_circle(self, "parent")


class PropositionQuerySet(SluggedQuerySet["Proposition"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def about(self, topic: Topic) -> Self:
        return self.filter(topic_assignments__topic=topic)

    def for_list(self, language: str) -> Self:
        """In the order of their wordings; one query more, for the topics."""
        return (
            self.select_related("current_wording")
            .prefetch_related(_public_topics())
            .order_by(f"current_wording__sort_key_{language}", "pk")
        )

    def for_detail(self) -> Self:
        return self.select_related("current_wording").prefetch_related(
            _public_topics(), Prefetch("wordings", queryset=Wording.objects.public().order_by("number"))
        )


def _public_topics() -> Prefetch[Any, Any, Any]:
    return Prefetch("topics", queryset=Topic.objects.public().for_list(), to_attr="public_topics")


class Proposition(HasSlug, HasStatus):
    """A sentence that one can be for or against; what it says is its current wording."""

    derived_columns = ("is_public", "current_wording")

    topics = models.ManyToManyField(Topic, through="PropositionTopic", related_name="propositions")
    current_wording = models.ForeignKey(
        "Wording", models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("wording")
    )
    is_public = PublishedColumn()

    objects: ClassVar = PropositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposition")
        verbose_name_plural = _("propositions")
        constraints = [*HasStatus.Meta.constraints, filled("slug", "proposition_has_a_slug")]

    def __str__(self) -> str:
        return str(self.current_wording or self.slug)

    def get_absolute_url(self) -> str:
        return reverse("pages:proposition", args=[self.slug])

    def text_for_slug(self) -> str:
        """A proposition is worded after it is made: without a slug it gets an id."""
        return ""


class PropositionTopic(Recorded):
    proposition = models.ForeignKey(
        Proposition, models.CASCADE, related_name="topic_assignments", verbose_name=_("proposition")
    )
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="assignments", verbose_name=_("topic"))

    class Meta:
        verbose_name = _("topic of a proposition")
        verbose_name_plural = _("topics of a proposition")
        constraints = [models.UniqueConstraint(fields=["proposition", "topic"], name="proposition_topic_once")]

    def __str__(self) -> str:
        return str(self.topic)


class WordingQuerySet(RecordedQuerySet["Wording"]):
    def public(self) -> Self:
        """The one its proposition has now, and those on which public positions stand: any other may have been written
        while the proposition was a draft.
        """
        coded_on_it = Position.objects.public().filter(wording=OuterRef("pk"))
        return self.filter(
            Q(proposition__is_public=True), Q(pk=F("proposition__current_wording")) | Exists(coded_on_it)
        )


class Wording(HasLanguage, Recorded):
    """The text of a proposition; positions stay with the number they were coded on. A translation is no new wording."""

    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="wordings", verbose_name=_("proposition"))
    number = models.PositiveSmallIntegerField(_("number"), blank=True, default=0)
    text = Bilingual(models.CharField, _("text"), max_length=500)
    sort_key = SortKeys("text")

    objects: ClassVar = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["number"]
        constraints = [
            in_some_language("text", "wording_has_a_text"),
            models.UniqueConstraint(fields=["proposition", "number"], name="wording_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.text)

    def save(self, **options: Any) -> None:
        if not self.number:
            highest = Wording.objects.filter(proposition=self.proposition_id).aggregate(number=Max("number"))["number"]
            self.number = (highest or 0) + 1
        super().save(**options)


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("supports")
    OPPOSES = "opposes", _("opposes")
    CONDITIONAL = "conditional", _("supports on a condition")
    NEUTRAL = "neutral", _("takes no side")


class PositionKind(models.TextChoices):
    RECOMMENDATION = "recommendation", _("recommendation")
    ASSESSMENT = "assessment", _("assessment")
    CONCERN = "concern", _("concern")
    COMMITMENT = "commitment", _("commitment")


# No join: an order over columns of other tables would be worked out for all positions to show any page of them.
IN_PROGRAMME = ("event", "programme_order", "id")


class PositionQuerySet(RecordedQuerySet["Position"]):
    def public(self) -> Self:
        """Published, in a published debate, on a published proposition."""
        return self.filter(is_public=True)

    def by_person(self, person: Person) -> Self:
        return self.filter(person=person)

    def spoken_for(self, organization: Organization) -> Self:
        """Stated on behalf of the organization or by it."""
        on_its_behalf = Capacity.objects.filter(organization=organization, basis=Basis.ON_BEHALF_OF)
        return self._stated_in(on_its_behalf, by=[organization.pk])

    def identified_with(self, organization: Organization) -> Self:
        """Stated by people who were identified with the organization there and did not speak for it."""
        capacities = Capacity.objects.filter(organization=organization)
        on_its_behalf = capacities.filter(basis=Basis.ON_BEHALF_OF)
        by_itself = Q(appearance__in=_own_appearances([organization.pk]))
        silent = ~_names() & Exists(on_its_behalf.filter(appearance=OuterRef("appearance")))
        identified = self._stated_in(capacities.filter(basis=Basis.IDENTIFIED_AS), by=[organization.pk])
        return identified.filter(~(silent | _names(on_its_behalf) | by_itself))

    def of_organizations(self, organizations: Collection[int]) -> Self:
        """Stated by one of them, for it, or by somebody identified with it there."""
        return self._stated_in(Capacity.objects.filter(organization__in=organizations), by=organizations)

    def _stated_in(self, capacities: models.QuerySet[Capacity], by: Collection[int]) -> Self:
        """In one of the capacities: one that the position names or, where it names none, any of its appearance's. Or by
        one of the organizations itself.
        """
        themselves = _own_appearances(by)
        # First by appearance, for which there is an index: alternatives would be tried on every position there is.
        appearances = capacities.values("appearance").union(themselves)
        return self.filter(~_names() | _names(capacities) | Q(appearance__in=themselves), appearance__in=appearances)

    def about(self, topic: Topic) -> Self:
        return self.filter(proposition__in=PropositionTopic.objects.filter(topic=topic).values("proposition"))

    def in_unsettled_rounds(self) -> Self:
        """Those that a coding round has brought which is not settled as a whole."""
        return self.filter(pk__in=CodingUnit.objects.of_unsettled_rounds().values("position"))

    def taking_sides(self) -> Self:
        return self.filter(stance__in=SIDES)

    def with_several_stances(self) -> list[int]:
        """The propositions, by primary key, that have more than one stance among these; newest first; one query."""
        stances = self.order_by().values_list("proposition").annotate(several=Count("stance", distinct=True))
        return list(
            stances.filter(several__gt=1)
            .order_by(F("newest").desc(nulls_last=True), "proposition")
            .annotate(newest=Max("date_latest"))
            .values_list("proposition", flat=True)
        )

    def first_and_last_of_each_stance(self) -> Self:
        """On each proposition, of those of one speaker: at most two of a stance, whatever there is."""
        by = [F("proposition"), F("stance")]
        last = Window(RowNumber(), partition_by=by, order_by=[*NEWEST_FIRST, F("pk").desc()])
        first = Window(RowNumber(), partition_by=by, order_by=[*OLDEST_FIRST, F("pk").asc()])
        ends = self.order_by().annotate(last=last, first=first).filter(Q(last=1) | Q(first=1))
        return self.filter(pk__in=ends.values("pk"))

    def before(self, position: Position) -> Self:
        """Those of its debate that come before it in the programme, the nearest first."""
        here = position.programme_order
        earlier = Q(programme_order__lt=here) | Q(programme_order=here, pk__lt=position.pk)
        return self.filter(earlier, event=position.event_id).order_by("-programme_order", "-pk")

    def after(self, position: Position) -> Self:
        """Those of its debate that come after it in the programme, the nearest first."""
        here = position.programme_order
        later = Q(programme_order__gt=here) | Q(programme_order=here, pk__gt=position.pk)
        return self.filter(later, event=position.event_id).order_by("programme_order", "pk")

    def in_time_order(self) -> Self:
        """Newest first, undated ones last, then in the order of the programme."""
        return self.order_by(*NEWEST_FIRST, *IN_PROGRAMME)

    def newest(self, number: int) -> PositionQuerySet:
        """The first so many in time order, as a list shows them. Asks at once which they are, one query more: sorting
        whole rows costs many times what sorting their keys does.
        """
        keys = list(self.in_time_order().values_list("pk", flat=True)[:number])
        # The condition once more: what has been withdrawn since is not shown.
        return self.model.objects.public().filter(pk__in=keys).for_list().in_time_order()

    def oldest_first(self) -> Self:
        """Undated ones last here too; those of one debate in the order of its programme."""
        return self.order_by(*OLDEST_FIRST, *IN_PROGRAMME)

    def latest_change_first(self) -> Self:
        """As feeds have it: what became public last, or was put right."""
        return self.order_by("-updated_at", "-pk")

    def for_list(self) -> Self:
        """All that a row shows, four queries more at any size: capacities, the appearance's, evidence, topics."""
        evidence = Evidence.objects.select_related("source").defer("source__text").order_by("pk")
        capacities = Capacity.objects.select_related("organization").order_by("order", "pk")
        fetched: list[Prefetch[Any, Any, Any]] = [
            Prefetch("capacities", queryset=capacities),
            Prefetch("appearance__capacities", queryset=capacities),
            Prefetch("evidence", queryset=evidence),
            Prefetch("proposition__topics", queryset=Topic.objects.public().for_list(), to_attr="public_topics"),
        ]
        speaker = ("person", "appearance__person", "appearance__organization", "appearance__session")
        return self.select_related("event", "wording", "proposition", *speaker).prefetch_related(*fetched)

    def for_detail(self) -> Self:
        links = PositionLink.objects.between_public()
        fetched: list[Prefetch[Any, Any, Any]] = [
            Prefetch("links_from", queryset=links.select_related("to_position__person", "to_position__wording")),
            Prefetch("links_to", queryset=links.select_related("from_position__person", "from_position__wording")),
            Prefetch("remarks", queryset=Remark.objects.order_by("date", "pk")),
        ]
        return self.for_list().prefetch_related(*fetched)

    def counted_by(self, *columns: str) -> dict[tuple[Any, ...], int]:
        """How many there are for each combination of values of the columns; one query."""
        rows = self.order_by().values_list(*columns).annotate(Count("pk"))
        return {tuple(values): count for *values, count in rows}

    def newest_of_each(self, column: str, at_most: int) -> set[int]:
        """Primary keys: of each value of the column the newest; one query that reads them all."""
        place = Window(RowNumber(), partition_by=F(column), order_by=[*NEWEST_FIRST, F("pk").asc()])
        return set(self.annotate(place=place).filter(place__lte=at_most).values_list("pk", flat=True))

    def counts(self) -> dict[str, int]:
        """How many positions and distinct speakers there are; one query."""
        return self.aggregate(positions=Count("pk"), speakers=Count("person", distinct=True))


def _own_appearances(organizations: Collection[int]) -> models.QuerySet[Any, Any]:
    return Appearance.objects.filter(organization__in=organizations).values("pk")


def _names(capacities: models.QuerySet[Capacity] | None = None) -> Exists:
    """Whether a position names a capacity that it was stated in, one of these if any are given."""
    named = PositionCapacity.objects.filter(position=OuterRef("pk"))
    return Exists(named if capacities is None else named.filter(capacity__in=capacities))


def _public_index(name: str, *columns: Any) -> models.Index:
    return models.Index(*columns, "is_public", condition=Q(is_public=True), name=name)


_DAYS = ("date_earliest", "date_latest")  # themselves, where an index has only what is made of them
_ASKED_IN_DEBATE = ("stance", "proposition", "person", "appearance")
_FILTERED = ("stance", "kind", "source_language", "person", "proposition", "appearance")


class Position(HasPublicId, HasStatus, HasLanguage, Recorded):
    """What somebody stated on a proposition, as the editors read it. One statement is one row."""

    derived_columns = (
        "event", "person", "proposition", "topic_keys", "date_earliest", "date_latest", "programme_order", "is_public",
        "public_since",
    )  # fmt: skip

    appearance = models.ForeignKey(Appearance, models.PROTECT, related_name="positions", verbose_name=_("appearance"))
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="positions", verbose_name=_("wording"))
    stance = models.CharField(_("stance"), max_length=12, choices=Stance)
    condition = Bilingual(models.TextField, _("condition"))
    kind = models.CharField(_("kind"), max_length=16, choices=PositionKind)
    summary = Bilingual(models.TextField, _("summary (the editors' paraphrase)"))
    capacities = models.ManyToManyField(
        Capacity,
        through="PositionCapacity",
        related_name="positions",
        verbose_name=_("capacities"),
        help_text=_("Only where the source tells in which of them it was stated; none means all of the appearance's."),
    )

    event = models.ForeignKey(Event, models.DO_NOTHING, null=True, editable=False, related_name="positions")
    person = models.ForeignKey(Person, models.DO_NOTHING, null=True, editable=False, related_name="positions")
    proposition = models.ForeignKey(Proposition, models.DO_NOTHING, null=True, editable=False, related_name="positions")
    topic_keys = models.TextField(editable=False, default="", db_default="")
    date_earliest = models.DateField(null=True, editable=False)
    date_latest = models.DateField(null=True, editable=False)
    programme_order = models.IntegerField(editable=False, default=0, db_default=0)  # of its session and appearance
    is_public = models.BooleanField(_("public"), default=False, db_default=False, editable=False)
    public_since = models.DateTimeField(null=True, editable=False)  # or was last

    objects: ClassVar = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            *HasStatus.Meta.constraints,
            known("stance", Stance, "position_stance_known"),
            known("kind", PositionKind, "position_kind_known"),
            in_some_language("summary", "position_has_a_summary"),
            in_some_language("condition", "position_conditional_says_on_what", unless=~Q(stance=Stance.CONDITIONAL)),
        ]
        indexes = [
            # The public record in time, whole and by what it is most often narrowed to. Each begins with an order of
            # the queryset and goes on with what is asked beside it: which positions are on a page, however deep,
            # and how many there are is read from the index alone. SQLite wants the condition's column in it for that.
            _public_index("public_positions_in_time", *NEWEST_FIRST, *IN_PROGRAMME, *_FILTERED),
            _public_index("public_positions_from_oldest", *OLDEST_FIRST, *IN_PROGRAMME, *_FILTERED, *_DAYS),
            _public_index(
                "public_positions_by_person", "person", *NEWEST_FIRST, *IN_PROGRAMME, "stance", "proposition"
            ),
            _public_index(
                "public_positions_by_stance", "proposition", "stance", *NEWEST_FIRST, *IN_PROGRAMME, "person"
            ),
            _public_index("public_positions_by_appearance", "appearance", *NEWEST_FIRST, *IN_PROGRAMME, "stance"),
            _public_index("public_positions_by_event", "event", *NEWEST_FIRST, *IN_PROGRAMME[1:], *_ASKED_IN_DEBATE),
            # feeds, and the parts of the sitemap with the day of their last change
            models.Index(fields=["-updated_at", "-id"], condition=Q(is_public=True), name="public_positions_by_change"),
            # what editors have still to do: drafts, and what is in review
            models.Index(fields=["status"], name="positions_by_status"),
        ]

    def __str__(self) -> str:
        return str(self.summary)

    def get_absolute_url(self) -> str:
        return reverse("pages:position", args=[self.public_id])

    def save(self, **options: Any) -> None:
        """Costs a query more, to read back what the database keeps: becoming public raises `updated_at`, too."""
        super().save(**options)
        self.refresh_from_db(fields=[*self.derived_columns, "updated_at"])

    def clean(self) -> None:
        super().clean()
        if self.stance == Stance.CONDITIONAL and not self.condition:
            raise ValidationError({"stance": _("Say on which condition.")}, code="no_condition")
        if self.status == Status.PUBLISHED and self.pk and self.coding_units.of_unsettled_rounds().exists():
            message = _("It is the result of a coding round that is not settled yet: settle the whole round first.")
            raise ValidationError({"status": message}, code="unsettled")

    @property
    def stated_as(self) -> list[Capacity]:
        """The capacities it was stated in; reads what `for_list` fetched."""
        return list(self.capacities.all()) or list(self.appearance.capacities.all())

    @property
    def names_capacities(self) -> bool:
        """Whether the source tells in which of the appearance's capacities it was stated."""
        return bool(self.capacities.all())

    @property
    def public_topics(self) -> list[Topic]:
        """Those of its proposition; reads what `for_list` fetched."""
        return self.proposition.public_topics  # type: ignore[no-any-return,union-attr]


class PositionCapacity(Recorded):
    position = models.ForeignKey(Position, models.CASCADE, related_name="capacity_choices", verbose_name=_("position"))
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="position_choices", verbose_name=_("capacity"))

    class Meta:
        verbose_name = _("capacity of a position")
        verbose_name_plural = _("capacities of a position")
        constraints = [models.UniqueConstraint(fields=["position", "capacity"], name="position_capacity_once")]

    def __str__(self) -> str:
        return str(self.capacity)

    def clean(self) -> None:
        if self.position.appearance_id != self.capacity.appearance_id:
            raise ValidationError({"capacity": _("This capacity is of another appearance.")}, code="other_appearance")


class Evidence(HasPublicId, Recorded):
    """Where a position was read: the place in a source and, where there are, the words.

    `prefix`, `quote` and `suffix` are the text quote selector of the W3C Web Annotation Data Model, `start` and `end`
    (in characters, `end` not included) its text position selector.
    """

    class State(models.TextChoices):
        EXACT = "exact", _("found as quoted")
        MOVED = "moved", _("found elsewhere")
        NOT_FOUND = "not_found", _("not found")

    derived_columns = ("is_public",)

    position = models.ForeignKey(Position, models.CASCADE, related_name="evidence", verbose_name=_("position"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="evidence", verbose_name=_("source"))
    locator = models.CharField(_("place"), max_length=100, blank=True, default="", validators=[validate_locator])
    quote = models.TextField(_("quote"), blank=True, default="")
    quote_language = models.CharField(_("language of the quote"), max_length=12, blank=True, default="")
    prefix = models.CharField(_("words before"), max_length=200, blank=True, default="")
    suffix = models.CharField(_("words after"), max_length=200, blank=True, default="")
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    state = models.CharField(_("state of the quote"), max_length=10, choices=State, blank=True, default="")
    is_public = models.BooleanField(_("public"), default=False, db_default=False, editable=False)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quote="", state="", start=None, end=None)
                | (~Q(quote="") & Q(state__in=["exact", "moved", "not_found"])),
                name="evidence_quote_has_a_state",
            ),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(end__gt=F("start")), name="evidence_ends_after_its_start"
            ),
        ]
        indexes = [
            _public_index("public_evidence_by_source", "source", "position"),
            models.Index(fields=["state"], name="evidence_by_state"),  # quotes that moved or are not found
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (str(self.source), self.locator)))

    def clean(self) -> None:
        if self.quote and not self.state:
            raise ValidationError({"state": _("Say whether the quote is found in the source.")}, code="no_state")
        if self.source_id:
            refuse_beyond_the_end(self.source, self.locator)

    @property
    def is_quotable(self) -> bool:
        """Whether the source's terms let the words be shown in public."""
        return bool(self.quote) and self.source.quoting != "nothing"


class PositionLinkQuerySet(RecordedQuerySet["PositionLink"]):
    def between_public(self) -> Self:
        return self.filter(from_position__is_public=True, to_position__is_public=True).order_by("pk")


class PositionLink(HasPublicId, Recorded):
    class Kind(models.TextChoices):
        AGREES_WITH = "agrees_with", _("agrees with")
        DISPUTES = "disputes", _("disputes")
        ANSWERS = "answers", _("answers")
        ELABORATES = "elaborates", _("elaborates")

    from_position = models.ForeignKey(Position, models.CASCADE, related_name="links_from", verbose_name=_("position"))
    to_position = models.ForeignKey(Position, models.CASCADE, related_name="links_to", verbose_name=_("other position"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)

    objects: ClassVar = PositionLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between positions")
        verbose_name_plural = _("links between positions")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["agrees_with", "disputes", "answers", "elaborates"]),
                name="position_link_kind_known",
            ),
            models.CheckConstraint(condition=~Q(from_position=F("to_position")), name="position_not_linked_to_itself"),
            models.UniqueConstraint(fields=["from_position", "to_position", "kind"], name="position_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.from_position} {self.get_kind_display()} {self.to_position}"


class RemarkQuerySet(RecordedQuerySet["Remark"]):
    def public(self) -> Self:
        """Those on what is public."""
        return self.filter(Q(position__is_public=True) | Q(person__is_public=True) | Q(event__is_public=True))


class Remark(HasPublicId, HasLanguage, Recorded):
    """A dated public note on a position, a speaker or a debate."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        DISPUTED = "disputed", _("disputed by the speaker")

    position = models.ForeignKey(
        Position, models.CASCADE, null=True, blank=True, related_name="remarks", verbose_name=_("position")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="remarks", verbose_name=_("person")
    )
    event = models.ForeignKey(
        Event, models.CASCADE, null=True, blank=True, related_name="remarks", verbose_name=_("debate")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    date = models.DateField(_("date"))
    text = Bilingual(models.TextField, _("text"))
    statement = Bilingual(models.TextField, _("the speaker's statement"))

    objects: ClassVar = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["date", "pk"]
        constraints = [
            exactly_one(("position", "person", "event"), "remark_is_on_one"),
            models.CheckConstraint(condition=Q(kind__in=["correction", "disputed"]), name="remark_kind_known"),
            in_some_language("text", "remark_says_something", unless=any_language("statement")),
        ]

    def __str__(self) -> str:
        return str(self.text) or str(self.statement)


class Certainty(models.TextChoices):
    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")


class CodingRoundQuerySet(RecordedQuerySet["CodingRound"]):
    def unsettled(self) -> Self:
        return self.exclude(state=CodingRound.State.SETTLED)

    def with_coder(self, coder: Any) -> Self:
        return self.filter(pk__in=RoundCoder.objects.filter(coder=coder).values("round"))

    def for_list(self) -> Self:
        """What goes on comes first, then the newest; one query more, for the coders."""
        coders = RoundCoder.objects.select_related("coder").order_by("pk")
        return (
            self.select_related("source")
            .defer("source__text")
            .prefetch_related(Prefetch("round_coders", queryset=coders))
            .order_by(F("settled_at").desc(nulls_first=True), "-pk")
        )


class CodingRound(HasPublicId, Recorded):
    """Some people code one source, each without seeing what the others make of it, until the round is closed."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("coding round", "open")
        COMPARED = "compared", pgettext_lazy("coding round", "being settled")
        SETTLED = "settled", pgettext_lazy("coding round", "settled")

    source = models.ForeignKey(Source, models.PROTECT, related_name="coding_rounds", verbose_name=_("source"))
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    task = models.TextField(_("what is to be coded"), blank=True, default="")
    coders = models.ManyToManyField(settings.AUTH_USER_MODEL, through="RoundCoder", related_name="coding_rounds")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("opened by")
    )
    compared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )
    compared_at = models.DateTimeField(_("closed"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects: ClassVar = CodingRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("coding round")
        verbose_name_plural = _("coding rounds")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", compared_at=None, settled_at=None)
                | Q(state="compared", compared_at__isnull=False, settled_at=None)
                | Q(state="settled", compared_at__isnull=False, settled_at__isnull=False),
                name="coding_round_state_is_whole",
            ),
            models.UniqueConstraint(fields=["source", "number"], name="coding_round_number_once"),
            models.UniqueConstraint(
                fields=["source"],
                condition=~Q(state="settled"),
                name="coding_round_one_at_a_time",
                violation_error_message=_("A round on this source goes on already: settle it first."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(source)s, round %(number)d") % {"source": self.source, "number": self.number})

    def get_absolute_url(self) -> str:
        return reverse("editing:round", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_settled(self) -> bool:
        return self.state == self.State.SETTLED


class RoundCoder(Recorded):
    """Somebody who codes in a round."""

    round = models.ForeignKey(CodingRound, models.CASCADE, related_name="round_coders", verbose_name=_("round"))
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("coder"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("coder of a round")
        verbose_name_plural = _("coders of a round")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "coder"], name="round_coder_once")]

    def __str__(self) -> str:
        return str(self.coder)


class CodingUnitQuerySet(RecordedQuerySet["CodingUnit"]):
    def of_unsettled_rounds(self) -> Self:
        """With a position that came to be in a round that is not settled as a whole."""
        return self.filter(made_position=True).exclude(round__state=CodingRound.State.SETTLED)

    def waiting(self) -> Self:
        return self.filter(outcome="")


class CodingUnit(Recorded):
    """The readings of a round that are about the same statement, and what became of it."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("taken into the record")
        DROPPED = "dropped", _("dropped")

    round = models.ForeignKey(CodingRound, models.CASCADE, related_name="units", verbose_name=_("round"))
    number = models.PositiveIntegerField(_("number"))
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome, blank=True, default="")
    taken_from = models.ForeignKey(
        "Coding", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("taken from")
    )
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="coding_units", verbose_name=_("position")
    )
    # The position came to be with it, and is not public before the whole round is settled.
    made_position = models.BooleanField(_("made the position"), default=False)
    reason = models.TextField(_("reason"), blank=True, default="")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects: ClassVar = CodingUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("coded unit")
        verbose_name_plural = _("coded units")
        ordering = ["round", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", position=None, settled_by=None, settled_at=None)
                | Q(outcome="adopted", position__isnull=False, settled_by__isnull=False, settled_at__isnull=False)
                | (
                    Q(outcome="dropped", position=None, settled_by__isnull=False, settled_at__isnull=False)
                    & ~Q(reason="")
                ),
                name="coding_unit_outcome_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(made_position=False) | Q(position__isnull=False), name="coding_unit_made_a_position"
            ),
            models.UniqueConstraint(fields=["round", "number"], name="coding_unit_number_once"),
        ]

    def __str__(self) -> str:
        return str(_("Unit %(number)d") % {"number": self.number})


class CodingQuerySet(RecordedQuerySet["Coding"]):
    def seen_by(self, user: Any) -> Self:
        """While a round is open, everybody sees their own readings only, whatever else they may do."""
        return self.filter(~Q(round__state="open") | Q(coder=user))

    def standing(self) -> Self:
        """Those that their coders have not taken back."""
        return self.filter(is_taken_back=False)

    def in_text_order(self) -> Self:
        return self.order_by("start", "pk")

    def for_list(self) -> Self:
        return self.select_related(
            "coder", "wording", "appearance__person", "appearance__organization", "appearance__session"
        )


class Coding(HasLanguage, Recorded):
    """One coder's reading of a passage in a round. What they settle on becomes a position; no reading is public."""

    round = models.ForeignKey(CodingRound, models.PROTECT, related_name="codings", verbose_name=_("round"))
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="codings", verbose_name=_("coder"))
    unit = models.ForeignKey(
        CodingUnit, models.SET_NULL, null=True, blank=True, related_name="codings", verbose_name=_("coded unit")
    )
    appearance = models.ForeignKey(Appearance, models.PROTECT, related_name="codings", verbose_name=_("appearance"))
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="codings", verbose_name=_("wording"))
    locator = models.CharField(_("place"), max_length=100, validators=[validate_locator])
    quote = models.TextField(_("quote"), blank=True, default="")
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    text_hash = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True, default="")
    stance = models.CharField(_("stance"), max_length=12, choices=Stance)
    condition = Bilingual(models.TextField, _("condition"))
    kind = models.CharField(_("kind"), max_length=16, choices=PositionKind)
    summary = Bilingual(models.TextField, _("summary (the editors' paraphrase)"))
    certainty = models.CharField(_("certainty"), max_length=6, choices=Certainty, default=Certainty.HIGH)
    note = models.TextField(_("note to the other coders"), blank=True, default="")
    is_taken_back = models.BooleanField(_("taken back"), default=False)

    objects: ClassVar = CodingQuerySet.as_manager()

    class Meta:
        verbose_name = _("coding")
        verbose_name_plural = _("codings")
        constraints = [
            known("stance", Stance, "coding_stance_known"),
            known("kind", PositionKind, "coding_kind_known"),
            known("certainty", Certainty, "coding_certainty_known"),
            models.CheckConstraint(
                condition=Q(start=None, end=None, text_hash="") | (Q(end__gt=F("start")) & ~Q(text_hash="")),
                name="coding_passage_is_of_a_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coder}: {self.get_stance_display()}"

    def clean(self) -> None:
        super().clean()
        if self.stance == Stance.CONDITIONAL and not self.condition:
            raise ValidationError({"stance": _("Say on which condition.")}, code="no_condition")
        if self.round_id:
            refuse_beyond_the_end(self.round.source, self.locator)
