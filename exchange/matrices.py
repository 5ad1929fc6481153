"""The stance matrix of a debate as a table: a row for each proposition, a column for each speaker.

A column is called by the speaker's id, or `organization:` and the id of one that spoke for itself, or `unnamed:` and
what is printed of somebody unnamed. A cell has the stances that the speaker took on the proposition, with a bar between
several and the number of positions behind one that there are several of: `supports`, `supports 2 | opposes`. An empty
cell is no stance: no position is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched

from comparing.matrix import Column, Row, Sorted, Stated, columns_of, first_topic, rows_of
from exchange import csv_text
from positions.tally import STANCES
from speakers.bilingual import LANGUAGES
from speakers.models import Person

COLUMNS = [
    *("proposition", *(f"proposition_{language}" for language in LANGUAGES), "topic"),
    *(stance.value for stance in STANCES),
]
MOST = 100_000  # propositions: no debate has so many
_BATCH = 100


def as_csv(whole: Sorted) -> Iterator[bytes]:
    """Of all its propositions and speakers; eleven queries for each hundred rows."""
    columns = columns_of(whole, len(whole.speakers))
    return csv_text.written([*COLUMNS, *map(called, columns)], _rows(whole, columns))


def file_name(debate: str) -> str:
    return f"matrix-{debate}.csv"


def called(column: Column) -> str:
    if column.record is None:
        return f"unnamed:{column.speaker.label}"
    return column.slug if isinstance(column.record, Person) else f"organization:{column.record.slug}"


def _rows(whole: Sorted, columns: Sequence[Column]) -> Iterator[list[csv_text.Cell]]:
    for keys in batched(whole.propositions, _BATCH):
        for row in rows_of(whole, keys, columns):
            yield [*_about(row), *(_cell(cell) for cell in row.cells)]


def _about(row: Row) -> list[csv_text.Cell]:
    proposition, topic = row.proposition, first_topic(row.proposition)
    texts = [getattr(proposition.current_wording, f"text_{language}") for language in LANGUAGES]
    return [
        proposition.slug,
        *texts,
        topic.slug if topic else "",
        *(row.weight.stances.get(one, 0) for one in COLUMNS[-4:]),
    ]


def _cell(cell: Sequence[Stated]) -> str:
    return csv_text.joined(f"{one.taken.stance} {one.several}" if one.several else one.taken.stance for one in cell)
