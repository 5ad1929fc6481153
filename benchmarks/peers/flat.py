"""All public positions in one table of an SQLite file, in the order of the site, with what belongs to each as JSON
beside it: what one would publish with Datasette.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import batched
from pathlib import Path
from typing import Any

import orjson

from debate.models import Appearance, Capacity, Event, Session, Source
from positions.models import Evidence, Position, PositionCapacity, PropositionTopic, Topic, Wording
from speakers.models import Organization, Person

TABLE = "positions"
NESTED = ("speaker", "debate", "session", "proposition", "topics", "capacities", "evidence")
_OWN = (
    "public_id", "updated_at", "stance", "kind", "summary_en", "summary_ko", "condition_en", "condition_ko",
    "source_language",
)  # fmt: skip
_KEYS = ("pk", "person", "event", "appearance", "wording", "proposition")
_BATCH = 2_000

type Values = dict[str, Any]


def write(path: Path) -> int:
    """How many positions there are in it."""
    columns = ["id", *_OWN[1:], *NESTED]
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute(f"CREATE TABLE {TABLE} (place INTEGER PRIMARY KEY, {', '.join(columns)})")
        marks = ", ".join("?" * (len(columns) + 1))
        connection.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", _rows())
        connection.execute(f"CREATE INDEX {TABLE}_stance ON {TABLE} (stance)")
        connection.execute(f"CREATE UNIQUE INDEX {TABLE}_id ON {TABLE} (id)")
        connection.commit()
        return int(connection.execute(f"SELECT count(*) FROM {TABLE}").fetchone()[0])
    finally:
        connection.close()


def _rows() -> Iterator[tuple[Any, ...]]:
    beside = _Beside()
    positions = Position.objects.public().in_time_order().values(*_KEYS, *_OWN).iterator(_BATCH)
    place = 0
    for batch in batched(positions, _BATCH):
        chosen, evidence = _chosen(batch), _evidence(batch, beside.sources)
        for position in batch:
            place += 1
            nested = beside.of(position, chosen.get(position["pk"]))
            nested["evidence"] = evidence.get(position["pk"], [])
            own = (position["public_id"], position["updated_at"].isoformat(), *(position[name] for name in _OWN[2:]))
            yield (place, *own, *(orjson.dumps(nested[name]).decode() for name in NESTED))


class _Beside:
    """Everything that positions share, read once."""

    def __init__(self) -> None:
        self.people = _by_key(Person, "slug", "name_en", "name_ko")
        self.events = _by_key(Event, "slug", "title_en", "title_ko", "date", "date_earliest", "date_latest")
        self.sources = _by_key(Source, "public_id", "kind", "title", "description_en", "description_ko")
        self.wordings = _by_key(Wording, "number", "text_en", "text_ko", slug="proposition__slug")
        self._sessions = _by_key(Session, "public_id", "kind", "title_en", "title_ko")
        self._appearances = _by_key(Appearance, "session_id", "label", "name_as_printed", "role", "organization_id")
        self._organizations = _by_key(Organization, "slug", "name_en", "name_ko")
        self._capacities, self._capacities_of = self._all_capacities()
        self._topics = self._topics_of_propositions()

    def of(self, position: Values, chosen: list[int] | None) -> Values:
        appearance = self._appearances[position["appearance"]]
        return {
            "speaker": {
                "person": self.people.get(position["person"]),
                "organization": self._organizations.get(appearance["organization_id"]),
                **{name: appearance[name] for name in ("label", "name_as_printed", "role")},
            },
            "debate": self.events[position["event"]],
            "session": self._sessions[appearance["session_id"]],
            "proposition": self.wordings[position["wording"]],
            "topics": self._topics[position["proposition"]],
            "capacities": [self._capacities[key] for key in chosen or self._capacities_of[position["appearance"]]],
        }

    def _all_capacities(self) -> tuple[dict[int, Values], dict[int, list[int]]]:
        names = (
            "public_id", "organization_name_en", "organization_name_ko", "role_en", "role_ko", "unit_en", "unit_ko",
            "basis", "is_doubtful", "note_en", "note_ko", "source_language",
        )  # fmt: skip
        found, of_appearance = {}, defaultdict(list)
        for row in (
            Capacity.objects.order_by("order", "pk").values("pk", "appearance", "organization", *names).iterator()
        ):
            key, appearance, organization = row.pop("pk"), row.pop("appearance"), row.pop("organization")
            found[key] = {**row, "organization": self._organizations.get(organization)}
            of_appearance[appearance].append(key)
        return found, of_appearance

    def _topics_of_propositions(self) -> dict[int, list[Values]]:
        topics = _by_key(Topic, "slug", "name_en", "name_ko")
        found = defaultdict(list)
        assigned = PropositionTopic.objects.filter(topic__is_public=True)
        ordered = assigned.order_by("topic__order", "topic__sort_key_en", "topic")
        for proposition, topic in ordered.values_list("proposition", "topic"):
            found[proposition].append(topics[topic])
        return found


def _by_key(model: Any, *names: str, **renamed: str) -> dict[int, Values]:
    given = (*names, *renamed.values())
    rows = model.objects.values_list("pk", *given).iterator()
    return {key: dict(zip((*names, *renamed), values, strict=True)) for key, *values in rows}


def _chosen(batch: tuple[Values, ...]) -> Mapping[int, list[int]]:
    """The capacities of those positions whose sources tell which it was."""
    found = defaultdict(list)
    choices = PositionCapacity.objects.filter(position__in=[position["pk"] for position in batch])
    for position, capacity in choices.order_by("capacity__order", "capacity").values_list("position", "capacity"):
        found[position].append(capacity)
    return found


def _evidence(batch: tuple[Values, ...], sources: Mapping[int, Values]) -> Mapping[int, list[Values]]:
    names = (
        "public_id",
        "updated_at",
        "locator",
        "quote",
        "quote_language",
        "state",
        "prefix",
        "suffix",
        "start",
        "end",
    )
    found = defaultdict(list)
    places = Evidence.objects.filter(position__in=[position["pk"] for position in batch]).order_by("pk")
    for row in places.values("position", "source", *names):
        position, source = row.pop("position"), row.pop("source")
        found[position].append({**row, "source": sources[source]})
    return found
