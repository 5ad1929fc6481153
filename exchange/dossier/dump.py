"""An event of the database as a dossier: the tree that would load to the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, Q, QuerySet

from debate.models import Appearance, Event, Source
from exchange import licence
from exchange.dossier.fields import PointerField, WordingField
from exchange.dossier.kinds import (
    DOSSIER,
    EVENT,
    ORGANIZATION,
    PERSON,
    POSITION,
    PROPOSITION,
    SOURCE,
    TOPIC,
    Kind,
    defaults,
)
from positions.models import Position, Proposition, Topic
from speakers.identity import FormerAddress
from speakers.models import Organization, Person

FORMAT = 1
LICENCE = licence.CODE


def dump(event: Event) -> dict[str, Any]:
    """Some forty queries at any size."""
    tree: dict[str, Any] = {"dossier": FORMAT, "language": event.source_language, "licence": LICENCE}
    for kind, rows in _shown_by(event).items():
        if nodes := _nodes(kind, list(_joined(kind, rows)), event)[None]:
            tree[kind.key] = nodes[0] if kind.single else nodes
    return tree


def _shown_by(event: Event) -> dict[Kind, QuerySet[Any]]:
    """For every kind that a dossier begins with, the rows the event needs, with all that these need in turn."""
    appearances = Appearance.objects.filter(session__event=event)
    positions = Position.objects.filter(appearance__in=appearances)
    people = Person.objects.filter(appearances__in=appearances)
    propositions = Proposition.objects.filter(wordings__positions__in=positions)
    organizations = Organization.objects.filter(
        Q(pk__in=event.event_organizations.values("organization"))
        | Q(pk__in=appearances.values("organization"))
        | Q(pk__in=appearances.values("capacities__organization"))
        | Q(pk__in=people.values("affiliations__organization"))
    )
    sources = Source.objects.filter(
        Q(pk__in=event.event_sources.values("source"))
        | Q(pk__in=appearances.values("source"))
        | Q(pk__in=positions.values("evidence__source"))
    )
    rows: dict[Kind, QuerySet[Any]] = {
        TOPIC: _with_all_above(Topic.objects.filter(assignments__proposition__in=propositions), "parent"),
        ORGANIZATION: _with_all_above(organizations, "parent"),
        PERSON: Person.objects.filter(pk__in=people.values("pk")),
        SOURCE: _with_all_above(sources, "translation_of"),
        PROPOSITION: Proposition.objects.filter(pk__in=propositions.values("pk")),
        EVENT: Event.objects.filter(pk=event.pk),
        POSITION: positions,
    }
    return {kind: rows[kind] for kind in DOSSIER}


def _with_all_above(rows: QuerySet[Any], pointer: str) -> QuerySet[Any]:
    """One query for each level."""
    found: set[int] = set()
    level = set(rows.values_list("pk", flat=True))
    while level:
        found |= level
        above = rows.model._base_manager.filter(pk__in=level).values_list(pointer, flat=True)
        level = {key for key in above if key} - found
    everything: QuerySet[Any] = rows.model._base_manager.filter(pk__in=found)
    return everything


def _joined(kind: Kind, rows: QuerySet[Any]) -> QuerySet[Any]:
    """In the order of the file, with what the rows point to."""
    paths = [field.column.name for field in kind.fields if isinstance(field, PointerField)]
    if any(isinstance(field, WordingField) for field in kind.fields):
        paths.append("wording__proposition")
    ordered = rows.order_by("order", "pk") if kind.ordered else rows.order_by("pk")
    return ordered.select_related(*paths) if paths else ordered


def _nodes(kind: Kind, rows: list[Any], event: Event) -> Mapping[int | None, list[Any]]:
    """What the rows are in the file, by the key of their owner; None for those that have none."""
    follows = defaults(kind, event.source_language, event.status)
    former = _former_slugs(kind, rows)
    parts = [(part, _nodes(part, _parts(part, rows), event)) for part in kind.parts]
    nodes: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        node: dict[str, Any] = {}
        for field in kind.fields:
            node |= field.write(row, follows)
            if field.key == "slug" and former[row.pk]:
                node["former_slugs"] = former[row.pk]
        node |= {part.key: of_owner[row.pk] for part, of_owner in parts if row.pk in of_owner}
        owner = getattr(row, f"{kind.owner}_id") if kind.owner else None
        nodes[owner].append(node[kind.item] if kind.item else node)
    return nodes


def _parts(part: Kind, owners: list[Any]) -> list[Any]:
    rows: Any = part.model._base_manager
    return list(_joined(part, rows.filter(**{f"{part.owner}__in": [owner.pk for owner in owners]})))


def _former_slugs(kind: Kind, rows: Iterable[Model]) -> Mapping[int, list[str]]:
    slugs: dict[int, list[str]] = defaultdict(list)
    if kind.name_column == "slug":
        current: dict[int, str] = {row.pk: row.slug for row in rows}  # type: ignore[attr-defined]
        addresses = FormerAddress.objects.filter(kind=kind.model._meta.db_table, target__in=current)
        for address in addresses.order_by("slug"):
            if address.slug != current[address.target]:
                slugs[address.target].append(address.slug)
    return slugs
