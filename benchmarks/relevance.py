"""How well the product's own search ranks, on collections of questions with known answers.

    ./run bench relevance FOLDER... [--json]

A folder holds `docs.jsonl` (id, title, text), `queries.jsonl` (id, text) and `qrels.tsv` (query, document, grade).
Every document is indexed as a position is, its title as the summary and its text as a quote, and every question asked
through `search.find`. Higher is better: nDCG@10 (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR
techniques", 2002, with the grade as gain) and recall@100, each averaged over the questions that have an answer.
`ms_per_query` is the time of the search, facets and all.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django

RANKED, RECALLED = 10, 100
type Judgements = Mapping[str, Mapping[str, float]]  # question, document, grade


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts by id, in the order of their file."""

    name: str
    documents: Mapping[str, tuple[str, str]]
    questions: Mapping[str, str]
    judgements: Judgements


@dataclass(frozen=True, slots=True)
class Figures:
    name: str
    queries: int
    ndcg10: float
    recall100: float
    ms_per_query: float


class Unreadable(Exception):
    """What is wrong with a collection, and where."""


def read_collection(folder: Path) -> Collection:
    documents = {row["id"]: (row.get("title") or "", row["text"]) for row in _rows(folder / "docs.jsonl", "id", "text")}
    questions = {row["id"]: row["text"] for row in _rows(folder / "queries.jsonl", "id", "text")}
    return Collection(folder.name, documents, questions, _judgements(folder / "qrels.tsv"))


def ndcg(ranked: Sequence[str], grades: Mapping[str, float], at: int = RANKED) -> float:
    """From 0 to 1; `grades` has at least one above 0."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:at])
    return _gain([grades.get(document, 0.0) for document in ranked[:at]]) / ideal


def recall(ranked: Sequence[str], grades: Mapping[str, float], at: int = RECALLED) -> float:
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant & set(ranked[:at])) / len(relevant)


def measure(collection: Collection) -> Figures:
    from search.filters import Filters
    from search.find import answer

    answered = [question for question in collection.questions if any(_grades(collection, question).values())]
    if not answered:
        raise Unreadable(f"{collection.name}: no question of queries.jsonl has a relevant document in qrels.tsv.")
    names = list(collection.documents)
    ranked: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        snapshot = _indexed(collection, Path(folder) / "index")
        started = time.perf_counter()
        for question in answered:
            found = answer(snapshot, Filters(q=collection.questions[question]), {}, size=RECALLED)
            ranked[question] = [names[hit.key - 1] for hit in found.positions]
        seconds = time.perf_counter() - started
    scores = [ndcg(ranked[question], _grades(collection, question)) for question in answered]
    recalls = [recall(ranked[question], _grades(collection, question)) for question in answered]
    return Figures(
        collection.name,
        len(answered),
        round(sum(scores) / len(scores), 4),
        round(sum(recalls) / len(recalls), 4),
        round(seconds / len(answered) * 1_000, 2),
    )


def _indexed(collection: Collection, path: Path) -> Any:
    from record.version import Stamp
    from search import index

    index.create(path, _documents(collection), Stamp(0, ""))
    return index.OpenIndex(path).refresh()


def _documents(collection: Collection) -> Iterator[Any]:
    from search.documents import Document
    from search.documents.document import analysed
    from search.documents.positions import days

    for key, (title, text) in enumerate(collection.documents.values(), 1):
        yield Document(
            "position", key, {"title": analysed(title), "text": analysed(text)}, {**days(None, None), "cell": [0]}
        )


def _grades(collection: Collection, question: str) -> Mapping[str, float]:
    return collection.judgements.get(question, {})


def _gain(grades: Sequence[float]) -> float:
    return sum(max(grade, 0.0) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def _rows(path: Path, *needed: str) -> Iterator[dict[str, Any]]:
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            is_whole = all(isinstance(row[name], str) for name in needed)
        except (ValueError, KeyError, TypeError):
            is_whole = False
        if not is_whole:
            raise Unreadable(f"{path}, line {number}: expected a JSON object with the texts {', '.join(needed)}.")
        yield row


def _judgements(path: Path) -> Judgements:
    """A first line of column names is passed over."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for number, line in _lines(path):
        try:
            question, document, grade = line.split("\t")
            found[question][document] = float(grade)
        except ValueError:
            if number > 1:
                raise Unreadable(
                    f"{path}, line {number}: expected query, document and grade, with tabs between."
                ) from None
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from ((number, line.strip()) for number, line in enumerate(file, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}: {error}") from error


def main() -> None:
    parser = ArgumentParser(prog="./run bench relevance", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    options = parser.parse_args()
    django.setup()
    try:
        found = [measure(read_collection(folder.resolve())) for folder in options.folders]
    except Unreadable as error:
        sys.exit(str(error))
    print(f"{'collection':24} {'queries':>8} {'nDCG@10':>8} {'recall@100':>11} {'ms a query':>11}")
    for figures in found:
        print(
            f"{figures.name:24} {figures.queries:8} {figures.ndcg10:8.4f} {figures.recall100:11.4f}"
            f" {figures.ms_per_query:11.2f}"
        )
    if options.json:
        print(json.dumps({"collections": [asdict(figures) for figures in found]}))


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
