"""What the kept columns save a reader and cost a writer.

Fills a throw-away database with published positions and compares, in one run: a first page and a count by the kept
column with the same by joins, and a bulk insert with the triggers with one without. Ratios under 1 are savings.

    ./run bench public_column [--positions 100000] [--json]

With DATABASE_URL set it does so on that server, in a database of its own that it removes again.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
PER_EVENT = 50
RUNS = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--positions", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", DATA_DIR=folder)
        import django

        django.setup()
        figures = _measured(options.positions)
    for name, value in figures.items():
        print(f"{name:28} {value}")
    if options.json:
        print(json.dumps(figures))


def _measured(positions: int) -> dict[str, float | int | str]:
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        return {"database": connection.vendor, "positions": positions, **_writing(positions), **_reading()}
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _writing(positions: int) -> dict[str, float]:
    """The same rows twice: with the triggers, and without and repaired at the end."""
    from django.db import connection, transaction

    from speakers import triggers

    kept = _seconds(lambda: _fill(positions // 2, "kept"))
    with transaction.atomic():
        triggers.remove(connection)
    bare = _seconds(lambda: _fill(positions // 2, "bare"))
    repair = _seconds(lambda: triggers.install(connection))
    return {
        "insert_ratio": round(kept / bare, 2),
        "insert_then_repair_ratio": round((bare + repair) / bare, 2),
    }


def _reading() -> dict[str, float]:
    from django.db import connection

    from positions.models import Position

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    kept = Position.objects.public().in_time_order()
    joined = Position.objects.filter(
        status="published", appearance__session__event__status="published", wording__proposition__status="published"
    ).order_by(*_newest_by_join(), "appearance__session__order", "appearance__order", "pk")
    assert [row.pk for row in kept[:25]] == [row.pk for row in joined[:25]]
    page = _median(lambda: list(kept.values_list("pk")[:25]))
    page_joined = _median(lambda: list(joined.values_list("pk")[:25]))
    count, count_joined = _median(kept.count), _median(joined.count)
    return {
        "first_page_ms": round(page * 1000, 2),
        "first_page_ratio": round(page / page_joined, 3),
        "count_ms": round(count * 1000, 2),
        "count_ratio": round(count / count_joined, 3),
    }


def _newest_by_join() -> list[Any]:
    from speakers.ordering import LatestFirst

    event = "appearance__session__event"
    return [LatestFirst(f"{event}__date_latest"), LatestFirst(f"{event}__date_earliest"), event]


def _fill(positions: int, prefix: str) -> None:
    """Events of PER_EVENT positions each, in one transaction, as an import without history would write them."""
    from django.db import transaction
    from django.db.models import QuerySet

    from debate.models import Appearance, Event, Session
    from positions.models import Position, Proposition, Wording
    from speakers.models import Person

    def rows(model: Any, records: list[Any]) -> list[Any]:
        return QuerySet(model).bulk_create(records, batch_size=2_000)

    events = max(1, positions // PER_EVENT)
    with transaction.atomic():
        people = rows(
            Person, [Person(name_en=f"{prefix} {n}", slug=f"{prefix}-{n}") for n in range(max(10, events // 5))]
        )
        propositions = rows(Proposition, [Proposition(slug=f"{prefix}-{n}", status="published") for n in range(events)])
        wordings = rows(Wording, [Wording(proposition=p, number=1, text_en=p.slug) for p in propositions])
        made = rows(
            Event,
            [
                Event(
                    title_en=f"{prefix} {n}",
                    slug=f"{prefix}-{n}",
                    status="published" if n % 10 else "draft",
                    date=f"{2000 + n % 25}-{1 + n % 12:02}",
                )
                for n in range(events)
            ],
        )
        sessions = rows(Session, [Session(event=event, order=1, kind="discussion") for event in made])
        appearances = rows(
            Appearance,
            [
                Appearance(session=session, person=people[(n * 7 + seat) % len(people)], role="panellist", order=seat)
                for n, session in enumerate(sessions)
                for seat in range(5)
            ],
        )
        rows(
            Position,
            [
                Position(
                    appearance=appearances[n % len(appearances)],
                    wording=wordings[n * 13 % len(wordings)],
                    stance="supports" if n % 3 else "opposes",
                    kind="recommendation",
                    summary_en=f"Asks for measure {n}",
                    status="published",
                )
                for n in range(positions)
            ],
        )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _median(work: Callable[[], object]) -> float:
    work()
    return statistics.median(_seconds(work) for _run in range(RUNS))


if __name__ == "__main__":
    main()
