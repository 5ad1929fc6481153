"""What many documents have in common, read once and in bulk while an index is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from debate.models import Event, EventOrganization, OrganizationRole
from positions.models import PropositionTopic, Topic, Wording
from search import spelling
from search.analysis import NOTHING, Tokens
from search.documents.document import Texts, analysed, bilingual, together
from speakers.bilingual import columns
from speakers.models import Name, Organization, Person

MOST_KEPT = 20_000  # of each kind, which are some megabytes
BATCH = 10_000  # fewer than SQLite takes parameters in a query


class Lookup[T]:
    """Values by primary key; `read` gets those that are not known yet, in one batch."""

    def __init__(self, read: Callable[[list[int]], dict[int, T]], missing: T) -> None:
        self._read = read
        self._missing = missing
        self._known: dict[int, T] = {}

    def __getitem__(self, key: int | None) -> T:
        return self._known.get(key, self._missing) if key is not None else self._missing

    def fetch(self, keys: Iterable[int | None]) -> None:
        unknown = {key for key in keys if key is not None} - self._known.keys()
        for batch in batched(sorted(unknown), BATCH):
            self._known |= self._read(list(batch))

    def stay_small(self) -> None:
        if len(self._known) > MOST_KEPT:
            self._known.clear()


@dataclass(frozen=True, slots=True)
class Names:
    """All that somebody is called, and the same analysed."""

    texts: tuple[str, ...] = ()
    tokens: Tokens = NOTHING


@dataclass(frozen=True, slots=True)
class About:
    """What a proposition says and is about."""

    texts: Texts = field(default_factory=dict)
    topics: tuple[int, ...] = ()


class Shared:
    def __init__(self) -> None:
        self.people = Lookup(lambda keys: _names(Person, "person", keys), Names())
        self.organizations = Lookup(lambda keys: _names(Organization, "organization", keys), Names())
        self.events: Lookup[Texts] = Lookup(self._events, {})
        self.subjects: Lookup[tuple[str, ...]] = Lookup(self._subjects, ())
        self.topics: Lookup[Texts] = Lookup(_topics, {})
        self.propositions = Lookup(self._propositions, About())

    def stay_small(self) -> None:
        """To be called between batches, never within one: what a batch has fetched it also reads."""
        for lookup in (self.people, self.organizations, self.events, self.subjects, self.topics, self.propositions):
            lookup.stay_small()

    def _subjects(self, keys: list[int]) -> dict[int, tuple[str, ...]]:
        """By event, every name of the organizations that it is about."""
        rows = list(
            EventOrganization.objects.filter(event__in=keys, role=OrganizationRole.SUBJECT).values_list(
                "event_id", "organization_id"
            )
        )
        self.organizations.fetch(organization for _event, organization in rows)
        found: dict[int, tuple[str, ...]] = dict.fromkeys(keys, ())
        for event, organization in rows:
            found[event] += self.organizations[organization].texts
        return found

    def _events(self, keys: list[int]) -> dict[int, Texts]:
        """What the sessions, positions and sources of an event say of it."""
        self.subjects.fetch(keys)
        titles = Event.objects.filter(pk__in=keys).values("pk", *columns("title"), *columns("subtitle"))
        return {
            row["pk"]: together(
                bilingual("context", row, "title", "subtitle"), {"context": analysed(*self.subjects[row["pk"]])}
            )
            for row in titles
        }

    def _propositions(self, keys: list[int]) -> dict[int, About]:
        assigned: dict[int, list[int]] = defaultdict(list)
        shown = PropositionTopic.objects.filter(proposition__in=keys, topic__is_public=True).order_by("topic")
        for proposition, topic in shown.values_list("proposition_id", "topic_id"):
            assigned[proposition].append(topic)
        self.topics.fetch(topic for topics in assigned.values() for topic in topics)
        worded: dict[int, list[Texts]] = defaultdict(list)
        for row in (
            Wording.objects.filter(proposition__in=keys).order_by("number").values("proposition_id", *columns("text"))
        ):
            worded[row["proposition_id"]].append(bilingual("proposition", row, "text"))
        return {
            key: About(together(*worded[key], *(self.topics[topic] for topic in assigned[key])), tuple(assigned[key]))
            for key in keys
        }


def _names(model: type[Person | Organization], owner: str, keys: list[int]) -> dict[int, Names]:
    found: dict[int, list[str]] = {}
    for key, *names in model.objects.filter(pk__in=keys).values_list("pk", *columns("name")):
        found[key] = [name for name in names if name]
    for key, name in Name.objects.filter(**{f"{owner}__in": keys}).order_by("pk").values_list(f"{owner}_id", "text"):
        found[key].append(name)
    return {key: _all_names(names, with_initials=model is Organization) for key, names in found.items()}


def _all_names(names: list[str], *, with_initials: bool) -> Names:
    different = tuple(dict.fromkeys(names))
    initials = sorted({short for name in different for short in spelling.initials(name)}) if with_initials else []
    return Names(different, analysed(*different, *initials))


def _topics(keys: list[int]) -> dict[int, Texts]:
    rows: Iterable[dict[str, Any]] = Topic.objects.public().filter(pk__in=keys).values("pk", *columns("name"))
    return {row["pk"]: bilingual("topic", row, "name") for row in rows}
