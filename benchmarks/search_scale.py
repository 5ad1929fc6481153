"""How search holds up in a record of many positions, beside the full text of PostgreSQL and of SQLite.

    ./run bench search_scale --positions N [--json] [--seed N] [--no-peers] [--keep FOLDER]

Fills an SQLite record with made-up debates in English and Korean (`scale/`), builds the index, changes one position and
looks for it, and asks 50 questions of each class. A question's time is that of a page of answers: hits, exact count,
facets, and excerpts with the words marked.

    build_s           seconds to build the index, with the database and everything else on the same machine
    index_mb          what it takes on disk
    rss_mb            the most memory of its own (see scale/asking.py) that a process had that loaded the site and asked
    edit_to_found_ms  from saving a position to the end of the search that finds its new word; the median of 30
    p50_ms, p95_ms    half, and 95 in 100, of all questions took no longer; the same for each class. Completion is a
                      class, and not among "all questions"
    *_ratio           how many times as long the other engine's p50 is over the same questions: above 1 it is slower;
                      null where it is not installed, and for completion, which neither knows

The others are asked for the best twenty with excerpts, the count and the same facets, and for no more than 15 seconds
a class. With --keep the record is left in FOLDER and found there by the next run.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.scale.asking import Asked, ask_in_a_process_of_its_own
from benchmarks.scale.questions import Question, make_questions
from benchmarks.scale.record import Filling, NotOurs, fill, set_up
from benchmarks.scale.timing import milliseconds, p50, p95

EDITS = 30
SECONDS_A_CLASS = 15.0
FEWEST = 5  # questions of a class that are asked however long they take

type Ask = Callable[[Question], object]


@dataclass(frozen=True, slots=True)
class Class:
    name: str
    p50_ms: float
    p95_ms: float
    postgresql_ratio: float | None
    sqlite_ratio: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    positions: int
    build_s: float
    index_mb: float
    rss_mb: float
    edit_to_found_ms: float
    p50_ms: float
    p95_ms: float
    classes: list[Class]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--positions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--peers", action=argparse.BooleanOptionalAction, default=True, help="ask PostgreSQL and SQLite"
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the record there, and use the one that is")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    options = parser.parse_args()
    with _folder(options.keep) as folder:
        set_up(folder)
        try:
            figures = measured(folder, Filling(options.positions, options.seed), with_peers=options.peers)
        except NotOurs as error:
            parser.error(str(error))
    _show(figures)
    if options.json:
        print(json.dumps(asdict(figures)))


def measured(folder: Path, filling: Filling, *, with_peers: bool) -> Figures:
    seconds = fill(folder, filling, say)
    say("kept from an earlier run" if seconds is None else f"filled in {seconds:.0f} s")
    build = _built()
    edit = _edited(filling)
    questions = make_questions(filling)
    say("questions")
    asked = ask_in_a_process_of_its_own(folder, questions)
    pages = [time for time, question in zip(asked.times, questions, strict=True) if not question.typed]
    peers = _peers(questions) if with_peers else {}
    return Figures(
        positions=filling.positions,
        build_s=round(build, 1),
        index_mb=round(_index_bytes() / 1_000_000, 1),
        rss_mb=asked.memory_mb,
        edit_to_found_ms=round(edit, 1),
        p50_ms=round(p50(pages), 2),
        p95_ms=round(p95(pages), 2),
        classes=_classes(questions, asked, peers),
    )


def say(step: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {step}", file=sys.stderr, flush=True)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    with TemporaryDirectory(prefix="search-scale-") as folder:
        yield Path(folder)


def _built() -> float:
    from search import storage, upkeep

    say("the index")
    seconds = milliseconds(upkeep.rebuild) / 1000
    storage.remove_other_releases()
    return seconds


def _index_bytes() -> int:
    from search import storage

    build = storage.current()
    return sum(file.stat().st_size for file in build.iterdir()) if build else 0


def _edited(filling: Filling) -> float:
    """Milliseconds; the positions are as they were afterwards."""
    from positions.models import Position
    from search import upkeep

    say("edits")
    upkeep.up_to_date()
    step = max(1, filling.positions // EDITS)
    edited: list[Any] = list(
        Position.objects.public().filter(pk__in=range(1, filling.positions + 1, step)).order_by("pk")
    )
    times = [milliseconds(partial(_save_and_find, position)) for position in edited]
    for position in edited:
        position.summary_en = position.summary_en.rpartition(" ")[0]
        position.save()
    upkeep.bring_up_to_date()
    return p50(times)


def _save_and_find(position: Any) -> None:
    from search.filters import Filters
    from search.find import find

    word = f"novel{position.public_id}"
    position.summary_en += f" {word}"
    position.save()
    answer = find(Filters(q=word))
    if [hit.key for hit in answer.positions] != [position.pk]:
        raise AssertionError(f"{word} was not found")


def _peers(questions: Sequence[Question]) -> dict[str, dict[str, list[float]]]:
    """By engine and class, the times of as many questions as there was time for."""
    from benchmarks.scale import postgresql, sqlite, texts

    found: dict[str, dict[str, list[float]]] = {}
    for name, engine in (("postgresql", postgresql), ("sqlite", sqlite)):
        say(f"{name}: loading")
        with engine.loaded(texts.rows) as ask:
            if ask:
                say(f"{name}: questions")
                answered = [question for question in questions if not question.typed]
                found[name] = {kind: _times(ask, list(several)) for kind, several in _by_class(answered)}
    return found


def _times(ask: Ask, questions: Sequence[Question]) -> list[float]:
    ask(questions[0])
    until = time.monotonic() + SECONDS_A_CLASS
    times: list[float] = []
    for question in questions:
        if len(times) >= FEWEST and time.monotonic() >= until:
            break
        times.append(milliseconds(partial(ask, question)))
    return times


def _classes(questions: Sequence[Question], asked: Asked, peers: dict[str, dict[str, list[float]]]) -> list[Class]:
    times = iter(asked.times)
    classes = []
    for name, several in _by_class(questions):
        ours = [next(times) for _question in several]
        ratios = {f"{peer}_ratio": _ratio(peers.get(peer, {}).get(name), ours) for peer in ("postgresql", "sqlite")}
        classes.append(Class(name, round(p50(ours), 2), round(p95(ours), 2), **ratios))
    return classes


def _ratio(theirs: list[float] | None, ours: list[float]) -> float | None:
    """Over the questions that both were asked."""
    return float(f"{p50(theirs) / p50(ours[: len(theirs)]):.2g}") if theirs else None


def _by_class(questions: Sequence[Question]) -> Iterator[tuple[str, Iterator[Question]]]:
    return groupby(questions, lambda question: question.name)


def _show(figures: Figures) -> None:
    for name, value in asdict(figures).items():
        if name != "classes":
            print(f"{name:18}{value:>12}")
    print(f"\n{'':36}{'p50 ms':>9}{'p95 ms':>9}{'PostgreSQL':>13}{'SQLite':>10}")
    for each in figures.classes:
        ratios = [f"{ratio:g}x" if ratio is not None else "-" for ratio in (each.postgresql_ratio, each.sqlite_ratio)]
        print(f"{each.name:36}{each.p50_ms:>9}{each.p95_ms:>9}{ratios[0]:>13}{ratios[1]:>10}")


if __name__ == "__main__":
    main()
