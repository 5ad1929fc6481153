"""The same texts and values that the product's index holds of each position, as they are written, for other engines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

FACETS = ("stance", "kind", "role", "language", "person", "event", "year")  # of one value each
LINKS = ("topic", "organization")  # of several
_COLUMNS = (
    "position.id, position.stance, position.kind, appearance.role, position.source_language, position.person_id,"
    " position.event_id, position.date_earliest, position.date_latest, position.topic_keys, position.appearance_id,"
    " position.summary_en, position.condition_en, wording.text_en, event.title_en, person.name_en,"
    " position.summary_ko, position.condition_ko, wording.text_ko, event.title_ko, person.name_ko,"
    " evidence.quote, evidence.quote_language"
)
_POSITIONS = (
    f"SELECT {_COLUMNS} FROM positions_position position"
    " JOIN positions_wording wording ON wording.id = position.wording_id"
    " JOIN debate_appearance appearance ON appearance.id = position.appearance_id"
    " JOIN debate_event event ON event.id = position.event_id"
    " JOIN positions_evidence evidence ON evidence.position_id = position.id"
    " LEFT JOIN speakers_person person ON person.id = position.person_id"
    " WHERE position.is_public ORDER BY position.id"
)
_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    stance: str
    kind: str
    role: str
    language: str
    person: int | None
    event: int
    year: int | None
    first: str | None  # day
    last: str | None
    topic: list[int]
    organization: list[int]
    english: str
    korean: str


def rows() -> Iterator[Row]:
    topics, capacities = _topics(), _capacities()
    with connection.cursor() as cursor:
        cursor.execute(_POSITIONS)
        while batch := cursor.fetchmany(_BATCH):
            for values in batch:
                yield _row(values, topics, capacities)


def _row(values: tuple, topics: dict[int, tuple[str, str]], capacities: dict[int, list[tuple[int, str, str]]]) -> Row:
    (key, stance, kind, role, language, person, event, first, last, topic_keys, appearance, *texts) = values
    *both, quote, quote_language = texts
    of_topics = [int(topic) for topic in topic_keys.split(",") if topic]
    spoken_as = capacities[appearance]
    english = [
        *both[:5],
        *(topics[topic][0] for topic in of_topics),
        *(english for _key, english, _korean in spoken_as),
    ]
    korean = [*both[5:], *(topics[topic][1] for topic in of_topics), *(korean for _key, _english, korean in spoken_as)]
    (english if quote_language == "en" else korean).append(quote)
    day = last or first
    return Row(
        key, stance, kind, role, language, person, event, int(str(day)[:4]) if day else None,
        str(first) if first else None, str(last) if last else None,
        of_topics, sorted({organization for organization, *_texts in spoken_as}),
        " ".join(filter(None, english)), " ".join(filter(None, korean)),
    )  # fmt: skip


def _topics() -> dict[int, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name_en, name_ko FROM positions_topic")
        return {key: (english, korean) for key, english, korean in cursor.fetchall()}


def _capacities() -> dict[int, list[tuple[int, str, str]]]:
    """By appearance, the organizations, and what is printed in each language."""
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT appearance_id, organization_id, organization_name_en || ' ' || role_en,"
            " organization_name_ko || ' ' || role_ko FROM debate_capacity"
        )
        for appearance, organization, english, korean in cursor.fetchall():
            found[appearance].append((organization, english, korean))
    return found
