"""Events, their programme, who appeared in which capacity, and the sources they are known from."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from debate.locators import LocatorError, parse, validate_locator
from debate.publishing import HasStatus, PublishedColumn, Status
from speakers.bilingual import LANGUAGES, Bilingual, Text, any_language
from speakers.constraints import exactly_one, filled, in_some_language, known, to_the_web
from speakers.fields import EarliestDayField, EdtfField, LatestDayField, SortKeys
from speakers.identity import HasLanguage, HasPublicId, HasSlug, Recorded, RecordedQuerySet, SluggedQuerySet
from speakers.models import WEB_ADDRESS, Affiliation, Organization, Person
from speakers.ordering import NEWEST_FIRST, LatestFirst


def validate_languages(languages: object) -> None:
    if not isinstance(languages, list) or not all(isinstance(code, str) and 2 <= len(code) <= 12 for code in languages):
        raise ValidationError(_('A list of language codes, for example ["ko", "en"].'), code="not_languages")


class EventKind(models.TextChoices):
    DEBATE = "debate", _("policy debate")
    HEARING = "hearing", _("hearing")
    PLENARY = "plenary", _("plenary session")
    INTERVIEW = "interview", _("interview")
    PRESS_CONFERENCE = "press_conference", _("press conference")
    PUBLICATION = "publication", _("publication")


class EventQuerySet(SluggedQuerySet["Event"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def for_list(self) -> Self:
        """Newest first, undated ones last; one query more, for the organizations."""
        return self.prefetch_related(_organizations()).order_by(*NEWEST_FIRST, "-pk")

    def latest_change_first(self) -> Self:
        """As feeds have it: what came into the record last, or was put right in it."""
        return self.order_by("-updated_at", "-pk")

    def for_detail(self) -> Self:
        """As `without_programme`, and the programme with everybody's capacities: four queries more at any size."""
        sessions = Session.objects.in_order().with_appearances()
        return self.without_programme().prefetch_related(Prefetch("sessions", queryset=sessions))

    def without_programme(self) -> Self:
        """The organizations, the sources, the notes and the relations to other debates: five queries more."""
        sources = EventSource.objects.select_related("source").defer("source__text").order_by("order", "pk")
        return self.prefetch_related(
            _organizations(),
            Prefetch("event_sources", queryset=sources),
            "notes",
            Prefetch("relations_from", queryset=EventRelation.objects.select_related("to_event")),
            Prefetch("relations_to", queryset=EventRelation.objects.select_related("from_event")),
        )


def _organizations() -> Prefetch[Any, Any, Any]:
    return Prefetch(
        "event_organizations",
        queryset=EventOrganization.objects.select_related("organization").order_by("order", "pk"),
    )


