"""The kinds of record: which of them are public, what their lists are narrowed by, how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from api.ordering import BY_CHANGE, BY_DATE, BY_NAME
from api.paging import Page, envelope
from api.parameters import FILTERS, STRING, Narrowing, of, one_of, several
from api.position_rows import position_rows
from api.rows import Sought
from api.shapes import debate as debates
from api.shapes import positions, speakers
from api.undated import UNDATED, telling_undated
from api.views import Asked, RecordViewSet, kept_unless
from api.writing.views import Writing
from debate.models import (
    Appearance,
    AppearanceRole,
    Capacity,
    Event,
    EventKind,
    EventOrganization,
    EventSource,
    Session,
    SessionKind,
    SessionQuerySet,
    Source,
    SourceKind,
)
from debate.years import known_year, within
from positions.models import (
    IN_PROGRAMME,
    Evidence,
    Position,
    PositionLink,
    PositionQuerySet,
    Proposition,
    PropositionTopic,
    Remark,
    Topic,
)
from search.filters import PARAMETERS, Filters, FiltersError, Problem, narrowed, parse, resolve
from search.find import all_found, find
from speakers.initials import INITIALS, begins, known_initial
from speakers.models import Affiliation, Organization, OrganizationKind, Person
from speakers.ordering import NEWEST_FIRST, OLDEST_FIRST


def _initial(column: str) -> Narrowing:
    """A consonant of Hangul is that of a Korean name, all else of an English one: so are the pages in either."""

    def condition(given: list[str]) -> Q:
        begun = Q()
        for code in map(known_initial, given):
            language = "en" if code.isascii() else "ko"
            begun |= begins(f"{column}_{language}", code)
        return begun

    codes = tuple(initial.code for initial in INITIALS)
    description = (
        "Only names that begin so: of English names a letter, of Korean ones a consonant. Several are alternatives."
    )
    return Narrowing("initial", description, several(codes), condition)


def _held_in(given: list[str]) -> Q:
    years = Q()
    for year in map(known_year, given):
        years |= within(year)
    return years


YEAR = Narrowing(
    "year",
    "Only those that may have been held in this year, or with `unknown` of which it is not given. Several are"
    " alternatives.",
    {**several(), "items": {**STRING, "pattern": "^([0-9]{4}|unknown)$"}},
    _held_in,
)


def _sources_of(path: str) -> Prefetch[Any, Any, Any]:
    """Texts of sources are long, and only a source's own page shows them."""
    return Prefetch(path, queryset=Source.objects.defer("text"))


def _debates_with(people: list[int]) -> Q:
    return Q(pk__in=Session.objects.filter(appearances__person__in=people).values("event"))


def _sources_in(events: list[int]) -> Q:
    return Q(pk__in=EventSource.objects.filter(event__in=events).values("source"))


def _speakers_in(events: list[int]) -> Q:
    return Q(pk__in=Appearance.objects.filter(session__event__in=events).values("person"))


def _organizations_in(events: list[int]) -> Q:
    """Those that take part, those that somebody spoke as, and those that spoke for themselves."""
    return (
        Q(pk__in=EventOrganization.objects.filter(event__in=events).values("organization"))
        | Q(pk__in=Capacity.objects.filter(appearance__session__event__in=events).values("organization"))
        | Q(pk__in=Appearance.objects.filter(session__event__in=events).values("organization"))
    )


def _propositions_about(topics: list[int]) -> Q:
    return Q(pk__in=PropositionTopic.objects.filter(topic__in=topics).values("proposition"))


def _propositions_in(events: list[int]) -> Q:
    return Q(pk__in=Position.objects.public().filter(event__in=events).values("proposition"))


class DebateViewSet(Writing, RecordViewSet[Event]):
    """Debates, hearings, interviews and publications in which positions are stated; newest first, undated ones last."""

    model, lookup_field, standing = Event, "slug", ("",)
    orders = {**BY_DATE, **BY_CHANGE}
    listed_as, shown_as = debates.debate, debates.debate_detail
    parameters = (
        one_of("kind", EventKind, "kind"),
        YEAR,
        of("speaker", Person, _debates_with),
    )

    def listed(self) -> QuerySet[Event]:
        return Event.objects.public().for_list()

    def whole(self) -> QuerySet[Event]:
        return Event.objects.public().for_detail().prefetch_related(_sources_of("sessions__appearances__source"))


class SessionViewSet(Writing, RecordViewSet[Session]):
    """The parts of the debates' programmes, in their order."""

    model, standing = Session, ("event",)
    listed_as, shown_as = debates.session, debates.session_detail
    parameters = (
        of("debate", Event, lambda found: Q(event__in=found)),
        one_of("kind", SessionKind, "kind"),
    )

    def listed(self) -> SessionQuerySet:
        return Session.objects.public().for_list()

    def whole(self) -> QuerySet[Session]:
        return self.listed().with_appearances().prefetch_related(_sources_of("appearances__source"))


