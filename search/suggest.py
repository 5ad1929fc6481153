"""Completes what is being typed into the search: people, organizations, topics, propositions and debates.

suggest("gang hu", language="en")  →  Kang Hoon-sik, "Member of the National Assembly, Democratic Party of Korea"
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from debate.models import Appearance, Capacity, Event
from positions.models import Proposition, Topic
from search import upkeep
from search.analysis import fold
from search.completion import Candidates, candidates
from search.errors import SearchUnavailable
from search.index import Damaged
from speakers import partial_dates
from speakers.models import Affiliation, Organization, OrganizationKind, Person
from speakers.ordering import LatestFirst

MOST = 50

type Records = Mapping[int, Any]
type Details = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record that may be meant. `label` is what it is called; `detail` tells it from others: who somebody is where,
    when a debate was. `address` is its page on this site.
    """

    kind: str
    slug: str
    label: str
    detail: str
    address: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The best first; `are_corrected` where nothing begins as was typed, and these are what was likely meant."""

    found: tuple[Suggestion, ...] = ()
    are_corrected: bool = False


def suggest(q: str, *, language: str, limit: int = 10) -> Suggestions:
    """What is public and has a name that begins so, or words that do; labels and addresses are in `language`.

    Brings the index up to date first. Costs one query, one for each kind of which there is something, and one or two
    more for what people are. Raises SearchUnavailable.
    """
    limit = min(max(limit, 1), MOST)
    if not q.strip():
        return Suggestions()
    best = _candidates(q, limit)
    keys: dict[str, list[int]] = defaultdict(list)
    for candidate in best.found:
        keys[candidate.kind].append(candidate.key)
    with translation.override(language):
        shown = {kind: _shown(kind, several) for kind, several in keys.items()}
    ranked = sorted(
        ((one.tier, -one.positions, fold(suggestion.label), one.key), suggestion)
        for one in best.found
        if (suggestion := shown[one.kind].get(one.key))
    )
    return Suggestions(tuple(suggestion for _rank, suggestion in ranked), best.are_corrected)


def _candidates(q: str, limit: int) -> Candidates:
    try:
        return candidates(upkeep.up_to_date(), q, limit)
    except Damaged:
        upkeep.discard_damaged()
    try:
        return candidates(upkeep.up_to_date(), q, limit)
    except Damaged as error:
        raise SearchUnavailable(_("Search is not available: its index can't be read.")) from error


def _shown(kind: str, keys: Sequence[int]) -> dict[int, Suggestion]:
    """Without those that are no longer public."""
    shown = _KINDS[kind]
    records = shown.public().in_bulk(keys)
    details = shown.details(records)
    return {
        key: Suggestion(kind, record.slug, shown.label(record), details.get(key, ""), record.get_absolute_url())
        for key, record in records.items()
    }


def _people(people: Records) -> Details:
    """What they are, or were last, and of those who share both name and that, in which debate they were last."""
    details = _affiliations(people)
    alike = Counter((str(person.name), details.get(key)) for key, person in people.items())
    unclear = [
        key
        for key, person in people.items()
        if key not in details or alike[str(person.name), details[key]] > 1
    ]  # fmt: skip
    for key, (capacity, debate) in _last_appearances(unclear).items():
        details[key] = " · ".join(filter(None, (details.get(key) or capacity, debate)))
    return details


def _affiliations(people: Collection[int]) -> dict[int, str]:
    held = Affiliation.objects.public().of_today(people)
    return {key: _in_words(affiliation) for key, affiliation in held.items()}


def _in_words(affiliation: Affiliation) -> str:
    return ", ".join(filter(None, (str(affiliation.role), str(affiliation.organization.name))))


def _last_appearances(people: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    """By person what they spoke as, and the debate. Two queries, none where there is nobody."""
    if not people:
        return {}
    of_person = Appearance.objects.public().filter(person=OuterRef("pk"))
    newest = of_person.order_by(LatestFirst("session__event__date_latest"), "-pk").values("pk")[:1]
    last = Person.objects.filter(pk__in=people).annotate(last=Subquery(newest)).values_list("last", flat=True)
    found = Appearance.objects.filter(pk__in=list(filter(None, last))).select_related("session__event")
    return {
        appearance.person_id: (_as_printed(appearance.capacities.all()), str(appearance.session.event.title))
        for appearance in found.prefetch_related("capacities")
        if appearance.person_id is not None
    }


def _as_printed(capacities: Iterable[Capacity]) -> str:
    return next((str(capacity) for capacity in capacities), "")


def _organizations(organizations: Records) -> Details:
    return {key: ", ".join(filter(None, _sort_and_whole(record))) for key, record in organizations.items()}


def _sort_and_whole(organization: Organization) -> Iterator[str]:
    if organization.kind != OrganizationKind.OTHER:
        yield organization.get_kind_display()
    if organization.parent and organization.parent.is_public:
        yield str(organization.parent.name)


def _topics(topics: Records) -> Details:
    return {key: str(topic.parent.name) for key, topic in topics.items() if topic.parent and topic.parent.is_public}


def _debates(debates: Records) -> Details:
    return {key: partial_dates.in_words(debate.date) for key, debate in debates.items()}


def _nothing(_records: Records) -> Details:
    return {}


def _name(record: Any) -> str:
    return str(record.name)


@dataclass(frozen=True, slots=True)
class _Kind:
    public: Callable[[], QuerySet[Any]]
    label: Callable[[Any], str]
    details: Callable[[Records], Details]


_KINDS: Mapping[str, _Kind] = {
    "person": _Kind(Person.objects.public, _name, _people),
    "organization": _Kind(lambda: Organization.objects.public().select_related("parent"), _name, _organizations),
    "topic": _Kind(lambda: Topic.objects.public().select_related("parent"), _name, _topics),
    "proposition": _Kind(lambda: Proposition.objects.public().select_related("current_wording"), str, _nothing),
    "event": _Kind(Event.objects.public, lambda event: str(event.title), _debates),
}