class Event(HasSlug, HasStatus, HasLanguage):
    """A debate, hearing, interview or publication in which positions are stated."""

    slug_from = "title"
    derived_columns = ("is_public",)

    title = Bilingual(models.CharField, _("title"), max_length=300)
    subtitle = Bilingual(models.CharField, _("subtitle"), max_length=300)
    sort_key = SortKeys("title")
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind, default=EventKind.DEBATE)
    date = EdtfField(_("date"))
    date_earliest = EarliestDayField(of="date")
    date_latest = LatestDayField(of="date")
    venue_name = Bilingual(models.CharField, _("venue"), max_length=200)
    venue_room = Bilingual(models.CharField, _("room"), max_length=200)
    venue_locality = Bilingual(models.CharField, _("town"), max_length=200)
    venue_country = models.CharField(
        _("country"), max_length=2, blank=True, default="", help_text=_("ISO 3166, as in KR")
    )
    summary = Bilingual(models.TextField, _("summary"))
    languages = models.JSONField(
        _("languages spoken"), default=list, blank=True, validators=[validate_languages], help_text='["ko", "en"]'
    )
    organizations = models.ManyToManyField(Organization, through="EventOrganization", related_name="events")
    sources: models.ManyToManyField[Source, EventSource] = models.ManyToManyField(
        "Source", through="EventSource", related_name="events"
    )
    is_public = PublishedColumn()

    objects: ClassVar = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("debate")
        verbose_name_plural = _("debates")
        constraints = [
            *HasStatus.Meta.constraints,
            in_some_language("title", "event_has_a_title"),
            filled("slug", "event_has_a_slug"),
            known("kind", EventKind, "event_kind_known"),
        ]
        indexes = [
            # the list of debates, newest first
            models.Index(
                *NEWEST_FIRST, F("id").desc(), condition=Q(status=Status.PUBLISHED), name="public_events_in_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("pages:debate", args=[self.slug])


class OrganizationRole(models.TextChoices):
    HOST = "host", _("host")
    CO_HOST = "co_host", _("co-host")
    SPONSOR = "sponsor", _("sponsor")
    SUBJECT = "subject", _("subject of the debate")


class EventOrganization(Recorded):
    event = models.ForeignKey(Event, models.CASCADE, related_name="event_organizations", verbose_name=_("debate"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="event_organizations", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=10, choices=OrganizationRole, default=OrganizationRole.HOST)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("organization of a debate")
        verbose_name_plural = _("organizations of a debate")
        ordering = ["order", "pk"]
        constraints = [
            known("role", OrganizationRole, "event_organization_role_known"),
            models.UniqueConstraint(fields=["event", "organization", "role"], name="event_organization_once_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} ({self.get_role_display()})"


class NoteSubject(models.TextChoices):
    TITLE = "title", _("title")
    DATE = "date", _("date")
    VENUE = "venue", _("venue")
    CODING = "coding", _("coding")
    LANGUAGE = "language", _("language")
    OTHER = "other", _("other")


class EditorialNote(HasLanguage, Recorded):
    """What the editors have to say about the record of an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="notes", verbose_name=_("debate"))
    about = models.CharField(_("about"), max_length=10, choices=NoteSubject, default=NoteSubject.OTHER)
    text = Bilingual(models.TextField, _("text"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("editorial note")
        verbose_name_plural = _("editorial notes")
        ordering = ["order", "pk"]
        constraints = [
            known("about", NoteSubject, "note_subject_known"),
            in_some_language("text", "note_has_a_text"),
        ]

    def __str__(self) -> str:
        return str(self.text)


class EventRelation(Recorded):
    """One event belongs with another: the next of a series, the answer to it."""

    class Kind(models.TextChoices):
        FOLLOWS = "follows", _("follows")
        ANSWERS = "answers", _("answers")
        PART_OF = "part_of", _("is part of")

    from_event = models.ForeignKey(Event, models.CASCADE, related_name="relations_from", verbose_name=_("debate"))
    to_event = models.ForeignKey(Event, models.CASCADE, related_name="relations_to", verbose_name=_("other debate"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FOLLOWS)

    class Meta:
        verbose_name = _("relation of debates")
        verbose_name_plural = _("relations of debates")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["follows", "answers", "part_of"]), name="event_relation_kind_known"
            ),
            models.CheckConstraint(condition=~Q(from_event=F("to_event")), name="event_not_related_to_itself"),
            models.UniqueConstraint(fields=["from_event", "to_event", "kind"], name="event_relation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.from_event} {self.get_kind_display()} {self.to_event}"


class SourceKind(models.TextChoices):
    ARTICLE = "article", _("news article")
    TRANSCRIPT = "transcript", _("transcript")
    MINUTES = "minutes", _("minutes")
    VIDEO = "video", _("video")
    AUDIO = "audio", _("audio recording")
    SLIDES = "slides", _("slides")
    PAPER = "paper", _("paper")
    RELEASE = "release", _("press release")


class Quoting(models.TextChoices):
    NOTHING = "nothing", _("nothing")
    SHORT_PASSAGES = "short_passages", _("short passages")
    ALL = "all", _("all of it")


class SourceQuerySet(RecordedQuerySet["Source"]):
    def public(self) -> Self:
        """Those of a published debate or position."""
        return self.filter(is_public=True)

    def for_list(self) -> Self:
        return self.defer("text").order_by(*NEWEST_FIRST, "pk")

    def for_detail(self) -> Self:
        events = Event.objects.public().order_by(*NEWEST_FIRST, "pk")
        return self.select_related("translation_of").prefetch_related(
            Prefetch("events", queryset=events, to_attr="public_events")
        )


class Source(HasPublicId, HasLanguage, Recorded):
    """What a record is read from. An empty field means that the source at hand does not give it."""

    derived_columns = ("is_public",)

    kind = models.CharField(_("kind"), max_length=12, choices=SourceKind)
    title = models.CharField(_("title as printed"), max_length=500, blank=True, default="")
    description = Bilingual(models.CharField, _("description"), max_length=500)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True, default="")
    author = models.CharField(_("author"), max_length=300, blank=True, default="")
    url = models.URLField(_("address"), max_length=1000, blank=True, default="", validators=[WEB_ADDRESS])
    archived_url = models.URLField(_("archived at"), max_length=1000, blank=True, default="", validators=[WEB_ADDRESS])
    language = models.CharField(_("language"), max_length=12, blank=True, default="")
    date = EdtfField(_("date"))
    date_earliest = EarliestDayField(of="date")
    date_latest = LatestDayField(of="date")
    accessed = models.DateField(_("accessed on"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True, default="")
    paragraph_count = models.PositiveIntegerField(_("paragraphs"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True, default="")
    text_hash = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True, default="", editable=False)
    text_public = models.BooleanField(_("text is public"), default=False)
    quoting = models.CharField(_("may be quoted in public"), max_length=14, choices=Quoting, default=Quoting.NOTHING)
    translation_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="translations", verbose_name=_("translation of")
    )
    note = Bilingual(models.TextField, _("note"))
    is_public = models.BooleanField(_("public"), default=False, db_default=False, editable=False)

    objects: ClassVar = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            known("kind", SourceKind, "source_kind_known"),
            known("quoting", Quoting, "source_quoting_known"),
            to_the_web("url", "source_url_is_to_the_web"),
            to_the_web("archived_url", "source_archived_url_is_to_the_web"),
            in_some_language("description", "source_has_a_title_or_description", unless=~Q(title="")),
            models.CheckConstraint(
                condition=Q(translation_of=None) | ~Q(translation_of=F("id")), name="source_not_its_own_translation"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.description)

    def get_absolute_url(self) -> str:
        return reverse("pages:source", args=[self.public_id])

    def save(self, **options: Any) -> None:
        self.text_hash = hashlib.sha256(self.text.encode()).hexdigest() if self.text else ""
        if (update_fields := options.get("update_fields")) is not None:
            options["update_fields"] = {*update_fields, "text_hash"}
        super().save(**options)

    def clean(self) -> None:
        if not self.title and not any(getattr(self, f"description_{language}") for language in LANGUAGES):
            raise ValidationError(
                _("Give the title as printed, or describe the source in your own words."), code="nameless"
            )

    @property
    def can_be_looked_up(self) -> bool:
        return bool(self.url or self.archived_url)


class EventSource(Recorded):
    class Role(models.TextChoices):
        CODED = "coded", _("coded")
        MATERIAL = "material", _("further material")

    event = models.ForeignKey(Event, models.CASCADE, related_name="event_sources", verbose_name=_("debate"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="event_sources", verbose_name=_("source"))
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.CODED)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("source of a debate")
        verbose_name_plural = _("sources of a debate")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["coded", "material"]), name="event_source_role_known"),
            models.UniqueConstraint(fields=["event", "source"], name="event_source_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.get_role_display()})"


class SessionKind(models.TextChoices):
    OPENING = "opening", _("opening")
    PRESENTATION = "presentation", _("presentation")
    DISCUSSION = "discussion", _("discussion")
    QUESTIONS = "questions", _("questions")
    CLOSING = "closing", _("closing")


class SessionQuerySet(RecordedQuerySet["Session"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def in_order(self) -> Self:
        return self.order_by("event", "order", "pk")

    def with_appearances(self) -> Self:
        return self.prefetch_related(Prefetch("appearances", queryset=Appearance.objects.in_order().with_capacities()))

    def for_list(self) -> Self:
        return self.select_related("event").in_order()


class Session(HasPublicId, HasLanguage, Recorded):
    derived_columns = ("is_public",)

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions", verbose_name=_("debate"))
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind)
    title = Bilingual(models.CharField, _("title"), max_length=300)
    starts_at = models.TimeField(_("starts at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    is_public = models.BooleanField(_("public"), default=False, db_default=False, editable=False)

    objects: ClassVar = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            known("kind", SessionKind, "session_kind_known"),
        ]

    def __str__(self) -> str:
        return str(self.title) or self.get_kind_display()


class AppearanceRole(models.TextChoices):
    OPENING_SPEAKER = "opening_speaker", _("opening speaker")
    WELCOMING_SPEAKER = "welcoming_speaker", _("welcoming speaker")
    KEYNOTE_SPEAKER = "keynote_speaker", _("keynote speaker")
    PRESENTER = "presenter", _("presenter")
    PANELLIST = "panellist", _("panellist")
    MODERATOR = "moderator", _("moderator")
    CHAIR = "chair", _("chair")
    WITNESS = "witness", _("witness")
    QUESTIONER = "questioner", _("questioner")
    INTERVIEWEE = "interviewee", _("interviewee")
    INTERVIEWER = "interviewer", _("interviewer")
    AUTHOR = "author", _("author")
    CLOSING_SPEAKER = "closing_speaker", _("closing speaker")
    OTHER = "other", _("other")


class AppearanceQuerySet(RecordedQuerySet["Appearance"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def in_order(self) -> Self:
        return self.order_by("session", "order", "pk")

    def with_capacities(self) -> Self:
        capacities = Capacity.objects.select_related("organization").order_by("order", "pk")
        return self.select_related("person", "organization").prefetch_related(
            Prefetch("capacities", queryset=capacities)
        )

    def for_list(self) -> Self:
        return self.select_related("session__event", "source").defer("source__text").with_capacities().in_order()

    def of_person(self, person: Person) -> Self:
        return self.filter(person=person)

    def of_event(self, event: Event) -> Self:
        return self.filter(session__event=event)

    def in_debates_of(self, source: Source) -> Self:
        return self.filter(session__event__in=source.events.all())

    def of_those_present(self) -> Self:
        """Of people who were there, which not all were who had been announced."""
        return self.filter(is_absent=False).exclude(person=None)

    def in_programme_order(self, event: Event) -> models.QuerySet[Appearance, tuple[int | None, int | None, str]]:
        """Who speaks at the event, as (person, organization, label), in the order of its programme."""
        ordered = self.of_event(event).order_by("session__order", "session", "order", "pk")
        return ordered.values_list("person", "organization", "label")

    def speaking_for(self, organization: Organization) -> Self:
        """Of people on behalf of the organization, and of the organization itself."""
        on_behalf = Capacity.objects.filter(organization=organization, basis=Basis.ON_BEHALF_OF)
        return self.filter(Q(organization=organization) | Q(pk__in=on_behalf.values("appearance")))

    def newest_debate_first(self) -> Self:
        """Undated ones last; within a debate in the order of the programme."""
        newest = (LatestFirst("session__event__date_latest"), LatestFirst("session__event__date_earliest"))
        return self.order_by(*newest, "-session__event", "session__order", "order", "pk")


class Appearance(HasPublicId, Recorded):
    """Somebody taking part in a session: a person, an organization speaking for itself, or somebody unnamed."""

    derived_columns = ("is_public",)

    session = models.ForeignKey(Session, models.CASCADE, related_name="appearances", verbose_name=_("session"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="appearances", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="appearances", verbose_name=_("organization")
    )
    label = models.CharField(
        _("label"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("As printed, for somebody whom the source leaves unnamed."),
    )
    name_as_printed = models.CharField(_("name as printed"), max_length=200, blank=True, default="")
    role = models.CharField(_("role"), max_length=20, choices=AppearanceRole)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_absent = models.BooleanField(_("announced but absent"), default=False)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="appearances", verbose_name=_("source")
    )
    locator = models.CharField(
        _("place in the source"), max_length=100, blank=True, default="", validators=[validate_locator]
    )
    is_public = models.BooleanField(_("public"), default=False, db_default=False, editable=False)

    objects: ClassVar = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        constraints = [
            exactly_one(("person", "organization", "label"), "appearance_is_of_one"),
            known("role", AppearanceRole, "appearance_role_known"),
            models.UniqueConstraint(fields=["session", "person", "role"], name="appearance_once_per_role"),
        ]
        indexes = [
            models.Index("person", condition=Q(is_public=True), name="public_appearances_by_person"),
            models.Index("source", condition=Q(is_public=True), name="public_appearances_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}, {self.session}"

    @property
    def speaker(self) -> Person | Organization | str:
        """Whoever speaks: the person, else the organization, else the printed label."""
        return self.person or self.organization or self.label

    def clean(self) -> None:
        if sum(map(bool, (self.person_id, self.organization_id, self.label))) != 1:
            raise ValidationError(_("Name one: a person, an organization, or a label as printed."), code="not_one")
        refuse_beyond_the_end(self.source, self.locator)


class Basis(models.TextChoices):
    IDENTIFIED_AS = "identified_as", _("identified as")
    ON_BEHALF_OF = "on_behalf_of", _("on behalf of")


class Capacity(HasPublicId, HasLanguage, Recorded):
    """What somebody spoke as at one appearance, as printed there; text in the other language is the editors'.

    Nothing that is edited elsewhere changes it: whatever the person becomes later stays with later appearances.
    """

    appearance = models.ForeignKey(Appearance, models.CASCADE, related_name="capacities", verbose_name=_("appearance"))
    affiliation = models.ForeignKey(
        Affiliation, models.PROTECT, null=True, blank=True, related_name="capacities", verbose_name=_("affiliation")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="capacities", verbose_name=_("organization")
    )
    organization_name = Bilingual(models.CharField, _("organization as printed"), max_length=200)
    role = Bilingual(models.CharField, _("role as printed"), max_length=200)
    unit = Bilingual(models.CharField, _("unit as printed"), max_length=200)
    basis = models.CharField(_("basis"), max_length=14, choices=Basis, default=Basis.IDENTIFIED_AS)
    is_doubtful = models.BooleanField(_("doubtful"), default=False)
    note = Bilingual(models.TextField, _("note"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")
        ordering = ["order", "pk"]
        constraints = [
            known("basis", Basis, "capacity_basis_known"),
            in_some_language("organization_name", "capacity_says_something", unless=any_language("role")),
        ]
        indexes = [
            # the appearances in which an organization was spoken for, and whether one is among them
            models.Index(fields=["organization", "basis", "appearance"], name="capacities_by_organization"),
        ]

    def __str__(self) -> str:
        return ", ".join(str(part) for part in self.parts)

    @property
    def parts(self) -> list[Text]:
        """Role, unit and organization, those that are printed."""
        return [part for part in (self.role, self.unit, self.organization_name) if part]

    @property
    def is_on_behalf(self) -> bool:
        return self.basis == Basis.ON_BEHALF_OF


def refuse_beyond_the_end(source: Source | None, text: str) -> None:
    """Raises ValidationError for a paragraph that the source does not have."""
    if source is None or not source.paragraph_count or not text:
        return
    try:
        locator = parse(text)
    except LocatorError:
        return  # the field's own validator says so
    if locator.unit == "paragraph" and locator.last > source.paragraph_count:
        message = _("The source has %(count)d paragraphs.") % {"count": source.paragraph_count}
        raise ValidationError({"locator": message}, code="beyond_the_end")
