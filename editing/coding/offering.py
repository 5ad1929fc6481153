"""Whom and what the form of the coding screen offers: drafts too, since editors see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from debate.models import Appearance, Event, Session, Source
from positions.models import Position, Proposition, Topic
from search.errors import SearchUnavailable
from search.suggest import suggest
from speakers.bilingual import LANGUAGES, columns
from speakers.fields import fold
from speakers.models import Affiliation, Person

MOST = 12  # of what is found while typing
MOST_AT_HAND = 500  # of a debate's appearances and propositions, which the page has from the beginning
_LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """`id` is what the form sends; `words` are all it is found by, folded."""

    id: str
    label: str
    detail: str
    words: str


@dataclass(frozen=True, slots=True)
class SpeakerOffer:
    """An appearance in one of the source's debates."""

    id: str
    label: str
    detail: str
    words: str
    event: str
    person: str
    names: tuple[str, ...]
    capacities: tuple[tuple[str, str], ...]

    @property
    def without_capacities(self) -> SpeakerOffer:
        return replace(self, capacities=())


@dataclass(frozen=True, slots=True)
class DebateOffer:
    """A debate of the source with its sessions, as (public id, title)."""

    id: str
    label: str
    language: str
    sessions: tuple[tuple[str, str], ...]


def debates(source: Source) -> list[DebateOffer]:
    """Two queries."""
    sessions: dict[int, list[Session]] = {}
    for session in Session.objects.filter(event__in=source.events.all()).in_order()[:MOST_AT_HAND]:
        sessions.setdefault(session.event_id, []).append(session)
    return [
        DebateOffer(
            event.slug,
            str(event.title),
            event.source_language,
            tuple((one.public_id, f"{one.order}. {one}") for one in sessions.get(event.pk, [])),
        )
        for event in Event.objects.filter(event_sources__source=source).order_by("event_sources__order", "pk")
    ]


def speakers(source: Source) -> list[SpeakerOffer]:
    """Who appears in the source's debates, in the order of their programmes; two queries."""
    found = appearances_of(source).select_related("session__event").with_capacities()
    ordered = found.order_by("session__event", "session__order", "session", "order", "pk")[:MOST_AT_HAND]
    return [_speaker(appearance) for appearance in ordered]


def appearances_of(source: Source) -> Any:
    return Appearance.objects.in_debates_of(source)


def _speaker(appearance: Appearance) -> SpeakerOffer:
    capacities = list(appearance.capacities.all())
    parts = [*map(str, capacities[:1]), appearance.get_role_display(), str(appearance.session)]
    named = appearance.person or appearance.organization
    written = [getattr(named, column) for column in columns("name")] if named else []
    names = tuple(dict.fromkeys(filter(None, [*written, appearance.name_as_printed, appearance.label])))
    return SpeakerOffer(
        id=appearance.public_id,
        label=str(appearance.speaker),
        detail=" · ".join(filter(None, parts)),
        words=fold(" ".join(names)),
        event=appearance.session.event.slug,
        person=appearance.person.slug if appearance.person else "",
        names=names,
        capacities=tuple((capacity.public_id, str(capacity)) for capacity in capacities),
    )


def propositions(source: Source) -> list[Offer]:
    """Those on which there are positions in the source's debates; two queries."""
    used = Position.objects.filter(event__in=source.events.all()).values("proposition")
    return _propositions(Proposition.objects.filter(pk__in=used), MOST_AT_HAND)


def propositions_like(words: str) -> list[Offer]:
    """Those in whose wording all the words are; two queries."""
    return _propositions(_with_words(Proposition.objects.all(), "current_wording__sort_key", words), MOST)


def _propositions(found: QuerySet[Proposition], at_most: int) -> list[Offer]:
    ordered = found.select_related("current_wording").prefetch_related("topics").order_by("current_wording", "pk")
    return [_proposition(proposition) for proposition in ordered[:at_most]]


def _proposition(proposition: Proposition) -> Offer:
    wording = proposition.current_wording
    texts = [getattr(wording, column) for column in columns("text")] if wording else [proposition.slug]
    topics = ", ".join(str(topic) for topic in proposition.topics.all())
    detail = " · ".join(filter(None, [str(proposition.get_status_display()), topics]))
    return Offer(proposition.slug, str(proposition), detail, fold(" ".join(texts)))


def topics() -> list[Offer]:
    """The first MOST_AT_HAND; an institution has some dozen."""
    return [
        Offer(topic.slug, str(topic), "", fold(" ".join(getattr(topic, column) for column in columns("name"))))
        for topic in Topic.objects.order_by("order", "sort_key_en", "pk")[:MOST_AT_HAND]
    ]


def people_like(words: str, language: str) -> list[Offer]:
    """By any name, in any spelling that the search knows of those who are public; five queries at most."""
    direct = _with_words(Person.objects.all(), "sort_key", words, Q(names__text__icontains=words[:_LONGEST_QUESTION]))
    found = {person.pk: person for person in direct.order_by("sort_key_en", "pk").distinct()[:MOST]}
    for person in Person.objects.filter(slug__in=_heard(words, language)):
        found.setdefault(person.pk, person)
    held = Affiliation.objects.of_today(found)
    return [_person(person, held.get(key)) for key, person in list(found.items())[:MOST]]


def _person(person: Person, affiliation: Affiliation | None) -> Offer:
    parts = [str(affiliation.role), str(affiliation.organization)] if affiliation else []
    names = [getattr(person, column) for column in columns("name")]
    return Offer(person.slug, str(person), ", ".join(filter(None, parts)), fold(" ".join(names)))


def _heard(words: str, language: str) -> Sequence[str]:
    try:
        found = suggest(words[:_LONGEST_QUESTION], language=language, limit=MOST).found
    except SearchUnavailable:
        return []  # what the database finds by itself is offered all the same
    return [one.slug for one in found if one.kind == "person"]


def _with_words(found: QuerySet[Any], sort_key: str, words: str, otherwise: Q | None = None) -> QuerySet[Any]:
    """Those whose folded name or text has each of the words in one language."""
    asked = fold(words[:_LONGEST_QUESTION]).split()
    if not asked:
        return found.none()
    condition = otherwise or Q()
    for language in LANGUAGES:
        condition |= _all(f"{sort_key}_{language}__contains", asked)
    return found.filter(condition)


def _all(lookup: str, asked: Iterable[str]) -> Q:
    condition = Q()
    for word in asked:
        condition &= Q(**{lookup: word})
    return condition