class AppearanceViewSet(Writing, RecordViewSet[Appearance]):
    """Who took part in which session, in which role and in which capacities, as printed."""

    model, standing = Appearance, ("session.event",)
    listed_as = shown_as = debates.appearance
    parameters = (
        of("debate", Event, lambda found: Q(session__event__in=found)),
        of("session", Session, lambda found: Q(session__in=found)),
        of("speaker", Person, lambda found: Q(person__in=found)),
        one_of("role", AppearanceRole, "role"),
    )

    def listed(self) -> QuerySet[Appearance]:
        return Appearance.objects.public().for_list().defer("source__text")


class SourceViewSet(Writing, RecordViewSet[Source]):
    """What the records are read from; newest first, undated ones last."""

    model = Source
    orders = {**BY_DATE, **BY_CHANGE}
    listed_as, shown_as = debates.source, debates.source_detail
    parameters = (
        of("debate", Event, _sources_in),
        one_of("kind", SourceKind, "kind"),
    )

    def listed(self) -> QuerySet[Source]:
        return Source.objects.public().for_list()

    def whole(self) -> QuerySet[Source]:
        return Source.objects.public().for_detail().defer("translation_of__text")


class SpeakerViewSet(Writing, RecordViewSet[Person]):
    """The people who take part in the debates, by name."""

    model, lookup_field = Person, "slug"
    orders = BY_NAME
    listed_as, shown_as = speakers.speaker, speakers.speaker_detail
    parameters = (
        of("debate", Event, _speakers_in),
        _initial("sort_key"),
    )

    def listed(self) -> QuerySet[Person]:
        return Person.objects.public().for_list(self.language)

    def whole(self) -> QuerySet[Person]:
        return Person.objects.public().for_detail()


class OrganizationViewSet(Writing, RecordViewSet[Organization]):
    """The organizations that the debates show, by name."""

    model, lookup_field = Organization, "slug"
    orders = BY_NAME
    listed_as, shown_as = speakers.organization, speakers.organization_detail
    parameters = (
        of("debate", Event, _organizations_in),
        one_of("kind", OrganizationKind, "kind"),
        _initial("sort_key"),
    )

    def listed(self) -> QuerySet[Organization]:
        return Organization.objects.public().for_list(self.language).select_related("parent")

    def whole(self) -> QuerySet[Organization]:
        return Organization.objects.public().for_detail(self.language)


class AffiliationViewSet(Writing, RecordViewSet[Affiliation]):
    """Who was what in which organization, and when as far as it is known."""

    model = Affiliation
    listed_as = shown_as = speakers.affiliation
    parameters = (
        of("speaker", Person, lambda found: Q(person__in=found)),
        of("organization", Organization, lambda found: Q(organization__in=found)),
    )

    def listed(self) -> QuerySet[Affiliation]:
        return Affiliation.objects.public().for_list()


class TopicViewSet(Writing, RecordViewSet[Topic]):
    """What the propositions are about, in the editors' order."""

    model, lookup_field, standing = Topic, "slug", ("",)
    orders = BY_NAME
    listed_as = shown_as = positions.topic

    def listed(self) -> QuerySet[Topic]:
        return Topic.objects.public().for_list().select_related("parent")


class PropositionViewSet(Writing, RecordViewSet[Proposition]):
    """The sentences that people are for or against, in the order of their wordings."""

    model, lookup_field, standing = Proposition, "slug", ("",)
    orders = BY_CHANGE
    listed_as, shown_as = positions.proposition, positions.proposition_detail
    parameters = (
        of("topic", Topic, _propositions_about),
        of("debate", Event, _propositions_in),
    )

    def listed(self) -> QuerySet[Proposition]:
        return Proposition.objects.public().for_list(self.language)

    def whole(self) -> QuerySet[Proposition]:
        return Proposition.objects.public().for_detail()


type Resolved = tuple[tuple[str, tuple[int, ...]], ...]  # the names asked for, by primary keys


