"""What the database knows of the names in a dossier, asked for once, before anything is checked or written."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import batched
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Model, Q, QuerySet

from debate.models import Event, Source
from exchange.dossier.entries import Entries
from exchange.dossier.fields import Field, PointerField, WordingField
from exchange.dossier.kinds import EVENT, KINDS, Kind
from positions.models import Position, Proposition, Topic, Wording
from speakers.identity import FormerAddress, HasSlug
from speakers.models import Affiliation, Identifier, Organization, Person

type Names = dict[type[Model], set[str]]

BATCH = 10_000  # parameters of one query: SQLite takes no more than 32,766
LOOKED_UP: tuple[type[Model], ...] = (Topic, Organization, Person, Proposition, Event, Source, Affiliation, Position)
_SIMILAR = 200


class Owner(NamedTuple):
    """Whose something is, as the database has it; without a key when it is of something else than it should be."""

    model: type[Model]
    key: int | None
    slug: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """`keys` has the key of each record that the dossier names and that is in the database, by model and name."""

    keys: Mapping[tuple[type[Model], Hashable], int] = field(default_factory=dict)
    similar: Mapping[type[Model], tuple[str, ...]] = field(default_factory=dict)  # to names that are in neither
    paragraphs: Mapping[str, int] = field(default_factory=dict)  # of sources the dossier only refers to
    affiliations: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # likewise: person and organization
    owners: Mapping[tuple[Kind, str], Owner] = field(default_factory=dict)  # of the ids in the dossier
    identifiers: Mapping[tuple[str, str], Owner] = field(default_factory=dict)  # likewise: whom they name
    doubles: Mapping[tuple[type[Model], str], str] = field(default_factory=dict)  # slug and former slug of two records

    def has(self, model: type[Model], name: Hashable) -> bool:
        return (model, name) in self.keys


def ask(entries: Entries) -> Recorded:
    """Some twenty queries at any size of the dossier and of the database."""
    keys: dict[tuple[type[Model], Hashable], int] = {}
    doubles: dict[tuple[type[Model], str], str] = {}
    referred = references(entries)
    for model in LOOKED_UP:
        if issubclass(model, HasSlug):
            found, double = _at_slugs(model, _slugs(entries, model, referred[model]))
            doubles |= {(model, slug): former for slug, former in double.items()}
        else:
            found = dict(_values(model, "public_id", referred[model] - defined(entries, model), "public_id", "pk"))
        keys |= {(model, name): key for name, key in found.items()}
    event = next((entry.name for entry in entries[EVENT]), "")
    _forget_own_positions(keys, keys.get((Event, event)))
    keys |= _wordings(keys)
    return Recorded(
        keys=keys,
        similar=_similar(entries, referred, keys),
        paragraphs=dict(_values(Source, "public_id", referred[Source], "public_id", "paragraph_count")),
        affiliations={
            name: (person, organization)
            for name, person, organization in _values(
                Affiliation, "public_id", referred[Affiliation], "public_id", "person__slug", "organization__slug"
            )
        },
        owners=dict(_owners(entries)),
        identifiers=_identifiers(entries),
        doubles=doubles,
    )


def references(entries: Entries) -> Names:
    """The names that records point to, by the model they are of."""
    names: Names = {model: set() for model in LOOKED_UP}
    for kind, found in entries.items():
        for pointer in pointers(kind.fields):
            names.setdefault(pointer.model, set()).update(entry.text(pointer.key) for entry in found)
        if any(isinstance(each, WordingField) for each in kind.fields):
            names[Proposition].update(entry.text("proposition") for entry in found)
    for known in names.values():
        known.discard("")
    return names


def pointers(fields: Iterable[Field]) -> Iterator[PointerField]:
    return (each for each in fields if isinstance(each, PointerField))


def defined(entries: Entries, model: type[Model]) -> set[str]:
    return {entry.name for kind, found in entries.items() if kind.model is model for entry in found}


def _slugs(entries: Entries, model: type[Model], referred: set[str]) -> dict[str, list[str]]:
    """Each slug, whether defined or only referred to, with those it had before."""
    own = {
        entry.name: entry.texts("former_slugs")
        for kind, found in entries.items()
        if kind.model is model
        for entry in found
        if entry.name
    }
    return {**{slug: [] for slug in referred}, **own}


def _at_slugs(model: type[Model], slugs: Mapping[str, list[str]]) -> tuple[dict[str, int], dict[str, str]]:
    """The record of each slug: the one that has it, else one that had it before and is named by no other.

    With it, the slugs of which both they and one of their former slugs are records of their own.
    """
    written = {*slugs, *(former for formers in slugs.values() for former in formers)}
    current = dict(_values(model, "slug", written, "slug", "pk"))
    found = {slug: current[slug] for slug in slugs if slug in current}
    doubles = {slug: former for slug in found for former in slugs[slug] if former in current and former != slug}
    if unknown := written - set(current):
        addresses = FormerAddress.objects.filter(kind=model._meta.db_table)
        led = dict(_values(addresses, "slug", unknown, "slug", "target"))
        existing = {key for (key,) in _values(model, "pk", set(led.values()), "pk")}
        current |= {slug: key for slug, key in led.items() if key in existing}
    claimed = set(found.values())
    for slug in [slug for slug in slugs if slug not in found]:
        keys = [current[name] for name in (slug, *slugs[slug]) if name in current and current[name] not in claimed]
        if keys:
            found[slug] = keys[0]
            claimed.add(keys[0])
    return found, doubles


def _forget_own_positions(keys: dict[tuple[type[Model], Hashable], int], event: int | None) -> None:
    """A position of this event that is not in the file is no longer there to point to."""
    own = Position.objects.filter(appearance__session__event=event)
    for (name,) in _values(own, "public_id", {str(name) for model, name in keys if model is Position}, "public_id"):
        keys.pop((Position, name), None)


def _wordings(keys: Mapping[tuple[type[Model], Hashable], int]) -> dict[tuple[type[Model], Hashable], int]:
    propositions = {key for (model, _name), key in keys.items() if model is Proposition}
    rows = _values(Wording, "proposition", propositions, "proposition", "number", "pk")
    return {(Wording, (proposition, number)): key for proposition, number, key in rows}


def _owners(entries: Entries) -> Iterator[tuple[tuple[Kind, str], Owner]]:
    """For each id in the dossier that the database has: its event, or the person it is part of."""
    for kind in KINDS:
        path = kind.of_event or kind.owner
        if kind.name_column == "public_id" and path:
            names = {entry.name for entry in entries[kind]}
            owner = Event if kind.of_event else Person
            for name, key, slug in _values(kind.model, "public_id", names, "public_id", path, f"{path}__slug"):
                yield (kind, name), Owner(owner, key, slug or "")


def _identifiers(entries: Entries) -> dict[tuple[str, str], Owner]:
    values = {entry.text("value") for kind, found in entries.items() if kind.model is Identifier for entry in found}
    columns = ("scheme", "value", "person", "person__slug", "organization", "organization__slug")
    return {
        (scheme, value): Owner(Person, person, slug) if person else Owner(Organization, organization, other)
        for scheme, value, person, slug, organization, other in _values(Identifier, "value", values, *columns)
    }


def _similar(
    entries: Entries, referred: Names, keys: Mapping[tuple[type[Model], Hashable], int]
) -> dict[type[Model], tuple[str, ...]]:
    """Slugs that begin like those which are nowhere, to suggest."""
    similar: dict[type[Model], tuple[str, ...]] = {}
    for model in LOOKED_UP:
        lost = {name for name in referred[model] - defined(entries, model) if (model, name) not in keys}
        if lost and issubclass(model, HasSlug):
            beginnings = sorted({name[:2] for name in lost})[:20]
            alike = reduce(or_, (Q(slug__startswith=beginning) for beginning in beginnings))
            slugs: Any = model._base_manager.filter(alike).order_by("slug").values_list("slug", flat=True)
            similar[model] = tuple(slugs[:_SIMILAR])
    return similar


def _values(rows: Any, lookup: str, wanted: Iterable[Any], *columns: str) -> Iterator[tuple[Any, ...]]:
    queryset = rows if isinstance(rows, QuerySet) else rows._base_manager
    for batch in batched(sorted(wanted), BATCH):
        yield from queryset.filter(**{f"{lookup}__in": batch}).values_list(*columns)