class PositionViewSet(Writing, RecordViewSet[Position]):
    """What was stated on which proposition, by whom, in what capacity, with the evidence; newest first.

    Takes the parameters of the search on the site. With words (`q`) it finds what `/search/` finds, positions only.
    """

    model, standing = Position, ("", "event", "proposition")
    listed_as, shown_as = positions.position, positions.position_detail
    parameters = FILTERS
    page_members = UNDATED

    def listed(self) -> PositionQuerySet:
        return Position.objects.public().for_list().in_time_order()

    def whole(self) -> QuerySet[Position]:
        return Position.objects.public().for_detail()

    orders = {
        "date": (*OLDEST_FIRST, *IN_PROGRAMME),
        "-date": (*NEWEST_FIRST, *IN_PROGRAMME),
        **BY_CHANGE,
    }

    def filters(self, query: QueryDict) -> tuple[Filters, Resolved]:
        filters = parse({name: values for name, values in query.lists() if name in PARAMETERS})
        if query.get("ordering") and (filters.q or filters.sort):
            raise FiltersError([Problem("ordering", "What is searched for is put in order by `sort`: leave this out.")])
        return filters, tuple((name, tuple(keys)) for name, keys in resolve(filters).items())

    def records(self, filters: tuple[Filters, Resolved]) -> PositionQuerySet:
        asked, keys = filters
        return narrowed(Position.objects.public().in_time_order(), asked, dict(keys))

    def sought(self, asked: Asked) -> Sought:
        return self._sought(asked.filters, asked.order, connection.vendor)

    @classmethod
    @lru_cache(maxsize=1_000)
    def _sought(cls, filters: tuple[Filters, Resolved], order: str, _vendor: str) -> Sought:
        """The same lists are asked for after every change of the record: of them it is known what to ask."""
        return Sought(cls().in_order(Asked(filters, order)))

    def answer(self, request: Request, asked: Asked) -> HttpResponseBase:
        return telling_undated(self.found(request, asked), asked.filters[0])

    def found(self, request: Request, asked: Asked) -> HttpResponseBase:
        filters: Filters = asked.filters[0]
        if not (filters.q or filters.sort):
            return super().answer(request, asked)
        if asked.part is None:
            everything = all_found(filters)
            return kept_unless(everything.is_behind, self.streamed(asked, everything.keys, everything.total))
        assert isinstance(asked.part, Page)  # a walk takes neither words nor an order
        answer = find(filters, page=asked.part.number, size=asked.part.size)
        asked.part.of(answer.total)
        results = self.told(asked, [hit.key for hit in answer.positions])
        listing = self.listing(request, envelope(request, asked.part, answer.total, results))
        return kept_unless(answer.is_behind, listing)

    def rows(self, keys: Sequence[int]) -> list[Any]:
        return position_rows(keys)


class EvidenceViewSet(Writing, RecordViewSet[Evidence]):
    """Where the positions were read: places in sources and, where their terms allow, the words."""

    model, standing = Evidence, ("position", "position.event", "position.proposition")
    listed_as = shown_as = positions.evidence
    parameters = (
        of("position", Position, lambda found: Q(position__in=found)),
        of("source", Source, lambda found: Q(source__in=found)),
    )

    def listed(self) -> QuerySet[Evidence]:
        public = Evidence.objects.filter(position__is_public=True)
        return public.select_related("position", "source").defer("source__text").order_by("pk")


class RemarkViewSet(Writing, RecordViewSet[Remark]):
    """Dated notes on positions, speakers and debates: corrections, and readings that the speaker disputes."""

    model = Remark
    listed_as = shown_as = positions.remark
    parameters = (
        of("position", Position, lambda found: Q(position__in=found)),
        of("speaker", Person, lambda found: Q(person__in=found)),
        of("debate", Event, lambda found: Q(event__in=found)),
        one_of("kind", Remark.Kind, "kind"),
    )

    def listed(self) -> QuerySet[Remark]:
        return Remark.objects.public().select_related("position", "person", "event").order_by("date", "pk")


class LinkViewSet(Writing, RecordViewSet[PositionLink]):
    """Which positions agree with, dispute, answer or elaborate others."""

    model = PositionLink
    listed_as = shown_as = positions.link
    parameters = (
        of("position", Position, lambda found: Q(from_position__in=found) | Q(to_position__in=found)),
        one_of("kind", PositionLink.Kind, "kind"),
    )

    def listed(self) -> QuerySet[PositionLink]:
        return PositionLink.objects.between_public().select_related("from_position", "to_position")


RESOURCES: dict[str, type[RecordViewSet[Any]]] = {
    "debates": DebateViewSet,
    "sessions": SessionViewSet,
    "appearances": AppearanceViewSet,
    "sources": SourceViewSet,
    "speakers": SpeakerViewSet,
    "organizations": OrganizationViewSet,
    "affiliations": AffiliationViewSet,
    "topics": TopicViewSet,
    "propositions": PropositionViewSet,
    "positions": PositionViewSet,
    "evidence": EvidenceViewSet,
    "remarks": RemarkViewSet,
    "links": LinkViewSet,
}
RecordViewSet.resources = RESOURCES
